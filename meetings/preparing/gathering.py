"""Preparing a meeting: convene it, list who attends, put a draft on the agenda, circulate it."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max, ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Committee, User
from accounts.seats import Seat, seats_on
from comments.models import Consultation
from comments.services import Asked, open_consultation
from directives import events
from directives.models import Directive, State
from directives.permissions import can_circulate, require
from directives.refusals import Refused
from meetings import permissions
from meetings.models import AgendaItem, Attendee, AttendeeRole, Meeting, MeetingState
from meetings.moments import held, state_now
from meetings.preparing import telling
from meetings.timetable import attending

MEETING_PAPER = "TÀI LIỆU HỘI NGHỊ"


def next_session_number(committee: Committee) -> int:
    """One more than the highest of the current term; 1 in a new term."""
    term = committee.term_on(timezone.localdate())
    last = Meeting.objects.filter(term=term).aggregate(last=Max("session_number"))["last"]
    return (last or 0) + 1


@transaction.atomic
def convene(
    *,
    actor: User,
    committee: Committee,
    session_number: int,
    place: str,
    starts_at: datetime,
    **facts: Any,
) -> Meeting:
    """Call a meeting; the committee's members of that day are on its list, invited none yet."""
    require(permissions.can_convene, actor, committee)
    term = committee.term_on(timezone.localdate(starts_at))
    if term is None:
        raise Refused(_("No term of the committee covers this day."), code="date")
    if Meeting.objects.filter(term=term, session_number=session_number).exists():
        raise Refused(
            _("Meeting no. %s of this term has been convened already.") % session_number,
            code="session",
        )
    meeting = Meeting.objects.create(
        committee=committee,
        term=term,
        session_number=session_number,
        place=place,
        starts_at=starts_at,
        convened_by=actor,
        **facts,
    )
    _list_members(meeting)
    events.record(meeting.stream, "convene", actor=actor, session=session_number)
    return meeting


def _list_members(meeting: Meeting) -> None:
    for seat in seats_on(meeting.committee, timezone.localdate(meeting.starts_at)):
        attend(meeting, seat, AttendeeRole.MEMBER)


def attend(meeting: Meeting, seat: Seat, role: str) -> Attendee:
    return Attendee.objects.create(
        meeting=meeting,
        person=seat.person,
        role=role,
        title=seat.title,
        rank=seat.rank,
        voting=seat.voting,
    )


@transaction.atomic
def add_attendee(meeting_id: int, *, actor: User, person: User, role: str) -> Attendee:
    """Put somebody on the list, or give them another role on it. Guests have no vote."""
    meeting = being_prepared(meeting_id, actor)
    if role == AttendeeRole.CHAIR:
        meeting.attendees.filter(role=role).exclude(person=person).update(role=AttendeeRole.MEMBER)
    attendee = meeting.attendees.filter(person=person).first()
    if attendee is None:
        voting = role == AttendeeRole.CHAIR
        attendee = attend(meeting, Seat(person, person.position, person.rank, voting), role)
    attendee.role = role
    attendee.save()
    events.record(meeting.stream, "add_attendee", actor=actor, person=person.pk, role=role)
    return attendee


@transaction.atomic
def remove_attendee(attendee_id: int, *, actor: User) -> None:
    """Strike somebody off the list; nobody can be struck off who was asked for comments."""
    attendee = Attendee.objects.select_related("person").get(pk=attendee_id)
    meeting = being_prepared(attendee.meeting_id, actor)
    if meeting.items.filter(consultation__delegates__person=attendee.person).exists():
        raise Refused(_("The draft has been sent to this person already."), code="asked")
    if telling.invited(meeting).filter(attendee=attendee).exists():
        telling.struck_off(meeting, attendee.person, actor=actor)
    _delete_unrecorded(attendee)
    events.record(meeting.stream, "remove_attendee", actor=actor, person=attendee.person_id)


def _delete_unrecorded(attendee: Attendee) -> None:
    try:
        attendee.delete()
    except ProtectedError:
        raise Refused(
            _("The record of the meeting names this person: by a vote, a remark or a conclusion."),
            code="recorded",
        ) from None


@transaction.atomic
def add_item(
    meeting_id: int,
    *,
    actor: User,
    directive: Directive | None = None,
    title: str = "",
    **plan: Any,
) -> AgendaItem:
    """Put a directive that the actor may circulate, or anything with a title, on the agenda.

    `plan`: minutes, presenter, is_break.
    """
    meeting = being_prepared(meeting_id, actor)
    title = title.strip() or (str(directive) if directive else "")
    if not title:
        raise Refused(_("Choose a directive, or write a title."), code="empty")
    if directive:
        require(can_circulate, actor, directive)
    if directive and directive.state not in (State.DRAFTING, State.CONSOLIDATING):
        raise Refused(_("This directive is not being drafted."), code="state")
    last = meeting.items.aggregate(last=Max("position"))["last"] or 0
    try:
        with transaction.atomic():
            item = AgendaItem.objects.create(
                meeting=meeting, directive=directive, title=title, position=last + 1, **plan
            )
    except IntegrityError:
        raise Refused(_("The directive is on this agenda already."), code="twice") from None
    events.record(meeting.stream, "add_item", actor=actor, title=title)
    return item


@transaction.atomic
def remove_item(item_id: int, *, actor: User) -> None:
    """Take an item with its papers off the agenda, unless its draft was sent or it was opened."""
    item = AgendaItem.objects.get(pk=item_id)
    meeting = being_prepared(item.meeting_id, actor)
    if item.opened_at:
        raise Refused(_("This item has been opened at the meeting."), code="opened")
    if item.consultation_id:
        raise Refused(_("The draft of this item has been circulated already."), code="asked")
    item.delete()
    events.record(meeting.stream, "remove_item", actor=actor, title=item.title)


@transaction.atomic
def circulate(
    item_id: int, *, actor: User, deadline: datetime, shows_others: bool = False
) -> Consultation:
    """Send the item's working draft to everybody who attends, and ask for comments."""
    item = AgendaItem.objects.get(pk=item_id)
    meeting = being_prepared(item.meeting_id, actor)
    if item.directive_id is None:
        raise Refused(_("This item has no directive to send."), code="no_directive")
    if item.consultation_id is not None:
        raise Refused(_("The draft of this item has been circulated already."), code="asked")
    consultation = open_consultation(
        item.directive_id,
        actor=actor,
        asked=_asked(item),
        deadline=deadline,
        at_meeting=True,
        shows_others=shows_others,
        mark=MEETING_PAPER,
    )
    item.consultation, item.draft = consultation, consultation.draft
    item.save()
    events.record(meeting.stream, "circulate", actor=actor, draft=consultation.draft_id)
    return consultation


def _asked(item: AgendaItem) -> list[Asked]:
    """Everybody who attends the item but the presenters, who speak for the draft."""
    listeners = [one for one in attending(item) if one.role != AttendeeRole.PRESENTER]
    return [Asked(one.person, one.title, one.rank, one.voting) for one in listeners]


def being_prepared(meeting_id: int, actor: User, *, until: str = MeetingState.UNDER_WAY) -> Meeting:
    """The locked meeting, for whoever prepares it; refused once it is past the state `until`."""
    meeting = held(meeting_id, actor, permissions.can_convene)
    if meeting.state not in (MeetingState.CONVENED, until):
        raise Refused(state_now(meeting), code="state")
    return meeting
