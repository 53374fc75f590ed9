import random
import time
from typing import NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from directives.text.align import Pair, Relation, align

MEETINGS = "Giảm số lượng và thời gian các cuộc họp; tài liệu họp gửi trước để nghiên cứu."
VISITS = "Lãnh đạo cấp tỉnh dành thời gian đi cơ sở, đối thoại với người dân và doanh nghiệp."
DIGITAL = "Đẩy mạnh chuyển đổi số, xử lý công việc trên môi trường mạng một cách thực chất."
CHECKS = "Ủy ban kiểm tra các cấp đưa việc chấp hành Chỉ thị vào chương trình kiểm tra hằng năm."


class Provision(NamedTuple):
    key: str | None
    text: str


def unkeyed(*texts: str) -> list[Provision]:
    return [Provision(None, text) for text in texts]


def test_provisions_pair_by_key_whatever_their_texts():
    old = [Provision("a", MEETINGS), Provision("b", VISITS)]
    new = [Provision("a", "Viết lại từ đầu."), Provision("b", VISITS)]
    assert align(old, new) == [
        Pair((0,), (0,), Relation.CHANGED),
        Pair((1,), (1,), Relation.SAME),
    ]


def test_two_keys_are_two_provisions_though_their_texts_are_one():
    pairs = align([Provision("a", MEETINGS)], [Provision("b", MEETINGS)])
    assert [pair.relation for pair in pairs] == [Relation.REMOVED, Relation.ADDED]


def test_a_file_without_keys_pairs_by_content():
    old = [Provision("a", MEETINGS), Provision("b", VISITS)]
    new = unkeyed(MEETINGS, VISITS.replace("đối thoại với", "gặp gỡ"))
    assert align(old, new) == [
        Pair((0,), (0,), Relation.SAME),
        Pair((1,), (1,), Relation.CHANGED),
    ]


def test_the_likest_text_is_the_partner_and_not_the_first_like_one():
    new = unkeyed(VISITS.replace("cấp tỉnh", "cấp xã"), VISITS.replace("cấp tỉnh", "cấp trên"))
    old = unkeyed(VISITS.replace("cấp tỉnh", "cấp trên,"))
    assert Pair((0,), (1,), Relation.CHANGED) in align(old, new)


def test_a_provision_that_passed_others_has_moved():
    pairs = align(unkeyed(MEETINGS, VISITS, DIGITAL), unkeyed(DIGITAL, MEETINGS, VISITS))
    assert pairs == [
        Pair((2,), (0,), Relation.MOVED),
        Pair((0,), (1,), Relation.SAME),
        Pair((1,), (2,), Relation.SAME),
    ]


def test_a_provision_cut_in_two_is_split():
    pairs = align(unkeyed(f"{MEETINGS} {VISITS}", DIGITAL), unkeyed(MEETINGS, VISITS, DIGITAL))
    assert pairs == [Pair((0,), (0, 1), Relation.SPLIT), Pair((1,), (2,), Relation.SAME)]


def test_a_provision_cut_in_many_is_split():
    whole = " ".join((MEETINGS, VISITS, DIGITAL, CHECKS))
    pairs = align(unkeyed(whole), unkeyed(MEETINGS, VISITS, DIGITAL, CHECKS))
    assert pairs == [Pair((0,), (0, 1, 2, 3), Relation.SPLIT)]


def test_two_provisions_put_together_are_merged():
    pairs = align(unkeyed(DIGITAL, MEETINGS, VISITS), unkeyed(DIGITAL, f"{MEETINGS}\n{VISITS}"))
    assert pairs == [Pair((0,), (0,), Relation.SAME), Pair((1, 2), (1,), Relation.MERGED)]


def test_what_was_removed_stands_at_its_old_place():
    old = unkeyed("Xóa đầu.", MEETINGS, "Xóa một.", "Xóa hai.", VISITS)
    pairs = align(old, unkeyed(MEETINGS, VISITS))
    assert [pair.old for pair in pairs] == [(0,), (1,), (2,), (3,), (4,)]


def test_a_new_provision_is_added_in_its_place():
    pairs = align(unkeyed(MEETINGS, VISITS), unkeyed(MEETINGS, DIGITAL, VISITS))
    assert pairs[1] == Pair((), (1,), Relation.ADDED)


def test_like_lines_pair_in_their_order():
    pairs = align(unkeyed("Như trên.", "Như trên."), unkeyed("Như trên.", "Như trên."))
    assert [(pair.old, pair.new) for pair in pairs] == [((0,), (0,)), ((1,), (1,))]


def test_nothing_pairs_with_nothing():
    assert align([], []) == []
    assert align(unkeyed(""), []) == [Pair((0,), (), Relation.REMOVED)]


UNITS = st.lists(
    st.builds(
        Provision,
        st.none() | st.sampled_from("abcde"),
        st.lists(st.sampled_from([MEETINGS, VISITS, "", "Việc.", "họp"]), max_size=3).map(" ".join),
    ),
    max_size=8,
    unique_by=lambda unit: unit.key or object(),
)


@given(UNITS, UNITS)
def test_every_provision_of_both_sides_is_in_one_pair(old, new):
    pairs = align(old, new)
    assert sorted(place for pair in pairs for place in pair.old) == list(range(len(old)))
    assert sorted(place for pair in pairs for place in pair.new) == list(range(len(new)))
    assert [pair.new for pair in pairs if pair.new] == sorted(p.new for p in pairs if p.new)


@given(UNITS)
def test_a_text_beside_itself_is_the_same_throughout(units):
    assert {pair.relation for pair in align(units, units)} <= {Relation.SAME}


def test_two_thousand_provisions_pair_in_a_moment():
    pick = random.Random(7)
    vocabulary = f"{MEETINGS} {VISITS} {DIGITAL} {CHECKS}".split()
    old = [" ".join(pick.choices(vocabulary, k=60)) for _ in range(2000)]
    new = [text.replace("họp", "hội nghị", 1) if pick.random() < 0.3 else text for text in old]
    started = time.perf_counter()
    pairs = align(unkeyed(*old), unkeyed(*new))
    assert time.perf_counter() - started < 10
    assert all(pair.old == pair.new for pair in pairs)
