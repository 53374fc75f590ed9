"""What the pages in the room show: the roll, the agenda, who speaks, what was said."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from operator import attrgetter
from uuid import UUID

from django.db.models import Count, Max, Prefetch
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from comments.models import Comment, Consultation
from directives.comparison import Numbered, numbered
from directives.models import Event
from directives.outline import in_order
from directives.text import numbering
from directives.text.kinds import LEVELS, Kind
from meetings import timetable
from meetings.holding import rollcall
from meetings.models import (
    AgendaItem,
    Attendance,
    Attendee,
    Meeting,
    MeetingState,
    Remark,
    Reply,
    Speech,
)
from meetings.papers.matters import is_draft

LATEST_SHOWN = 8
WORDS_IN_A_CHOICE = 60
# By the number of letters of a provision on the room's screen.
SIZES = ((120, "1"), (280, "2"), (470, "3"), (800, "4"), (1_350, "5"), (2_300, "6"))
# After these the rows of the roll that they name look otherwise; after those the list itself.
ROLL_VERBS = {"arrive", "leave", "take_back_arrival", "note_absence", "arrive_rest", "note_replies"}
LIST_VERBS = {"add_attendee", "remove_attendee", "reply"}


@dataclass(frozen=True)
class Seat:
    """A line of the roll."""

    attendee: Attendee
    stretches: list[Attendance]

    @property
    def part(self) -> str:
        """Its name on the page."""
        return f"seat-{self.attendee.pk}"

    @property
    def last(self) -> Attendance | None:
        return self.stretches[-1] if self.stretches else None

    @cached_property
    def state(self) -> str:
        """`there`, `left`, `absent`, or `open` while nobody has said anything."""
        if self.last:
            return "left" if self.last.left_at else "there"
        return "absent" if hasattr(self.attendee, "absence") else "open"

    @cached_property
    def reply(self) -> str:
        invitation = getattr(self.attendee, "invitation", None)
        return invitation.reply if invitation else Reply.NONE

    @property
    def substitute(self) -> str:
        """Who sits there instead."""
        return self.attendee.invitation.substitute_name if self.reply == Reply.SENDS else ""


@dataclass(frozen=True)
class Matter:
    """An item of the agenda with its planned time, and where it stands."""

    number: int
    item: AgendaItem
    slot: timetable.Slot
    current: bool

    @property
    def title(self) -> str:
        """A directive's subject begins with "về"; said alone it needs the word before it."""
        return f"{_('Directive')} {self.item.title}" if is_draft(self.item) else self.item.title

    @property
    def state(self) -> str:
        if self.current:
            return "current"
        return "ended" if self.item.ended_at else "ahead"

    @property
    def late_minutes(self) -> int:
        """By how many minutes it is over its time; 0 as long as it is not."""
        if not self.item.opened_at:
            return 0
        spent = (self.item.ended_at or timezone.now()) - self.item.opened_at
        return max(int(spent.total_seconds() // 60) - self.item.minutes, 0)


@dataclass
class Floor:
    """The list of speakers of an item."""

    speeches: list[Speech] = field(default_factory=list)

    @property
    def speaking(self) -> Speech | None:
        return next((one for one in self.speeches if one.called_at and not one.ended_at), None)

    @property
    def waiting(self) -> list[Speech]:
        return [one for one in self.speeches if not one.called_at and not one.withdrawn_at]

    @property
    def spoken(self) -> list[Speech]:
        """Who has finished, in the order in which they spoke."""
        return sorted((one for one in self.speeches if one.ended_at), key=attrgetter("called_at"))


@dataclass
class Room:
    """One meeting at this moment; every part is read once, when it is asked for."""

    meeting: Meeting

    @cached_property
    def mark(self) -> int:
        """The last line of the log: where it is the same, nothing has changed."""
        lines = Event.objects.filter(stream=self.meeting.stream)
        return lines.aggregate(last=Max("sequence"))["last"] or 0

    @cached_property
    def now(self) -> datetime:
        return timezone.now()

    @cached_property
    def under_way(self) -> bool:
        return self.meeting.state == MeetingState.UNDER_WAY

    @cached_property
    def quorum(self) -> rollcall.Quorum:
        """At this moment; of a meeting that is over, at its last one."""
        closed = self.meeting.closed_at
        moment = closed - timedelta.resolution if closed else self.now
        return rollcall.quorum_at(self.meeting, moment)

    @cached_property
    def seats(self) -> list[Seat]:
        """The chair first, then by rank."""
        listed = self.meeting.attendees.select_related("person", "invitation", "absence")
        stretches = Attendance.objects.order_by("arrived_at", "pk")
        seats = [
            Seat(one, one.stretches)
            for one in listed.prefetch_related(Prefetch("attendances", stretches, "stretches"))
        ]
        return sorted(seats, key=lambda seat: seat.attendee.role != "chair")

    @cached_property
    def counts(self) -> dict[str, int]:
        """How many are there, left, absent, and not called yet, guests included."""
        found = {"there": 0, "left": 0, "absent": 0, "open": 0}
        for seat in self.seats:
            found[seat.state] += 1
        return found

    @cached_property
    def replied_absent(self) -> int:
        """Who said that they stay away and is not recorded yet."""
        return sum(seat.state == "open" and seat.reply == Reply.ABSENT for seat in self.seats)

    @cached_property
    def unsaid(self) -> int:
        """How many members nobody has said anything of, neither they nor the secretary."""
        away = (Reply.ABSENT, Reply.SENDS)
        return sum(
            seat.state == "open"
            and seat.reply not in away
            and seat.attendee.role in rollcall.SEATED
            for seat in self.seats
        )

    @cached_property
    def matters(self) -> list[Matter]:
        items = list(
            self.meeting.items.select_related("draft", "consultation", "directive").defer(
                "draft__content"
            )
        )
        slots = timetable.timetable(self.meeting, items)
        current = self.meeting.current_item_id
        return [
            Matter(number, item, slot, item.pk == current)
            for number, (item, slot) in enumerate(zip(items, slots, strict=True), start=1)
        ]

    @cached_property
    def matter(self) -> Matter | None:
        return next((one for one in self.matters if one.current), None)

    @cached_property
    def next_matter(self) -> Matter | None:
        """The first behind the one under discussion that was not dealt with."""
        behind = self.matters[self.matter.number :] if self.matter else self.matters
        return next((one for one in behind if not one.item.opened_at), None)

    @cached_property
    def undone(self) -> list[Matter]:
        """Items, breaks apart, that were not opened."""
        return [m for m in self.matters if not m.item.opened_at and not m.item.is_break]

    @cached_property
    def floor(self) -> Floor:
        if self.matter is None:
            return Floor()
        listed = self.matter.item.speeches.select_related("attendee__person")
        return Floor(list(listed))

    @cached_property
    def remarks(self) -> list[tuple[Remark, str]]:
        """The latest first, each with the short name of its provision."""
        if self.matter is None:
            return []
        said = Remark.objects.filter(item=self.matter.item).order_by("-said_at", "-pk")
        related = ("attendee__person", "comment", "recorded_by")
        return [
            (one, self.labels.get(one.comment.provision_key, "") if one.comment else "")
            for one in said.select_related(*related)[:LATEST_SHOWN]
        ]

    @cached_property
    def provisions(self) -> list[Numbered]:
        """Of the frozen draft of the item under discussion."""
        draft = self.matter.item.draft if self.matter else None
        return numbered(in_order(draft)) if draft else []

    @cached_property
    def labels(self) -> dict[UUID | None, str]:
        """The short name of each provision: "2.b"; what has no number by how a letter cites it."""
        paths = numbering.paths([Kind(row.provision.kind) for row in self.provisions])
        return {
            row.provision.key: path if row.provision.kind in LEVELS else capfirst(row.citation)
            for row, path in zip(self.provisions, paths, strict=True)
        }

    @cached_property
    def choices(self) -> list[tuple[str, str]]:
        """The provisions by label and first words."""
        return [
            (row.key, f"{self.labels[row.provision.key]} – {_first_words(row.text)}")
            for row in self.provisions
        ]

    @cached_property
    def shown(self) -> Numbered | None:
        """The provision on the room's screen."""
        key = self.meeting.shown_provision
        return next((row for row in self.provisions if key and row.provision.key == key), None)

    @property
    def shown_label(self) -> str:
        return self.labels[self.shown.provision.key] if self.shown else ""

    @property
    def shown_size(self) -> str:
        """How large the letters can be for one screen; past "6" the provision is scrolled."""
        length = len(self.shown.text) if self.shown else 0
        return next((name for most, name in SIZES if length <= most), "7")

    @cached_property
    def round(self) -> Consultation | None:
        return self.matter.item.consultation if self.matter else None

    @cached_property
    def comments_by_provision(self) -> list[tuple[str, str, int]]:
        """Label, first words and number of comments of each provision that has any."""
        if self.round is None:
            return []
        counted = dict(
            Comment.objects.filter(consultation=self.round)
            .submitted()
            .order_by()
            .values_list("provision_key")
            .annotate(number=Count("pk"))
        )
        return [
            (self.labels[row.provision.key], _first_words(row.text), counted[row.provision.key])
            for row in self.provisions
            if row.provision.key in counted
        ]

    def changed_since(self, mark: int) -> set[int] | None:
        """Whose row of the roll looks otherwise since a line of the log; None: anybody's may."""
        lines = Event.objects.filter(stream=self.meeting.stream, sequence__gt=mark)
        found: set[int] = set()
        for verb, payload in lines.values_list("verb", "payload"):
            if verb in LIST_VERBS:
                return None
            if verb in ROLL_VERBS:
                found |= {payload["attendee"]} if "attendee" in payload else {*payload["attendees"]}
        return found


def _first_words(text: str) -> str:
    words = text.replace("\n", " ")
    return f"{words[:WORDS_IN_A_CHOICE].rstrip()}…" if len(words) > WORDS_IN_A_CHOICE else words


def place_on_the_list(floor: Floor, attendee: Attendee) -> int:
    """The how-manieth of those who wait somebody is; 0 for nobody."""
    waiting = [one.attendee_id for one in floor.waiting]
    return waiting.index(attendee.pk) + 1 if attendee.pk in waiting else 0
