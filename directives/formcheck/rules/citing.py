"""How documents of the Party are cited."""

import re
from collections.abc import Iterator

from directives.formcheck.rules.document import Document, Edit, Spot

# A number, a dash, a type, a body: `14-KL/TW`. Symbols of the State (`30/2020/NĐ-CP`) differ.
_CITED = re.compile(
    r"\b\d{1,5} ?[-–] ?[A-ZĐ][A-Za-zĐđ]*/[A-ZĐ]\w*(?:[-/]\w+)*"
    r"(?=(?P<gap>\s*(?:,\s*)?)ngày \d{1,2}(?: ?[-–/.] ?\d{1,2}(?!\d)| tháng))"
)
_RIGHT_GAP = re.compile(r",\s+")

# What is named right behind or ahead of a reference is the document that it refers to.
_OWN = re.compile(r",?(?: của)?(?: ban hành)?(?: kèm theo)? Chỉ thị này")
_ANOTHER_AHEAD = re.compile(
    r",? (?:(?:nêu|nói) trên )?(?:(?:của|tại|thuộc|trong|(?:ban hành )?kèm theo) )?"
    r"(?:Bộ luật|Chương|Công văn|Hiến pháp|Hướng dẫn|Kế hoạch|Kết luận|Luật|Nghị quyết|"
    r"Nghị định|Pháp lệnh|Quy chế|Quy định|Quyết định|Thông báo|Thông tư|Thông tri|Chương trình|"
    r"Chỉ thị(?! này)|Báo cáo|Công điện|Nội quy|Quy trình|Tờ trình|Đề án|Điều lệ|[Đđ]iều \d)"
)
# `tổng số 25 xã` cites nothing, `số 14-KL/TW` does.
_ANOTHER_BEHIND = re.compile(r"\bsố \d+ ?[-–/]|[Đđ]iều \d|Luật\b|Hiến pháp|Điều lệ")
_SENTENCE_ENDS = re.compile(r"[.;\n]\s")
_SEEN_BEHIND = 300


def missing_comma(document: Document) -> Iterator[Spot]:
    """“Kết luận số 14-KL/TW ngày 22/9/2021” lacks the comma before the date.

    Source: HD 36-HD/VPTW and HD 05-HD/VPTW, citing (party-format §1).
    """
    for passage in document.passages:
        for match in _CITED.finditer(passage.text):
            if not _RIGHT_GAP.fullmatch(gap := match["gap"]):
                start, end = match.end(), match.end() + len(gap)
                comma = Edit(passage.key, start, start, ",")
                retyped = Edit(passage.key, start, end, ", ")
                yield Spot(passage, *match.span(), comma if gap.isspace() else retyped)


def is_own(match: re.Match[str]) -> bool:
    """Whether “Chỉ thị này” is named right behind."""
    return bool(_OWN.match(match.string, match.end()))


def is_of_another(match: re.Match[str]) -> bool:
    """Whether a law or another document is named right behind, or ahead in the same sentence."""
    text, start, end = match.string, match.start(), match.end()
    if is_own(match):
        return False
    sentence = _SENTENCE_ENDS.split(text[max(start - _SEEN_BEHIND, 0) : start])[-1]
    return bool(_ANOTHER_AHEAD.match(text, end) or _ANOTHER_BEHIND.search(sentence))
