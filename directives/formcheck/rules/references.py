"""References to provisions of the directive itself."""

import re
from collections.abc import Iterator

from directives.formcheck.rules.document import Document, Passage, Spot
from directives.text import numbering
from directives.text.kinds import Kind

# `điểm y tế` is a place, `khoản 500 triệu đồng` a sum, `tài khoản 9` an account.
_LETTER = r"[a-zđ](?!\w)(?! (?:tế|học|dược|bác|sĩ|tá)\b)"
_FIGURE = r"\d{1,3}(?![\w%]|[.,/]\d| (?:triệu|tỷ|tỉ|nghìn|ngàn|đồng|phần trăm)\b)"
_AND = r"(?:,| và|, và|;| hoặc)"
_POINTS = (
    rf"(?<!\w)(?<!quan )(?<!thời )(?<!địa )điểm (?P<{{name}}>{_LETTER}"
    rf"(?:{_AND}(?: điểm)? {_LETTER})*)"
)
_CLAUSES = (
    rf"(?<!\w)(?<!tài )(?<!điều )khoản (?P<clauses>{_FIGURE}(?:{_AND}(?: khoản)? {_FIGURE})*)"
)
_REFERENCE = re.compile(
    rf"(?:{_POINTS.format(name='points')},?(?: của)? )?{_CLAUSES}"
    rf"(?:,?(?: của)? (?:phần|mục) (?P<part>[IVX]+)(?!\w))?|{_POINTS.format(name='own')}",
    re.IGNORECASE,
)
_OWN = re.compile(r",?(?: của)? Chỉ thị này")
_ANOTHER_AHEAD = re.compile(
    r",? (?:(?:của|tại|thuộc|trong) )?(?:Bộ luật|Chương|Công văn|Hiến pháp|Hướng dẫn|Kế hoạch|"
    r"Kết luận|Luật|Nghị quyết|Nghị định|Pháp lệnh|Quy chế|Quy định|Quyết định|Thông báo|Thông tư|"
    r"Thông tri|Chương trình|Chỉ thị số|Đề án|Điều lệ|[Đđ]iều \d)"
)
_ANOTHER_BEHIND = re.compile(r"\bsố \d|[Đđ]iều \d|Luật\b|Hiến pháp|Điều lệ")
_SENTENCE_ENDS = re.compile(r"[.;\n]\s")
_SEEN_BEHIND = 300
_COUNT = re.compile(r"(?<!\w)(?:\d+|[a-zđ])(?!\w)", re.IGNORECASE)

Place = tuple[int | None, int | None, int | None]


def dangling(document: Document) -> Iterator[Spot]:
    """“theo điểm b khoản 3” where there is no such point; those of other documents are left.

    Source: a reference names a provision that is there (numbering of party-format §1).
    """
    places = _places(document)
    for passage in document.passages:
        for match in _REFERENCE.finditer(passage.text):
            if not _is_of_another(match) and (missing := _missing(passage, match, places)):
                yield Spot(passage, *match.span(), facts={"missing": ", ".join(missing)})


def resolved(document: Document) -> Iterator[tuple[Passage, int, int, Passage]]:
    """Each reference to one provision that is there: where it stands, and the provision."""
    named = {
        tuple(map(passage.ordinal, (Kind.PART, Kind.CLAUSE, Kind.POINT))): passage
        for passage in document.of_kind(Kind.CLAUSE, Kind.POINT)
    }
    for passage in document.passages:
        for match in _REFERENCE.finditer(passage.text):
            place = None if _is_of_another(match) else _one_place(passage, match)
            if place in named:
                yield passage, *match.span(), named[place]


def _one_place(passage: Passage, match: re.Match[str]) -> Place | None:
    """The provision that is named, in the same part where no part is; None where several are."""
    named = match["part"]
    part = numbering.ordinal_of(Kind.PART, named.upper()) if named else passage.ordinal(Kind.PART)
    points = [_ordinal(letter) for letter in _COUNT.findall(match["points"] or match["own"] or "")]
    if match["own"]:
        clauses = [passage.ordinal(Kind.CLAUSE)]
    else:
        clauses = [int(count) for count in _COUNT.findall(match["clauses"])]
    if len(clauses) != 1 or len(points) > 1:
        return None
    return part, clauses[0], points[0] if points else None


def _places(document: Document) -> set[Place]:
    """(part, clause, point) of what is there; a part of None stands for any."""
    found: set[Place] = set()
    for passage in document.passages:
        part, clause, point = map(passage.ordinal, (Kind.PART, Kind.CLAUSE, Kind.POINT))
        found |= {(part, clause, point), (None, clause, point)}
    return found


def _is_of_another(match: re.Match[str]) -> bool:
    """Whether a law or another document is named right behind, or ahead in the same sentence."""
    text, start, end = match.string, match.start(), match.end()
    if _OWN.match(text, end):
        return False
    sentence = _SENTENCE_ENDS.split(text[max(start - _SEEN_BEHIND, 0) : start])[-1]
    return bool(_ANOTHER_AHEAD.match(text, end) or _ANOTHER_BEHIND.search(sentence))


def _missing(passage: Passage, match: re.Match[str], places: set[Place]) -> list[str]:
    """What the reference names and the document lacks, as it is cited."""
    if match["own"]:
        return _missing_points(passage, match["own"], places)
    part = match["part"] and numbering.ordinal_of(Kind.PART, match["part"].upper())
    clauses = _COUNT.findall(match["clauses"])
    absent = [f"khoản {c}" for c in clauses if (part, int(c), None) not in places]
    if absent or not match["points"]:
        return absent
    clause = int(clauses[0])
    return [
        f"điểm {letter} khoản {clause}"
        for letter in _COUNT.findall(match["points"])
        if (part, clause, _ordinal(letter)) not in places
    ]


def _missing_points(passage: Passage, points: str, places: set[Place]) -> list[str]:
    """Points named without a clause are those of the clause that names them."""
    part, clause = passage.ordinal(Kind.PART), passage.ordinal(Kind.CLAUSE)
    if clause is None:
        return []
    return [
        f"điểm {letter} khoản {clause}"
        for letter in _COUNT.findall(points)
        if (part, clause, _ordinal(letter)) not in places
    ]


def _ordinal(letter: str) -> int:
    """0, which no point has, for letters that are not counted with (f, j, w, z)."""
    return numbering.ordinal_of(Kind.POINT, letter.lower()) or 0
