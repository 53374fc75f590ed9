"""Who is told of a meeting: by a notice, and by an e-mail that brings its entry for a calendar."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Notice, NoticeKind, User
from accounts.notices.telling import notify
from meetings.models import Invitation, Meeting

STRUCK_OFF = "struck-off:"


def changed(meeting: Meeting, *, actor: User) -> None:
    """To those whose invitation says what no longer holds."""
    body = _("Now: %(moment)s, %(place)s.") % {"moment": moment(meeting), "place": meeting.place}
    _tell(meeting, NoticeKind.MEETING_CHANGED, body, actor)
    invited(meeting).update(sequence=meeting.calendar_sequence)


def cancelled(meeting: Meeting, *, actor: User) -> None:
    """To everybody who was invited, with the reason."""
    _tell(meeting, NoticeKind.MEETING_CANCELLED, meeting.cancel_reason, actor)


def invited(meeting: Meeting) -> QuerySet[Invitation]:
    return Invitation.objects.filter(attendee__meeting=meeting, sent_at__isnull=False)


def called(meeting: Meeting, people: Iterable[User], *, actor: User) -> None:
    """To those who are invited now; they can answer on the page that it opens."""
    notify(
        people,
        kind=NoticeKind.MEETING_CALLED,
        about=about(meeting),
        url_name="invitation_reply",
        url_args=[meeting.pk],
        body=_("Place: %s. Please say whether you will come.") % meeting.place,
        actor=actor,
    )


def struck_off(meeting: Meeting, person: User, *, actor: User) -> None:
    """To somebody who was invited and is not any more.

    They may not open the meeting's page: its key says which meeting is to leave their calendar.
    """
    meeting.calendar_sequence += 1
    meeting.save(update_fields=["calendar_sequence"])
    notify(
        [person],
        kind=NoticeKind.MEETING_CHANGED,
        about=about(meeting),
        url_name="meeting_list",
        body=_("You are no longer on the list of this meeting: take it out of your calendar."),
        actor=actor,
        once_key=f"{STRUCK_OFF}{meeting.pk}:{meeting.calendar_sequence}",
    )


def meeting_left(notice: Notice) -> tuple[Meeting, int] | None:
    """The meeting that a notice takes out of a calendar, and the number of that change."""
    if not notice.once_key.startswith(STRUCK_OFF):
        return None
    meeting_id, sequence = map(int, notice.once_key.removeprefix(STRUCK_OFF).split(":"))
    return Meeting.objects.select_related("committee", "term").get(pk=meeting_id), sequence


def _tell(meeting: Meeting, kind: NoticeKind, body: str, actor: User) -> None:
    notify(
        User.objects.filter(pk__in=invited(meeting).values("attendee__person")),
        kind=kind,
        about=about(meeting),
        url_name="meeting_view",
        url_args=[meeting.pk],
        body=body,
        actor=actor,
    )


def about(meeting: Meeting) -> str:
    return _("Meeting no. %(number)s of the %(committee)s, %(moment)s") % {
        "number": meeting.session_number,
        "committee": meeting.committee,
        "moment": moment(meeting),
    }


def moment(meeting: Meeting) -> str:
    """The hour and the day, as on every page."""
    return timezone.localtime(meeting.starts_at).strftime("%H:%M %d/%m/%Y")
