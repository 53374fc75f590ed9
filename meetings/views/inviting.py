"""Invitations: who has been invited and answered, the papers, and an attendee's own answer."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from directives.permissions import require
from directives.refusals import Refused
from directives.views.exports import DOCX, attachment
from directives.views.printing import send_paper
from meetings import permissions, reading
from meetings.forms.preparing import ReplyForm
from meetings.frame import frame
from meetings.models import Attendee, Meeting, MeetingState, Reply
from meetings.papers.invitation import invitation_docx, invitations
from meetings.preparing import bundles, calendar_file, inviting
from meetings.views.answering import field_of, status_of
from meetings.views.bundling import send_bundle
from meetings.views.fetching import meeting_for


@require_GET
def meeting_invitations(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody on the list with what they were sent and what they answered, and the counts."""
    meeting = meeting_for(request.user, pk, permissions.can_see_invitations)
    people = reading.invited(meeting)
    given = Counter(_reply_of(one) for one in people)
    convened = meeting.state == MeetingState.CONVENED
    context = frame(meeting, request.user, "invitations") | {
        "people": people,
        "counts": [(reply.label, given[reply]) for reply in Reply],
        "waiting": sum(one.sent_at is None for one in people),
        "may_invite": convened and permissions.can_convene(request.user, meeting),
        "may_record": convened and permissions.can_run(request.user, meeting),
    }
    return render(request, "meetings/meeting_invitations.html", context)


def _reply_of(attendee: Attendee) -> str:
    invitation = getattr(attendee, "invitation", None)
    return invitation.reply if invitation else Reply.NONE


def invitations_send(request: HttpRequest, pk: int) -> HttpResponse:
    """To whom they go and how; then they are sent."""
    meeting = meeting_for(request.user, pk, permissions.can_convene)
    if request.method == "POST":
        count = inviting.send_invitations(pk, actor=request.user)
        messages.success(request, _("Invitations sent: %s.") % count)
        return redirect("meeting_invitations", pk)
    waiting = list(inviting.not_invited(meeting).select_related("person"))
    context = {
        "meeting": meeting,
        "waiting": waiting,
        "by_mail": sum(bool(one.person.email) for one in waiting),
        "on_paper": [one for one in waiting if not one.person.username],
        "has_agenda": meeting.items.exists(),
        "has_chair": meeting.attendees.filter(role="chair").exists(),
    }
    return render(request, "meetings/invitations_send.html", context)


@require_GET
def invitations_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """All invitations as one paper, each from a page of its own."""
    meeting = meeting_for(request.user, pk, permissions.can_see_invitations)
    name = f"giay-moi-hoi-nghi-{meeting.session_number}.pdf"
    bundle = bundles.invitation_bundle(meeting)
    return send_bundle(request, bundle, kind=bundles.INVITATIONS, meeting=pk, name=name)


@require_GET
def invitation_pdf(request: HttpRequest, pk: int, attendee: int) -> HttpResponse:
    """One invitation, for whoever it invites and the staff."""
    invited = _attendee(pk, attendee=attendee)
    require(permissions.can_read_invitation, request.user, invited)
    [paper] = invitations(invited.meeting, [invited])
    return send_paper(request, paper, name=f"giay-moi-{pk}-{attendee}.pdf")


@require_GET
def invitation_word(request: HttpRequest, pk: int, attendee: int) -> HttpResponse:
    """One invitation for the office to go on editing."""
    invited = _attendee(pk, attendee=attendee)
    require(permissions.can_see_invitations, request.user, invited.meeting)
    return attachment(invitation_docx(invited), DOCX, f"giay-moi-{pk}-{attendee}.docx")


def _attendee(meeting: int, **wanted: Any) -> Attendee:
    people = Attendee.objects.select_related(
        "person", "invitation", "meeting__committee", "meeting__term", "meeting__convened_by"
    )
    if "attendee" in wanted:
        wanted["pk"] = wanted.pop("attendee")
    return get_object_or_404(people, meeting=meeting, **wanted)


def _own(request: HttpRequest, pk: int) -> Attendee:
    """The reader's own place on the list, if they have been invited."""
    meeting_for(request.user, pk)
    return _attendee(pk, person=request.user, invitation__sent_at__isnull=False)


@require_GET
def invitation_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The entry for one's own calendar."""
    file = calendar_file.calendar_file(_own(request, pk))
    kind = f"{calendar_file.MEDIA_TYPE}; charset=utf-8; method={file.method}"
    return attachment(file.content, kind, calendar_file.FILE_NAME)


def invitation_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """One's own invitation with the answer to it."""
    return _replying(request, _own(request, pk), back="meeting_view")


def reply_record(request: HttpRequest, pk: int, attendee: int) -> HttpResponse:
    """What somebody answered by telephone or on paper."""
    meeting_for(request.user, pk, permissions.can_run)
    return _replying(request, _attendee(pk, attendee=attendee), back="meeting_invitations")


def _replying(request: HttpRequest, attendee: Attendee, *, back: str) -> HttpResponse:
    meeting: Meeting = attendee.meeting
    form = ReplyForm(request.POST or None, initial=_said(attendee))
    if request.method == "POST" and form.is_valid():
        try:
            inviting.give_reply(attendee.pk, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(field_of(refused, form), str(refused))
        else:
            messages.success(
                request, _("The reply is kept. It can be changed until the meeting opens.")
            )
            return redirect(back, meeting.pk)
    context = {
        "meeting": meeting,
        "attendee": attendee,
        "presence": reading.presence(attendee),
        "form": form,
        "own": back == "meeting_view",
        "back": reverse(back, args=[meeting.pk]),
        "is_open": meeting.state == MeetingState.CONVENED,
    }
    return render(request, "meetings/invitation_reply.html", context, status=status_of(form))


def _said(attendee: Attendee) -> dict[str, str]:
    invitation = getattr(attendee, "invitation", None)
    if invitation is None or invitation.reply == Reply.NONE:
        return {}
    names = ("reply", "reason", "substitute_name", "substitute_position")
    return {name: getattr(invitation, name) for name in names}
