import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directives.text.normalise import fold, lines, normalise, strip_word_markup


def test_decomposed_letters_become_composed_ones():
    decomposed = unicodedata.normalize("NFD", "Tỉnh ủy Lâm Đồng")
    assert len(decomposed) == 21
    assert normalise(decomposed) == "Tỉnh ủy Lâm Đồng"


def test_every_kind_of_line_break_is_one():
    assert normalise("a\r\nb\rc\vd\fe\u2028g\u2029h") == "a\nb\nc\nd\ne\ng\nh"
    assert lines("a\r\nb\vc") == ["a", "b", "c"]


def test_what_cannot_be_seen_is_removed():
    assert normalise("\ufeffcấp\u200b \xadủy\x00\x07\u202e\ud800") == "cấp ủy"


def test_an_invisible_sign_inside_a_letter_does_not_keep_it_apart():
    assert normalise("u\u200d\u0309y") == "ủy"


def test_odd_spaces_and_tabs_are_spaces():
    assert normalise("07\xa0ngày\u2009làm\tviệc") == "07 ngày làm việc"


def test_ends_of_lines_and_outer_blank_lines_go_and_inner_ones_stay():
    assert normalise("\n \n  a  \n\n b\t\n \n") == "  a\n\n b"


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    once = normalise(text)
    assert normalise(once) == once
    assert unicodedata.is_normalized("NFC", once)
    once.encode()


def test_search_ignores_case_tones_and_the_bar_of_đ():
    assert fold("ĐẢNG ỦY") == "dang uy"
    assert fold("hoà") == fold("hòa") == "hoa"
    assert fold("Trưởng đoàn") == "truong doan"


def test_a_paragraph_pasted_from_word_is_plain_lines():
    markup = (
        "<!--[if gte mso 9]><xml><o:Office/></xml><![endif]--><style>p {margin:0}</style>"
        "<p class=MsoNormal style='text-align:justify'><b>1. Nâng cao\nnhận thức</b><o:p></o:p></p>"
        "<p class=MsoNormal>Kỷ luật &amp; kỷ&nbsp;cương &lt; 7</p>"
        "<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>·"
        "<span>&nbsp;&nbsp; </span></span><![endif]>Cải tiến</p>"
    )
    assert normalise(strip_word_markup(markup)) == (
        "1. Nâng cao nhận thức\nKỷ luật & kỷ cương < 7\n- Cải tiến"
    )


def test_lists_and_tables_keep_their_items_and_cells_apart():
    markup = "<ul><li>Một<li>Hai</ul><table><tr><td>Nơi nhận:</td><td>BÍ THƯ</td></tr></table>"
    assert strip_word_markup(markup) == "- Một\n- Hai\nNơi nhận:\tBÍ THƯ"


def test_bullets_of_a_plain_paste_are_dashes_and_pluses():
    assert strip_word_markup("·\tMột\no\tHai\n\uf0b7\tBa") == "- Một\n+ Hai\n- Ba"


def test_ordinary_text_keeps_its_signs():
    for text in ("quá hạn < 7 ngày & > 3", "a <b và c", "x<y>z", "A &amp; B", "5 <đoạn> 6"):
        assert strip_word_markup(text) == text


def test_a_tag_that_is_none_stays_beside_one_that_is():
    assert strip_word_markup("<p>xem <phu-luc> này</p>") == "xem <phu-luc> này"


@given(
    st.lists(st.sampled_from(["<p>", "</p", "<![", "<!--", "-->", "&", "<", "ủy", "]>", "<o:p"]))
)
def test_broken_markup_never_raises(pieces):
    assert isinstance(strip_word_markup("<p>" + "".join(pieces)), str)


def test_a_comment_that_never_ends_is_kept_as_text():
    assert strip_word_markup("<p>một <!-- hai") == "một <!-- hai"


@pytest.mark.parametrize("piece", ["<!--", "<a ", "<a b='", "<![", "<style>", "&", "</"])
def test_markup_that_never_ends_takes_no_time(piece):
    started = time.perf_counter()
    strip_word_markup("<p>" + piece * 50_000)
    assert time.perf_counter() - started < 5
