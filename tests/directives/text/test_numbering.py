from hypothesis import given
from hypothesis import strategies as st

from directives.text.kinds import Kind, apart
from directives.text.numbering import (
    citations,
    letters,
    numbers,
    ordinal_of,
    paths,
    roman,
    trail_at,
    trails,
)

CODES = {
    "I": Kind.PART,
    "1": Kind.CLAUSE,
    "a": Kind.POINT,
    "-": Kind.DASH,
    "+": Kind.PLUS,
    "P": Kind.ANNEX,
    "¶": Kind.PREAMBLE,
}
kinds_in_any_order = st.lists(st.sampled_from(Kind), max_size=60)


def kinds(codes: str) -> list[Kind]:
    return [CODES[code] for code in codes]


def test_points_follow_the_vietnamese_alphabet():
    labels = numbers(kinds("1" + "a" * 23))[1:]
    assert labels == [f"{letter})" for letter in "abcdđeghiklmnopqrstuvxy"]


def test_points_past_y_go_on_with_two_letters():
    assert numbers(kinds("1" + "a" * 47))[24:26] == ["aa)", "ab)"]
    assert letters(23 * 2) == "ay"
    assert letters(23 * 2 + 1) == "ba"


def test_numbering_starts_again_under_each_parent():
    assert numbers(kinds("I1aa1aI1")) == ["I-", "1.", "a)", "b)", "2.", "a)", "II-", "1."]


def test_dashes_and_pluses_have_signs_and_paragraphs_have_nothing():
    assert numbers([Kind.PREAMBLE, *kinds("1a-+"), Kind.CLOSING]) == ["", "1.", "a)", "-", "+", ""]


def test_a_level_may_be_left_out():
    assert paths(kinds("1-+a-")) == ["1", "1-1", "1-1+1", "1.a", "1.a-1"]


def test_paths_name_parts_clauses_points_and_dashes():
    assert paths(kinds("I1aa-I1")) == ["I", "I.1", "I.1.a", "I.1.b", "I.1.b-1", "II", "II.1"]


def test_paths_of_what_has_no_number_are_codes():
    around = [Kind.SUBJECT, Kind.BASIS, Kind.BASIS, Kind.PREAMBLE, Kind.CLOSING, Kind.RECIPIENTS]
    assert paths(around) == ["TY", "CC1", "CC2", "MĐ1", "KT", "NN"]
    assert paths([Kind.CLOSING, Kind.CLOSING]) == ["KT", "KT2"]


def test_a_provision_is_cited_from_itself_upwards():
    assert citations(kinds("I1aa-+"))[2:] == [
        "điểm a khoản 1 phần I",
        "điểm b khoản 1 phần I",
        "gạch đầu dòng 1 điểm b khoản 1 phần I",
        "dấu cộng 1 gạch đầu dòng 1 điểm b khoản 1 phần I",
    ]
    assert citations([Kind.SUBJECT, Kind.PREAMBLE, Kind.PREAMBLE, Kind.RECIPIENTS]) == [
        "trích yếu",
        "đoạn mở đầu 1",
        "đoạn mở đầu 2",
        "nơi nhận",
    ]


def test_numbering_starts_again_in_each_annex():
    assert numbers(kinds("I1aaP1aP1")) == [
        *("I-", "1.", "a)", "b)"),
        *("PHỤ LỤC I", "1.", "a)"),
        *("PHỤ LỤC II", "1."),
    ]


def test_a_single_annex_bears_no_number():
    assert numbers(kinds("1P1")) == ["1.", "PHỤ LỤC", "1."]
    assert paths(kinds("1PI1a")) == ["1", "PL", "PL.I", "PL.I.1", "PL.I.1.a"]
    assert citations(kinds("1P¶1"))[1:] == ["Phụ lục", "đoạn mở đầu 1 Phụ lục", "khoản 1 Phụ lục"]


def test_provisions_of_an_annex_are_named_with_it():
    some = kinds("¶1P¶1a-P¶-")
    assert paths(some)[2:] == ["PL1", "PL1.MĐ1", "PL1.1", "PL1.1.a", "PL1.1.a-1", "PL2",
                               "PL2.MĐ1", "PL2-1"]  # fmt: skip
    assert citations(some)[5] == "điểm a khoản 1 Phụ lục I"
    assert citations(some)[8] == "đoạn mở đầu 1 Phụ lục II"


@given(kinds_in_any_order)
def test_the_main_text_is_numbered_as_if_it_had_no_annexes(some):
    main, annexes = apart(some, str)
    assert numbers(some)[: len(main)] == numbers(main)
    for annex in annexes:
        assert numbers(annex)[1:] == numbers(annex[1:])
    assert sum(map(len, annexes), len(main)) == len(some)


@given(kinds_in_any_order)
def test_no_two_provisions_share_a_path_or_a_citation(some):
    assert len(set(paths(some))) == len(set(citations(some))) == len(some)


@given(kinds_in_any_order)
def test_numbers_under_a_parent_run_from_one_without_a_gap(some):
    counts: dict[tuple[object, ...], int] = {}
    for trail in trails(some):
        siblings = (*trail[:-1], trail[-1].kind)
        counts[siblings] = counts.get(siblings, 0) + 1
        assert trail[-1].ordinal == counts[siblings]


@given(st.integers(1, 39))
def test_a_count_is_read_back_as_the_ordinal_it_was_made_from(ordinal):
    assert ordinal_of(Kind.POINT, letters(ordinal)) == ordinal
    assert ordinal_of(Kind.PART, roman(ordinal)) == ordinal
    assert ordinal_of(Kind.CLAUSE, str(ordinal)) == ordinal


def test_a_letter_outside_the_alphabet_is_no_count():
    assert ordinal_of(Kind.POINT, "f") is None
    assert ordinal_of(Kind.PART, "IIII") is None


@given(kinds_in_any_order)
def test_one_provision_alone_has_the_steps_that_it_has_among_all(some):
    assert [trail_at(some, at) for at in range(len(some))] == list(trails(some))
