"""Tags that every page may use."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from accounts.templatetags.interface import committee_name, icon, remaining, urgency
from tests import factories

MOMENT = timedelta(seconds=5)


@pytest.mark.parametrize(
    ("away", "words", "level"),
    [
        (timedelta(days=2, hours=4), "còn 2 ngày 4 giờ", "calm"),
        (timedelta(hours=20, minutes=7), "còn 20 giờ 7 phút", "soon"),
        (timedelta(minutes=3), "còn 3 phút", "soon"),
    ],
)
def test_a_deadline_ahead_is_told_in_its_two_largest_units(away, words, level) -> None:
    deadline = timezone.now() + away + MOMENT
    assert (remaining(deadline), urgency(deadline)) == (words, level)


def test_a_deadline_gone_by_is_overdue() -> None:
    deadline = timezone.now() - timedelta(days=1, hours=2) - MOMENT
    assert (remaining(deadline), urgency(deadline)) == ("quá hạn 1 ngày 2 giờ", "late")


def test_an_icon_is_silent_for_screen_readers() -> None:
    assert 'aria-hidden="true"' in icon("inbox")
    assert "icons.svg#inbox" in icon("inbox")


@pytest.mark.django_db
def test_the_committee_is_named_only_when_there_is_one() -> None:
    nobody = AnonymousUser()
    assert committee_name(nobody) == ""
    first = factories.CommitteeFactory()
    assert committee_name(nobody) == first.name
    factories.CommitteeFactory(name="Ban Thường vụ khác")
    assert committee_name(nobody) == ""


def test_a_person_sees_the_committee_they_work_for(world) -> None:
    factories.CommitteeFactory(name="Ban Thường vụ khác")
    assert committee_name(world.delegate) == world.committee.name
