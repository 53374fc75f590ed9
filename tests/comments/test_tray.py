"""Comments without a place: shown, placed by hand, and a gate before the chair."""

import pytest

from comments import consolidation, services, tray
from comments.models import Outcome, Placing, ProposalKind
from directives import drafting, workflow
from directives.models import State
from directives.refusals import Refused
from tests import factories


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


def next_draft(world, consultation, outcome=Outcome.NOTED):
    services.close_round(consultation.pk, actor=world.office)
    for comment in consultation.comments.submitted():
        consolidation.answer(comment.pk, actor=world.office, outcome=outcome)
    return consolidation.consolidate(consultation.pk, actor=world.office)


@pytest.fixture
def lost(world, consultation, point):
    """Draft 2, from which the provision of a comment was deleted by hand."""
    comment = factories.comment(consultation, world.delegate, on=point)
    draft = next_draft(world, consultation)
    drafting.delete_provision(draft.provisions.get(key=point.key).pk, actor=world.office)
    return comment


def submit(world, consultation):
    return workflow.submit_for_approval(consultation.draft.directive_id, actor=world.office)


def test_a_comment_that_lost_its_place_keeps_the_draft_from_the_chair(world, consultation, lost):
    with pytest.raises(Refused) as refused:
        submit(world, consultation)
    assert "YK01" in " ".join(refused.value.reasons)


@pytest.mark.parametrize("where", ["elsewhere", "nowhere"])
def test_once_it_is_placed_the_draft_goes_to_the_chair(world, consultation, lost, where):
    hours = consultation.draft.provisions.get(text__contains="giờ giấc")
    key = hours.key if where == "elsewhere" else None
    tray.give_place(lost.pk, actor=world.office, provision_key=key)
    assert submit(world, consultation).state == State.SUBMITTED


def test_a_place_taken_back_is_a_gate_again(world, consultation, lost):
    tray.give_place(lost.pk, actor=world.office, provision_key=None)
    tray.take_place_back(lost.pk, actor=world.office)
    with pytest.raises(Refused):
        submit(world, consultation)


def test_an_accepted_deletion_takes_its_own_comment_along(world, consultation, point):
    factories.comment(consultation, world.delegate, on=point, proposal_kind=ProposalKind.DELETE)
    next_draft(world, consultation, Outcome.ACCEPTED)
    assert submit(world, consultation).state == State.SUBMITTED


@pytest.fixture
def reworded(world, consultation, point):
    """Draft 2, in which nothing is left of the words that a comment quoted: it was accepted."""
    old, new = "trong thời hạn 07 ngày làm việc", "chậm nhất sau một tuần"
    facts = {"quote": old, "quote_start": point.text.index(old), "change": (old, new)}
    factories.comment(consultation, world.delegate, on=point, **facts)
    return next_draft(world, consultation, Outcome.ACCEPTED)


def test_an_accepted_wording_takes_its_own_comment_along(world, consultation, reworded):
    [one] = tray.placed_in(reworded)
    assert one.placement.status in tray.LOST
    assert submit(world, consultation).state == State.SUBMITTED


def test_an_accepted_wording_waits_once_its_provision_is_gone(world, consultation, point, reworded):
    drafting.delete_provision(reworded.provisions.get(key=point.key).pk, actor=world.office)
    with pytest.raises(Refused):
        submit(world, consultation)


def test_a_remark_on_a_provision_that_others_had_deleted_waits(world, consultation, point):
    factories.comment(consultation, world.delegate, on=point, proposal_kind=ProposalKind.DELETE)
    factories.comment(consultation, world.delegate2, on=point)
    next_draft(world, consultation, Outcome.ACCEPTED)
    with pytest.raises(Refused) as refused:
        submit(world, consultation)
    assert "YK02" in refused.value.reasons[0]
    assert "YK01" not in refused.value.reasons[0]


def test_a_remark_on_the_whole_draft_can_be_put_at_a_provision(world, consultation, point):
    comment = factories.comment(consultation, world.delegate)
    tray.give_place(comment.pk, actor=world.office, provision_key=point.key)
    bench = consolidation.workbench(consultation)
    assert [one.pk for one in bench.piece(point.key).comments] == [comment.pk]
    assert bench.general == []


def test_a_comment_with_a_place_of_its_own_is_not_moved(world, consultation, point):
    comment = factories.comment(consultation, world.delegate, on=point)
    with pytest.raises(Refused) as refused:
        tray.give_place(comment.pk, actor=world.office, provision_key=point.key)
    assert refused.value.code == "own_place"
    assert not Placing.objects.exists()


def test_a_place_outside_the_draft_is_refused(world, consultation):
    comment = factories.comment(consultation, world.delegate)
    other = factories.directive(world.office, world.committee, subject="Về việc khác")
    key = other.latest_draft.provisions.first().key
    with pytest.raises(Refused):
        tray.give_place(comment.pk, actor=world.office, provision_key=key)


def test_a_delegate_places_nothing(world, consultation, point):
    from django.core.exceptions import PermissionDenied

    comment = factories.comment(consultation, world.delegate)
    with pytest.raises(PermissionDenied):
        tray.give_place(comment.pk, actor=world.delegate, provision_key=point.key)
