"""The calendar: whole weeks, the hours of this country, and only what the reader may see."""

from datetime import date, datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from meetings import months
from meetings.preparing import gathering
from tests import factories

NOVEMBER = date(2026, 11, 1)
QUERIES = 5


@pytest.fixture
def convene(world):
    numbers = iter(range(1, 100))

    def convene(*moment: int):
        return gathering.convene(
            actor=world.office,
            committee=world.committee,
            session_number=next(numbers),
            place="Phòng họp số 1",
            starts_at=datetime(*moment, tzinfo=timezone.get_current_timezone()),
        )

    return convene


def test_weeks_begin_on_monday_and_are_whole(world):
    month = months.month_of(world.office, NOVEMBER)
    assert [len(week) for week in month.weeks] == [7] * 6
    assert month.weeks[0][0].day == date(2026, 10, 26)
    assert (month.before, month.after) == (date(2026, 10, 1), date(2026, 12, 1))


def test_a_meeting_stands_on_its_day_in_this_country(world, convene):
    late, early = convene(2026, 11, 5, 0, 30), convene(2026, 11, 4, 23, 30)
    convene(2026, 12, 15, 8)
    month = months.month_of(world.office, NOVEMBER)
    assert [(day.day.day, day.meetings) for day in month.busy] == [(4, [early]), (5, [late])]


def test_a_month_that_cannot_be_read_is_this_month():
    today = timezone.localdate()
    assert months.month_named("2026-11") == NOVEMBER
    for words in ("", "2026-13", "thang nay", "2026-11-05"):
        assert months.month_named(words) == today.replace(day=1)


def test_nobody_sees_a_meeting_that_they_neither_attend_nor_work_for(client, world, convene):
    convene(2026, 11, 5, 8)
    stranger = factories.person(factories.CommitteeFactory(), Role.OFFICE, username="xa")
    url = f"{reverse('meeting_calendar')}?month=2026-11"
    for person, sees in ((world.office, True), (world.delegate, True), (stranger, False)):
        client.force_login(person)
        words = client.get(url).content.decode()
        assert ("Phòng họp số 1" in words) is sees
        assert ("Tháng này không có hội nghị" in words) is not sees


def test_a_month_full_of_meetings_takes_no_more_queries(
    client, world, convene, django_assert_num_queries
):
    url = f"{reverse('meeting_calendar')}?month=2026-11"
    client.force_login(world.office)
    convene(2026, 11, 5, 8)
    with django_assert_num_queries(QUERIES):
        client.get(url)
    for day in range(6, 29):
        convene(2026, 11, day, 8)
    with django_assert_num_queries(QUERIES):
        client.get(url)
