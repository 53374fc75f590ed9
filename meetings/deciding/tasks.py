"""What votes and conclusions ask of a person: to vote, to confirm, to let a directive follow."""

from collections.abc import Iterator

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.tasks import Task
from directives.models import State
from meetings.models import AttendeeRole, Conclusion, Decision, Reply, Voter

FOLLOWED = (Decision.HAND_BACK, Decision.APPROVE)


def decision_tasks(person: User) -> Iterator[Task]:
    """Votes that wait for the person at the table; conclusions for the chair and the office."""
    yield from map(_to_vote, _open_votes(person))
    yield from map(_to_confirm, _unconfirmed(person))
    if office := person.committees_as(Role.OFFICE):
        yield from map(_to_follow, _unfollowed(office))


def _open_votes(person: User) -> QuerySet[Voter]:
    """On devices, not cast yet, while the person is there."""
    mine = Voter.objects.filter(attendee__person=person, voted=False)
    there = mine.filter(attendee__attendances__left_at=None, attendee__attendances__isnull=False)
    in_person = there.exclude(attendee__invitation__reply=Reply.SENDS)
    waiting = in_person.filter(ballot__closed_at=None, ballot__tellers="")
    return waiting.select_related("ballot__item__meeting").defer("ballot__urn").distinct()


def _to_vote(voter: Voter) -> Task:
    ballot = voter.ballot
    meeting = ballot.item.meeting
    return Task(
        title=ballot.question,
        url=reverse("ballot_vote", args=[meeting.pk, ballot.pk]),
        action=_("Vote"),
        note=_("Meeting no. %s is voting now.") % meeting.session_number,
        deadline=ballot.opened_at,
    )


def _unconfirmed(person: User) -> QuerySet[Conclusion]:
    """Of the meetings that the person chairs, or of the committee whose chair they are."""
    chairs = Q(
        item__meeting__attendees__person=person,
        item__meeting__attendees__role=AttendeeRole.CHAIR,
    )
    of_committee = Q(item__meeting__committee__in=person.committees_as(Role.CHAIR))
    waiting = Conclusion.objects.filter(chairs | of_committee, confirmed_at=None)
    return waiting.select_related("item__meeting").distinct()


def _to_confirm(conclusion: Conclusion) -> Task:
    return _of(
        conclusion,
        "conclusion_confirm",
        _("Confirm the conclusion"),
        _("Your conclusion at meeting no. %s has been written down."),
    )


def _unfollowed(office: set[int]) -> QuerySet[Conclusion]:
    """Confirmed, and the directive has not followed; what the chair takes back is not listed."""
    mine = Conclusion.objects.filter(item__meeting__committee__in=office, applied_at=None)
    waiting = mine.filter(decision__in=FOLLOWED).exclude(confirmed_at=None)
    return waiting.filter(
        item__directive__state__in=(State.CONSULTING, State.CONSOLIDATING)
    ).select_related("item__meeting")


def _to_follow(conclusion: Conclusion) -> Task:
    return _of(
        conclusion,
        "conclusion_apply",
        _("Let the directive follow"),
        _("The chair has confirmed the conclusion of meeting no. %s."),
    )


def _of(conclusion: Conclusion, url_name: str, action: str, note: str) -> Task:
    item = conclusion.item
    return Task(
        title=item.title,
        url=reverse(url_name, args=[item.meeting_id, item.pk]),
        action=action,
        note=note % item.meeting.session_number,
    )
