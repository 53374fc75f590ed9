from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from comments import consolidation, services
from comments.models import Consultation, Outcome, Position, ProposalKind
from directives import drafting
from tests import factories


@pytest.fixture
def address(consultation):
    return reverse("consultation_read", args=[consultation.pk])


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


@pytest.fixture
def member(world, client):
    client.force_login(world.delegate)
    return client


def answer_all(world, consultation, outcome=Outcome.ACCEPTED):
    services.close_round(consultation.pk, actor=world.office)
    for comment in consultation.comments.all():
        consolidation.answer(comment.pk, actor=world.office, outcome=outcome, reply="Đã xem.")
    consolidation.consolidate(consultation.pk, actor=world.office)


def test_the_next_drafts_words_stand_beside_ones_own_comment(
    world, consultation, point, address, member
):
    factories.comment(consultation, world.delegate, on=point, change=("07", "05"))
    assert member.get(address).context["sheet"].row(str(point.key)).result == ""
    answer_all(world, consultation)
    page = member.get(address)
    assert page.context["sheet"].row(str(point.key)).result == point.text.replace("07", "05")
    assert "Lời văn ở dự thảo lần 2" in page.content.decode()


def test_whoever_did_not_comment_sees_nothing_of_the_next_draft(
    world, consultation, point, address, client
):
    factories.comment(consultation, world.delegate, on=point, change=("07", "05"))
    answer_all(world, consultation)
    client.force_login(world.delegate2)
    page = client.get(address)
    assert page.context["sheet"].row(str(point.key)).result == ""
    assert "05 ngày" not in page.content.decode()


def test_what_the_office_writes_later_into_the_next_draft_is_its_own(
    world, consultation, point, address, member
):
    factories.comment(consultation, world.delegate, on=point, change=("07", "05"))
    answer_all(world, consultation)
    now = Consultation.objects.get().next_draft.provisions.get(key=point.key)
    drafting.save_provision(
        now.pk, actor=world.office, text=now.text.replace("05", "04"), version=now.version
    )
    assert "04 ngày" not in member.get(address).content.decode()


def test_a_new_provision_stands_with_the_comment_that_asked_for_it(
    world, consultation, point, address, member
):
    factories.comment(
        consultation,
        world.delegate,
        on=point,
        proposal_kind=ProposalKind.INSERT_AFTER,
        proposed_text="Báo cáo hằng tháng.",
    )
    answer_all(world, consultation)
    row = member.get(address).context["sheet"].row(str(point.key))
    assert row.added == ["Báo cáo hằng tháng."]


def test_a_long_note_is_cut_until_its_reader_asks_for_the_whole(
    world, consultation, point, address, member
):
    factories.comment(consultation, world.delegate, on=point, body="Ngắn.")
    assert "note-whole" not in member.get(address).content.decode()
    factories.comment(consultation, world.delegate, on=point, body="Dài dòng. " * 60)
    assert member.get(address).content.decode().count('class="note-whole"') == 1


def test_the_foot_counts_down_and_says_when_it_is_over(consultation, address, member):
    assert "còn" in member.get(address).content.decode()
    Consultation.objects.update(deadline=timezone.now() - timedelta(minutes=1))
    page = member.get(address)
    assert "data-write" not in page.content.decode()
    assert not page.context["open"]


def test_silence_is_a_count_of_its_own(world, consultation, client):
    delegates = consultation.delegates
    delegates.filter(person=world.delegate).update(position=Position.AGREES)
    client.force_login(world.office)
    counts = dict(client.get(consultation.get_absolute_url()).context["counts"])
    assert {str(label): count for label, count in counts.items() if count} == {
        "Thống nhất hoàn toàn": 1,
        "Chưa trả lời": 1,
    }
