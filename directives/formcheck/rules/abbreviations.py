"""Abbreviations that nobody has been told the meaning of."""

import re
from collections.abc import Iterator

from directives.formcheck.rules.document import Document, Passage, Spot, mended
from directives.formcheck.rules.spelling import CAPITALS, old_style, prevailing
from directives.text import numbering
from directives.text.kinds import Kind

KNOWN = {
    "ATGT": "an toàn giao thông",
    "BHXH": "bảo hiểm xã hội",
    "BHYT": "bảo hiểm y tế",
    "BTV": "Ban Thường vụ",
    "CCHC": "cải cách hành chính",
    "CNTT": "công nghệ thông tin",
    "GPMB": "giải phóng mặt bằng",
    "HĐND": "Hội đồng nhân dân",
    "HTCT": "hệ thống chính trị",
    "HTX": "hợp tác xã",
    "KT-XH": "kinh tế - xã hội",
    "MTTQ": "Mặt trận Tổ quốc",
    "NTM": "nông thôn mới",
    "PCTN": "phòng, chống tham nhũng",
    "QP-AN": "quốc phòng - an ninh",
    "TTHC": "thủ tục hành chính",
    "TU": "Tỉnh ủy",
    "TW": "Trung ương",
    "UBKT": "Ủy ban kiểm tra",
    "UBND": "Ủy ban nhân dân",
    "XHCN": "xã hội chủ nghĩa",
}
# Names that are nowhere written out.
ACCEPTED = {
    "AI", "AIDS", "APEC", "ASEAN", "COVID", "CPTPP", "DDCI", "EVFTA", "FDI", "FTA", "GDP", "GPS",
    "GRDP", "HIV", "ICT", "ISO", "IUU", "KPI", "OCOP", "ODA", "OECD", "PAPI", "PCI", "SIPAS",
    "UNESCO", "UNICEF", "VTV", "WHO", "WTO",
}  # fmt: skip

# Capitals without a tone: `QUYẾT` is a word, `QĐ-TTg` and `NQ/TW` are symbols, `COVID-19` a name.
# `KT-XH` is one however its dash is typed.
_SHORT = re.compile(
    r"(?<![\w/.'’-])(?:(?:KT ?[-–] ?XH|QP ?[-–] ?AN)"
    r"|[A-ZÂĂĐÊÔƠƯ]{2,}(?:-[A-ZÂĂĐÊÔƠƯ]{2,})*)(?![\w/'’-])"
)
_DASHED = re.compile(r" ?[-–] ?")
# Alone in brackets or with others: `(HĐND, UBND)`.
_TELLS_BEFORE = re.compile(r"(?:\((?:[A-ZÂĂĐÊÔƠƯ-]{2,}[,;] )*|\b(?:viết|gọi)(?: tắt)? là )[\"“]?$")
_TELLS_AFTER = re.compile(r"(?:[,;] [A-ZÂĂĐÊÔƠƯ-]{2,})*[\"”]?\)")
_CAPITALS_BEFORE = re.compile(rf"(?<!\w)[{CAPITALS}]{{2,}} $")
_CAPITALS_AFTER = re.compile(rf" [{CAPITALS}]{{2,}}(?!\w)")
_STARTS_SENTENCE = re.compile(r"(?:^|\n|[.!?] )$")
_SEEN_BEFORE = 40

Use = tuple[Passage, re.Match[str]]


def unexpanded(document: Document) -> Iterator[Spot]:
    """A known abbreviation before its full words; the fix writes them out.

    Source: practice of drafting, the full words stand at the first use.
    """
    spell = prevailing(document)
    for short, uses in _uses(document).items():
        passage, match = uses[0]
        if short in KNOWN and not (_is_told(match) or _written_before(document, short, uses[0])):
            full = _at_its_place(spell(KNOWN[short]), match)
            told = f"{full} ({short})" if len(uses) > 1 else full
            yield mended(passage, *match.span(), told, full=full)


def unknown(document: Document) -> Iterator[Spot]:
    """Other words of capitals only, at their first use, without an explanation.

    Source: the same practice; what the letters stand for only the writer knows.
    """
    for short, uses in _uses(document).items():
        passage, match = uses[0]
        if not (short in KNOWN or short in ACCEPTED or _is_told(match) or _is_shouted(match)):
            yield Spot(passage, *match.span())


def _uses(document: Document) -> dict[str, list[Use]]:
    """In the order of first use. Recipients are listed in short by custom."""
    found: dict[str, list[Use]] = {}
    for passage in document.without(Kind.RECIPIENTS):
        for match in _SHORT.finditer(passage.text):
            short = _DASHED.sub("-", match[0])
            if numbering.ordinal_of(Kind.PART, short) is None:
                found.setdefault(short, []).append((passage, match))
    return found


def _is_told(match: re.Match[str]) -> bool:
    """`(UBND)` behind the full words, or `(sau đây viết tắt là UBND)`."""
    ahead = _TELLS_AFTER.match(match.string, match.end())
    return bool(ahead and _TELLS_BEFORE.search(_before(match)))


def _is_shouted(match: re.Match[str]) -> bool:
    """A word among words in capitals."""
    return bool(
        _CAPITALS_BEFORE.search(_before(match)) or _CAPITALS_AFTER.match(match.string, match.end())
    )


def _written_before(document: Document, short: str, use: Use) -> bool:
    full, (passage, match) = KNOWN[short].lower(), use
    for earlier in document.passages:
        end = match.start() if earlier is passage else len(earlier.text)
        if full in old_style(earlier.text[:end]).lower():
            return True
        if earlier is passage:
            break
    return False


def _at_its_place(full: str, match: re.Match[str]) -> str:
    starts = _STARTS_SENTENCE.search(_before(match))
    return full[0].upper() + full[1:] if starts else full


def _before(match: re.Match[str]) -> str:
    return match.string[max(match.start() - _SEEN_BEFORE, 0) : match.start()]
