"""Text typed in the fonts before Unicode: TCVN3 (`.VnTime`) and VNI (`VNI-Times`).

Both put Vietnamese letters on the places of Western ones, so that only the name of the font tells.
Sources: TCVN 5712:1993 (the table of iconv's TCVN5712-1), the VNI Windows table.
"""

import re
import unicodedata
from typing import Literal

Encoding = Literal["", "tcvn3", "tcvn3_capitals", "vni", "vni_capitals"]

_TCVN3 = str.maketrans(
    dict(
        zip(
            "µ¶·¸¹¨¾»¼½Æ©ÊÇÈÉË®ÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ¡¢§£¤¥¦",
            "àảãáạăắằẳẵặâấầẩẫậđéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵĂÂĐÊÔƠƯ",
            strict=True,
        )
    )
)
# What stands behind a vowel, as the combining marks it means.
_VNI_MARKS = {
    "ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323",
    "â": "\u0302", "á": "\u0302\u0301", "à": "\u0302\u0300", "å": "\u0302\u0309",
    "ã": "\u0302\u0303", "ä": "\u0302\u0323",
    "ê": "\u0306", "é": "\u0306\u0301", "è": "\u0306\u0300", "ú": "\u0306\u0309",
    "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị",
                "î": "ỵ"}  # fmt: skip
_TONES = "ùøûõï"
_MARKED = re.compile(
    rf"a[{''.join(_VNI_MARKS)}]|[eo][{_TONES}âáàåãä]|[uyôö][{_TONES}]|.",
    re.IGNORECASE | re.DOTALL,
)
_VNI_END, _VNI_START = re.compile(r"[aeouyôö]$", re.IGNORECASE), frozenset(_VNI_MARKS)
# Word shows an old font's characters in the private area when it takes it for a symbol font.
_PRIVATE = {0xF000 + code: code for code in range(0x20, 0x100)}
_BEYOND_WESTERN = re.compile("[\u0100-\u1eff]")


def encoding_of(font: str) -> Encoding:
    """By its name; the fonts of capitals have names that end in H (`.VnTimeH`)."""
    name = font.strip().lower()
    if name.startswith(".vn"):
        return "tcvn3_capitals" if name.endswith("h") else "tcvn3"
    return "vni" if re.match(r"vni[-\s]", name) else ""


def in_capitals(text: str, encoding: Encoding) -> tuple[str, Encoding]:
    """As capitals: in an old font only once the letters are known, `ñ` being `ủ` there."""
    if not encoding:
        return text.upper(), encoding
    return text, "vni_capitals" if encoding.startswith("vni") else "tcvn3_capitals"


def to_unicode(text: str, encoding: Encoding) -> str:
    """NFC. Text that holds Unicode's own Vietnamese letters was never in an old font."""
    text = text.translate(_PRIVATE) if encoding else text
    if encoding and not _BEYOND_WESTERN.search(text):
        text = _from_vni(text) if encoding.startswith("vni") else text.translate(_TCVN3)
    text = text.upper() if encoding.endswith("_capitals") else text
    return unicodedata.normalize("NFC", text)


def is_cut_letter(before: str, after: str) -> bool:
    """Whether a VNI letter is cut between its vowel and its mark."""
    return bool(_VNI_END.search(before)) and after[:1].lower() in _VNI_START


def _from_vni(text: str) -> str:
    return _MARKED.sub(_letter, unicodedata.normalize("NFC", text))


def _letter(found: re.Match[str]) -> str:
    vowel, mark = found.group()[0], found.group()[1:]
    letter = _VNI_LETTERS.get(vowel.lower(), vowel)
    letter = letter.upper() if vowel.isupper() else letter
    return letter + _VNI_MARKS.get(mark.lower(), "")
