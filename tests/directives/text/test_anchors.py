from hypothesis import given
from hypothesis import strategies as st

from directives.text.anchors import (
    Anchor,
    Placement,
    Status,
    reanchor,
    reanchor_all,
    reanchor_split,
)

OLD = "Trả lời bằng văn bản trong thời hạn 07 ngày làm việc; quá thời hạn thì coi như đồng ý."


def anchor(quote: str, text: str = OLD) -> Anchor:
    return Anchor(text.index(quote), text.index(quote) + len(quote))


def placed(quote: str, new: str) -> tuple[Status, str]:
    placement = reanchor(anchor(quote), OLD, new)
    return placement.status, new[placement.start : placement.end]


def test_an_unchanged_text_keeps_every_anchor():
    assert reanchor(Anchor(4, 8), OLD, OLD) == Placement(Status.EXACT, 4, 8, 1.0)


def test_words_that_nobody_touched_are_exact_wherever_they_stand_now():
    new = "Cơ quan được hỏi phải t" + OLD[1:].replace("07", "05")
    assert placed("ngày làm việc; quá thời hạn", new) == (
        Status.EXACT,
        "ngày làm việc; quá thời hạn",
    )


def test_the_second_of_two_like_phrases_stays_the_second():
    second = OLD.index("thời hạn", OLD.index("quá"))
    new = OLD.replace("trong thời hạn 07 ngày làm việc; ", "")
    placement = reanchor(Anchor(second, second + len("thời hạn")), OLD, new)
    assert (placement.status, placement.start) == (Status.EXACT, new.index("thời hạn"))


def test_the_first_of_two_like_phrases_is_no_longer_there_when_it_was_deleted():
    new = OLD.replace("trong thời hạn 07 ngày làm việc; ", "")
    assert reanchor(anchor("thời hạn 07 ngày"), OLD, new).status is Status.ORPHAN


def test_a_quote_of_which_most_is_kept_has_moved():
    quote = "trong thời hạn 07 ngày làm việc"
    assert placed(quote, OLD.replace("07", "05")) == (
        Status.MOVED,
        "trong thời hạn 05 ngày làm việc",
    )


def test_a_quote_of_which_half_is_kept_is_changed():
    assert placed("07 ngày", OLD.replace("07", "05")) == (Status.CHANGED, "05 ngày")


def test_words_put_into_a_quote_move_it_and_are_part_of_it():
    assert placed("07 ngày", OLD.replace("07", "07 (bảy)")) == (Status.MOVED, "07 (bảy) ngày")


def test_words_put_before_or_after_a_quote_are_no_part_of_it():
    assert placed("07 ngày", OLD.replace("07 ngày", "tối đa 07 ngày đêm")) == (
        Status.EXACT,
        "07 ngày",
    )


def test_a_deleted_quote_is_pinned_where_it_stood():
    new = OLD.replace("; quá thời hạn thì coi như đồng ý", "")
    placement = reanchor(anchor("coi như đồng ý"), OLD, new)
    assert placement == Placement(
        Status.ORPHAN, new.index("việc") + 4, new.index("việc") + 4, placement.kept
    )
    assert placement.kept < 0.5


def test_words_that_come_back_are_found_again_from_the_first_draft():
    without = OLD.replace("07 ngày làm việc", "một tuần")
    back = "Khi được hỏi: " + OLD
    quote = anchor("07 ngày làm việc")
    assert reanchor(quote, OLD, without).status is Status.ORPHAN
    assert reanchor(quote, OLD, back).status is Status.EXACT


def test_a_comment_on_the_whole_provision_stays_on_the_whole():
    new = "Nay " + OLD + " Thêm."
    assert reanchor(Anchor(0, len(OLD)), OLD, new)[:3] == (Status.MOVED, 0, len(new))
    assert reanchor(Anchor(0, 0), "", "Mới.")[:3] == (Status.MOVED, 0, 4)


def test_a_provision_that_lost_its_text_keeps_the_place():
    assert reanchor(Anchor(0, len(OLD)), OLD, "") == Placement(Status.ORPHAN, 0, 0, 0.0)


def test_a_quote_follows_the_part_of_a_split_that_holds_it():
    parts = ["Trả lời bằng văn bản.", "Quá thời hạn thì coi như đồng ý."]
    part, placement = reanchor_split(anchor("coi như đồng ý"), OLD, parts)
    assert (part, placement.status) == (1, Status.EXACT)
    assert parts[1][placement.start : placement.end] == "coi như đồng ý"


def test_a_quote_in_two_parts_of_a_split_is_ambiguous():
    parts = [
        "Trả lời trong thời hạn 07 ngày làm việc.",
        "Mất thời hạn 07 ngày làm việc là quá hạn.",
    ]
    _, placement = reanchor_split(anchor("thời hạn 07 ngày làm việc"), OLD, parts)
    assert placement.status is Status.AMBIGUOUS


def test_a_quote_in_no_part_of_a_split_is_an_orphan():
    _, placement = reanchor_split(anchor("07 ngày"), OLD, ["Trả lời.", "Đồng ý."])
    assert placement.status is Status.ORPHAN


WORDS = st.sampled_from(
    ["cấp", "ủy", "tổ", "chức", "đảng", "thực", "hiện", "nghiêm", "07", "ngày", ",", ";", "."]
)
TEXTS = st.lists(WORDS, max_size=25).map(" ".join)


@st.composite
def anchored(draw: st.DrawFn) -> tuple[str, list[Anchor]]:
    text = draw(TEXTS)
    ends = st.integers(0, len(text))
    spans = draw(st.lists(st.tuples(ends, ends).map(sorted), max_size=5))
    return text, [Anchor(*span) for span in spans]


@given(anchored(), TEXTS)
def test_every_anchor_has_a_place_within_the_new_text(made, new):
    old, anchors = made
    placements = reanchor_all(anchors, old, new)
    assert len(placements) == len(anchors)
    for placement in placements:
        assert 0 <= placement.start <= placement.end <= len(new)
        assert 0 <= placement.kept <= 1


@given(anchored(), TEXTS)
def test_exact_means_the_same_words(made, new):
    old, anchors = made
    for anchor, placement in zip(anchors, reanchor_all(anchors, old, new), strict=True):
        if placement.status is Status.EXACT:
            assert new[placement.start : placement.end] == old[anchor.start : anchor.end]


@given(st.data(), st.integers(2, 20))
def test_edits_outside_a_quote_leave_it_exact(data, count):
    words = [f"chữ{number}" for number in range(count)]
    start = data.draw(st.integers(0, count - 1))
    end = data.draw(st.integers(start + 1, count))
    edited = st.sampled_from(["", "mới", "thêm chữ khác"])
    before = [data.draw(edited) for _ in words[:start]]
    after = [data.draw(edited) for _ in words[end:]]
    new = " ".join(filter(None, [*before, *words[start:end], *after]))
    old, quote = " ".join(words) + " ", " ".join(words[start:end]) + " "
    assert reanchor(anchor(quote, old), old, new + " ").status is Status.EXACT


def test_many_anchors_are_placed_as_each_alone():
    new = OLD.replace("07", "05").replace("đồng ý", "tán thành")
    anchors = [Anchor(start, end) for start in range(0, 80, 7) for end in range(start, 86, 9)]
    assert reanchor_all(anchors, OLD, new) == [reanchor(one, OLD, new) for one in anchors]
