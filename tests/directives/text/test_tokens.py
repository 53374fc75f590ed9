from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.text.tokens import (
    ends_of_tokens,
    has_one_word_at_most,
    has_word,
    tokenise,
    words,
)
from tests.directives.text.strategies import texts


@given(st.one_of(texts(), st.text()))
def test_joining_the_tokens_gives_the_text(text: str) -> None:
    assert "".join(tokenise(text)) == text


@given(st.one_of(texts(), st.text()))
def test_the_ends_of_tokens_are_where_the_tokens_end(text: str) -> None:
    ends = list(accumulate(map(len, tokenise(text))))
    expected = [(t, e) for t, e in zip(tokenise(text), ends, strict=True) if not t.isspace()]
    assert list(zip(*ends_of_tokens(text, 0, len(text)), strict=True)) == expected


def test_the_ends_of_tokens_are_counted_in_the_whole_text() -> None:
    assert ends_of_tokens("Số 14-KL/TW, ngày", 3, 12) == (["14-KL/TW", ","], [11, 12])


@pytest.mark.parametrize(
    "token",
    [
        "nghiêng",
        "14-KL/TW",
        "08-QĐi/TW",
        "22/9/2021",
        "05/2024/NĐ-CP",
        "2021-2025",
        "1.250,5",
        "K'Lũy",
        "K’Brẻ",
        "ơ̆ng",
        "A4",
        ",",
        "…",
        " \n ",
    ],
)
def test_one_token_is_left_whole(token: str) -> None:
    assert tokenise(token) == [token]


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("ngày 22/9/2021.", ["ngày", " ", "22/9/2021", "."]),
        ("số 14-KL/TW, ngày", ["số", " ", "14-KL/TW", ",", " ", "ngày"]),
        ("đ) Các", ["đ", ")", " ", "Các"]),
        ("1- Cấp", ["1", "-", " ", "Cấp"]),
        ("năm 2021.Các", ["năm", " ", "2021", ".", "Các"]),
        ("T/M", ["T", "/", "M"]),
        ("“Dân vận khéo”", ["“", "Dân", " ", "vận", " ", "khéo", "”"]),
    ],
)
def test_marks_beside_words_are_tokens_of_their_own(text: str, tokens: list[str]) -> None:
    assert tokenise(text) == tokens


def test_words_are_neither_marks_nor_spaces() -> None:
    assert words("Số 14-KL/TW, __ (ơ̆ng)") == ["Số", "14-KL/TW", "ơ̆ng"]


def test_a_word_is_looked_for_between_the_given_places_only() -> None:
    assert has_word("ab, .; cd", 0, 9)
    assert not has_word("ab, .; cd", 2, 7)
    assert not has_word("ab _ cd", 2, 5)


@given(texts())
def test_one_word_at_most_means_one_at_most(text: str) -> None:
    assert has_one_word_at_most(text, 0, len(text)) == (len(words(text)) <= 1)
