"""The sheet itself: its size and margins, the numbers of its pages, its typeface and colours."""

from collections.abc import Iterator
from typing import Any

from pdfplumber.page import Page

from ..forms_of_document import Form
from ..paper import Paper
from .boxes import EXACT, MM, PARTY, Box, Measure, around, in_mm, is_red, letters_of


def page_measures(
    pages: list[Page], paper: Paper, form: Form, starts: list[int]
) -> Iterator[Measure]:
    """The sheet, what stands around the text, and the letters it is printed in."""
    sizes = {(round(page.width / MM), round(page.height / MM)) for page in pages}
    yield Measure(
        "Khổ giấy", "Khổ A4, để đứng: 210 × 297 mm.", _sizes(sizes), sizes == {(210, 297)}
    )
    yield _margins(pages, form)
    yield _page_numbers(pages, form, starts)
    yield _rule_under_the_party(pages[0])
    yield _typeface(pages)
    yield _colours(pages, paper)


def _sizes(sizes: set[tuple[int, int]]) -> str:
    return ", ".join(f"{width} × {height} mm" for width, height in sorted(sizes))


def _margins(pages: list[Page], form: Form) -> Measure:
    """The text's outline on every page keeps within the frame, and reaches its left edge."""
    top, right, bottom, left = (
        float(length.removesuffix("mm"))
        for length in (form.margin_top, form.margin_right, form.margin_bottom, form.margin_left)
    )
    outlines = [_outline(page, top * MM) for page in pages]
    found = [
        min(box.top for box in outlines) / MM,
        min(page.width - box.x1 for page, box in zip(pages, outlines, strict=True)) / MM,
        min(page.height - box.bottom for page, box in zip(pages, outlines, strict=True)) / MM,
        min(box.x0 for box in outlines) / MM,
    ]
    kept = zip(found, (top, right, bottom, left), strict=True)
    rule = f"Lề trên {top:.0f} mm, dưới {bottom:.0f} mm, trái {left:.0f} mm, phải {right:.0f} mm."
    words = "trên {}, phải {}, dưới {}, trái {}".format(*map(in_mm, found))
    holds = all(have > want - EXACT / MM for have, want in kept) and found[3] < left + 1
    return Measure("Định lề", rule, words, holds, tuple(outlines), outlines=True)


def _outline(page: Page, below: float) -> Box:
    """Around all that stands below the page number."""
    return around(page, [one for one in letters_of(page.chars) if one["top"] > below - MM])


def _page_numbers(pages: list[Page], form: Form, starts: list[int]) -> Measure:
    """Text and annexes are each counted from their first page."""
    edge = float(form.page_number_from_edge.removesuffix("mm"))
    rule = f"Chữ số Ả rập, cỡ 14, ở giữa, cách mép trên {edge:.0f} mm; trang đầu không đánh số."
    if starts[1:]:
        rule += " Mỗi phụ lục đánh số trang riêng, từ 1."
    counts = {page: _count(page.page_number, starts) for page in pages}
    marks = {page: _above(page, 19 * MM) for page in pages}
    boxes = tuple(around(page, marks[page]) for page in pages if marks[page])
    right = all(
        _is_number(marks[page], count, edge) if count > 1 else not marks[page]
        for page, count in counts.items()
    )
    found = ", ".join(f"trang {box.page}: {in_mm(box.top / MM)}" for box in boxes) or "không có"
    return Measure("Số trang", rule, found, right, boxes)


def _above(page: Page, edge: float) -> list[dict[str, Any]]:
    return [one for one in letters_of(page.chars) if one["bottom"] < edge]


def _count(number: int, starts: list[int]) -> int:
    return number - max(start for start in starts if start <= number) + 1


def _is_number(letters: list[dict[str, Any]], count: int, edge: float) -> bool:
    text = "".join(one["text"] for one in letters)
    near = all(abs(one["top"] - edge * MM) < MM for one in letters)
    return text == str(count) and near and {round(one["size"]) for one in letters} == {14}


def _rule_under_the_party(page: Page) -> Measure:
    name = page.search(PARTY, regex=False)[0]
    lines = [one for one in page.rects + page.lines if 0 <= one["top"] - name["bottom"] < 8]
    rule = "Dưới tên Đảng có đường kẻ liền nét, dài bằng dòng chữ."
    if not lines:
        return Measure("Đường kẻ", rule, "không có", holds=False)
    line, long = lines[0], name["x1"] - name["x0"]
    drawn = line["x1"] - line["x0"]
    found = f"chữ {in_mm(long / MM)}, kẻ {in_mm(drawn / MM)}"
    box = Box(page.page_number, line["x0"], line["top"] - 1, line["x1"], line["bottom"] + 1)
    return Measure("Đường kẻ", rule, found, abs(long - drawn) < EXACT, (box,))


def _typeface(pages: list[Page]) -> Measure:
    """Every letter of one family, whatever its weight and slope."""
    names = {one["fontname"].rpartition("+")[2] for page in pages for one in page.chars}
    families = sorted(
        {name.removesuffix("-BoldItalic").partition("-on-Paper")[0] for name in names}
    )
    rule = "Một họ phông chữ, bộ mã Unicode, cùng số đo với Times New Roman."
    found = ", ".join(family.replace("-", " ") for family in families)
    return Measure("Phông chữ", rule, found, families == ["Liberation-Serif"])


def _colours(pages: list[Page], paper: Paper) -> Measure:
    red, other = "", 0
    for page in pages:
        for one in letters_of(page.chars):
            if is_red(one):
                red += one["text"]
            elif any(one["non_stroking_color"] or (0,)):
                other += 1
    rule = "Chữ màu đen; riêng dấu độ mật và dấu độ khẩn màu đỏ."
    marks = "".join(f"{paper.secrecy}{paper.urgency}".split())
    found = "đen và đỏ" if red else "đen"
    return Measure(
        "Màu chữ",
        rule,
        f"{found}, {other} chữ màu khác" if other else found,
        red == marks and not other,
    )
