"""What a meeting asks of a person: to attend it, and of the office to send out its papers."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.tasks import Task
from meetings.models import AgendaItem, Attendee, Meeting
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
        consultation=None,
        directive__state__in=SENDABLE,
        directive__drafts__frozen_at=None,
    ).distinct()
    return items.select_related("meeting", "directive").iterator()


def _to_send(item: AgendaItem) -> Task:
    return Task(
        title=item.directive.subject,
        url=reverse("item_circulate", args=[item.meeting_id, item.pk]),
        action=_("Circulate for comments"),
        note=_("It is on the agenda of meeting no. %(number)s and has not been sent yet.")
        % {"number": item.meeting.session_number},
        deadline=item.meeting.starts_at,
    )


def _ahead(person: User) -> Iterator[Attendee]:
    mine = Attendee.objects.filter(person=person, meeting__starts_at__gte=start_of_today())
    return mine.select_related("meeting").order_by("meeting__starts_at").iterator()


def _to_attend(attendee: Attendee) -> Task:
    meeting = attendee.meeting
    return Task(
        title=_("Meeting no. %s") % meeting.session_number,
        url=meeting.get_absolute_url(),
        action=_("See"),
        note=_("%(moment)s, %(place)s. Your role: %(role)s.")
        % {
            "moment": moment(meeting),
            "place": meeting.place,
            "role": attendee.get_role_display().lower(),
        },
        waits_for_me=False,
    )


def moment(meeting: Meeting) -> str:
    return timezone.localtime(meeting.starts_at).strftime("%H:%M %d/%m/%Y")
