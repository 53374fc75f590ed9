"""References to provisions of the directive itself."""

import re
from collections.abc import Iterator

from directives.formcheck.rules import annexes
from directives.formcheck.rules.citing import is_of_another, is_own
from directives.formcheck.rules.document import Document, Passage, Spot
from directives.text import numbering
from directives.text.kinds import Kind

# `điểm y tế` is a place, `khoản 500 triệu đồng` a sum, `tài khoản 9` an account.
_LETTER = r"[a-zđ](?!\w)\)?(?! (?:tế|học|dược|bác|sĩ|tá)\b)"
_FIGURE = r"\d{1,3}(?![\w%]|[.,/]\d| (?:triệu|tỷ|tỉ|nghìn|ngàn|đồng|phần trăm)\b)"
_AND = r"(?:,| và|, và|;| hoặc| đến(?: hết)?| [-–](?= ))"
_POINTS = (
    rf"(?<!\w)(?<!quan )(?<!thời )(?<!địa )điểm (?P<{{name}}>{_LETTER}"
    rf"(?:{_AND}(?: điểm)? {_LETTER})*)"
)
_CLAUSES = (
    rf"(?<!\w)(?<!tài )(?<!điều )khoản (?P<clauses>{_FIGURE}(?:{_AND}(?: khoản)? {_FIGURE})*)"
)
_ANNEX = (
    r"(?P<in_annex>,?(?: của| tại| thuộc)? phụ lục(?: số)?"
    r"(?: (?P<annex>(?:[IVX]+|\d{1,2})(?!\w)))?(?!\w))?"
)
_REFERENCE = re.compile(
    rf"(?:(?:{_POINTS.format(name='points')},?(?: của)? )?{_CLAUSES}"
    rf"(?:,?(?: của)? (?:phần|mục) (?P<part>[IVX]+)(?!\w))?|{_POINTS.format(name='own')}){_ANNEX}",
    re.IGNORECASE,
)
# `khoản 2, điểm b` names the clause ahead of the point.
_CLAUSE_AHEAD = re.compile(r"khoản (\d{1,3}),? $", re.IGNORECASE)
_PART = re.compile(r"(?<!\w)(?:[Pp]hần|(?<!đề )[Mm]ục) (?P<part>[IVX]+)(?!\w)")
_COUNT = re.compile(r"(?<!\w)(?:\d+|[a-zđ])(?!\w)", re.IGNORECASE)
_NUMBERED = (Kind.ANNEX, Kind.PART, Kind.CLAUSE, Kind.POINT)

# Annex, part, clause, point: None in the main text, and for a part that is not named.
Place = tuple[int | None, int | None, int | None, int | None]


def dangling(document: Document) -> Iterator[Spot]:
    """“theo điểm b khoản 3” where there is no such point; those of other documents are left.

    Source: a reference names a provision that is there (numbering of party-format §1).
    """
    places = _places(document)
    for passage in document.passages:
        for match in _references(passage.text):
            if not is_of_another(match) and (missing := _missing(passage, match, places)):
                yield Spot(passage, *match.span(), facts={"missing": ", ".join(missing)})


def _references(text: str) -> list[re.Match[str]]:
    """In order: to clauses and points, and to parts alone."""
    found = list(_REFERENCE.finditer(text))
    ends = [match.end() for match in found]
    alone = (match for match in _PART.finditer(text) if match.end() not in ends)
    return sorted((*found, *alone), key=lambda match: match.start())


def resolved(document: Document) -> Iterator[tuple[Passage, int, int, Passage]]:
    """Each reference to one provision or one annex that is there: where it stands, and what it
    names; in the order of the text, and none inside another."""
    named = {
        tuple(map(passage.ordinal, _NUMBERED)): passage
        for passage in document.of_kind(Kind.CLAUSE, Kind.POINT, Kind.ANNEX)
    }
    for passage in document.passages:
        end_of_last = 0
        for start, end, place in sorted(_named_in(passage), key=lambda one: one[:2]):
            if place in named and start >= end_of_last:
                end_of_last = end
                yield passage, start, end, named[place]


def _named_in(passage: Passage) -> Iterator[tuple[int, int, Place | None]]:
    for match in _REFERENCE.finditer(passage.text):
        if not is_of_another(match):
            yield *match.span(), _one_place(passage, match)
    for match, ordinals in annexes.mentions_in(passage):
        if not is_of_another(match) and len(ordinals) == 1:
            yield *match.span(), (ordinals[0], None, None, None)


def _one_place(passage: Passage, match: re.Match[str]) -> Place | None:
    """The provision that is named, in the same part where no part is; None where several are."""
    annex, named = _annex(passage, match), match["part"]
    here = passage.ordinal(Kind.PART) if annex == passage.ordinal(Kind.ANNEX) else None
    part = numbering.ordinal_of(Kind.PART, named.upper()) if named else here
    points = [_ordinal(letter) for letter in _COUNT.findall(match["points"] or match["own"] or "")]
    if match["own"]:
        clauses = [] if match["in_annex"] else [_clause_of(passage, match)]
    else:
        clauses = [int(count) for count in _COUNT.findall(match["clauses"])]
    if len(clauses) != 1 or len(points) > 1:
        return None
    return annex, part, clauses[0], points[0] if points else None


def _annex(passage: Passage, match: re.Match[str]) -> int | None:
    """The annex that is named, else the one in which the reference stands; None in the text."""
    own = passage.ordinal(Kind.ANNEX)
    if match["annex"]:
        return annexes.ordinal_of(match["annex"])
    if match["in_annex"]:
        return own or 1
    return None if is_own(match) else own


def _places(document: Document) -> set[Place]:
    """What is there; a part of None stands for any."""
    found: set[Place] = set()
    for passage in document.passages:
        annex, part, clause, point = map(passage.ordinal, _NUMBERED)
        found |= {(annex, part, clause, point), (annex, None, clause, point)}
    return found


def _missing(passage: Passage, match: re.Match[str], places: set[Place]) -> list[str]:
    """What the reference names and the document lacks, as it is cited; of an annex that is not
    there another rule tells."""
    if match.re is _PART:
        return _missing_part(passage, match, places)
    annex = _annex(passage, match)
    if annex and (annex, None, None, None) not in places:
        return []
    where = _cited_annex(annex, places)
    if match["own"]:
        missing = [] if match["in_annex"] else _missing_points(passage, annex, match, places)
        return [f"{one}{where}" for one in missing]
    part = match["part"] and numbering.ordinal_of(Kind.PART, match["part"].upper())
    clauses = _COUNT.findall(match["clauses"])
    absent = [f"khoản {c}{where}" for c in clauses if (annex, part, int(c), None) not in places]
    if absent or not match["points"]:
        return absent
    clause = int(clauses[0])
    return [
        f"điểm {letter} khoản {clause}{where}"
        for letter in _COUNT.findall(match["points"])
        if (annex, part, clause, _ordinal(letter)) not in places
    ]


def _cited_annex(annex: int | None, places: set[Place]) -> str:
    """“ Phụ lục I”, and where there is but one “ Phụ lục”."""
    if annex is None:
        return ""
    alone = (2, None, None, None) not in places
    return " " + numbering.citation([numbering.Step(Kind.ANNEX, annex, alone)])


def _missing_part(passage: Passage, match: re.Match[str], places: set[Place]) -> list[str]:
    annex = None if is_own(match) else passage.ordinal(Kind.ANNEX)
    part = numbering.ordinal_of(Kind.PART, match["part"])
    return [] if (annex, part, None, None) in places else [f"phần {match['part']}"]


def _missing_points(
    passage: Passage, annex: int | None, match: re.Match[str], places: set[Place]
) -> list[str]:
    clause = _clause_of(passage, match)
    part = None if _CLAUSE_AHEAD.search(_ahead(match)) else passage.ordinal(Kind.PART)
    if clause is None or (annex, part, clause, None) not in places:
        return []
    return [
        f"điểm {letter} khoản {clause}"
        for letter in _COUNT.findall(match["own"])
        if (annex, part, clause, _ordinal(letter)) not in places
    ]


def _clause_of(passage: Passage, match: re.Match[str]) -> int | None:
    """Points named without a clause behind them are those of the clause named ahead, or of the
    clause that names them."""
    named = _CLAUSE_AHEAD.search(_ahead(match))
    return int(named[1]) if named else passage.ordinal(Kind.CLAUSE)


def _ahead(match: re.Match[str]) -> str:
    return match.string[max(match.start() - 12, 0) : match.start()]


def _ordinal(letter: str) -> int:
    """0, which no point has, for letters that are not counted with (f, j, w, z)."""
    return numbering.ordinal_of(Kind.POINT, letter.lower()) or 0
