"""What a meeting asks of a person: to attend it, and of the office to send out its papers."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.tasks import Task
from meetings.models import AgendaItem, Attendee, MeetingState, Reply
from meetings.preparing.telling import moment
from meetings.reading import SENDABLE, start_of_today


def meeting_tasks(person: User) -> Iterator[Task]:
    """Drafts on an agenda that nobody has received yet; then the meetings to attend."""
    office = person.committees_as(Role.OFFICE)
    if office:
        yield from map(_to_send, _unsent(office))
    yield from map(_to_attend, _ahead(person))


def _unsent(office: set[int]) -> Iterator[AgendaItem]:
    items = AgendaItem.objects.filter(
        meeting__committee__in=office,
        meeting__starts_at__gte=start_of_today(),
        meeting__state__in=(MeetingState.CONVENED, MeetingState.UNDER_WAY),
        consultation=None,
        directive__state__in=SENDABLE,
        directive__drafts__frozen_at=None,
    ).distinct()
    return items.select_related("meeting", "directive").iterator()


def _to_send(item: AgendaItem) -> Task:
    return Task(
        title=item.title,
        url=reverse("item_circulate", args=[item.meeting_id, item.pk]),
        action=_("Circulate for comments"),
        note=_("It is on the agenda of meeting no. %(number)s and has not been sent yet.")
        % {"number": item.meeting.session_number},
        deadline=item.meeting.starts_at,
    )


def _ahead(person: User) -> Iterator[Attendee]:
    mine = Attendee.objects.filter(person=person, meeting__starts_at__gte=start_of_today())
    ahead = mine.exclude(meeting__state=MeetingState.CANCELLED)
    return ahead.select_related("meeting", "invitation").order_by("meeting__starts_at").iterator()


def _to_attend(attendee: Attendee) -> Task:
    """Who was invited and has not answered is waited for."""
    meeting, waits = attendee.meeting, _is_to_answer(attendee)
    url = reverse("invitation_reply", args=[meeting.pk]) if waits else meeting.get_absolute_url()
    return Task(
        title=_("Meeting no. %s") % meeting.session_number,
        url=url,
        action=_("Answer the invitation") if waits else _("See"),
        note=_("%(moment)s, %(place)s. Your role: %(role)s.")
        % {
            "moment": moment(meeting),
            "place": meeting.place,
            "role": attendee.get_role_display().lower(),
        },
        deadline=meeting.starts_at if waits else None,
        waits_for_me=waits,
    )


def _is_to_answer(attendee: Attendee) -> bool:
    invitation = getattr(attendee, "invitation", None)
    return (
        attendee.meeting.state == MeetingState.CONVENED
        and invitation is not None
        and invitation.sent_at is not None
        and invitation.reply == Reply.NONE
    )
