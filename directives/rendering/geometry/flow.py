"""How the text runs: its first lines, the distances of its lines, its numbers, its pages."""

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from pdfplumber.page import Page

from directives.text.kinds import LEVELS, Kind

from ..forms_of_document import Form, points
from ..lines import lines_of
from ..paper import Paper
from .boxes import MM, Measure, compact, decimal, letters_of, search

TWO_LINES = 120  # so many letters do not go into one line


def flow(pages: list[Page], text: list[Page], paper: Paper, form: Form) -> Iterator[Measure]:
    """`text` are the pages ahead of the annexes."""
    yield _indent(pages, form)
    yield from _spacing(pages, paper, form)
    yield from _numbering(text, paper, form)
    yield _lone_lines(text, paper, form)


def _indent(pages: list[Page], form: Form) -> Measure:
    """The first lines of paragraphs stand in; the most common place of a line that does."""
    starts: Counter[int] = Counter()
    for page in pages:
        for line in page.extract_text_lines(return_chars=False):
            starts[round(line["x0"] / MM)] += 1
    wanted = round(30 + float(form.first_line_indent.removesuffix("mm")))
    stands = max((at for at in starts if 31 < at < 60), key=lambda at: starts[at], default=30)
    return Measure(
        "Lùi đầu dòng", "Đầu đoạn lùi vào khoảng 10 mm.", f"{stands - 30} mm", stands == wanted
    )


def _spacing(pages: list[Page], paper: Paper, form: Form) -> Iterator[Measure]:
    """Between lines and paragraphs of the body: the two commonest distances of its lines.

    A paper whose paragraphs are all of one line has no distance between lines to measure.
    """
    if all(len(one.text) < TWO_LINES for one in paper.paragraphs):
        return
    low, high = form.line_heights
    tops = [sorted(top for top, _x in _body_lines(page, form)) for page in pages]
    steps = Counter(round(b - a, 1) for page in tops for a, b in pairwise(page) if b - a < 40)
    line = min(steps, key=lambda step: (-steps[step], step), default=0.0)
    gap = min((step - line for step in steps if step > line + 1), default=0.0)
    asked = f"từ {low:g} đến {high:g} pt" if high else f"ít nhất {low:g} pt"
    kept = low - 0.2 < line < (high or line) + 0.2
    yield Measure("Giãn dòng", f"Giãn dòng chính xác, {asked}.", f"{decimal(line)} pt", kept)
    yield Measure(
        "Cách đoạn", "Giữa các đoạn ít nhất 6 pt.", f"{decimal(gap)} pt", gap == 0 or gap > 5.9
    )


def _body_lines(page: Page, form: Form) -> list[tuple[float, float]]:
    """Top and left edge of the lines that have the size of the body, below the head of the paper,
    from above."""
    size, left = points(form.body_size), dict[float, float]()
    start = max((one["bottom"] for one in search(page, "-----")), default=20 * MM - 1)
    for one in letters_of(page.chars):
        if one["top"] > start and abs(one["size"] - size) < 0.5:
            top = round(one["top"], 1)
            left[top] = min(one["x0"], left.get(top, one["x0"]))
    return sorted((top, x0) for top, x0 in left.items() if x0 < 45 * MM)


def _numbering(text: list[Page], paper: Paper, form: Form) -> Iterator[Measure]:
    """The first of each level, and every legal basis, as they are printed."""
    printed = compact(text)
    lines = [line for one in paper.paragraphs for line in lines_of(one, form)]
    bases = ["".join(line.printed.split()) for line in lines if line.kind == Kind.BASIS]
    if bases:
        ended = all(basis in printed and basis.endswith(";") for basis in bases)
        rule = "Mỗi căn cứ kết thúc bằng dấu chấm phẩy."
        yield Measure("Dấu cuối căn cứ", rule, "đúng" if ended else "thiếu", ended)
    firsts = {line.kind: line for line in reversed(lines) if line.number and line.kind in LEVELS}
    if firsts:
        shown = {kind: "".join(f"{line.printed:.20}".split()) for kind, line in firsts.items()}
        found = [firsts[kind].number for kind in LEVELS if shown.get(kind, " ") in printed]
        rule = f"I- → 1{form.clause_end} → a) … d), đ) → - → +"
        yield Measure("Đánh số", rule, ", ".join(found) or "không thấy", len(found) == len(firsts))


def _lone_lines(text: list[Page], paper: Paper, form: Form) -> Measure:
    """No line of a paragraph is left alone on a page; only pages that follow each other count."""
    alone = []
    ends = paper.signature.authority
    for page, following in pairwise(text):
        if page.page_number + 1 == following.page_number and not search(page, ends):
            above, below = _body_lines(page, form), _body_lines(following, form)
            if _parts_a_line(above, below, points(form.line_height)):
                alone.append(f"trang {page.page_number}–{following.page_number}")
    rule = "Không để một dòng của đoạn văn đứng riêng ở đầu hoặc cuối trang."
    return Measure("Dòng lẻ", rule, ", ".join(alone) or "không có", not alone)


def _parts_a_line(
    above: list[tuple[float, float]], below: list[tuple[float, float]], line: float
) -> bool:
    """Whether the page break leaves one line of a paragraph, which begins with an indent."""
    if not above or not below or below[0][1] > 35 * MM:
        return False
    tops = [top for top, _x in below[:2]]
    return above[-1][1] > 35 * MM or len(tops) < 2 or tops[1] - tops[0] > line + 1
