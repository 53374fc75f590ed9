import random
from collections import Counter
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from rapidfuzz.distance import LCSseq

from directives.text import subsequence
from directives.text.diff import Op, changes, classify, diff
from directives.text.tokens import tokenise, words
from tests.directives.text.strategies import WORDS, revisions


def marks_and_words(text: str) -> list[str]:
    return [token for token in tokenise(text) if not token.isspace()]


def numbered(prefix: str, size: int) -> str:
    return " ".join(f"{prefix}{number}" for number in range(size))


def kinds(operations: list[Op]) -> list[tuple[str, str, str]]:
    return [(op.kind, op.old, op.new) for op in operations]


def changed_words(operations: list[Op]) -> int:
    return sum(
        len(marks_and_words(op.old)) + len(marks_and_words(op.new))
        for op in operations
        if op.kind != "equal"
    )


@pytest.mark.parametrize("readable", [False, True])
@given(revision=revisions())
def test_the_operations_tile_both_texts(readable: bool, revision: tuple[str, str]) -> None:
    old, new = revision
    operations = diff(old, new, readable)
    assert "".join(op.old for op in operations) == old
    assert "".join(op.new for op in operations) == new
    for op in operations:
        assert old.startswith(op.old, op.old_start)
        assert new.startswith(op.new, op.new_start)
    for one, other in pairwise(operations):
        assert (one.kind == "equal") != (other.kind == "equal")


@given(revisions())
def test_the_kind_says_what_is_on_either_side(revision: tuple[str, str]) -> None:
    for op in diff(*revision):
        sides = (op.old != "", op.new != "", op.old == op.new)
        assert {
            "equal": (True, True, True),
            "replace": (True, True, False),
            "delete": (True, False, False),
            "insert": (False, True, False),
        }[op.kind] == sides


@given(revisions())
def test_as_many_words_are_kept_as_can_be(revision: tuple[str, str]) -> None:
    old, new = revision
    kept = sum(len(marks_and_words(op.old)) for op in diff(old, new) if op.kind == "equal")
    assert kept == LCSseq.similarity(marks_and_words(old), marks_and_words(new))


@pytest.mark.parametrize("readable", [False, True])
@given(revision=revisions())
def test_no_syllable_is_cut(readable: bool, revision: tuple[str, str]) -> None:
    operations = diff(*revision, readable=readable)
    for text, parts in (
        (revision[0], [op.old for op in operations]),
        (revision[1], [op.new for op in operations]),
    ):
        token_ends = set(accumulate(map(len, tokenise(text)), initial=0))
        for cut in accumulate(map(len, parts)):
            assert cut in token_ends or text[cut - 1 : cut + 1].isspace()


@given(revisions())
def test_readable_only_joins_operations(revision: tuple[str, str]) -> None:
    kept = Counter(op for op in diff(*revision) if op.kind == "equal")
    assert Counter(op for op in diff(*revision, readable=True) if op.kind == "equal") <= kept


@given(revisions())
def test_no_lone_word_or_mark_is_left_between_two_readable_changes(
    revision: tuple[str, str],
) -> None:
    for op in diff(*revision, readable=True)[1:-1]:
        assert op.kind != "equal" or len(words(op.old)) > 1


@given(revisions())
def test_texts_past_the_bound_still_tile(revision: tuple[str, str]) -> None:
    old, new = (text * 3 for text in revision)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(subsequence, "EXACT_CELLS", 20)
        patch.setattr(subsequence, "STRETCH_LENGTH", 2)
        patch.setattr(subsequence, "PASSAGE_LENGTH", 2)
        operations = diff(old, new)
    assert "".join(op.old for op in operations) == old
    assert "".join(op.new for op in operations) == new


def test_equal_texts_are_one_operation_and_empty_ones_none() -> None:
    assert diff("Chi bộ", "Chi bộ") == [Op("equal", "Chi bộ", "Chi bộ", 0, 0)]
    assert diff("", "") == []
    assert diff("", "Chi bộ") == [Op("insert", "", "Chi bộ", 0, 0)]
    assert diff("Chi bộ", "") == [Op("delete", "Chi bộ", "", 0, 0)]


def test_a_reference_changes_as_a_whole() -> None:
    old, new = "theo 14-KL/TW, ngày 22/9/2021", "theo 14-KL/TU, ngày 23/9/2021"
    assert kinds(diff(old, new)) == [
        ("equal", "theo ", "theo "),
        ("replace", "14-KL/TW", "14-KL/TU"),
        ("equal", ", ngày ", ", ngày "),
        ("replace", "22/9/2021", "23/9/2021"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "inserted"),
    [
        ("các xã, các phường", "các xã, các huyện, các phường", "các huyện, "),
        ("Một. Ba.", "Một. Hai. Ba.", "Hai. "),
        ("- xã\n- đặc khu", "- xã\n- phường\n- đặc khu", "- phường\n"),
        ("cấp ủy báo cáo", "cấp ủy cơ sở báo cáo", "cơ sở "),
        ("cấp ủy", "cấp ủy cơ sở", " cơ sở"),
        ("tỉnh và xã", "tỉnh và và xã", "và "),
    ],
)
def test_an_insertion_among_repeated_words_begins_after_a_clause(
    old: str, new: str, inserted: str
) -> None:
    assert [op.new for op in diff(old, new) if op.kind == "insert"] == [inserted]
    assert [op.old for op in diff(new, old) if op.kind == "delete"] == [inserted]


def test_only_the_spaces_change_where_only_spaces_differ() -> None:
    assert kinds(diff("Chi bộ  cơ sở.", "Chi bộ\ncơ sở.")) == [
        ("equal", "Chi bộ", "Chi bộ"),
        ("replace", "  ", "\n"),
        ("equal", "cơ sở.", "cơ sở."),
    ]


def test_a_lone_word_between_two_changes_is_shown_with_them() -> None:
    old = "Giao Ban Tổ chức theo dõi việc thực hiện"
    new = "Giao Ban Dân vận theo dõi, đôn đốc thực hiện"
    assert [op[:3] for op in diff(old, new, readable=True)] == [
        ("equal", "Giao Ban ", "Giao Ban "),
        ("replace", "Tổ chức", "Dân vận"),
        ("equal", " theo dõi", " theo dõi"),
        ("replace", " việc", ", đôn đốc"),
        ("equal", " thực hiện", " thực hiện"),
    ]
    old, new = "trong 07 ngày làm việc", "trong 10 ngày nghỉ lễ"
    assert kinds(diff(old, new, readable=True)) == [
        ("equal", "trong ", "trong "),
        ("replace", "07 ngày làm việc", "10 ngày nghỉ lễ"),
    ]


def test_a_rewritten_sentence_is_one_deletion_and_one_insertion() -> None:
    kept = "Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy thực hiện tốt các nội dung sau."
    old = "Tăng cường sự lãnh đạo của cấp ủy đối với công tác dân vận trong tình hình mới."
    new = "Người đứng đầu cấp ủy chịu trách nhiệm về kết quả công tác dân vận của địa phương mình."
    operations = diff(f"{kept} {old} {kept}", f"{kept} {new} {kept}", readable=True)
    assert [op.kind for op in operations] == ["equal", "replace", "equal"]
    assert len(diff(old, new)) > 5


def test_a_long_passage_between_two_changes_stays_unchanged() -> None:
    old = "Bí thư cấp ủy trực tiếp phụ trách, chỉ đạo công tác dân vận của cấp mình"
    new = old.replace("Bí thư", "Người đứng đầu").replace("cấp mình", "địa phương")
    middle = " cấp ủy trực tiếp phụ trách, chỉ đạo công tác dân vận của "
    assert diff(old, new, readable=True)[1].old == middle


def test_light_edits_stay_within_two_percent_of_the_shortest_difference() -> None:
    chance = random.Random(3)
    vocabulary = numbered("chữ", 1_000).split()
    shortest = readable = 0
    for _ in range(500):
        old = chance.choices(vocabulary, k=60)
        new = [*old]
        for place in sorted(chance.sample(range(60), 2), reverse=True):
            new[place : place + chance.randint(0, 2)] = chance.choices(vocabulary, k=2)
        texts = " ".join(old), " ".join(new)
        shortest += changed_words(diff(*texts))
        readable += changed_words(diff(*texts, readable=True))
    assert shortest < readable <= shortest * 1.02


@pytest.mark.parametrize(
    ("old", "new", "category"),
    [
        ("hòa bình", "hoà bình", "spelling"),
        ("cấp uỷ", "cấp ủy", "spelling"),
        ("Cấp uỷ", "cấp ủy", "spelling"),
        ("đảng", "Đảng", "case"),
        ("BAN THƯỜNG VỤ", "Ban Thường vụ", "case"),
        ("xã, phường", "xã; phường", "punctuation"),
        ("xã phường", "xã  phường", "punctuation"),
        ("", ",", "punctuation"),
        ("ma", "má", "wording"),
        ("ủy", "ụy", "wording"),
        ("hoà bình", "hòa", "wording"),
        ("", "không", "wording"),
        ("14-KL/TW", "14/KL-TW", "wording"),
    ],
)
def test_a_change_is_classed_by_what_it_touches(old: str, new: str, category: str) -> None:
    kind = "replace" if old else "insert"
    assert classify(Op(kind, old, new, 0, 0)) == category


@pytest.fixture
def aligned_cells(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of all alignments, filled in as they are asked for."""
    sizes: list[int] = []
    opcodes = LCSseq.opcodes

    def counting(old: list[str], new: list[str]) -> object:
        sizes.append(len(old) * len(new))
        return opcodes(old, new)

    monkeypatch.setattr(LCSseq, "opcodes", counting)
    return sizes


def test_unchanged_text_is_never_aligned(aligned_cells: list[int]) -> None:
    text = numbered("chữ", 50_000)
    assert changes(text, text) == []
    assert len(changes(text, text.replace("chữ25000 chữ25001 ", "mới "))) == 1
    assert sum(aligned_cells) <= 10


def test_ten_thousand_different_words_are_one_replacement(aligned_cells: list[int]) -> None:
    assert len(diff(numbered("cũ", 10_000), numbered("mới", 10_000))) == 1
    assert sum(aligned_cells) <= subsequence.EXACT_CELLS


def test_past_the_bound_what_is_the_same_is_still_found(aligned_cells: list[int]) -> None:
    old = numbered("chữ", 40_000).split()
    new = [*old]
    for place in range(100, 40_000, 1_000):
        new[place] = "mới"
    assert len(changes(" ".join(old), " ".join(new))) == 40
    assert sum(aligned_cells) <= 40_000 * 2 * subsequence.STRETCH_LENGTH


def test_past_the_bound_two_texts_without_likeness_are_one_replacement(
    aligned_cells: list[int],
) -> None:
    chance = random.Random(5)
    old, new = (" ".join(chance.choices(WORDS, k=30_000)) for _ in range(2))
    assert len(changes(f"cũ {old} cũ", f"mới {new} mới")) <= 3
    assert sum(aligned_cells) <= subsequence.EXACT_CELLS


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 50_000, "a " * 40_000 + "b"),
        ("-" * 50_000 + "a", "-" * 40_000 + "b"),
        (" " * 50_000, "\n" * 50_000),
        ("a" * 50_000, "b" * 50_000),
        ("a" + "\u0306" * 50_000 + " b", "b" + "\u0306" * 50_000 + " b c"),
    ],
)
def test_repetition_makes_few_changes(old: str, new: str) -> None:
    operations = diff(old, new)
    assert len(operations) <= 4
    assert "".join(op.new for op in operations) == new
