from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.text.diff import diff
from directives.text.provenance import SourceSpan, carry
from directives.text.tokens import has_word, words
from tests.directives.text.strategies import revisions

OLD = "Các cấp ủy báo cáo kết quả thực hiện trước ngày 22/9/2021."


def span_of(words_: str, text: str = OLD, ids: tuple[str, ...] = ("12",)) -> SourceSpan:
    start = text.index(words_)
    return SourceSpan(start, start + len(words_), ids)


@pytest.mark.parametrize(
    "new",
    [
        OLD,
        "Trong tháng, " + OLD,
        OLD.replace("Các cấp ủy", "Mọi tổ chức đảng"),
        OLD.replace("22/9/2021", "30/9/2021") + " Hết.",
        OLD.replace("báo cáo ", "gửi báo cáo về ").replace("thực hiện ", ""),
    ],
)
def test_editing_around_a_span_moves_it(new: str) -> None:
    assert carry([span_of("kết quả")], OLD, new) == [span_of("kết quả", new)]


def test_words_written_inside_a_span_are_not_its_own() -> None:
    new = OLD.replace("kết quả thực hiện", "kết quả bước đầu thực hiện")
    assert carry([span_of("kết quả thực hiện")], OLD, new) == [
        span_of("kết quả ", new),
        span_of("thực hiện", new),
    ]


def test_what_is_left_of_a_span_keeps_its_ids() -> None:
    new = OLD.replace("kết quả thực hiện", "việc thực hiện")
    assert carry([span_of("kết quả thực hiện")], OLD, new) == [span_of(" thực hiện", new)]


def test_a_span_whose_words_are_gone_is_gone() -> None:
    new = OLD.replace("kết quả thực hiện", "tình hình")
    assert carry([span_of("kết quả thực hiện")], OLD, new) == []


def test_a_changed_mark_keeps_its_source_while_it_stands() -> None:
    mark = SourceSpan(len(OLD) - 1, len(OLD), ("7",))
    new = "Nay " + OLD
    assert carry([mark], OLD, new) == [SourceSpan(len(new) - 1, len(new), ("7",))]
    assert carry([mark], OLD, OLD[:-1] + ";") == []


@pytest.mark.parametrize(
    ("new", "place"),
    [
        (OLD, "kết quả"),
        ("Nay " + OLD, "kết quả"),
        (OLD.replace("kết quả", "tình hình"), "tình hình"),
        (OLD.replace("báo cáo ", "thông báo "), "kết quả"),
    ],
)
def test_a_deletion_stays_while_the_text_on_one_side_stays(new: str, place: str) -> None:
    deletion = SourceSpan(OLD.index("kết quả"), OLD.index("kết quả"), ("3",))
    assert carry([deletion], OLD, new) == [SourceSpan(new.index(place), new.index(place), ("3",))]


def test_a_deletion_goes_with_the_text_around_it() -> None:
    deletion = SourceSpan(OLD.index("kết quả"), OLD.index("kết quả"), ("3",))
    assert carry([deletion], OLD, OLD.replace("báo cáo kết quả", "tổng hợp tình hình")) == []


def test_the_deletion_of_a_whole_text_stays_while_the_text_is_empty() -> None:
    assert carry([SourceSpan(0, 0, ("3",))], "", "") == [SourceSpan(0, 0, ("3",))]


@st.composite
def sourced_revisions(draw: st.DrawFn) -> tuple[list[SourceSpan], str, str]:
    old, new = draw(revisions())
    cuts = sorted(draw(st.lists(st.integers(0, len(old)), max_size=5)))
    spans = [
        SourceSpan(start, end, (str(number),)) for number, (start, end) in enumerate(pairwise(cuts))
    ]
    return spans, old, new


@given(sourced_revisions())
def test_a_carried_span_holds_only_what_its_source_held(
    revision: tuple[list[SourceSpan], str, str],
) -> None:
    spans, old, new = revision
    held = {span.ids: old[span.start : span.end] for span in spans}
    for start, end, ids in carry(spans, old, new):
        assert 0 <= start <= end <= len(new)
        assert new[start:end] in held[ids]
        assert has_word(new, start, end) or not words(held[ids])


@given(sourced_revisions())
def test_no_kept_word_loses_its_source(revision: tuple[list[SourceSpan], str, str]) -> None:
    _, old, new = revision
    whole = [SourceSpan(0, len(old), ("1",))]
    kept = Counter(word for op in diff(old, new) if op.kind == "equal" for word in words(op.old))
    carried = Counter(word for s in carry(whole, old, new) for word in words(new[s.start : s.end]))
    assert carried == kept


@given(sourced_revisions())
def test_an_unchanged_text_keeps_all_spans(revision: tuple[list[SourceSpan], str, str]) -> None:
    spans, old, _ = revision
    assert carry(spans, old, old) == sorted(spans)
