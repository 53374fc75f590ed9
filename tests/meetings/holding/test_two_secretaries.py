"""Two secretaries press at the same moment, each in a process of their own."""

import pytest

from meetings.models import Attendance, Speech
from tests import acts
from tests.meetings.session import convened, under_way

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_arrival_is_recorded_once_and_the_second_secretary_is_told(world):
    seat = convened(world).seat(world.delegate)
    both = [("arrive", person, [seat.pk]) for person in (world.office, world.office2)]
    assert sorted(acts.at_once(*both)) == ["arrived", "there"]
    assert Attendance.objects.count() == 1


def test_of_two_speakers_who_are_called_one_speaks_and_the_other_call_is_refused(world):
    held = under_way(world)
    first, second = (held.seat(person).pk for person in world.delegates)
    results = acts.at_once(("call", world.office, [first]), ("call", world.office2, [second]))
    assert sorted(results) == ["called", "speaking"]
    assert Speech.objects.count() == 1
