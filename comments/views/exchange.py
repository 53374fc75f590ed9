"""The exchange on a comment: where it stands, and the author's side of it, said or recorded.

The office asks at its workbench (`comments.views.workbench.comment_ask`).
"""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from comments import permissions, threads
from comments.forms.messages import MessageForm, RecordedReplyForm
from comments.models import Comment, Status
from comments.views.found import comment_for
from comments.views.sheet import WHOLE, sheet_of
from comments.views.thread import Thread, auto_id, refuse_in, threads_of
from comments.views.workbench import place_of
from comments.views.writing import done, show
from directives.permissions import require
from directives.refusals import Refused


@require_GET
def comment_messages(request: HttpRequest, pk: int) -> HttpResponse:
    """To where the reader finds the exchange; their notices of it count as read."""
    comment = comment_for(request.user, pk, permissions.can_view_consultation)
    require(permissions.can_read_messages, request.user, comment)
    threads.mark_read(comment, request.user)
    page, place = "workbench", place_of(comment)
    if comment.author_id == request.user.pk:
        page, place = "consultation_read", str(comment.provision_key or WHOLE)
    return redirect(f"{reverse(page, args=[comment.consultation_id])}?at={place}#c-{pk}")


def comment_record_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """What the author answered at the table or on paper, as long as a question waits for it."""
    comment = comment_for(request.user, pk, permissions.can_record)
    require(permissions.can_record_reply, request.user, comment)
    thread = _to_record(request.user, comment)
    if request.method == "POST":
        form = RecordedReplyForm(request.POST, auto_id=auto_id(comment))
        try:
            threads.record_reply(pk, actor=request.user, **form.said())
        except Refused as refused:
            refuse_in(thread, form, refused)
        else:
            messages.success(request, _("The answer of %s is recorded.") % comment.author)
            return redirect("comment_messages", pk)
    elif thread.form is None:
        return redirect("comment_messages", pk)
    context = {"comment": comment, "thread": thread, "form": thread.form}
    status = 422 if thread.is_refused else 200
    return render(request, "comments/reply_record.html", context, status=status)


def _to_record(person: User, comment: Comment) -> Thread:
    goes_on = comment.status == Status.SUBMITTED and comment.consultation.next_draft_id is None

    def may_add(one: Comment) -> bool:
        return goes_on and bool(one.messages.all())

    return threads_of(person, [comment], RecordedReplyForm, may_add)[comment.pk]


@require_POST
def comment_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """What was typed comes back with a refusal, and is open to be changed."""
    comment = comment_for(request.user, pk, permissions.can_view_consultation)
    require(permissions.can_reply, request.user, comment)
    form, key = (
        MessageForm(request.POST, auto_id=auto_id(comment)),
        str(comment.provision_key or ""),
    )
    try:
        threads.reply(pk, actor=request.user, **form.said())
    except Refused as refused:
        sheet = sheet_of(request.user, comment.consultation)
        row = sheet.row(key) or sheet.whole
        refuse_in(row.threads.get(pk), form, refused)
        return show(request, sheet, row, 422)
    sheet = sheet_of(request.user, comment.consultation)
    return done(request, comment.consultation, sheet.row(key) or sheet.whole, _("Sent."))
