import pytest
from django.urls import reverse

from comments.forms.writing import mark_of
from comments.models import Comment, Position, Source, Status
from tests import factories


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày làm việc")


@pytest.fixture
def address(consultation):
    return reverse("comment_record", args=[consultation.pk])


@pytest.fixture
def clerk(world, client):
    client.force_login(world.clerk)
    return client


def keyed(author, point=None, **fields):
    return {
        "token": "mot-lan",
        "author": author.pk,
        "source": "meeting",
        "at": str(point.key) if point else "",
        "category": "content",
        "body": "Bảy ngày là quá lâu.",
        "proposal_kind": "",
        "act": "next",
    } | fields


@pytest.mark.parametrize("name", ["delegate", "chair", "administrator"])
def test_only_the_office_and_a_clerk_record(world, consultation, address, client, name):
    client.force_login(getattr(world, name))
    assert client.get(address).status_code == 403
    assert client.post(address, keyed(world.delegate)).status_code == 403
    assert not Comment.objects.exists()


def test_a_recorded_comment_is_the_delegates_and_names_who_recorded_it(
    world, consultation, point, address, clerk
):
    wording = point.text.replace("07", "05")
    fields = {"proposal_kind": "replace", "wording": wording, "seen": mark_of("")}
    response = clerk.post(address, keyed(world.delegate, point, **fields))
    comment = Comment.objects.get()
    assert (comment.author, comment.recorded_by) == (world.delegate, world.clerk)
    assert (comment.source, comment.status) == (Source.MEETING, Status.SUBMITTED)
    assert comment.proposed_text == wording
    assert f"author={world.delegate.pk}" in response.url


def test_the_next_one_begins_with_the_same_delegate_and_a_new_form(
    world, consultation, address, clerk
):
    page = clerk.post(address, keyed(world.delegate, source="paper"), follow=True)
    form = page.context["form"]
    assert form["author"].value() == str(world.delegate.pk)
    assert form["source"].value() == "paper"
    assert form["token"].value() != "mot-lan"
    assert not form["body"].value()


def test_keyed_in_twice_by_a_double_press_it_is_one(world, consultation, address, clerk):
    for _time in range(2):
        assert clerk.post(address, keyed(world.delegate)).status_code == 302
    assert Comment.objects.count() == 1


def test_the_wording_is_fetched_without_scripts_and_nothing_typed_is_lost(
    world, consultation, point, address, clerk
):
    page = clerk.post(address, keyed(world.delegate, point, act="load"))
    form = page.context["form"]
    assert form["wording"].value() == point.text
    assert form["body"].value() == "Bảy ngày là quá lâu."
    assert not Comment.objects.exists()


def test_a_choice_of_provision_brings_its_wording(consultation, point, address, clerk):
    page = clerk.get(address, {"at": str(point.key), "proposal_kind": "replace"})
    assert point.text in page.content.decode()


def test_each_provision_has_its_wording_and_what_can_be_proposed_on_the_page(
    consultation, point, address, clerk
):
    options = clerk.get(address).context["form"].fields["at"].widget.options("at", "")
    offered = {one["value"]: one["attrs"] for one in options}
    subject = consultation.draft.provisions.get(kind="subject")
    assert offered[str(point.key)]["data-text"] == point.text
    assert offered[str(point.key)]["data-offers"] == "replace delete insert_after"
    assert offered[str(subject.key)]["data-offers"] == "replace"
    assert "data-offers" not in offered[""]


@pytest.mark.parametrize("whole", [True, False])
def test_what_cannot_be_proposed_there_is_refused(world, consultation, address, clerk, whole):
    subject = None if whole else consultation.draft.provisions.get(kind="subject")
    page = clerk.post(address, keyed(world.delegate, subject, proposal_kind="delete"))
    assert page.status_code == 422
    assert "proposal_kind" in page.context["form"].errors
    assert not Comment.objects.exists()


def test_a_position_alone_can_be_recorded(world, consultation, address, clerk):
    clerk.post(address, keyed(world.delegate, body="", position="agrees"))
    delegate = consultation.delegates.get(person=world.delegate)
    assert (delegate.position, delegate.recorded_by) == (Position.AGREES, world.clerk)
    assert not Comment.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"body": ""}, "body"),
        ({"position": "disagrees"}, "position_reason"),
        ({"at": "không có"}, "at"),
        ({"source": "online"}, "source"),
    ],
)
def test_what_cannot_be_recorded_is_kept_and_nothing_is_half_done(
    world, consultation, address, clerk, fields, field
):
    page = clerk.post(address, keyed(world.delegate, **fields))
    assert page.status_code == 422
    assert field in page.context["form"].errors
    assert page.context["form"]["author"].value() == str(world.delegate.pk)
    assert not Comment.objects.exists()
    assert not consultation.delegates.exclude(position="").exists()


def test_somebody_who_was_not_asked_cannot_be_chosen(world, consultation, address, clerk):
    stranger = factories.person(world.committee)
    page = clerk.post(address, keyed(stranger))
    assert "author" in page.context["form"].errors


def test_after_the_round_nothing_is_recorded(world, closed, clerk):
    response = clerk.get(reverse("comment_record", args=[closed.pk]))
    assert response.url == closed.get_absolute_url()
