"""Old fonts: every Vietnamese letter, both cases."""

import pytest

from directives.incoming.legacy_fonts import encoding_of, to_unicode

SMALL = "aàảãáạăằẳẵắặâầẩẫấậbcdđeèẻẽéẹêềểễếệghiìỉĩíịklmnoòỏõóọôồổỗốộơờởỡớợpqrstuùủũúụưừửữứựvxyỳỷỹýỵ"
IN_TCVN3 = (
    "aµ¶·¸¹¨»¼½¾Æ©ÇÈÉÊËbcd®eÌÎÏÐÑªÒÓÔÕÖghi×ØÜÝÞklmnoßáâãä«åæçèé¬êëìíîpqrstuïñòóô\xadõö÷øùvxyúûüýþ"
)
IN_VNI = [
    "a", "aø", "aû", "aõ", "aù", "aï", "aê", "aè", "aú", "aü", "aé", "aë", "aâ", "aà", "aå", "aã",
    "aá", "aä", "b", "c", "d", "ñ", "e", "eø", "eû", "eõ", "eù", "eï", "eâ", "eà", "eå", "eã",
    "eá", "eä", "g", "h", "i", "ì", "æ", "ó", "í", "ò", "k", "l", "m", "n", "o", "oø", "oû", "oõ",
    "où", "oï", "oâ", "oà", "oå", "oã", "oá", "oä", "ô", "ôø", "ôû", "ôõ", "ôù", "ôï", "p", "q",
    "r", "s", "t", "u", "uø", "uû", "uõ", "uù", "uï", "ö", "öø", "öû", "öõ", "öù", "öï", "v", "x",
    "y", "yø", "yû", "yõ", "yù", "î",
]  # fmt: skip


def test_every_small_letter_of_tcvn3():
    assert to_unicode(IN_TCVN3, "tcvn3") == SMALL


def test_a_font_of_capitals_prints_capitals():
    assert to_unicode(IN_TCVN3, "tcvn3_capitals") == SMALL.upper()
    assert to_unicode("¡¢§£¤¥¦", "tcvn3") == "ĂÂĐÊÔƠƯ"


@pytest.mark.parametrize(("letter", "written"), list(zip(SMALL, IN_VNI, strict=True)))
def test_every_letter_of_vni_in_both_cases(letter, written):
    assert to_unicode(written, "vni") == letter
    assert to_unicode(written.upper(), "vni") == letter.upper()


def test_sentences():
    assert to_unicode("Céng hßa x· héi chñ nghÜa ViÖt Nam", "tcvn3") == (
        "Cộng hòa xã hội chủ nghĩa Việt Nam"
    )
    assert to_unicode("Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam", "vni") == (
        "Cộng hòa xã hội chủ nghĩa Việt Nam"
    )
    assert to_unicode("ÑAÛNG COÄNG SAÛN VIEÄT NAM", "vni") == "ĐẢNG CỘNG SẢN VIỆT NAM"


def test_fonts_are_known_by_their_names():
    assert encoding_of(".VnTime") == encoding_of(".VnArial Narrow") == "tcvn3"
    assert encoding_of(".VnTimeH") == encoding_of(".vnarialh") == "tcvn3_capitals"
    assert encoding_of("VNI-Times") == encoding_of("VNI Helve") == "vni"
    assert encoding_of("Times New Roman") == encoding_of("VNisans") == encoding_of("") == ""


def test_text_that_is_unicode_already_stays_whatever_its_font():
    assert to_unicode("Tỉnh ủy", "tcvn3") == "Tỉnh ủy"
    assert to_unicode("Tỉnh ủy", "vni") == "Tỉnh ủy"
    assert to_unicode("Tỉnh ủy", "") == "Tỉnh ủy"


def test_letters_that_word_put_into_the_private_area_are_found():
    assert to_unicode("\uf0b5\uf0b8", "tcvn3") == "àá"
