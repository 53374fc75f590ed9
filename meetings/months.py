"""A month of meetings as it hangs on the wall: weeks from Monday, each day with what is held."""

import calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from accounts.models import User
from meetings.models import Meeting
from meetings.reading import meetings_for

FIRST, LAST = date(1990, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True)
class Day:
    day: date
    in_month: bool
    meetings: list[Meeting]


@dataclass(frozen=True)
class Month:
    """`weeks` of seven days each; days of the neighbouring months fill the first and the last."""

    first: date
    weeks: list[list[Day]]

    @property
    def before(self) -> date:
        return (self.first - timedelta(days=1)).replace(day=1)

    @property
    def after(self) -> date:
        return (self.first + timedelta(days=31)).replace(day=1)

    @property
    def busy(self) -> list[Day]:
        """The days of the month on which something is held."""
        return [day for week in self.weeks for day in week if day.in_month and day.meetings]


def month_named(words: str) -> date:
    """The first day of the month written as YYYY-MM; of this month for anything else."""
    try:
        first = date.fromisoformat(f"{words}-01")
    except ValueError:
        first = timezone.localdate().replace(day=1)
    return min(max(first, FIRST), LAST.replace(day=1))


def month_of(person: User, first: date) -> Month:
    """What the person may see of the month; one query."""
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    held = defaultdict(list)
    seen = meetings_for(person).filter(
        starts_at__gte=_midnight(weeks[0][0]),
        starts_at__lt=_midnight(weeks[-1][-1] + timedelta(days=1)),
    )
    for meeting in seen.order_by("starts_at", "pk"):
        held[timezone.localdate(meeting.starts_at)].append(meeting)
    return Month(
        first, [[Day(day, day.month == first.month, held[day]) for day in week] for week in weeks]
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())
