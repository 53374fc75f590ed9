"""Keying in what was said at the table or on paper: one after another, by keyboard."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from comments import permissions, services
from comments.forms.recording import RecordForm
from comments.models import Comment, Consultation, Status, form_token
from comments.views.found import consultation_for
from comments.views.sheet import preview_of
from comments.views.writing import FIELDS, already_sent
from directives.comparison import Numbered, numbered
from directives.drafting import in_order
from directives.frame import frame
from directives.refusals import Refused

LATEST_SHOWN = 8
KEPT_FOR_THE_NEXT = ("author", "source")


def comment_record(request: HttpRequest, pk: int) -> HttpResponse:
    """A form that stays open for the next one; it saves and submits at once.

    The address names what is chosen already, so that the wording of a provision can be fetched.
    """
    consultation = consultation_for(request.user, pk, permissions.can_record)
    if consultation.closed_at:
        messages.info(request, _("The office has closed this round of comments."))
        return redirect(consultation)
    rows = numbered(in_order(consultation.draft))
    loads = request.POST.get("act") == "load"
    chosen = request.POST if loads else request.GET
    typed = None if loads else request.POST or None
    form = RecordForm(
        typed, consultation=consultation, rows=rows, initial=_initial(chosen, rows, loads)
    )
    if request.method == "POST" and not loads and form.is_valid():
        try:
            said = _record(request.user, consultation, form)
        except Refused as refused:
            form.add_error(FIELDS.get(refused.code, _field_of(refused, form)), str(refused))
        else:
            messages.success(request, said)
            return _on(request, consultation, form)
    return _page(request, consultation, form, rows)


def _initial(chosen: Any, rows: list[Numbered], loads: bool) -> dict[str, Any]:
    """What was chosen, the wording of the provision, and all that was typed when it was fetched."""
    names = ("author", "source", "at", "proposal_kind", "category")
    if loads:
        names += ("body", "reason", "addition", "token", "position", "position_reason")
    initial = {name: chosen[name] for name in names if chosen.get(name)}
    row = next((row for row in rows if row.key == initial.get("at")), None)
    return {"token": form_token(), "wording": row.text if row else ""} | initial


def _record(actor: User, consultation: Consultation, form: RecordForm) -> str:
    """The comment and the position, both or neither."""
    author, said = form.cleaned_data["author"], form.cleaned_data
    done = []
    with transaction.atomic():
        if said["position"]:
            services.give_position(
                consultation.pk,
                actor=actor,
                person=author,
                position=said["position"],
                reason=said["position_reason"],
            )
            done.append(_("position recorded"))
        if form.says_something or not said["position"]:
            done.insert(0, _submit(actor, author, consultation, form).label)
    return f"{author}: {', '.join(done)}."


def _submit(actor: User, author: User, consultation: Consultation, form: RecordForm) -> Comment:
    token, said = form.cleaned_data["token"], form.said()
    try:
        saved = services.save_comment(
            consultation.pk,
            actor=actor,
            author=author,
            said=said,
            source=form.cleaned_data["source"],
            token=token,
        )
    except Refused as refused:
        if refused.code == "submitted" and already_sent(actor, token, said):
            return Comment.objects.get(recorded_by=actor, token=token)
        raise
    return services.submit(saved.pk, actor=actor)


def _field_of(refused: Refused, form: RecordForm) -> str | None:
    names = {"not_asked": "author", "reason": "position_reason"}
    return names.get(refused.code)


def _on(request: HttpRequest, consultation: Consultation, form: RecordForm) -> HttpResponse:
    if request.POST.get("act") == "last":
        return redirect(consultation)
    kept = {name: request.POST.get(name, "") for name in KEPT_FOR_THE_NEXT}
    address = reverse("comment_record", args=[consultation.pk])
    return redirect(f"{address}?{urlencode(kept)}")


def _page(
    request: HttpRequest, consultation: Consultation, form: RecordForm, rows: list[Numbered]
) -> HttpResponse:
    recorded = consultation.comments.filter(recorded_by=request.user, status=Status.SUBMITTED)
    text = next((row.text for row in rows if row.key == str(form["at"].value())), "")
    kind = form["proposal_kind"].value() or ""
    wording = form["wording" if kind == "replace" else "addition"].value() or ""
    context = frame(consultation.draft.directive, request.user, "comments") | {
        "consultation": consultation,
        "draft": consultation.draft,
        "form": form,
        "preview": preview_of(text, kind, wording),
        "latest": recorded.select_related("author").order_by("-number")[:LATEST_SHOWN],
        "citations": {row.provision.key: row.citation for row in rows},
    }
    if not form.errors:
        first = "at" if form["author"].value() else "author"
        form.fields[first].widget.attrs["autofocus"] = True
    status = 422 if form.errors else 200
    return render(request, "comments/comment_record.html", context, status=status)
