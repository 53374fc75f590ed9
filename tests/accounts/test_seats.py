"""Who sat on a committee on a day, and the page that shows it."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership
from accounts.seats import Seat, seats_on
from tests import factories

DAY = date(2024, 4, 17)


@pytest.fixture
def committee(db):
    return factories.CommitteeFactory()


def seat(committee, person, **facts) -> Membership:
    facts.setdefault("starts", date(2020, 1, 1))
    return Membership.objects.create(committee=committee, person=person, **facts)


def test_position_and_rank_are_those_of_the_day_and_not_of_today(committee):
    person = factories.PersonFactory(position="Phó Bí thư", rank=2)
    seat(committee, person, position="Ủy viên", rank=9, ends=date(2024, 12, 31))
    seat(committee, person, starts=date(2025, 1, 1))
    assert seats_on(committee, DAY) == [Seat(person, "Ủy viên", 9, voting=True)]
    assert seats_on(committee, date(2025, 2, 1)) == [Seat(person, "Phó Bí thư", 2, voting=True)]


def test_who_holds_two_seats_is_there_once_with_the_higher_rank_and_both_titles(committee):
    person = factories.PersonFactory()
    seat(committee, person, position="Trưởng Ban Tổ chức", rank=7, voting=False)
    seat(committee, person, starts=date(2021, 1, 1), position="Phó Bí thư", rank=2)
    [held] = seats_on(committee, DAY)
    assert held == Seat(person, "Phó Bí thư, Trưởng Ban Tổ chức", 2, voting=True)


def test_seats_stand_by_the_rank_of_the_day_then_by_given_name(committee):
    first = factories.PersonFactory(full_name="Trần Văn Ân", rank=50)
    second = factories.PersonFactory(full_name="Lê Thị Bình", rank=1)
    third = factories.PersonFactory(full_name="Bùi Văn Đạt", rank=2)
    for person in (third, second, first):
        seat(committee, person, rank=5)
    assert [one.person for one in seats_on(committee, DAY)] == [first, second, third]


def test_nobody_sits_before_they_began_or_after_they_ended(committee):
    seat(committee, factories.PersonFactory(), starts=DAY + timedelta(days=1))
    seat(committee, factories.PersonFactory(), ends=DAY - timedelta(days=1))
    assert seats_on(committee, DAY) == []


def members_page(world, client, **asked):
    client.force_login(world.delegate)
    return client.get(reverse("committee_members", args=[world.committee.pk]), asked)


def test_the_page_shows_those_of_today_or_of_the_day_that_is_chosen(world, client):
    world.chair.memberships.update(starts=timezone.localdate())
    today = [one.person for one in members_page(world, client).context["seats"]]
    assert today == [world.chair, *world.delegates]
    earlier = members_page(world, client, on="01/03/2018").context["seats"]
    assert [one.person for one in earlier] == world.delegates


def test_a_day_that_cannot_be_read_is_told(world, client):
    page = members_page(world, client, on="mai")
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"on"}


@pytest.mark.parametrize("count", [2, 200])
def test_the_page_asks_the_same_questions_for_many_members(
    world, client, count, django_assert_num_queries
):
    for _number in range(count - 2):
        seat(world.committee, factories.PersonFactory())
    client.force_login(world.delegate)
    with django_assert_num_queries(8):
        client.get(reverse("committee_members", args=[world.committee.pk]))
