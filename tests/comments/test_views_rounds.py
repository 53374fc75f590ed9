from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role
from comments import services
from comments.models import Consultation, Position
from directives import workflow
from tests import factories


@pytest.fixture
def as_(client):
    def as_(person):
        client.force_login(person)
        return client

    return as_


@pytest.fixture
def open_url(directive):
    return reverse("consultation_open", args=[directive.pk])


def typed(*people, days=7, **said):
    deadline = timezone.localtime() + timedelta(days=days)
    return {
        "members": [person.pk for person in people],
        "deadline": deadline.strftime("%Y-%m-%dT%H:%M"),
        **said,
    }


def test_those_who_sit_on_the_committee_are_ticked_already(world, as_, open_url):
    page = as_(world.office).get(open_url)
    form = page.context["form"]
    members = {person.pk for person in (world.chair, *world.delegates)}
    assert set(form["members"].value()) == members
    assert form["deadline"].value().hour == 17


def test_nothing_is_sent_before_the_question_has_been_answered(world, as_, open_url):
    page = as_(world.office).post(open_url, typed(world.delegate))
    assert page.status_code == 200
    assert world.delegate.full_name in page.content.decode()
    assert world.delegate2.full_name not in page.content.decode()
    assert not Consultation.objects.exists()


def test_the_confirmed_round_asks_those_chosen_by_rank(world, directive, as_, open_url):
    guest = factories.person(world.committee, Role.DELEGATE, full_name="Khách Mời", rank=1)
    guest.memberships.all().delete()
    said = typed(world.delegate, invited=[guest.pk], shows_others="on", confirmed="yes")
    response = as_(world.office).post(open_url, said)
    consultation = Consultation.objects.get()
    assert response.url == reverse("consultation_view", args=[consultation.pk])
    asked = list(consultation.delegates.values_list("person", "voting"))
    assert asked == [(guest.pk, False), (world.delegate.pk, True)]
    assert consultation.shows_others
    assert not directive.latest_draft.is_working


def test_changing_ones_mind_brings_the_form_back_as_typed(world, as_, open_url):
    said = typed(world.delegate, confirmed="yes", change="yes", shows_others="on")
    del said["confirmed"]
    page = as_(world.office).post(open_url, said)
    assert page.context["form"]["members"].value() == [str(world.delegate.pk)]
    assert b'name="confirmed"' not in page.content
    assert not Consultation.objects.exists()


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"days": -1}, "deadline"),
        ({"deadline": "hôm nào đó"}, "deadline"),
        ({"deadline": "0026-06-01T17:00"}, "deadline"),
        ({"members": []}, "members"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_everything_kept(world, as_, open_url, said, field):
    facts = typed(world.delegate, confirmed="yes", shows_others="on", **said)
    facts |= {name: value for name, value in said.items() if name != "days"}
    page = as_(world.office).post(open_url, facts)
    assert page.status_code == 422
    form = page.context["form"]
    assert field in form.errors
    assert form["deadline"].value() == facts["deadline"]
    assert form["shows_others"].value()
    assert not Consultation.objects.exists()


def test_a_draft_that_is_out_already_cannot_go_out_again(world, consultation, as_, open_url):
    page = as_(world.office).get(open_url, follow=True)
    assert _("This draft cannot be circulated now.") in page.content.decode()


def test_a_round_sent_twice_from_one_confirmation_is_one_round(world, as_, open_url):
    client, said = as_(world.office), typed(world.delegate, confirmed="yes")
    client.post(open_url, said)
    client.post(open_url, said)
    assert Consultation.objects.count() == 1


@pytest.mark.parametrize("name", ["chair", "clerk", "delegate", "administrator"])
def test_only_the_office_opens_closes_and_extends(world, consultation, as_, open_url, name):
    client = as_(getattr(world, name))
    for address in (
        open_url,
        reverse("consultation_close", args=[consultation.pk]),
        reverse("deadline_extend", args=[consultation.pk]),
    ):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code == 403
    consultation.refresh_from_db()
    assert consultation.closed_at is None


def test_the_office_sees_who_was_asked_and_who_is_silent(world, consultation, as_):
    factories.comment(consultation, world.delegate)
    services.give_position(
        consultation.pk,
        actor=world.clerk,
        person=world.delegate,
        position=Position.DISAGREES,
        reason="Chưa rõ nguồn lực.",
    )
    page = as_(world.office).get(consultation.get_absolute_url())
    text = page.content.decode()
    assert [one.person for one in page.context["delegates"]] == world.delegates
    assert [one.person for one in page.context["silent"]] == [world.delegate2]
    assert page.context["submitted"] == 1
    assert "Chưa rõ nguồn lực." in text
    assert world.clerk.full_name in text


def test_who_is_only_asked_goes_to_the_page_for_comments(world, consultation, as_):
    address = consultation.get_absolute_url()
    read = reverse("consultation_read", args=[consultation.pk])
    assert as_(world.delegate).get(address).url == read
    assert as_(world.administrator).get(address).status_code == 403


def test_the_page_of_a_round_costs_the_same_for_two_and_for_thirty(
    world, directive, as_, django_assert_num_queries
):
    people = [factories.person(world.committee, Role.DELEGATE) for _n in range(30)]
    consultation = factories.consultation(world.office, directive, people)
    client = as_(world.office)
    for person in people[:2]:
        factories.comment(consultation, person)
    client.get(consultation.get_absolute_url())
    with django_assert_num_queries(8):
        client.get(consultation.get_absolute_url())
    for person in people:
        factories.comment(consultation, person)
    with django_assert_num_queries(8):
        client.get(consultation.get_absolute_url())


def test_the_tab_leads_to_the_newest_round_or_says_why_there_is_none(world, directive, as_):
    address = reverse("directive_comments", args=[directive.pk])
    page = as_(world.office).get(address)
    assert reverse("consultation_open", args=[directive.pk]) in page.content.decode()
    made = factories.consultation(world.office, directive, world.delegates)
    assert as_(world.office).get(address).url == made.get_absolute_url()
    consolidate = reverse("directive_consolidate", args=[directive.pk])
    assert as_(world.chair).get(consolidate).url == reverse("workbench", args=[made.pk])
    assert as_(world.delegate).get(consolidate).status_code == 403


def test_a_delegate_never_sees_a_round_without_them(world, closed, consolidated, as_):
    second = factories.consultation(world.office, consolidated, [world.delegate2])
    factories.comment(second, world.delegate2, body="Chỉ dành cho đợt hai.")
    address = reverse("directive_comments", args=[consolidated.pk])
    assert as_(world.delegate).get(address).url == closed.get_absolute_url()
    for name in ("consultation_view", "consultation_read", "workbench", "reply_table_pdf"):
        response = as_(world.delegate).get(reverse(name, args=[second.pk]))
        assert response.status_code == 403
        assert "Chỉ dành cho đợt hai." not in response.content.decode()


def test_before_the_end_the_office_is_told_who_is_silent_and_what_is_unfinished(
    world, consultation, as_
):
    factories.comment(consultation, world.delegate)
    services.save_comment(
        consultation.pk,
        actor=world.delegate2,
        author=world.delegate2,
        said=services.Said(body="Nháp chưa gửi."),
    )
    page = as_(world.office).get(reverse("consultation_close", args=[consultation.pk]))
    assert page.context["being_written"] == 1
    assert page.context["early"]
    assert world.delegate2.full_name in page.content.decode()
    assert "Nháp chưa gửi." not in page.content.decode()


def test_closing_leads_to_the_answers_and_cannot_be_done_twice(world, consultation, as_):
    address = reverse("consultation_close", args=[consultation.pk])
    client = as_(world.office)
    assert client.post(address).url == reverse("workbench", args=[consultation.pk])
    assert client.post(address).status_code == 409
    assert client.get(address).url == consultation.get_absolute_url()


def test_a_deadline_only_moves_away(world, consultation, as_):
    address = reverse("deadline_extend", args=[consultation.pk])
    client = as_(world.office)
    sooner = timezone.localtime(consultation.deadline) - timedelta(hours=1)
    page = client.post(address, {"deadline": sooner.strftime("%Y-%m-%dT%H:%M")})
    assert page.status_code == 422
    assert page.context["form"]["deadline"].value() == sooner.strftime("%Y-%m-%dT%H:%M")
    later = timezone.localtime(consultation.deadline) + timedelta(days=2)
    client.post(address, {"deadline": later.strftime("%Y-%m-%dT%H:%M")})
    consultation.refresh_from_db()
    assert timezone.localtime(consultation.deadline).date() == later.date()


def test_the_reply_table_is_for_the_staff(world, closed, as_):
    address = reverse("reply_table_pdf", args=[closed.pk])
    response = as_(world.clerk).get(address)
    assert response.content.startswith(b"%PDF")
    assert "bang-tong-hop" in response["Content-Disposition"]
    assert as_(world.delegate).get(address).status_code == 403


def test_an_empty_draft_is_not_sent(world, as_):
    empty = factories.directive(world.office, world.committee, units=())
    address = reverse("consultation_open", args=[empty.pk])
    page = as_(world.office).post(address, typed(world.delegate, confirmed="yes"))
    assert page.status_code == 422
    assert page.context["form"].non_field_errors()
    assert workflow.Draft.objects.filter(frozen_at=None, directive=empty).exists()
