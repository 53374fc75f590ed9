from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.holding import running
from meetings.holding.tasks import room_tasks
from meetings.models import Meeting
from tests.meetings.session import convened, under_way


def acts(person) -> list[str]:
    return [task.url.strip("/").rpartition("/")[2] for task in room_tasks(person)]


@pytest.fixture
def today(world):
    """Whatever the hour of the test, the meeting is of the same day."""
    held = convened(world)
    noon = timezone.localtime().replace(hour=12, minute=0)
    Meeting.objects.update(starts_at=noon)
    return held


def test_on_its_day_who_convened_the_meeting_is_led_to_the_room_and_the_chair_to_theirs(
    world, today
):
    assert acts(world.office) == ["room"]
    assert acts(world.chair) == ["chair"]
    assert acts(world.office2) == acts(world.delegate) == []


def test_a_recorder_who_is_named_takes_it_over(world, today):
    Meeting.objects.update(recorder=world.office2)
    assert acts(world.office2) == ["room"]
    assert acts(world.office) == []


@pytest.mark.parametrize("days", [1, -1])
def test_on_another_day_nothing_waits(world, today, days):
    Meeting.objects.update(starts_at=timezone.now() + timedelta(days=days))
    assert acts(world.office) == acts(world.chair) == []


def test_past_midnight_the_meeting_that_is_held_waits_until_it_is_closed(world):
    held = under_way(world)
    Meeting.objects.update(starts_at=timezone.now() - timedelta(days=1))
    assert acts(world.office) == ["room"]
    running.close_meeting(held.meeting.pk, actor=world.office)
    assert acts(world.office) == []
