"""Where the annexes of a pasted text begin, and what stands at the head of each."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile

from directives.text.lines import Line, ends_sentence, is_capital, is_wordless

_HEADING = re.compile(
    r"(?P<mark>(?P<word>PHỤ LỤC|Phụ lục)\b(?:\s+(?i:số))?(?:\s+(?P<count>[IVX]+|\d{1,2})\b)?)"
    r"\s*[.:–-]?\s*(?P<title>.*)$",
    re.DOTALL,
)
_ATTACHED = re.compile(r"\(?\s*(?:ban hành\s+)?kèm theo\s", re.IGNORECASE)
_LINES_OF_HEAD, _LINES_ATTACHED = 10, 4


@dataclass(frozen=True)
class Annex:
    """An annex found in a text: how it was numbered, its title, and the lines under it.

    `lines`: the first and the last line of its head; `dropped`: those of it that say where the
    annex belongs.
    """

    mark: str
    title: str
    lines: tuple[int, int]
    dropped: Sequence[Line]
    body: Sequence[Line]


def split(
    source: Sequence[Line], is_numbered: Callable[[str], bool]
) -> tuple[list[Line], list[Annex]]:
    """The lines before the first annex, and the annexes."""
    starts = [place for place, line in enumerate(source) if _heading(line)]
    chunks = [source[start:end] for start, end in pairwise([*starts, len(source)])]
    main = source[: starts[0]] if starts else source
    return list(main), [_annex(chunk, is_numbered) for chunk in chunks]


def count_of(mark: str) -> str:
    """`II` of `PHỤ LỤC II`, or empty."""
    found = _HEADING.match(mark)
    return (found and found["count"]) or ""


def _heading(line: Line) -> re.Match[str] | None:
    """`PHỤ LỤC I`, `Phụ lục số 1`; with a title beside it in capitals alone, for in small letters
    it is a sentence about the annex."""
    found = _HEADING.match(line.text)
    if found is None or not found["title"]:
        return found
    marked = found["word"].isupper() and found["count"] and found["title"][0].isupper()
    return found if marked or is_capital(line.text) else None


def _annex(chunk: Sequence[Line], is_numbered: Callable[[str], bool]) -> Annex:
    first, *rest = chunk
    heading = _heading(first)
    mark, beside = (heading["mark"], heading["title"]) if heading else ("", "")
    start, end = _attached(rest)
    above = [line for line in rest[:start] if not is_wordless(line.text)]
    title = [*([Line(first.number, beside)] if beside else []), *above]
    dropped = [line for line in rest[:end] if line not in above]
    taken = _title(rest[end:], title, is_numbered)
    title += taken
    last = max(line.number for line in (first, *title))
    return Annex(
        mark,
        " ".join(line.text for line in title),
        (first.number, last),
        dropped,
        rest[end + len(taken) :],
    )


def _attached(rest: Sequence[Line]) -> tuple[int, int]:
    """From where to where the line stands by which the annex is attached; (0, 0): nowhere."""
    head = rest[:_LINES_OF_HEAD]
    start = next((at for at, line in enumerate(head) if _ATTACHED.match(line.text)), None)
    if start is None:
        return 0, 0
    open_ = rest[start].text.startswith("(")
    lines = rest[start : start + _LINES_ATTACHED]
    closed = next((at for at, line in enumerate(lines) if ")" in line.text), 0)
    return start, start + (closed if open_ else 0) + 1


def _title(
    rest: Sequence[Line], before: Sequence[Line], is_numbered: Callable[[str], bool]
) -> list[Line]:
    """The lines of the title that stand next: one, unless there is one, and those it runs on to."""
    lines = list(takewhile(lambda line: not is_numbered(line.text), rest[:_LINES_OF_HEAD]))
    if before:
        return _running_on(before[-1], lines)
    if not lines or is_wordless(lines[0].text) or ends_sentence(lines[0].text):
        return []
    return [lines[0], *_running_on(lines[0], lines[1:])]


def _running_on(first: Line, following: Sequence[Line]) -> list[Line]:
    shouted = is_capital(first.text)
    return list(
        takewhile(
            lambda line: (
                not is_wordless(line.text)
                and (is_capital(line.text) if shouted else line.text[0].islower())
            ),
            following,
        )
    )
