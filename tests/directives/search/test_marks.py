"""Marks on the original text."""

from hypothesis import given
from hypothesis import strategies as st

from directives.search.marks import LONGEST, excerpt, marks
from directives.search.query import parse
from directives.search.words import folded, words
from tests.directives.text.strategies import texts


def marked(text: str, typed: str) -> list[str]:
    return [text[span.start : span.end] for span in marks(text, parse(typed))]


def test_the_words_are_marked_as_they_are_written():
    assert marked("Các Đại biểu, ĐẠI BIỂU dự họp.", "dai bieu") == ["Đại biểu", "ĐẠI BIỂU"]


def test_a_phrase_is_marked_only_where_it_stands():
    text = "Đại diện đại biểu của biểu quyết"
    assert marked(text, '"đại biểu"') == ["đại biểu"]
    assert marked(text, "đại biểu") == ["Đại", "đại biểu", "biểu"]


def test_a_symbol_is_marked_as_one():
    assert marked("theo Kết luận số 14-KL/TW, ngày 22/9/2021", "14-kl/tw") == ["14-KL/TW"]


def test_a_word_that_may_go_on_is_marked_whole():
    unfinished = parse("đại bi").unfinished
    text = "Đại biểu Quốc hội"
    assert [text[s.start : s.end] for s in marks(text, unfinished)] == ["Đại biểu"]


def test_of_a_long_text_the_stretch_with_the_marks_is_shown_in_whole_words():
    text = "mở đầu " * 100 + "đại biểu dự họp " + "kết thúc " * 100
    pieces = excerpt(text, parse("dai bieu"))
    assert [piece.text for piece in pieces if piece.is_marked] == ["đại biểu"]
    assert pieces[0].text == "… "
    assert pieces[-1].text == " …"
    plain = "".join(piece.text for piece in pieces)
    assert set(plain.split()) <= {*text.split(), "…"}


def test_without_a_mark_the_beginning_is_shown():
    pieces = excerpt("từ đầu " * 100, parse("khác"))
    assert pieces[0].text.startswith("từ đầu")
    assert not any(piece.is_marked for piece in pieces)


@given(texts(), st.data())
def test_the_words_of_a_text_are_marked_however_they_are_typed(text, data):
    written = [text[word.start : word.end] for word in words(text)]
    if written:
        one = data.draw(st.sampled_from(written))
        typed = data.draw(st.sampled_from([one, one.upper(), folded(one)]))
        found = " ".join(folded(mark) for mark in marked(text, typed)).split()
        assert set(found) == {folded(one)}
        assert found.count(folded(one)) == folded(text).split().count(folded(one))


@given(texts(max_size=150), texts(max_size=3))
def test_an_excerpt_is_the_text_or_a_stretch_of_it(text, typed):
    pieces = excerpt(text, parse(typed))
    shown = "".join(piece.text for piece in pieces)
    if len(text) <= LONGEST:
        assert shown == text
    else:
        stretch = shown.removeprefix("… ").removesuffix(" …")
        assert stretch in text
        assert len(stretch) <= LONGEST + len(typed)
