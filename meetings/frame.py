"""What stands above every page about one meeting: its title, its state, its tabs."""

from typing import Any, NamedTuple

import rules
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from meetings import permissions
from meetings.models import Meeting, MeetingState

TONES = {
    MeetingState.CONVENED: "info",
    MeetingState.UNDER_WAY: "mine",
    MeetingState.CLOSED: "success",
    MeetingState.CANCELLED: "danger",
}


class Tab(NamedTuple):
    """A page about a meeting, and who sees its tab: none that leads to a refusal."""

    name: str
    label: str
    url_name: str
    may_see: rules.Predicate


# In the order of a meeting's life.
TABS = [
    Tab("agenda", _("Agenda"), "meeting_view", rules.always_true),
    Tab("invitations", _("Invitations"), "meeting_invitations", permissions.can_see_invitations),
    Tab("room", _("Running the meeting"), "meeting_room", permissions.can_run),
    Tab("chair", _("Running the meeting"), "meeting_chair", permissions.chairs_only),
    Tab(
        "floor", _("Ask to speak"), "meeting_floor", permissions.sits_only & permissions.is_not_over
    ),
    Tab("conclusions", _("Conclusions"), "meeting_conclusions", rules.always_true),
    Tab("papers", _("Papers of the meeting"), "meeting_papers", permissions.can_see_papers),
    Tab("report", _("News and photos"), "meeting_report", rules.always_true),
    Tab("archive", _("Archive"), "meeting_archive", permissions.can_archive),
]


def frame(meeting: Meeting, person: User, tab: str) -> dict[str, Any]:
    """Context of a page about a meeting, which its view has let the person see.

    `meeting` (with its committee and term), `tone` of its state, `tabs` (see components).
    """
    return {
        "meeting": meeting,
        "tone": TONES[MeetingState(meeting.state)],
        "tabs": _tabs(meeting, person, tab),
    }


def _tabs(meeting: Meeting, person: User, current: str) -> list[dict[str, Any]]:
    return [
        {
            "label": tab.label,
            "url": reverse(tab.url_name, args=[meeting.pk]),
            "current": tab.name == current,
        }
        for tab in TABS
        if tab.may_see.test(person, meeting)
    ]
