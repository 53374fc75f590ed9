"""Changing a meeting and calling it off: what will be different and who is told, then the act."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from directives.refusals import Refused
from meetings import permissions
from meetings.forms.preparing import CancelForm, MeetingForm
from meetings.models import Meeting
from meetings.preparing import changing, telling
from meetings.views.answering import field_of, status_of
from meetings.views.fetching import meeting_for


def meeting_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The form; then, before anything is done, what changes and who is told."""
    meeting = meeting_for(request.user, pk, permissions.can_convene)
    form = _form(request, meeting)
    if request.method == "POST" and form.is_valid() and "again" not in request.POST:
        said = form.cleaned_data
        if "confirmed" not in request.POST and (names := changing.differing(meeting, said)):
            return render(request, "meetings/meeting_change.html", _before(meeting, form, names))
        try:
            changing.change_meeting(pk, actor=request.user, **said)
        except Refused as refused:
            form.add_error(field_of(refused, form), str(refused))
        else:
            messages.success(request, _("The meeting is as you left it now."))
            return redirect(meeting)
    context = {"meeting": meeting, "form": form}
    return render(request, "meetings/meeting_edit.html", context, status=status_of(form))


def _form(request: HttpRequest, meeting: Meeting) -> MeetingForm:
    initial = {name: getattr(meeting, name) for name in changing.CHANGEABLE}
    committees = [meeting.committee_id]
    return MeetingForm(request.POST or None, initial=initial, committees=committees)


def _before(meeting: Meeting, form: MeetingForm, names: list[str]) -> dict[str, Any]:
    """What is to be confirmed."""
    return {
        "meeting": meeting,
        "kept": [field.as_hidden() for field in form],
        "changes": list(_changes(meeting, form, names)),
        "invited": telling.invited(meeting).count(),
        "is_told": any(name in changing.TOLD for name in names),
        "asked_again": "starts_at" in names,
    }


def _changes(
    meeting: Meeting, form: MeetingForm, names: list[str]
) -> Iterator[tuple[str, str, str]]:
    modes = dict(form.fields["mode"].choices)
    for name in names:
        old, new = getattr(meeting, name), form.cleaned_data[name]
        yield str(form.fields[name].label), _in_words(old, modes), _in_words(new, modes)


def _in_words(value: Any, modes: dict[str, str]) -> str:
    if hasattr(value, "hour"):
        return timezone.localtime(value).strftime("%H:%M %d/%m/%Y")
    return str(modes.get(value, value or "–"))


def meeting_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """What follows when it is called off, and why it is."""
    meeting = meeting_for(request.user, pk, permissions.can_convene)
    form = CancelForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        changing.cancel_meeting(pk, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The meeting is cancelled. Those invited have been told."))
        return redirect(meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "invited": telling.invited(meeting).count(),
        "rounds": meeting.items.filter(consultation__closed_at=None, consultation__isnull=False),
    }
    return render(request, "meetings/meeting_cancel.html", context, status=status_of(form))
