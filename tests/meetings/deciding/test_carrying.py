"""Whether the next draft carries out what was concluded, and the gate before the chair."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comments import consolidation
from comments.models import Outcome
from directives import workflow
from directives.models import Directive
from directives.refusals import Refused
from meetings.deciding import carrying, concluding
from meetings.deciding.carrying import Answer
from meetings.deciding.concluding import Point, Said
from meetings.models import AgendaItem, CarriedOut, Decision
from meetings.preparing import gathering
from tests import factories, sitting


@pytest.fixture
def item(world, directive) -> AgendaItem:
    """Three points were concluded: one is in draft 2, one is not, one is about no provision."""
    item = sitting.under_way(world, directive)
    gathering.circulate(item.pk, actor=world.office, deadline=timezone.now() + timedelta(days=1))
    item.refresh_from_db()
    changed = item.draft.provisions.get(text__contains="07 ngày")
    same = item.draft.provisions.get(text__contains="giờ giấc")
    points = [Point("Rút ngắn", changed.key), Point("Nêu rõ", same.key), Point("Rà soát")]
    said = Said(Decision.HAND_BACK, "Tiếp thu.", points=points)
    concluding.record_conclusion(item.pk, actor=world.office, version=0, said=said)
    concluding.confirm_conclusion(item.pk, actor=world.chair, version=1)
    comment = factories.comment(
        item.consultation, world.delegate, on=changed, change=("07 ngày", "05 ngày")
    )
    concluding.apply_conclusion(item.pk, actor=world.office)
    consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.ACCEPTED)
    return item


@pytest.fixture
def drafted(world, item) -> AgendaItem:
    consolidation.consolidate(item.consultation_id, actor=world.office)
    return item


def say(world, item, *answers, number=2) -> int:
    said = [Answer(*answer) for answer in answers]
    return carrying.say_carried(item.pk, actor=world.office, draft_number=number, answers=said)


def points(item) -> list[int]:
    return list(item.conclusion.points.values_list("pk", flat=True))


def test_what_is_proposed_is_read_off_the_words_of_the_provision(drafted):
    draft = carrying.later_draft(drafted)
    shown = carrying.carried(drafted, draft)
    assert [one.proposal for one in shown] == [CarriedOut.YES, CarriedOut.NO, ""]
    assert [op.new for op in shown[0].ops if op.old != op.new] == ["05"]


def test_there_is_no_later_draft_until_the_next_one_is_made(world, item):
    assert carrying.later_draft(item) is None
    with pytest.raises(Refused) as refused:
        say(world, item, (points(item)[0], "yes"))
    assert refused.value.code == "no_draft"


def test_the_draft_does_not_go_to_the_chair_while_a_point_has_no_answer(world, drafted):
    directive = Directive.objects.get()
    assert len(carrying.obstacles_to_approval(directive)) == 1
    assert carrying.obstacles_to_approval(directive)[0] in workflow.approval_obstacles(directive)
    first, second, third = points(drafted)
    assert say(world, drafted, (first, "yes"), (second, "no", "Giữ nguyên"), (third, "")) == 2
    assert "1" in carrying.obstacles_to_approval(directive)[0]
    say(world, drafted, (third, "partly", "Đã rà một phần"))
    assert carrying.obstacles_to_approval(directive) == []
    workflow.submit_for_approval(directive.pk, actor=world.office)


@pytest.mark.parametrize("outcome", ["no", "partly"])
def test_less_than_all_takes_a_reason(world, drafted, outcome):
    with pytest.raises(Refused):
        say(world, drafted, (points(drafted)[0], outcome, "  "))


def test_an_answer_about_a_draft_that_is_no_longer_the_newest_is_refused(world, drafted):
    with pytest.raises(Refused) as refused:
        say(world, drafted, (points(drafted)[0], "yes"), number=1)
    assert refused.value.code == "draft"


def test_an_answer_can_be_changed_and_falls_with_the_words_of_its_point(world, drafted):
    first = points(drafted)[0]
    say(world, drafted, (first, "yes"))
    say(world, drafted, (first, "no", "Chưa"))
    point = drafted.conclusion.points.get(pk=first)
    assert point.carryings.get().outcome == CarriedOut.NO
    said = Said(Decision.HAND_BACK, "Tiếp thu.", points=[Point("Rút ngắn nữa", None, first)])
    concluding.record_conclusion(drafted.pk, actor=world.office, version=1, said=said)
    assert not point.carryings.exists()


def test_only_the_office_says_what_was_carried_out(world, drafted):
    for person in (world.chair, world.clerk, world.delegate):
        with pytest.raises(PermissionDenied):
            carrying.say_carried(drafted.pk, actor=person, draft_number=2, answers=[])
