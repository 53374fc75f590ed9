"""Cutting a whole pasted directive into provisions by its numbering.

Nothing is lost: every line that says something is in a unit or in `Cut.dropped`, and whatever the
numbering left open is marked for a person to look at.
"""

import re
from dataclasses import dataclass, field
from itertools import takewhile, zip_longest
from typing import NamedTuple, Protocol

from directives.text import annexes, numbering
from directives.text.annexes import Annex
from directives.text.kinds import LEVELS, Kind, indent, outdent
from directives.text.lines import Line, ends_sentence, is_capital, is_wordless
from directives.text.normalise import lines, normalise

__all__ = ["LEVELS", "Cut", "CutUnit", "Kind", "Line", "Unit", "cut", "indent", "outdent"]

NUMBER_GAP = "number_gap"
PARAGRAPH_IN_DOUBT = "paragraph_in_doubt"
CELLS = " | "
UNKNOWN_NUMBERING = "unknown_numbering"


class Unit(Protocol):
    """A provision to be compared: `key` stays with it through all drafts, None from a file."""

    @property
    def key(self) -> str | None: ...

    @property
    def text(self) -> str: ...


@dataclass(slots=True)
class CutUnit:
    """A provision found in a pasted text.

    `text` is without the number, which `mark` holds as it was printed. `headed`: the first line of
    the text is a heading. `lines`: the first and the last line it came from, counted from 1.
    `doubt`: empty when sure, else number_gap, paragraph_in_doubt or unknown_numbering.
    """

    kind: Kind
    text: str
    headed: bool
    lines: tuple[int, int]
    doubt: str = ""
    mark: str = ""

    def add(self, line: Line, joint: str) -> None:
        self.text = f"{self.text}{joint}{line.text}" if self.text else line.text
        self.lines = (self.lines[0], line.number)


@dataclass(slots=True)
class Cut:
    units: list[CutUnit] = field(default_factory=list)
    dropped: list[Line] = field(default_factory=list)

    def add(self, kind: Kind, line: Line, doubt: str = "") -> None:
        self.units.append(CutUnit(kind, line.text, False, (line.number,) * 2, doubt))


class _Mark(NamedTuple):
    kind: Kind
    known: bool
    pattern: re.Pattern[str]


_DASH = re.compile(r"[-–—•·●▪*]\s*(?=\w|[\"“'(])")
_CAPITALS = "".join(filter(str.isupper, map(chr, range(0x1EFA))))
# Two capitals after `14-` are a reference (14-KL/TW), a digit after it or after `1.` is a figure.
_NO_REFERENCE = rf"(?![{_CAPITALS}]{{2}}|\s*\d)"
_MARKS = [
    _Mark(kind, known, re.compile(pattern))
    for kind, known, pattern in (
        (Kind.PART, True, r"(?P<count>[IVX]+)\s*[-–—.):/](?=\s|\w\w|$)\s*"),
        (Kind.PART, True, r"(?i:phần)\s+(?P<count>[IVX]+)\b\s*[-–—.):]?\s*"),
        (Kind.CLAUSE, True, rf"(?P<count>\d{{1,3}})\s*(?:[.)](?!\d)|[-–—]{_NO_REFERENCE})\s*"),
        (Kind.POINT, True, r"(?P<count>[a-zđ])\s*(?:[).](?=\s|\w\w|$)|/(?=\s))\s*"),
        (Kind.POINT, True, r"(?P<count>[a-zđ]{2})\)(?:\s+|$)"),
        (Kind.PLUS, True, r"\+\s*(?=\S)"),
        (Kind.DASH, True, _DASH),
        (Kind.CLAUSE, False, r"(?i:điều|khoản)\s+\d+\s*[.:)-]\s*"),
        (Kind.PART, False, r"(?i:chương|mục)\s+(?:\d+|[IVX]+)\b\s*[.:)-]?\s*"),
        (Kind.PART, False, rf"[{_CAPITALS}]\s*[.)](?=\s)\s*"),
        (Kind.POINT, False, rf"(?:\d{{1,2}}\.)+\d{{1,2}}[.)]?\s+(?=[{_CAPITALS}])"),
        (Kind.POINT, False, r"\((?:\d{1,2}|[a-zđ])\)\s*"),
    )
]
_COUNTED = {Kind.PART, Kind.CLAUSE, Kind.POINT}
_HEADED = {Kind.PART, Kind.CLAUSE}
_LONGEST_HEADING = 250
_LONGEST_SIGNATURE = 80
_LONGEST_HEADER = 200
_LINES_OF_HEADER = 40
_LINES_OF_SUBJECT = 10

_TITLE = re.compile(r"CHỈ THỊ\b[\s:]*")
_SUBJECT = re.compile(r"(?:về|v/v)\s", re.IGNORECASE)
_BASIS = re.compile(r"(?:căn cứ|xét|theo|thực hiện)\s", re.IGNORECASE)
_CLOSING = re.compile(r"chỉ thị này\s", re.IGNORECASE)
_RECIPIENTS = re.compile(r"nơi nhận\s*(?::\s*|$)", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?:T/M|TM\.?|K/T|KT\.?|T/L|TL\.?|Q\.)\s+\w")
_PLACE_AND_DATE = re.compile(
    r"[^,;.]{0,60},\s*ngày[\s\d.…_]*tháng[\s\d.…_]*năm[\s\d.…_]*$", re.IGNORECASE
)
_HEADER = re.compile(r"(?:số\s*:?\s*\S*\s*-\s*\S+/\S+|dự thảo\b.{0,40})$", re.IGNORECASE)
_ITEM_ENDS = " .,;"


def cut(text: str) -> Cut:
    """Never raises: a text without any numbering becomes paragraphs of the preamble."""
    result = Cut()
    main, annexed = annexes.split(_read(text), _is_marked)
    body, foot = _sections(_cut_head(main, result))
    _cut_body(body, result)
    _cut_foot(foot, result)
    for annex in annexed:
        _cut_annex(annex, result)
    _mark_headings(result.units)
    _mark_gaps(result.units)
    result.dropped.sort()
    return result


def _read(text: str) -> list[Line]:
    """The lines that are not blank; tabs stay, since they part the cells of a table."""
    cells = (
        (number, [normalise(cell).strip() for cell in line.split("\t")])
        for number, line in enumerate(lines(text), start=1)
    )
    return [Line(number, "\t".join(filter(None, row))) for number, row in cells if any(row)]


def _mark(text: str) -> tuple[_Mark, re.Match[str]] | None:
    if _is_signature(text):  # `Q. BÍ THƯ` has the look of a number
        return None
    found = ((mark, mark.pattern.match(text)) for mark in _MARKS)
    return next(((mark, match) for mark, match in found if match), None)


def _is_marked(text: str) -> bool:
    return _mark(text) is not None


def _numbered(line: Line) -> bool:
    mark = _mark(line.text)
    return mark is not None and mark[0].kind in _COUNTED


# The head: everything down to the dashes under the subject.


def _cut_head(source: list[Line], result: Cut) -> list[Line]:
    """Cut the header and the subject; return the lines that are left."""
    header = list(takewhile(lambda line: not _numbered(line), source[:_LINES_OF_HEADER]))
    titles = (place for place, line in enumerate(header) if _TITLE.match(line.text))
    title = next(titles, None)
    if title is None:
        header = list(takewhile(_is_header, header))
        result.dropped += header
        return _cut_subject(source[len(header) :], result, titled=False)
    for line in header[:title]:
        if _is_header(line):
            result.dropped.append(line)
        else:
            result.add(Kind.PREAMBLE, line, PARAGRAPH_IN_DOUBT)
    return _cut_subject(_cut_title(source[title:], result), result, titled=True)


def _is_header(line: Line) -> bool:
    return len(line.text) <= _LONGEST_HEADER and all(
        _HEADER.match(cell) or _PLACE_AND_DATE.match(cell) or is_capital(cell)
        for cell in line.text.split("\t")
    )


def _cut_title(source: list[Line], result: Cut) -> list[Line]:
    title, *rest = source
    subject = _TITLE.sub("", title.text, count=1)
    if subject:
        return [Line(title.number, subject), *rest]
    result.dropped.append(title)
    if rest and rest[0].text.startswith("CỦA "):  # the committee, as other bodies print it
        result.dropped.append(rest.pop(0))
    return rest


def _cut_subject(source: list[Line], result: Cut, titled: bool) -> list[Line]:
    length = _length_of_subject(source, titled)
    if length:
        first, *more = source[:length]
        result.add(Kind.SUBJECT, first)
        for line in more:
            result.units[-1].add(line, " ")
    return source[length:]


def _length_of_subject(source: list[Line], titled: bool) -> int:
    """How many lines: down to the dashes, or without dashes as far as the sentence runs on."""
    if not source or not (titled or _SUBJECT.match(source[0].text)):
        return 0
    texts = [line.text for line in takewhile(lambda line: not _mark(line.text), source)]
    dashes = (place for place, text in enumerate(texts) if is_wordless(text))
    end = next(dashes, None)
    if end is not None and end <= _LINES_OF_SUBJECT:
        return end
    if not titled or not texts:
        return 0
    return 1 + sum(1 for _ in takewhile(lambda text: text[0].islower(), texts[1:]))


# The body: numbered provisions and the paragraphs around them.


def _sections(source: list[Line]) -> tuple[list[Line], list[Line]]:
    """The body and the foot; a numbered line ends the foot, so that no provision falls into it."""
    body: list[Line] = []
    foot: list[Line] = []
    in_foot = False
    for line in source:
        in_foot = _starts_foot(line) or (in_foot and not _numbered(line))
        (foot if in_foot else body).append(line)
    return body, foot


def _starts_foot(line: Line) -> bool:
    cells = line.text.split("\t")
    return any(_RECIPIENTS.match(cell) or _is_signature(cell) for cell in cells)


def _is_signature(text: str) -> bool:
    return bool(_AUTHORITY.match(text)) and is_capital(text)


def _cut_body(source: list[Line], result: Cut) -> None:
    last = max((line.number for line in source if _numbered(line)), default=0)
    numbered = False
    for line in (Line(number, text.replace("\t", " ")) for number, text in source):
        if is_wordless(line.text):
            result.dropped.append(line)
        elif mark := _mark(line.text):
            numbered = numbered or mark[0].kind in _COUNTED
            _cut_marked(line, *mark, result, before_numbers=not numbered)
        elif not numbered:
            _cut_opening(line, result)
        elif line.number > last and (_CLOSING.match(line.text) or _closed(result)):
            result.add(Kind.CLOSING, line, PARAGRAPH_IN_DOUBT if _closed(result) else "")
        else:
            _continue(line, result.units[-1])


def _cut_marked(
    line: Line, mark: _Mark, match: re.Match[str], result: Cut, before_numbers: bool
) -> None:
    text = line.text[match.end() :]
    basis = before_numbers and mark.kind is Kind.DASH and _BASIS.match(text)
    doubt = "" if mark.known else UNKNOWN_NUMBERING
    result.add(Kind.BASIS if basis else mark.kind, Line(line.number, text), doubt)
    result.units[-1].mark = match.group().strip()


def _cut_opening(line: Line, result: Cut) -> None:
    before = result.units[-1] if result.units else None
    if before and before.kind not in (Kind.SUBJECT, Kind.ANNEX) and _runs_on(before, line):
        before.add(line, " ")
    elif _BASIS.match(line.text) and line.text.endswith(";"):
        result.add(Kind.BASIS, line)
    else:
        result.add(Kind.PREAMBLE, line)


def _closed(result: Cut) -> bool:
    return bool(result.units) and result.units[-1].kind is Kind.CLOSING


def _continue(line: Line, unit: CutUnit) -> None:
    """A line without a number goes on with the provision above it."""
    if _runs_on(unit, line):
        unit.add(line, " ")
        return
    if unit.text and unit.kind not in _HEADED:
        unit.doubt = unit.doubt or PARAGRAPH_IN_DOUBT
    unit.add(line, "\n")


def _runs_on(unit: CutUnit, line: Line) -> bool:
    """Whether a page's width, not its writer, broke the line here: a row of a table is a line."""
    if CELLS in line.text or CELLS in unit.text.rpartition("\n")[2]:
        return False
    return bool(unit.text) and line.text[0].islower() and not ends_sentence(unit.text[-3:])


# The foot: recipients and the signature block.


def _cut_foot(source: list[Line], result: Cut) -> None:
    items: list[Line] = []
    listing = False
    for line in source:
        before = len(items)
        for cell in line.text.split("\t"):
            listing = _cut_cell(Line(line.number, cell), items, listing)
        if len(items) > before:
            continue
        if len(line.text) > _LONGEST_SIGNATURE:
            result.add(Kind.CLOSING, line, PARAGRAPH_IN_DOUBT)
        else:
            result.dropped.append(line)
    if items:
        result.units.append(_recipients(items))


def _cut_cell(cell: Line, items: list[Line], listing: bool) -> bool:
    """Keep a recipient; tell whether cells without a dash are recipients from here on."""
    if heading := _RECIPIENTS.match(cell.text):
        listing, cell = True, Line(cell.number, cell.text[heading.end() :])
    elif is_capital(cell.text):
        listing = False
    if dash := _DASH.match(cell.text):
        items.append(Line(cell.number, "\n" + cell.text[dash.end() :]))
    elif listing and cell.text:
        runs_on = items and cell.text[0].islower() and items[-1].text[-1] not in _ITEM_ENDS
        items.append(Line(cell.number, (" " if runs_on else "\n") + cell.text))
    return listing


def _recipients(items: list[Line]) -> CutUnit:
    listed = "".join(item.text for item in items).strip().split("\n")
    text = "\n".join(item.rstrip(_ITEM_ENDS) for item in listed)
    return CutUnit(Kind.RECIPIENTS, text, False, (items[0].number, items[-1].number))


# Annexes: each a text of its own, without bases, closing and foot.


def _cut_annex(annex: Annex, result: Cut) -> None:
    cut_out = Cut([CutUnit(Kind.ANNEX, annex.title, False, annex.lines, mark=annex.mark)])
    _cut_body(list(annex.body), cut_out)
    for unit in cut_out.units:
        if unit.kind in (Kind.BASIS, Kind.CLOSING):
            unit.kind = Kind.DASH if unit.mark else Kind.PREAMBLE
    result.units += cut_out.units
    result.dropped += [*annex.dropped, *cut_out.dropped]


# What only the neighbours tell.


def _mark_headings(units: list[CutUnit]) -> None:
    for unit, below in zip_longest(units, units[1:]):
        unit.headed = unit.kind in _HEADED and _has_heading(unit, below)


def _has_heading(unit: CutUnit, below: CutUnit | None) -> bool:
    """A short first line that ends no sentence, with a paragraph or a lower provision under it."""
    first, _, paragraph = unit.text.partition("\n")
    if not first or len(first) > _LONGEST_HEADING or ends_sentence(first):
        return False
    return bool(paragraph) or (below is not None and _is_under(below.kind, unit.kind))


def _is_under(kind: Kind, parent: Kind) -> bool:
    return kind in LEVELS and LEVELS.index(kind) > LEVELS.index(parent)


def _mark_gaps(units: list[CutUnit]) -> None:
    """A number that does not follow the one before it under the same parent."""
    last: dict[tuple[object, ...], int | None] = {}
    for unit, trail in zip(units, numbering.trails([unit.kind for unit in units]), strict=True):
        if unit.kind not in _COUNTED:
            _mark_annex(unit, trail[-1].ordinal)
            continue
        siblings = (*trail[:-1], unit.kind)
        before, ordinal = last.get(siblings, 0), _ordinal(unit)
        last[siblings] = ordinal
        if unit.doubt != UNKNOWN_NUMBERING and before is not None and ordinal != before + 1:
            unit.doubt = NUMBER_GAP


def _mark_annex(unit: CutUnit, ordinal: int) -> None:
    count = annexes.count_of(unit.mark) if unit.kind is Kind.ANNEX else ""
    if count and numbering.ordinal_of(Kind.ANNEX, count) != ordinal:
        unit.doubt = NUMBER_GAP


def _ordinal(unit: CutUnit) -> int | None:
    found = _mark(unit.mark)
    count = found and found[1].groupdict().get("count")
    return numbering.ordinal_of(unit.kind, count) if count else None
