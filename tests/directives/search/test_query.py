"""What may be typed, and what is understood."""

from hypothesis import given
from hypothesis import strategies as st

from directives.search.engine import for_fts5, for_tsquery
from directives.search.query import MAX_WORDS, Query, parse


def terms(typed: str) -> list[tuple[str, ...]]:
    return [term.words for term in parse(typed).terms]


def test_words_stand_alone_and_quoted_ones_together():
    assert terms("đại biểu") == [("dai",), ("bieu",)]
    assert terms('"đại biểu" hội nghị') == [("dai", "bieu"), ("hoi",), ("nghi",)]
    assert terms("“kỷ luật, kỷ cương”") == [("ky", "luat", "ky", "cuong")]


def test_a_number_with_its_symbol_is_a_phrase():
    assert terms("Chỉ thị 05-CT/TU") == [("chi",), ("thi",), ("05", "ct", "tu")]


def test_a_quote_that_is_not_closed_is_no_quote():
    assert terms('"đại biểu') == [("dai",), ("bieu",)]
    assert terms('"') == []


def test_the_last_word_may_go_on_unless_it_is_quoted_or_a_number():
    unfinished = parse("đại bi").unfinished
    assert unfinished is not None
    assert [term.beginning for term in unfinished.terms] == [False, True]
    assert parse('đại "bi"').unfinished is None
    assert parse("năm 20").unfinished is None
    assert parse("đại b").unfinished is None
    assert parse("").unfinished is None


def test_one_letter_is_too_short():
    assert not parse("a").is_long_enough
    assert not parse('"-"').is_long_enough
    assert parse("ủy").is_long_enough


def test_more_words_than_anybody_reads_are_left_out():
    assert len(terms("từ " * 100)) == MAX_WORDS
    assert len(terms('"' + "từ " * 100 + '"')[0]) == MAX_WORDS


@given(st.text())
def test_nothing_typed_reaches_a_database_but_words(typed):
    query = parse(typed)
    for asked in (query, query.unfinished or query):
        assert isinstance(asked, Query)
        if asked.terms:
            words = [word for term in asked.terms for word in term.words]
            assert all(word.isalnum() for word in words)
            assert for_fts5(asked).count('"') == 2 * len(asked.terms)
            assert for_tsquery(asked).count("'") == 2 * len(words)
