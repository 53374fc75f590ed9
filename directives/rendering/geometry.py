"""A paper measured: what the layout rules ask for, and what the finished PDF really has.

Everything is read back from the file itself, never from the style sheet that made it. Lengths are
in points from the upper left corner, as pdfplumber gives them. The rules' words are those of HD
36-HD/VPTW and HD 05-HD/VPTW, shortened.
"""

import io
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from threading import Lock
from typing import Any

import pdfplumber
import pypdfium2
from pdfplumber.page import Page

from .forms_of_document import Form, points
from .paper import Paper
from .pdf import number_line

MM = 72 / 25.4
# Glyphs reach a little over their box; a rule is drawn at a printer's exactness, about 0.3 mm.
EXACT, NEAR = 0.3 * MM, 0.05
TWO_LINES = 120  # so many letters do not go into one line
SHARPNESS = 110 / 72  # pixels a point in the picture of a page
_pdfium = Lock()  # pdfium may not be used by two threads at once


@dataclass(frozen=True)
class Box:
    """A place on a page, counted from 1."""

    page: int
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True)
class Measure:
    """One rule held against the paper."""

    name: str
    rule: str
    found: str
    holds: bool
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Measured:
    """A paper's pages that were measured, as (number, width, height), and what was found."""

    pages: tuple[tuple[int, float, float], ...]
    page_count: int
    measures: tuple[Measure, ...]

    @property
    def broken(self) -> list[Measure]:
        return [one for one in self.measures if not one.holds]


@dataclass(frozen=True)
class Element:
    """A line that the rules speak of: its words on this paper, and the look that is asked for."""

    name: str
    rule: str
    words: Callable[[Paper], str]
    sizes: tuple[float, float]
    bold: bool | None = False
    italic: bool = False
    centred: bool = False
    of_annex: bool = False


ELEMENTS = (
    Element("Quốc hiệu của Đảng", "ĐẢNG CỘNG SẢN VIỆT NAM: in hoa, đứng, đậm, cỡ 15.",
            lambda paper: "ĐẢNG CỘNG SẢN VIỆT NAM", (15, 15), bold=True),
    Element("Tên cơ quan ban hành", "In hoa, đứng, đậm, cỡ 14.",
            lambda paper: paper.committee_name, (14, 14), bold=True),
    Element("Số và ký hiệu", "Chữ thường, đứng, cỡ 14; sau “Số” không có dấu hai chấm.",
            lambda paper: number_line(paper).split("-", 1)[1], (14, 14)),
    Element("Địa danh và ngày", "Chữ thường, nghiêng, cỡ 14, dưới đường kẻ.",
            lambda paper: f"{paper.place}, ngày", (14, 14), italic=True),
    Element("Dấu dự thảo", "Chữ thường, nghiêng, cỡ 14, dưới địa danh và ngày.",
            lambda paper: f"Dự thảo lần {paper.draft_number}" if paper.is_draft else "",
            (14, 14), italic=True),
    Element("Dấu phạm vi lưu hành", "In hoa, đứng, đậm, cỡ 12.",
            lambda paper: paper.circulation_mark if paper.is_draft else "", (12, 12), bold=True),
    Element("Dấu độ mật", "In hoa, đậm, cỡ 14, màu đỏ, đóng khung, dưới số và ký hiệu.",
            lambda paper: paper.secrecy, (14, 14), bold=True),
    Element("Dấu độ khẩn", "In hoa, đậm, cỡ 14, màu đỏ, đóng khung, dưới dấu độ mật.",
            lambda paper: paper.urgency, (14, 14), bold=True),
    Element("Tên loại văn bản", "CHỈ THỊ: in hoa, đứng, đậm, cỡ 15–16, canh giữa.",
            lambda paper: "CHỈ THỊ", (15, 16), bold=True, centred=True),
    Element("Trích yếu", "Chữ thường, đứng, đậm, cỡ 14–15, canh giữa.",
            lambda paper: " ".join(paper.subject.split()[:3]), (14, 15), bold=True, centred=True),
    Element("Lời văn", "Chữ thường, đứng, cỡ 14–15, canh đều hai bên.",
            lambda paper: _first_words(paper), (14, 15), bold=None),
    Element("Thể thức đề ký", "In hoa, đứng, đậm, cỡ 14.",
            lambda paper: paper.signature.authority, (14, 14), bold=True),
    Element("Chức vụ người ký", "In hoa, đứng, không đậm, cỡ 14.",
            lambda paper: paper.signature.title, (14, 14)),
    Element("Họ tên người ký", "Chữ thường, đứng, đậm, cỡ 14.",
            lambda paper: paper.signature.name, (14, 14), bold=True),
    Element("Nơi nhận", "“Nơi nhận:” chữ thường, đứng, gạch chân, cỡ 14.",
            lambda paper: "Nơi nhận:", (14, 14)),
    Element("Các dòng nơi nhận", "Chữ thường, đứng, cỡ 12, đầu dòng có gạch.",
            lambda paper: f"- {paper.recipients[0][:30].strip()}" if paper.recipients else "",
            (12, 12)),
    Element("Phụ lục", "Chữ PHỤ LỤC in hoa, đứng, đậm, cỡ 14–15, canh giữa.",
            lambda paper: paper.annexes[0].number if paper.annexes else "", (14, 15), bold=True,
            centred=True, of_annex=True),
    Element("Tên phụ lục", "Đứng, đậm, cỡ 14–15, canh giữa, dưới chữ PHỤ LỤC.",
            lambda paper: " ".join(paper.annexes[0].title.split()[:3]) if paper.annexes else "",
            (14, 15), bold=True, centred=True, of_annex=True),
    Element("Văn bản kèm phụ lục", "Trong ngoặc đơn, chữ thường, nghiêng, cỡ 14, canh giữa.",
            lambda paper: "(Kèm theo Chỉ thị số" if paper.annexes else "", (14, 14), italic=True,
            centred=True, of_annex=True),
)  # fmt: skip


def measure(pdf: bytes, paper: Paper, form: Form, *, most_pages: int = 6) -> Measured:
    """Hold a paper's file against the form of its day.

    A paper of more pages than `most_pages` is measured on its first ones and its last one, and
    where its first annex begins.
    """
    starts = _starts(pdf, paper)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        count = len(document.pages)
        kept = document.pages if count <= most_pages else _ends(document.pages, most_pages, starts)
        measures = [
            *_page_measures(kept, form, starts),
            *_elements(kept, paper, starts),
            *_spacing(kept, paper, form),
        ]
        pages = tuple((page.page_number, page.width, page.height) for page in kept)
    return Measured(pages, count, tuple(measures))


def _starts(pdf: bytes, paper: Paper) -> list[int]:
    """The page on which the text begins and those on which its annexes do, by the bookmarks."""
    titles = {f"{annex.number} {annex.title}".strip() for annex in paper.annexes}
    if not titles:
        return [1]
    with _pdfium, pypdfium2.PdfDocument(pdf) as document:
        marks = [(mark.get_title(), mark.get_dest()) for mark in document.get_toc()]
        return [1, *sorted(to.get_index() + 1 for title, to in marks if to and title in titles)]


def _ends(pages: list[Page], most: int, starts: list[int]) -> list[Page]:
    around = {place for start in starts[1:2] for place in (start - 2, start - 1, start)}
    kept = {*range(most - 1), *around, len(pages) - 1}
    return [page for place, page in enumerate(pages) if place in kept]


def picture(pdf: bytes, number: int) -> bytes:
    """A page of the PDF as PNG. Raises IndexError for a page that is not there."""
    with _pdfium, pypdfium2.PdfDocument(pdf) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        image = document[number - 1].render(scale=SHARPNESS).to_pil()
    out = io.BytesIO()
    image.convert("P", colors=32).save(out, "PNG")
    return out.getvalue()


def _page_measures(pages: list[Page], form: Form, starts: list[int]) -> Iterator[Measure]:
    sizes = {(round(page.width / MM), round(page.height / MM)) for page in pages}
    yield Measure(
        "Khổ giấy", "Khổ A4, để đứng: 210 × 297 mm.", _sizes(sizes), sizes == {(210, 297)}
    )
    yield _margins(pages, form)
    yield _page_numbers(pages, form, starts)
    yield _rule_under_the_party(pages[0])


def _mm(length: float) -> str:
    return f"{_decimal(length)} mm"


def _decimal(number: float) -> str:
    """With a comma, as Vietnamese writes it."""
    return f"{number:.1f}".replace(".", ",")


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
    words = "trên {}, phải {}, dưới {}, trái {}".format(*map(_mm, found))
    holds = all(have > want - EXACT / MM for have, want in kept) and found[3] < left + 1
    return Measure("Định lề", rule, words, holds, tuple(outlines))


def _outline(page: Page, below: float) -> Box:
    """Around all that stands below the page number."""
    letters = [one for one in page.chars if one["top"] > below - MM and one["text"].strip()]
    return _around(page, letters)


def _around(page: Page, letters: list[dict[str, Any]]) -> Box:
    return Box(
        page.page_number,
        min(one["x0"] for one in letters),
        min(one["top"] for one in letters),
        max(one["x1"] for one in letters),
        max(one["bottom"] for one in letters),
    )


def _page_numbers(pages: list[Page], form: Form, starts: list[int]) -> Measure:
    """Text and annexes are each counted from their first page."""
    edge = float(form.page_number_from_edge.removesuffix("mm"))
    rule = f"Chữ số Ả rập, cỡ 14, ở giữa, cách mép trên {edge:.0f} mm; trang đầu không đánh số."
    if starts[1:]:
        rule += " Mỗi phụ lục đánh số trang riêng, từ 1."
    counts = {page: _count(page.page_number, starts) for page in pages}
    marks = {page: _above(page, 19 * MM) for page in pages}
    boxes = tuple(_around(page, marks[page]) for page in pages if marks[page])
    right = all(
        _is_number(marks[page], count, edge) if count > 1 else not marks[page]
        for page, count in counts.items()
    )
    found = ", ".join(f"trang {box.page}: {_mm(box.top / MM)}" for box in boxes) or "không có"
    return Measure("Số trang", rule, found, right, boxes)


def _above(page: Page, edge: float) -> list[dict[str, Any]]:
    return [one for one in page.chars if one["bottom"] < edge and one["text"].strip()]


def _count(number: int, starts: list[int]) -> int:
    return number - max(start for start in starts if start <= number) + 1


def _is_number(letters: list[dict[str, Any]], count: int, edge: float) -> bool:
    text = "".join(one["text"] for one in letters)
    near = all(abs(one["top"] - edge * MM) < MM for one in letters)
    return text == str(count) and near and {round(one["size"]) for one in letters} == {14}


def _rule_under_the_party(page: Page) -> Measure:
    name = page.search("ĐẢNG CỘNG SẢN VIỆT NAM", regex=False)[0]
    lines = [one for one in page.rects + page.lines if 0 <= one["top"] - name["bottom"] < 8]
    rule = "Dưới tên Đảng có đường kẻ liền nét, dài bằng dòng chữ."
    if not lines:
        return Measure("Đường kẻ", rule, "không có", holds=False)
    line, long = lines[0], name["x1"] - name["x0"]
    drawn = line["x1"] - line["x0"]
    found = f"chữ {_mm(long / MM)}, kẻ {_mm(drawn / MM)}"
    box = Box(page.page_number, line["x0"], line["top"] - 1, line["x1"], line["bottom"] + 1)
    return Measure("Đường kẻ", rule, found, abs(long - drawn) < EXACT, (box,))


def _elements(pages: list[Page], paper: Paper, starts: list[int]) -> Iterator[Measure]:
    annexed = [page for page in pages if starts[1:] and page.page_number >= starts[1]]
    for element in ELEMENTS:
        words = element.words(paper)
        if words.strip():
            among = annexed if element.of_annex else pages
            yield _element(among, element, " ".join(words.split()))


def _element(pages: list[Page], element: Element, words: str) -> Measure:
    hit = next(((page, found[0]) for page in pages if (found := _search(page, words))), None)
    if hit is None:
        return Measure(element.name, element.rule, "không thấy trên giấy", holds=False)
    page, found = hit
    letters = [one for one in found["chars"] if one["text"].strip()]
    sizes = {round(one["size"], 1) for one in letters}
    bold = all("Bold" in one["fontname"] for one in letters)
    italic = all("Italic" in one["fontname"] for one in letters)
    low, high = element.sizes
    holds = (
        all(low - NEAR <= size <= high + NEAR for size in sizes)
        and element.bold in (None, bold)
        and element.italic == italic
        and (not element.centred or _is_centred(page, found))
    )
    look = f"{'đậm' if bold else 'không đậm'}, {'nghiêng' if italic else 'đứng'}"
    size = ", ".join(f"{size:g}" for size in sorted(sizes))
    return Measure(
        element.name, element.rule, f"cỡ {size}, {look}", holds, (_around(page, letters),)
    )


def _search(page: Page, words: str) -> list[dict[str, Any]]:
    return page.search(words, regex=False, case=True)


def _is_centred(page: Page, found: dict[str, Any]) -> bool:
    """The whole line's middle is the middle of the text's width."""
    line = [one for one in page.chars if abs(one["top"] - found["top"]) < 1 and one["text"].strip()]
    middle = (min(one["x0"] for one in line) + max(one["x1"] for one in line)) / 2
    return abs(middle - (30 + 165 / 2) * MM) < MM


def _first_words(paper: Paper) -> str:
    return next((" ".join(one.text.split()[:4]) for one in paper.paragraphs if one.text), "")


def _spacing(pages: list[Page], paper: Paper, form: Form) -> Iterator[Measure]:
    """Between lines and paragraphs of the body: the two commonest distances of its lines.

    A paper whose paragraphs are all of one line has no distance between lines to measure.
    """
    yield _indent(pages, form)
    if all(len(one.text) < TWO_LINES for one in paper.paragraphs):
        return
    wanted = points(form.line_height)
    tops = [sorted(_body_lines(page)) for page in pages]
    steps = Counter(round(b - a, 1) for page in tops for a, b in pairwise(page) if b - a < 40)
    line = min(steps, key=lambda step: (-steps[step], step), default=0.0)
    gap = min((step - line for step in steps if step > line + 1), default=0.0)
    yield Measure(
        "Giãn dòng",
        f"Chính xác từ {wanted:g} pt.",
        f"{_decimal(line)} pt",
        abs(line - wanted) < 0.2,
    )
    yield Measure(
        "Cách đoạn", "Giữa các đoạn ít nhất 6 pt.", f"{_decimal(gap)} pt", gap == 0 or gap > 5.9
    )


def _body_lines(page: Page) -> set[float]:
    """The tops of lines whose letters have the size of the body, below the head of the paper."""
    start = 250 if page.page_number == 1 else 20 * MM
    return {
        round(one["top"], 1)
        for one in page.chars
        if one["top"] > start and round(one["size"]) == 14 and one["x0"] < 45 * MM
    }


def _indent(pages: list[Page], form: Form) -> Measure:
    """The first lines of paragraphs stand in; the most common place of a line that does."""
    starts = Counter()
    for page in pages:
        for line in page.extract_text_lines(return_chars=False):
            starts[round(line["x0"] / MM)] += 1
    wanted = round(30 + float(form.first_line_indent.removesuffix("mm")))
    stands = max((at for at in starts if 31 < at < 60), key=lambda at: starts[at], default=30)
    return Measure(
        "Lùi đầu dòng", "Đầu đoạn lùi vào khoảng 10 mm.", f"{stands - 30} mm", stands == wanted
    )
