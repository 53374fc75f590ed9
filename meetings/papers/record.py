"""What was recorded of a meeting, read at once: who was there, and what came of each item."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from accounts.models import User
from comments.models import Comment, ProposalKind, Source, Status
from directives.comparison import Numbered, numbered
from directives.models import Provision
from directives.rendering.pdf import date_in_words
from meetings.holding.rollcall import SEATED
from meetings.models import (
    AgendaItem,
    Attendance,
    Attendee,
    AttendeeRole,
    Ballot,
    Conclusion,
    Meeting,
    Remark,
    Reply,
    Task,
    Voter,
)

# More changes of one provision are not told one by one.
MOST_CHANGES = 2


@dataclass(frozen=True)
class Opinion:
    """What somebody said about an item, and when."""

    attendee: Attendee
    words: str
    at: datetime


@dataclass(frozen=True)
class Heard:
    """An item and all that was recorded of it; opinions by speaker, in the order of speaking."""

    item: AgendaItem
    opinions: Sequence[tuple[Attendee, Sequence[str]]] = ()
    ballots: Sequence[Ballot] = ()
    # By ballot: the voters who reserved their opinion.
    reserving: Mapping[int, Sequence[Voter]] = field(default_factory=dict)
    conclusion: Conclusion | None = None

    @property
    def is_recorded(self) -> bool:
        return bool(
            self.item.opened_at or self.opinions or self.ballots or self.conclusion is not None
        )


@dataclass(frozen=True)
class Record:
    """The meeting as it was recorded. People stand by rank, with one line for each."""

    meeting: Meeting
    people: Sequence[Attendee]
    items: Sequence[Heard] = field(default_factory=list)

    @cached_property
    def chair(self) -> Attendee | None:
        return next((one for one in self.people if one.role == AttendeeRole.CHAIR), None)

    @cached_property
    def present(self) -> list[Attendee]:
        """Members who were there for some time, in person or through a substitute."""
        return [one for one in self.members if was_there(one)]

    @cached_property
    def members(self) -> list[Attendee]:
        return [one for one in self.people if one.role in SEATED]

    @cached_property
    def absent(self) -> list[Attendee]:
        """Members of whom it was recorded that they stayed away."""
        return [one for one in self.members if is_away(one)]

    @cached_property
    def guests(self) -> list[Attendee]:
        """Presenters and invited who were there."""
        return [one for one in self.people if one.role not in SEATED and was_there(one)]

    @property
    def voting(self) -> int:
        return sum(one.voting for one in self.people)

    @property
    def voting_present(self) -> int:
        """A substitute has no vote and does not make up the quorum."""
        return sum(one.voting and was_there(one) and not substitute(one) for one in self.people)

    @property
    def quorum(self) -> int:
        rules = self.meeting.committee.rules_on(timezone.localdate(self.meeting.starts_at))
        return rules.quorum_of(self.voting)

    @cached_property
    def concluded(self) -> list[Heard]:
        return [heard for heard in self.items if heard.conclusion is not None]


def was_there(attendee: Attendee) -> bool:
    return bool(attendee.attendances.all())


def is_away(attendee: Attendee) -> bool:
    """It was recorded that they stayed away, and they never came."""
    return not was_there(attendee) and hasattr(attendee, "absence")


def substitute(attendee: Attendee) -> str:
    """Who came in their place, as the invitation was answered; empty where they came themselves."""
    invitation = getattr(attendee, "invitation", None)
    if invitation is None or invitation.reply != Reply.SENDS:
        return ""
    return ", ".join(filter(None, (invitation.substitute_name, invitation.substitute_position)))


def record_of(meeting: Meeting) -> Record:
    """A fixed number of queries, however many items and people there are."""
    people = list(people_of(meeting))
    items = list(_items(meeting))
    opinions = _opinions(meeting, items, {one.person_id: one for one in people})
    heard = [
        Heard(
            item,
            opinions=_by_speaker(opinions[item.pk]),
            ballots=[ballot for ballot in item.ballots.all() if ballot.closed_at],
            reserving={ballot.pk: list(ballot.voters.all()) for ballot in item.ballots.all()},
            conclusion=getattr(item, "conclusion", None),
        )
        for item in items
    ]
    return Record(meeting, people, [one for one in heard if one.is_recorded])


def people_of(meeting: Meeting) -> QuerySet[Attendee]:
    """Everybody on the list, with what is known of their coming and going."""
    stretches = Attendance.objects.order_by("arrived_at", "pk")
    people = meeting.attendees.select_related("person", "absence", "invitation")
    return people.prefetch_related(Prefetch("attendances", stretches))


def _items(meeting: Meeting) -> QuerySet[AgendaItem]:
    tasks = Task.objects.select_related("lead_unit", "lead_person")
    conclusions = Conclusion.objects.prefetch_related("points", Prefetch("tasks", tasks))
    reserved = Voter.objects.exclude(reserved_opinion="").select_related("attendee__person")
    ballots = Ballot.objects.defer("urn").prefetch_related(Prefetch("voters", reserved))
    items = meeting.items.filter(is_break=False).select_related("presenter", "directive", "draft")
    return items.defer("draft__content").prefetch_related(
        "papers", Prefetch("conclusion", conclusions), Prefetch("ballots", ballots)
    )


def _opinions(
    meeting: Meeting, items: Sequence[AgendaItem], people: Mapping[int, Attendee]
) -> Mapping[int, list[Opinion]]:
    """Remarks, and comments of the item's round that were said at the meeting, once each."""
    found: defaultdict[int, list[Opinion]] = defaultdict(list)
    moments = {}
    on_list = {one.pk: one for one in people.values()}
    for remark in Remark.objects.filter(item__meeting=meeting):
        if remark.comment_id is None:
            speaker = on_list[remark.attendee_id]
            found[remark.item_id].append(Opinion(speaker, remark.text, remark.said_at))
        else:
            moments[remark.comment_id] = remark.said_at
    of_round = {item.consultation_id: item.pk for item in items if item.consultation_id}
    places = _provisions(items)
    for comment in _said_at_the_table(of_round):
        if comment.author_id in people:
            words = _placed(comment, places)
            at = moments.get(comment.pk) or comment.submitted_at or comment.created_at
            opinion = Opinion(people[comment.author_id], words, at)
            found[of_round[comment.consultation_id]].append(opinion)
    return found


def _said_at_the_table(of_round: Mapping[int, int]) -> Iterable[Comment]:
    return Comment.objects.filter(
        consultation__in=of_round, source=Source.MEETING, status=Status.SUBMITTED
    )


def _placed(comment: Comment, places: Mapping[UUID, Numbered]) -> str:
    """The comment with the place that it is about: what it would change, then what it says."""
    row = places.get(comment.provision_key) if comment.provision_key else None
    said = [_changes(comment, row), comment.body, comment.reason]
    words = " ".join(" ".join(said).split())
    return f"về {row.citation}: {words}" if row else words


def _changes(comment: Comment, row: Numbered | None) -> str:
    """A new wording by the words that differ: minutes do not hold the provision over again."""
    if comment.proposal_kind == ProposalKind.DELETE:
        return "đề nghị bỏ."
    if comment.proposal_kind == ProposalKind.INSERT_AFTER:
        return f"đề nghị bổ sung: “{comment.proposed_text}”."
    if row is None or comment.proposal_kind != ProposalKind.REPLACE:
        return ""
    edits = [(row.text[start:end], new) for start, end, new in comment.edits]
    if len(edits) > MOST_CHANGES or not all(map(_has_words, edits)):
        return "" if comment.body else f"đề nghị sửa thành: “{comment.proposed_text}”."
    return f"đề nghị {'; '.join(_change(*edit) for edit in edits)}."


def _has_words(edit: tuple[str, str]) -> bool:
    """Whether the change can be told by itself; a comma cannot."""
    return any(letter.isalnum() for letter in "".join(edit))


def _change(old: str, new: str) -> str:
    old, new = old.strip(), new.strip()
    if not old:
        return f"thêm “{new}”"
    return f"sửa “{old}” thành “{new}”" if new else f"bỏ “{old}”"


def _provisions(items: Iterable[AgendaItem]) -> dict[UUID, Numbered]:
    """The provisions of all drafts of the agenda with their numbers, by their keys."""
    by_draft = defaultdict(list)
    drafts = [item.draft_id for item in items if item.draft_id]
    for provision in Provision.objects.filter(draft__in=drafts).order_by("position", "pk"):
        by_draft[provision.draft_id].append(provision)
    rows = (row for provisions in by_draft.values() for row in numbered(provisions))
    return {row.provision.key: row for row in rows}


def _by_speaker(opinions: Iterable[Opinion]) -> list[tuple[Attendee, list[str]]]:
    said_by: dict[int, tuple[Attendee, list[str]]] = {}
    for one in sorted(opinions, key=lambda opinion: opinion.at):
        said_by.setdefault(one.attendee.pk, (one.attendee, []))[1].append(one.words)
    return list(said_by.values())


# Words that stand in every paper of a meeting.


def titled(attendee: Attendee) -> str:
    """ "đồng chí Hoàng Minh Trực, Bí thư Tỉnh ủy", with the position of that day."""
    return ", ".join(filter(None, (f"đồng chí {attendee.person}", attendee.title)))


def named(person: User) -> str:
    return ", ".join(filter(None, (f"đồng chí {person}", person.position)))


def capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def hour(moment: datetime) -> str:
    return timezone.localtime(moment).strftime("%H giờ %M")


def moment_in_words(moment: datetime) -> str:
    return f"{hour(moment)}, {date_in_words(timezone.localdate(moment))}"


def later(moment: datetime, day: date) -> str:
    """The hour on the day of which is spoken; with its date where midnight has passed."""
    return hour(moment) if timezone.localdate(moment) == day else moment_in_words(moment)


def gathering(meeting: Meeting) -> str:
    return f"Hội nghị {meeting.committee} lần thứ {meeting.session_number}, {meeting.term}"
