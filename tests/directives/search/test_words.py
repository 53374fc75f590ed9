"""One rule for what is looked in and what is looked for."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from directives.search.words import folded, words
from tests.directives.text.strategies import texts

TONES = "\u0300\u0301\u0303\u0309\u0323"


def without_tones(text: str) -> str:
    """As a keyboard without Vietnamese would give it."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return bare.replace("đ", "d").replace("Đ", "D")


def test_tones_case_and_the_stroked_d_do_not_part_words():
    assert folded("Đại biểu") == folded("ĐẠI BIỂU") == folded("dai bieu") == "dai bieu"
    assert folded("Quyết định") == "quyet dinh"
    assert folded("hoà bình") == folded("hòa bình")


def test_a_symbol_is_its_words():
    assert folded("05-CT/TU") == "05 ct tu"
    assert folded("Ê Đê, K'Ho; 2.500 hộ") == "e de k ho 2 500 ho"


@given(texts())
def test_a_text_is_found_without_its_tones_and_in_any_case(text):
    wanted = folded(text)
    assert folded(without_tones(text)) == wanted
    assert folded(text.upper()) == folded(text.lower()) == wanted
    assert folded(unicodedata.normalize("NFD", text)) == wanted


@given(st.text())
def test_folded_words_hold_nothing_but_letters_digits_and_single_spaces(text):
    found = folded(text)
    assert folded(found) == found
    assert all(word.isalnum() for word in found.split(" ") if found)


@given(st.one_of(texts(), st.text()))
def test_each_word_stands_where_it_says(text):
    end = 0
    for word in words(text):
        assert end <= word.start < word.end <= len(text)
        assert folded(text[word.start : word.end]) == word.folded
        end = word.end
