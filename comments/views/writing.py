"""What a delegate writes: comments from the first word to the sending, and the position.

A form carries the token of its comment, so that what is saved by itself, saved by hand and sent
twice is always the same comment. Whatever was typed comes back with a refusal.
"""

from dataclasses import asdict
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from accounts.models import User
from comments import permissions, services
from comments.forms.writing import CommentForm, PositionForm
from comments.models import Comment, Consultation, Position, Status, form_token
from comments.said import Said
from comments.services import Opened, StaleComment
from comments.views.found import consultation_for, own_comment
from comments.views.overtaken import Overtaken
from comments.views.reading import show_row, show_sheet
from comments.views.sheet import WHOLE, Row, Sheet, bind_in, edit_in, key_of, preview_of, sheet_of
from directives.refusals import Refused

FIELDS = {"no_wording": "addition", "unchanged": "wording", "empty": "body"}
CHOICES = ("mine", "theirs", "both")


@require_http_methods(["GET", "POST"])
def comment_write(request: HttpRequest, pk: int) -> HttpResponse:
    """A new comment; opened by address it stands in the reading page."""
    consultation = consultation_for(request.user, pk, permissions.can_comment)
    if request.method == "GET":
        query = request.GET.copy()
        query["pane"] = "write"
        query.setdefault("at", "whole")
        return redirect(f"{reverse('consultation_read', args=[pk])}?{query.urlencode()}")
    return _write(request, consultation)


@require_GET
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """To where a comment that is still being written stands open."""
    comment = own_comment(request.user, pk)
    return redirect(_open_at(comment))


def _open_at(comment: Comment) -> str:
    place = comment.provision_key or WHOLE
    address = reverse("consultation_read", args=[comment.consultation_id])
    return f"{address}?at={place}&pane=edit&comment={comment.pk}#p-{place}"


def _write(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """`act` is keep (saved by itself), save, submit, or a choice between two windows."""
    act = request.POST.get("act", "save")
    if act == "keep":
        return _keep(request, consultation)
    sheet = sheet_of(request.user, consultation)
    row = sheet.row(request.POST.get("at", "")) or sheet.whole
    form = bind_in(row, request.POST)
    if not form.is_valid():
        return show(request, sheet, row, 422)
    if act == "submit" and form.needs_a_look:
        return _look_first(request, sheet, row)
    try:
        if act in CHOICES:
            return _open_again(request, row, _choose(request, consultation, row, act))
        _save(request.user, consultation, form, submits=act == "submit")
    except StaleComment as stale:
        row.overtaken = Overtaken(row.at, form.said(), stale.stored)
        return show(request, sheet, row, 409)
    except Refused as refused:
        form.add_error(FIELDS.get(refused.code), str(refused))
        if refused.code == "quote":
            _type_in(form, quote="", quote_start="")
        return show(request, sheet, row, 422)
    said = _("Your comment has been sent.") if act == "submit" else _("Kept. It is not sent yet.")
    return done(request, consultation, row, said)


def _choose(request: HttpRequest, consultation: Consultation, row: Row, act: str) -> Comment:
    """The comment that stands after the choice between what is here and what is there."""
    form, person = row.form, request.user
    opened, token = form.opened, form.cleaned_data["token"]
    if act == "theirs":
        return get_object_or_404(Comment, recorded_by=person, token=token)
    if act == "both":
        opened, token = None, form_token()
    elif request.POST.get("other", "").isdecimal():
        opened = Opened(uuid4(), int(request.POST["other"]))
    return services.save_comment(
        consultation.pk,
        actor=person,
        author=person,
        said=form.said(),
        token=token,
        opened=opened,
    )


def _open_again(request: HttpRequest, row: Row, comment: Comment) -> HttpResponse:
    """The comment that was chosen, open to be written on where it was not sent meanwhile."""
    if not request.htmx:
        return redirect(_open_at(comment))
    sheet = sheet_of(request.user, comment.consultation)
    row = sheet.row(row.at) or sheet.whole
    chosen = next((one for one in row.mine if one.pk == comment.pk), comment)
    if chosen.status == Status.DRAFT:
        edit_in(row, chosen)
    return show_row(request, sheet, row)


def _save(person: User, consultation: Consultation, form: CommentForm, *, submits: bool) -> None:
    """Saved in any case; what cannot be submitted yet stays as it was typed."""
    said = form.said()
    token = form.cleaned_data["token"]
    try:
        saved = services.save_comment(
            consultation.pk,
            actor=person,
            author=person,
            said=said,
            token=token,
            opened=form.opened,
        )
    except Refused as refused:
        if refused.code == "submitted" and submits and already_sent(person, token, said):
            return
        raise
    if submits:
        services.submit(saved.pk, actor=person)


def already_sent(person: User, token: str, said: Said) -> bool:
    """The same form sent twice is one comment, and no mistake."""
    sent = Comment.objects.filter(recorded_by=person, token=token).first()
    return sent is not None and all(
        getattr(sent, name) == value
        for name, value in asdict(said).items()
        if name not in ("quote", "quote_start")
    )


def _look_first(request: HttpRequest, sheet: Sheet, row: Row) -> HttpResponse:
    """The changed wording as insertions and deletions; sent when the button is pressed again."""
    form = row.form
    row.preview = preview_of(row.text, form.cleaned_data["proposal_kind"], form.proposed)
    row.preview["asks"] = "yes"
    _type_in(form, seen=row.preview["seen"])
    return show(request, sheet, row, 422)


def _type_in(form: CommentForm, **values: str) -> None:
    form.data = form.data.copy()
    for name, value in values.items():
        form.data[name] = value


def show(request: HttpRequest, sheet: Sheet, row: Row, status: int) -> HttpResponse:
    if request.htmx:
        return show_row(request, sheet, row, status=status)
    return show_sheet(request, sheet, row, status=status)


def done(request: HttpRequest, consultation: Consultation, row: Row, said: str) -> HttpResponse:
    if request.htmx:
        sheet = sheet_of(request.user, consultation)
        return show_row(request, sheet, sheet.row(row.key), said=said)
    messages.success(request, said)
    return redirect(
        f"{reverse('consultation_read', args=[consultation.pk])}?at={row.key}#p-{row.key}"
    )


def _keep(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    """Saved by itself while it is typed: answers with the badge that says so."""
    form = CommentForm(request.POST)
    context: dict[str, Any] = {"consultation": consultation, "at": timezone.now()}
    try:
        if not form.is_valid():
            raise Refused(_("Something in this form must be corrected."), code="form")
        _save(request.user, consultation, form, submits=False)
    except StaleComment as stale:
        at = str(form.cleaned_data["at"] or "")
        context |= {"refused": stale, "overtaken": Overtaken(at, form.said(), stale.stored)}
        return render(request, "comments/_kept.html", context, status=409)
    except Refused as refused:
        context["refused"] = refused
    return render(request, "comments/_kept.html", context)


@require_POST
def comment_preview(request: HttpRequest, pk: int) -> HttpResponse:
    """The typed wording as insertions and deletions on the frozen text."""
    consultation = consultation_for(request.user, pk)
    form = CommentForm(request.POST)
    form.is_valid()
    key = key_of(request.POST.get("at", ""))
    provision = consultation.draft.provisions.filter(key=key).first() if key else None
    kind = form.cleaned_data.get("proposal_kind", "")
    preview = preview_of(provision.text if provision else "", kind, form.proposed)
    return render(request, "comments/_preview.html", {"preview": preview, "form": form})


@require_POST
def comment_submit(request: HttpRequest, pk: int) -> HttpResponse:
    comment = own_comment(request.user, pk)
    return _act(request, comment, services.submit, _("Your comment has been sent."))


@require_POST
def comment_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    comment = own_comment(request.user, pk)
    return _act(request, comment, services.withdraw, _("Your comment has been withdrawn."))


@require_POST
def comment_discard(request: HttpRequest, pk: int) -> HttpResponse:
    comment = own_comment(request.user, pk)
    return _act(request, comment, services.discard, _("The draft comment has been deleted."))


def _act(request: HttpRequest, comment: Comment, act: Any, said: str) -> HttpResponse:
    """One act on a comment; a refusal rises to its own page, or is told beside the row."""
    consultation, key = comment.consultation, str(comment.provision_key or "")
    try:
        act(comment.pk, actor=request.user)
    except Refused as refused:
        if not request.htmx:
            raise
        sheet = sheet_of(request.user, consultation)
        row = sheet.row(key) or sheet.whole
        row.refused = refused
        return show_row(request, sheet, row, status=409)
    sheet = sheet_of(request.user, consultation)
    return done(request, consultation, sheet.row(key) or sheet.whole, said)


@require_POST
def comments_submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Send every comment that waits; those which cannot go stay, and say why."""
    consultation = consultation_for(request.user, pk, permissions.can_comment)
    waiting = consultation.comments.filter(
        author=request.user, recorded_by=request.user, status=Status.DRAFT
    )
    sent, kept = 0, []
    for comment in waiting.order_by("pk"):
        try:
            services.submit(comment.pk, actor=request.user)
            sent += 1
        except Refused as refused:
            kept.append(str(refused))
    if sent:
        words = ngettext("%s comment has been sent.", "%s comments have been sent.", sent)
        messages.success(request, words % sent)
    for reason in dict.fromkeys(kept):
        messages.error(request, reason)
    return redirect("consultation_read", pk)


@require_POST
def position_give(request: HttpRequest, pk: int) -> HttpResponse:
    """The delegate's own position on the draft as a whole."""
    consultation = consultation_for(request.user, pk, permissions.can_comment)
    form = PositionForm(request.POST)
    if form.is_valid():
        try:
            services.give_position(pk, actor=request.user, person=request.user, **form.cleaned_data)
        except Refused as refused:
            field = refused.code if refused.code in form.fields else None
            form.add_error(field, str(refused))
        else:
            label = Position(form.cleaned_data["position"]).label
            messages.success(request, _("Your position is recorded: %s.") % label)
            return redirect("consultation_read", pk)
    sheet = sheet_of(request.user, consultation)
    sheet.position_form = form
    return show_sheet(request, sheet, status=422)
