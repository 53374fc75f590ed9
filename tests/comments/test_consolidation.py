import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from comments import consolidation, provenance, services
from comments.models import Disposition, Origin, Outcome, ProposalKind
from directives import drafting, workflow
from directives.refusals import Refused
from tests import factories

POINT = "07 ngày làm việc"


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains=POINT)


@pytest.fixture
def say(consultation, point):
    def say(author, **said):
        return factories.comment(consultation, author, **{"on": point, **said})

    return say


def answer(world, comment, outcome=Outcome.ACCEPTED, **facts):
    return consolidation.answer(comment.pk, actor=world.office, outcome=outcome, **facts)


def piece(consultation, point):
    return consolidation.workbench(consultation).piece(point.key)


def close(world, consultation):
    services.close_round(consultation.pk, actor=world.office)
    consultation.refresh_from_db()


def test_only_what_was_taken_goes_into_the_text(world, consultation, point, say):
    taken = say(world.delegate, change=("07", "05"))
    refused = say(world.delegate2, change=("rõ lý do", "rõ căn cứ"))
    assert piece(consultation, point).settled.text == point.text
    answer(world, taken)
    answer(world, refused, Outcome.NOT_ACCEPTED, reply="Giữ nguyên.")
    assert piece(consultation, point).settled.text == point.text.replace("07", "05")


def test_independent_changes_of_one_provision_both_apply(world, consultation, point, say):
    answer(world, say(world.delegate, change=("07", "05")))
    answer(world, say(world.delegate2, change=("rõ lý do", "rõ căn cứ")))
    merged = piece(consultation, point)
    assert merged.settled.text == point.text.replace("07", "05").replace("lý do", "căn cứ")
    assert not merged.open_conflicts


def test_the_same_change_from_two_people_is_one_with_two_owners(world, consultation, point, say):
    first, second = (say(one, change=("07", "05")) for one in world.delegates)
    answer(world, first)
    answer(world, second)
    changed = [span for span in piece(consultation, point).settled.spans if span.ids]
    assert [set(span.ids) for span in changed] == [{str(first.pk), str(second.pk)}]


def test_different_changes_of_the_same_words_wait_for_the_office(world, consultation, point, say):
    answer(world, say(world.delegate, change=("07", "05")))
    answer(world, say(world.delegate2, change=("07", "10")))
    [conflict] = piece(consultation, point).open_conflicts
    assert {alternative.text for alternative in conflict.alternatives} == {"05", "10"}
    consolidation.settle(
        consultation.pk,
        actor=world.office,
        provision_key=point.key,
        conflict_key=conflict.key,
        text="05",
    )
    settled = piece(consultation, point)
    assert not settled.open_conflicts
    assert settled.settled.text == point.text.replace("07", "05")


def test_a_new_alternative_asks_for_a_new_choice(world, consultation, point, say):
    answer(world, say(world.delegate, change=("07", "05")))
    answer(world, say(world.delegate2, change=("07", "10")))
    [conflict] = piece(consultation, point).open_conflicts
    facts = {"actor": world.office, "provision_key": point.key, "conflict_key": conflict.key}
    consolidation.settle(consultation.pk, **facts, text="05")
    answer(world, say(world.delegate2, change=("07", "15")))
    assert piece(consultation, point).open_conflicts
    with pytest.raises(Refused) as refused:
        consolidation.settle(consultation.pk, **facts, text="05")
    assert refused.value.code == "stale"


def test_a_choice_can_be_taken_back(world, consultation, point, say):
    answer(world, say(world.delegate, change=("07", "05")))
    answer(world, say(world.delegate2, change=("07", "10")))
    [conflict] = piece(consultation, point).open_conflicts
    settlement = consolidation.settle(
        consultation.pk,
        actor=world.office,
        provision_key=point.key,
        conflict_key=conflict.key,
        text="08",
    )
    consolidation.unsettle(settlement.pk, actor=world.office)
    assert piece(consultation, point).open_conflicts


def test_a_part_is_taken_in_the_words_of_the_office(world, consultation, point, say):
    comment = say(world.delegate, change=("07", "03"))
    with pytest.raises(Refused) as refused:
        answer(world, comment, Outcome.ACCEPTED_IN_PART)
    assert refused.value.code == "office_text"
    office_text = point.text.replace("07", "05")
    answer(world, comment, Outcome.ACCEPTED_IN_PART, office_text=office_text)
    assert piece(consultation, point).settled.text == office_text


def test_a_refusal_needs_its_reason(world, consultation, say):
    comment = say(world.delegate, change=("07", "05"))
    with pytest.raises(Refused) as refused:
        answer(world, comment, Outcome.NOT_ACCEPTED)
    assert refused.value.code == "reply"
    assert not Disposition.objects.exists()


def test_an_answer_given_meanwhile_is_not_overwritten(world, consultation, say):
    comment = say(world.delegate, change=("07", "05"))
    answer(world, comment)
    with pytest.raises(Refused) as refused:
        consolidation.answer(comment.pk, actor=world.office2, outcome=Outcome.NOTED, version=0)
    assert refused.value.code == "stale"
    assert Disposition.objects.get().outcome == Outcome.ACCEPTED
    consolidation.answer(comment.pk, actor=world.office2, outcome=Outcome.NOTED, version=1)
    assert Disposition.objects.get().outcome == Outcome.NOTED


def test_only_the_office_answers(world, consultation, say):
    comment = say(world.delegate, change=("07", "05"))
    for person in (world.clerk, world.chair, world.delegate):
        with pytest.raises(PermissionDenied):
            consolidation.answer(comment.pk, actor=person, outcome=Outcome.ACCEPTED)


def test_an_answer_can_be_taken_back(world, consultation, say):
    comment = say(world.delegate, change=("07", "05"))
    answer(world, comment)
    consolidation.retract_answer(comment.pk, actor=world.office)
    [waiting] = consolidation.workbench(consultation).unanswered
    assert waiting.pk == comment.pk


def test_the_next_draft_waits_for_the_last_answer_and_the_last_conflict(
    world, consultation, point, say
):
    first = say(world.delegate, change=("07", "05"))
    second = say(world.delegate2, change=("07", "10"))
    with pytest.raises(Refused) as refused:
        consolidation.consolidate(consultation.pk, actor=world.office)
    assert refused.value.code == "open"
    close(world, consultation)
    answer(world, first)
    with pytest.raises(Refused) as refused:
        consolidation.consolidate(consultation.pk, actor=world.office)
    assert "YK02" in refused.value.reasons[0]
    answer(world, second)
    with pytest.raises(Refused) as refused:
        consolidation.consolidate(consultation.pk, actor=world.office)
    assert len(refused.value.reasons) == 1


def test_the_next_draft_keeps_keys_and_knows_where_its_words_came_from(
    world, consultation, point, say
):
    comment = say(world.delegate, change=("07", "05"))
    close(world, consultation)
    answer(world, comment)
    draft = consolidation.consolidate(consultation.pk, actor=world.office)
    written = draft.provisions.get(key=point.key)
    assert written.text == point.text.replace("07", "05")
    [(span, origin)] = provenance.origins_now(draft)[point.key]
    assert written.text[span.start : span.end] == "05"
    assert origin.old_text == "07"
    assert list(origin.comments.all()) == [comment]


def test_the_origin_of_words_survives_an_edit_around_them_and_the_next_round(
    world, consultation, point, say
):
    comment = say(world.delegate, change=("07", "05"))
    close(world, consultation)
    answer(world, comment)
    draft = consolidation.consolidate(consultation.pk, actor=world.office)
    written = draft.provisions.get(key=point.key)
    edited = written.text.replace("Khi được", "Trường hợp được").replace("lý do", "căn cứ")
    drafting.save_provision(written.pk, actor=world.office, version=written.version, text=edited)
    [(span, _origin)] = provenance.origins_now(draft)[point.key]
    assert edited[span.start : span.end] == "05"

    second_round = factories.consultation(world.office, draft.directive, world.delegates)
    close(world, second_round)
    third = consolidation.consolidate(second_round.pk, actor=world.office)
    [(span, origin)] = provenance.origins_now(third)[point.key]
    assert edited[span.start : span.end] == "05"
    assert list(origin.comments.all()) == [comment]


def test_a_deleted_provision_is_gone_and_a_new_one_stands_behind_its_neighbour(
    world, consultation, point
):
    hours = consultation.draft.provisions.get(text__contains="giờ giấc")
    gone = factories.comment(
        consultation, world.delegate, on=hours, proposal_kind=ProposalKind.DELETE, body="Bỏ."
    )
    new = [
        factories.comment(
            consultation,
            one,
            on=point,
            proposal_kind=ProposalKind.INSERT_AFTER,
            proposed_text="Công khai kết quả giải quyết.",
        )
        for one in world.delegates
    ]
    close(world, consultation)
    for comment in (gone, *new):
        answer(world, comment)
    draft = consolidation.consolidate(consultation.pk, actor=world.office)
    texts = [p.text for p in drafting.in_order(draft)]
    assert hours.text not in texts
    assert texts[texts.index(point.text) + 1] == "Công khai kết quả giải quyết."
    assert texts.count("Công khai kết quả giải quyết.") == 1
    added = Origin.objects.get(draft=draft)
    assert set(added.comments.all()) == set(new)


def test_a_deletion_and_a_change_of_the_same_provision_conflict(world, consultation, point, say):
    answer(world, say(world.delegate, change=("07", "05")))
    answer(world, say(world.delegate2, proposal_kind=ProposalKind.DELETE, body="Bỏ điểm này."))
    assert len(piece(consultation, point).open_conflicts) == 1


def test_answers_stand_once_the_next_draft_is_made(world, consultation, say):
    comment = say(world.delegate, change=("07", "05"))
    close(world, consultation)
    answer(world, comment)
    consolidation.consolidate(consultation.pk, actor=world.office)
    for act in (
        lambda: answer(world, comment, Outcome.NOTED, version=1),
        lambda: consolidation.retract_answer(comment.pk, actor=world.office),
        lambda: consolidation.consolidate(consultation.pk, actor=world.office),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.code == "done"


def test_an_open_round_keeps_a_directive_from_the_chair(world, consultation):
    reasons = workflow.approval_obstacles(consultation.draft.directive)
    still_open = _("The round of comments on %s is still open.") % consultation.draft
    assert still_open in reasons


@pytest.mark.parametrize("count", [2, 40])
def test_a_workbench_is_read_in_three_queries_whatever_its_size(
    world, consultation, point, say, count, django_assert_num_queries
):
    for n in range(count):
        answer(world, say(world.delegates[n % 2], change=("07", f"{n + 10}")))
    with django_assert_num_queries(3):
        bench = consolidation.workbench(consultation)
        assert bench.answered_count == count
        assert len(bench.open_conflicts) == 1
        assert bench.obstacles
    with django_assert_num_queries(2):
        shown = consolidation.whole(bench.comments)
        assert [one.author.full_name for one in shown if one.disposition.decided_by]
