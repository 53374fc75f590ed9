"""The list of meetings, and how one is convened."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role
from meetings import reading
from meetings.models import Meeting
from tests import factories
from tests.meetings.session import called


def typed(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def url(name: str, *args) -> str:
    return reverse(name, args=args)


def body(response) -> str:
    return response.content.decode()


# The list


def test_meetings_ahead_stand_first_the_next_one_on_top(world, client_of):
    for number, days in ((1, -30), (2, -3), (3, 20), (4, 2)):
        called(world, number, days)
    page = client_of(world.office).get(url("meeting_list"))
    assert [one.session_number for one in page.context["ahead"]] == [4, 3]
    assert [one.session_number for one in page.context["page"]] == [2, 1]


def test_a_meeting_of_today_is_ahead_until_its_day_is_over(world, client_of):
    meeting = called(world, days=0)
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=reading.start_of_today())
    page = client_of(world.office).get(url("meeting_list"))
    assert list(page.context["ahead"]) == [meeting]


def test_only_attendees_and_the_staff_of_the_committee_see_a_meeting(world, meeting, client_of):
    stranger = factories.person(factories.CommitteeFactory(), Role.OFFICE)
    seen = {
        person.username: meeting.place in body(client_of(person).get(url("meeting_list")))
        for person in [*world.people, stranger]
    }
    assert seen == {
        "office": True,
        "office2": True,
        "chair": True,
        "clerk": True,
        "delegate": True,
        "delegate2": True,
        "administrator": False,
        stranger.username: False,
    }


def test_an_empty_list_says_what_fills_it(world, client_of):
    office = body(client_of(world.office).get(url("meeting_list")))
    assert _("Convene a meeting") in office
    delegate = body(client_of(world.delegate).get(url("meeting_list")))
    assert _("A meeting stands here as soon as the office puts you on its list.") in delegate
    assert url("meeting_convene") not in delegate


@pytest.mark.parametrize("count", [2, 30])
def test_the_list_asks_the_same_questions_for_many_meetings(
    world, client_of, count, django_assert_num_queries
):
    for number in range(1, count + 1):
        called(world, number, 2 * (number - count // 2) - 1)
    client = client_of(world.office)
    with django_assert_num_queries(7):
        client.get(url("meeting_list"))


# Convening


def convening(**said) -> dict[str, str]:
    facts = {"session_number": "7", "place": "Hội trường", "mode": "both"}
    return facts | {"starts_at": typed(timezone.now() + timedelta(days=3))} | said


def test_the_office_convenes_and_the_members_are_listed(world, client_of):
    said = convening(committee=world.committee.pk)
    response = client_of(world.office).post(url("meeting_convene"), said)
    made = Meeting.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.session_number, made.place, made.mode) == (7, "Hội trường", "both")
    assert made.attendees.count() == 3


def test_the_next_number_is_proposed(world, meeting, client_of):
    page = client_of(world.office).get(url("meeting_convene"))
    assert 'value="43"' in body(page)


def test_the_term_follows_from_the_day(world, client_of):
    client = client_of(world.office)
    inside = client.get(url("meeting_convene"), {"starts_at": "2026-08-12T08:00"})
    assert "Nhiệm kỳ XI" in body(inside)
    before = client.get(url("meeting_convene"), {"starts_at": "1999-08-12T08:00"})
    assert "Nhiệm kỳ XI" not in body(before)
    assert before.context["starts_at"].date() == date(1999, 8, 12)


def test_a_day_outside_every_term_is_told_beside_the_day_and_all_is_kept(world, client_of):
    said = convening(starts_at="1999-08-12T08:00", committee=world.committee.pk)
    response = client_of(world.office).post(url("meeting_convene"), said)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"starts_at"}
    assert 'value="Hội trường"' in body(response)
    assert 'value="1999-08-12T08:00"' in body(response)
    assert not Meeting.objects.exists()


def test_a_number_that_is_taken_is_told_beside_the_number(world, meeting, client_of):
    said = convening(session_number="42", committee=world.committee.pk)
    response = client_of(world.office).post(url("meeting_convene"), said)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"session_number"}
    assert Meeting.objects.count() == 1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("starts_at", ""),
        ("starts_at", "31/02/2026 08:00"),
        ("starts_at", "0001-01-01T00:00"),
        ("session_number", "0"),
        ("session_number", "một"),
        ("session_number", "99999999999"),
        ("place", " "),
        ("place", "x" * 201),
        ("mode", "by_post"),
        ("committee", "999999"),
    ],
)
def test_bad_input_is_told_beside_its_field(world, client_of, field, value):
    said = convening(committee=world.committee.pk) | {field: value}
    response = client_of(world.office).post(url("meeting_convene"), said)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    assert not Meeting.objects.exists()


def test_what_is_typed_is_stored_in_nfc(world, client_of):
    said = convening(committee=world.committee.pk, place="Hội trường")
    client_of(world.office).post(url("meeting_convene"), said)
    assert Meeting.objects.get().place == "Hội trường"


def test_nobody_convenes_for_a_committee_they_do_not_work_for(world, client_of):
    other = factories.CommitteeFactory()
    said = convening(committee=other.pk)
    assert client_of(world.office).post(url("meeting_convene"), said).status_code == 422
    assert client_of(world.clerk).get(url("meeting_convene")).status_code == 403
