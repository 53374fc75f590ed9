"""The exchange on a comment: where it stands, and the author's side of it.

The office asks at its workbench (`comments.views.workbench.comment_ask`).
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from comments import permissions, threads
from comments.forms import MessageForm
from comments.views.found import comment_for
from comments.views.sheet import WHOLE, sheet_of
from comments.views.thread import auto_id, refuse_in
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
