import json
import random
from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.text.diff import Op, diff
from directives.text.merge import (
    Alternative,
    Conflict,
    Edit,
    Merge,
    Proposal,
    Span,
    edits,
    merge,
    merge_edits,
)
from directives.text.tokens import has_word, tokenise, words
from tests.directives.text.strategies import proposals, revisions, texts

BASE = "Trong 07 ngày làm việc, các cấp ủy báo cáo kết quả về Tỉnh ủy."

Case = tuple[str, list[Proposal]]


def proposing(*changes: tuple[str, str]) -> list[Proposal]:
    """One proposal, numbered from 1, for each (words, other words)."""
    return [
        Proposal(str(number), BASE.replace(old, new))
        for number, (old, new) in enumerate(changes, start=1)
    ]


def sources(merged: Merge) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(span.old, span.text, span.ids) for span in merged.spans if span.ids]


def applied_one_by_one(base: str, accepted: Sequence[Edit]) -> str:
    """The text after each edit, in the order given, with the places moved by those before it."""
    text = base
    done: list[Edit] = []
    for edit in accepted:
        shift = sum(len(other.text) - (other.end - other.start) for other in done if other < edit)
        text = text[: edit.start + shift] + edit.text + text[edit.end + shift :]
        done.append(edit)
    return text


def accepted_edits(base: str, proposed: Sequence[Proposal], merged: Merge) -> set[Edit]:
    """Edits of all proposals outside every conflict."""
    return {
        edit
        for proposal in proposed
        for edit in edits(base, proposal.text)
        if not any(c.start <= edit.start and edit.end <= c.end for c in merged.conflicts)
    }


# Examples of what the office sees.


def test_edits_with_an_untouched_word_between_them_all_apply() -> None:
    merged = merge(BASE, proposing(("Trong", "Sau"), ("ngày", "tuần"), ("báo cáo ", "gửi ")))
    assert merged.text == "Sau 07 tuần làm việc, các cấp ủy gửi kết quả về Tỉnh ủy."
    assert merged.conflicts == []


def test_touching_edits_of_two_people_are_left_to_the_office() -> None:
    merged = merge(BASE, proposing(("07", "05"), ("ngày", "tuần")))
    assert merged.text == BASE
    (conflict,) = merged.conflicts
    assert BASE[conflict.start : conflict.end] == "07 ngày"
    assert conflict.alternatives == (
        Alternative("05 ngày", ("1",)),
        Alternative("07 tuần", ("2",)),
    )


def test_edits_with_only_a_mark_between_them_touch() -> None:
    merged = merge(BASE, proposing(("việc", "lễ"), ("các", "mọi")))
    assert [BASE[c.start : c.end] for c in merged.conflicts] == ["việc, các"]


def test_different_insertions_at_one_place_are_left_to_the_office() -> None:
    merged = merge(BASE, proposing(("kết quả", "kết quả bước đầu"), ("kết quả", "kết quả cuối")))
    (conflict,) = merged.conflicts
    assert conflict.start == conflict.end
    assert [alternative.text for alternative in conflict.alternatives] == ["bước đầu ", "cuối "]


def test_the_same_edit_is_one_edit_also_inside_otherwise_different_proposals() -> None:
    first, second, third = proposing(("07", "05"), ("07", "05"), ("về ", "cho "))
    second = second._replace(text=second.text.replace("Tỉnh ủy", "Văn phòng"))
    merged = merge(BASE, [first, second, third])
    assert sources(merged)[0] == ("07", "05", ("1", "2"))
    assert [BASE[c.start : c.end] for c in merged.conflicts] == ["về Tỉnh ủy"]


def test_one_proposals_neighbouring_changes_are_one_edit() -> None:
    assert edits(BASE, BASE.replace("07 ngày", "05 tuần")) == [Edit(6, 13, "05 tuần")]
    assert edits(BASE, BASE.replace("việc, các", "lễ, mọi")) == [Edit(18, 27, "lễ, mọi")]
    assert len(edits(BASE, BASE.replace("07 ngày làm", "05 ngày nghỉ"))) == 2


def test_proposals_with_the_same_text_for_a_conflict_stand_together() -> None:
    merged = merge(BASE, proposing(("07", "05"), ("07 ngày", "một tuần"), ("07", "05")))
    (conflict,) = merged.conflicts
    assert [alternative.ids for alternative in conflict.alternatives] == [("1", "3"), ("2",)]


def test_different_edits_which_make_the_same_text_agree() -> None:
    merged = merge_edits("a b", {"1": [Edit(0, 3, "a c")], "2": [Edit(2, 3, "c")]})
    assert merged.conflicts == []
    assert sources(merged) == [("a b", "a c", ("1", "2"))]


def test_a_deletion_is_a_span_without_length_that_shows_what_is_gone() -> None:
    merged = merge(BASE, proposing(("các ", "")))
    place = BASE.index("các")
    assert Span(place, place, ("1",), "", "các ") in merged.spans


def test_a_whole_text_may_be_written_or_deleted() -> None:
    assert merge("", [Proposal("1", BASE)]).text == BASE
    assert merge(BASE, [Proposal("1", "")]).text == ""
    assert merge("", []).spans == []
    assert merge("", [Proposal("1", "Một."), Proposal("2", "Hai.")]).conflicts == [
        Conflict(0, 0, (Alternative("Một.", ("1",)), Alternative("Hai.", ("2",))))
    ]


def test_two_proposals_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match="same id"):
        merge(BASE, [Proposal("1", "a"), Proposal("1", "b")])


def test_edits_come_back_from_json_as_they_were_stored() -> None:
    proposed = proposing(("07", "05"), ("ngày", "tuần"), ("các ", ""))
    stored = json.dumps({p.id: edits(BASE, p.text) for p in proposed})
    assert merge_edits(BASE, json.loads(stored)).spans == merge(BASE, proposed).spans


# What happens when the office has chosen.


@pytest.fixture
def disputed() -> Merge:
    return merge(BASE, proposing(("07", "05"), ("ngày", "tuần"), ("Tỉnh ủy", "Văn phòng")))


def chosen(disputed: Merge, choice: str) -> Span:
    resolved = disputed.resolved({disputed.conflicts[0]: choice})
    assert resolved.conflicts == []
    return next(span for span in resolved.spans if span.start == len("Trong "))


def test_a_chosen_alternative_carries_its_ids(disputed: Merge) -> None:
    assert chosen(disputed, "05 ngày")[2:5] == (("1",), "05 ngày", "07 ngày")
    assert chosen(disputed, " 07 tuần ")[2:5] == (("2",), "07 tuần", "07 ngày")


def test_another_wording_carries_the_ids_of_all(disputed: Merge) -> None:
    assert chosen(disputed, "một tuần")[2:5] == (("1", "2"), "một tuần", "07 ngày")


def test_keeping_the_text_carries_no_ids(disputed: Merge) -> None:
    assert chosen(disputed, "07 ngày")[2:5] == ((), "07 ngày", "07 ngày")


def test_a_choice_is_found_by_its_key(disputed: Merge) -> None:
    key = disputed.conflicts[0].key
    assert disputed.resolved({key: "05 ngày"}).text == BASE.replace("07", "05").replace(
        "Tỉnh ủy", "Văn phòng"
    )
    assert key.replace("-", "").isalnum()


def test_a_choice_is_dropped_when_the_texts_to_choose_from_change(disputed: Merge) -> None:
    changed = merge(BASE, proposing(("07", "10"), ("ngày", "tuần")))
    assert changed.resolved({disputed.conflicts[0].key: "05 ngày"}).conflicts == changed.conflicts


def test_a_choice_stays_when_another_person_joins_an_alternative(disputed: Merge) -> None:
    joined = proposing(("ngày", "tuần"), ("07", "05"), ("ngày", "tuần"))
    assert merge(BASE, joined).conflicts[0].key == disputed.conflicts[0].key


@pytest.mark.parametrize("choice", ["sơ bộ", " sơ bộ", "sơ bộ "])
def test_another_wording_keeps_the_spaces_around_it(choice: str) -> None:
    merged = merge(BASE, proposing(("kết quả", "kết quả đầu"), ("kết quả", "kết quả cuối")))
    resolved = merged.resolved({merged.conflicts[0]: choice})
    assert resolved.text == BASE.replace("kết quả", "kết quả sơ bộ")


# What holds for any text and any proposals.


@given(proposals(), st.randoms(use_true_random=False))
def test_the_order_of_proposals_changes_nothing(case: Case, chance: random.Random) -> None:
    base, proposed = case
    merged = merge(base, proposed)
    chance.shuffle(proposed)
    again = merge(base, proposed)
    assert (again.text, again.spans, again.conflicts) == (
        merged.text,
        merged.spans,
        merged.conflicts,
    )


@given(proposals(), st.randoms(use_true_random=False))
def test_accepted_edits_one_after_the_other_give_the_merge(
    case: Case, chance: random.Random
) -> None:
    base, proposed = case
    merged = merge(base, proposed)
    accepted = sorted(accepted_edits(base, proposed, merged))
    chance.shuffle(accepted)
    assert applied_one_by_one(base, accepted) == merged.text


@given(revisions())
def test_a_single_proposal_is_its_own_merge(revision: tuple[str, str]) -> None:
    base, text = revision
    merged = merge(base, [Proposal("1", text)])
    assert (merged.text, merged.conflicts) == (text, [])


@given(proposals())
def test_many_people_with_one_text_never_conflict(case: Case) -> None:
    base, proposed = case
    for text in {proposal.text for proposal in proposed}:
        merged = merge(base, [Proposal(id, text) for id in "xyz"])
        assert (merged.text, merged.conflicts) == (text, [])
        assert {ids for _, _, ids in sources(merged)} <= {("x", "y", "z")}


@given(revisions())
def test_edits_never_cut_a_syllable_and_have_a_word_between_them(
    revision: tuple[str, str],
) -> None:
    base, text = revision
    token_ends = set(accumulate(map(len, tokenise(base)), initial=0))
    found = edits(base, text)
    for edit in found:
        for cut in (edit.start, edit.end):
            assert cut in token_ends or base[cut - 1 : cut + 1].isspace()
    for one, other in pairwise(found):
        assert has_word(base, one.end, other.start)


@given(proposals())
def test_no_word_is_missing_that_nobody_deleted(case: Case) -> None:
    base, proposed = case
    allowed = Counter(words(base))
    for op in operations(case):
        allowed.subtract(words(op.old))
    assert +allowed <= Counter(words(merge(base, proposed).text))


@given(proposals())
def test_no_word_appears_that_nobody_wrote(case: Case) -> None:
    base, proposed = case
    allowed = Counter(words(base))
    for op in operations(case):
        allowed.update(words(op.new))
    assert Counter(words(merge(base, proposed).text)) <= allowed


@given(proposals())
def test_an_untouched_word_stays_where_it_is(case: Case) -> None:
    base, proposed = case
    touched = {place for op in operations(case) for place in range(op.old_start, old_end(op))}
    at = 0
    for span in merge(base, proposed).spans:
        if span.ids:
            places = set(range(at, at + len(span.old)))
            assert not has_word("".join(base[place] for place in sorted(places - touched)), 0, 9)
        at += len(span.old)


@given(proposals(), st.randoms(use_true_random=False))
def test_no_word_stands_beside_another_as_nobody_wrote_it(
    case: Case, chance: random.Random
) -> None:
    base, proposed = case
    written = {pair for text in (base, *(p.text for p in proposed)) for pair in neighbours(text)}
    merged = merge(base, proposed)
    choices = {c: chance.choice(c.alternatives).text for c in merged.conflicts}
    assert neighbours(merged.text) <= written
    assert neighbours(merged.resolved(choices).text) <= written


@given(proposals())
def test_the_spans_tile_the_text_and_the_base(case: Case) -> None:
    base, proposed = case
    merged = merge(base, proposed)
    assert "".join(span.text for span in merged.spans) == merged.text
    assert "".join(span.old for span in merged.spans) == base
    assert [span.conflict for span in merged.spans if span.conflict] == merged.conflicts
    at = 0
    for span in merged.spans:
        assert (span.start, span.end) == (at, at + len(span.text))
        assert bool(span.ids) == (span.text != span.old)
        at = span.end


@given(proposals())
def test_every_edit_is_applied_or_an_alternative(case: Case) -> None:
    base, proposed = case
    merged = merge(base, proposed)
    for proposal in proposed:
        for edit in edits(base, proposal.text):
            places = [c for c in merged.conflicts if c.start <= edit.start and edit.end <= c.end]
            if not places:
                assert (base[edit.start : edit.end], edit.text) in [
                    (old, text) for old, text, ids in sources(merged) if proposal.id in ids
                ]
            for conflict in places:
                assert [proposal.id in a.ids for a in conflict.alternatives].count(True) == 1


@given(proposals())
def test_alternatives_differ_and_a_choice_settles_the_conflict(case: Case) -> None:
    merged = merge(*case)
    for conflict in merged.conflicts:
        options = [alternative.text for alternative in conflict.alternatives]
        assert len(set(options)) == len(options) > 1
        for text, ids in conflict.alternatives:
            resolved = merged.resolved({conflict.key: text})
            assert len(resolved.conflicts) == len(merged.conflicts) - 1
            assert len(resolved.text) - len(merged.text) == len(text) - (
                conflict.end - conflict.start
            )
            old = merged.base[conflict.start : conflict.end]
            assert (old, text, ids) in sources(resolved)


@given(proposals(), texts(max_size=3))
def test_any_other_wording_is_spaced_as_the_text_was(case: Case, wording: str) -> None:
    merged = merge(*case)
    for conflict in merged.conflicts:
        resolved = merged.resolved({conflict: wording})
        (span,) = [s for s in resolved.spans if (s.start, s.old) == place_of(conflict, merged)]
        assert span.text.split() == wording.split()


def test_a_thousand_proposals_for_one_text_are_merged_place_by_place() -> None:
    base = " ".join(f"chữ{number}" for number in range(3_000))
    proposed = [
        Proposal(str(number), base.replace(f"chữ{3 * number} ", f"mới{number % 7} "))
        for number in range(1_000)
    ]
    merged = merge(base, proposed)
    assert merged.conflicts == []
    assert len(sources(merged)) == 1_000


def test_a_thousand_proposals_for_one_word_are_one_conflict() -> None:
    proposed = [Proposal(str(n), BASE.replace("07", f"{n % 50} mươi")) for n in range(1_000)]
    (conflict,) = merge(BASE, proposed).conflicts
    assert len(conflict.alternatives) == 50
    assert sum(len(alternative.ids) for alternative in conflict.alternatives) == 1_000


def operations(case: Case) -> list[Op]:
    base, proposed = case
    return [op for p in proposed for op in diff(base, p.text) if op.kind != "equal"]


def place_of(conflict: Conflict, merged: Merge) -> tuple[int, str]:
    span = next(span for span in merged.spans if span.conflict == conflict)
    return span.start, span.old


def old_end(op: Op) -> int:
    return op.old_start + len(op.old)


def neighbours(text: str) -> set[tuple[str, str]]:
    return set(pairwise(["", *words(text), ""]))
