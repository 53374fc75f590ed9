from datetime import timedelta

import pytest
from django.utils import timezone

from comments import presence
from comments.models import Presence


@pytest.fixture
def at(consultation, world):
    """The other officer has been seen so many seconds ago."""

    def at(seconds: int, place: str = "general", person=None):
        presence.beat(consultation, person or world.office2, place)
        seen = timezone.now() - timedelta(seconds=seconds)
        Presence.objects.filter(person=person or world.office2).update(seen_at=seen)

    return at


def names(consultation, reader):
    return [one.person for one in presence.others(consultation, reader)]


def test_who_beat_a_moment_ago_is_there_and_who_did_not_is_gone(consultation, world, at):
    at(25)
    assert names(consultation, world.office) == [world.office2]
    at(35)
    assert names(consultation, world.office) == []


def test_nobody_is_told_of_themselves_or_of_another_round(consultation, consolidated, world, at):
    second = consolidated.latest_draft
    at(0)
    assert names(consultation, world.office2) == []
    assert second.pk != consultation.draft_id
    consultation.pk += 1
    assert names(consultation, world.office) == []


def test_a_beat_moves_the_person_in_one_query(
    consultation, world, at, django_assert_num_queries, point_key
):
    at(60, "general")
    with django_assert_num_queries(1):
        presence.beat(consultation, world.office2, point_key)
    [there] = presence.others(consultation, world.office)
    assert there.place == point_key
    assert Presence.objects.count() == 1


@pytest.fixture
def point_key(consultation):
    return str(consultation.draft.provisions.get(text__contains="07 ngày").key)


def test_people_stand_in_the_order_of_their_rank(consultation, world, at):
    for person in (world.clerk, world.chair, world.office2):
        at(0, person=person)
    here = names(consultation, world.office)
    assert here == sorted(here, key=lambda person: person.rank)
    assert set(here) == {world.clerk, world.chair, world.office2}


@pytest.mark.parametrize(
    ("name", "initials"), [("Vũ Đình Khôi", "VK"), ("Lâm Thị Quỳnh", "LQ"), ("Ân", "Â")]
)
def test_initials_are_those_of_the_family_and_the_given_name(world, consultation, name, initials):
    world.office2.full_name = name
    assert Presence(consultation=consultation, person=world.office2).initials == initials
