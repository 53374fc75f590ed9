"""The lines that the rules speak of, each with its size, weight, slope and order."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pdfplumber.page import Page

from directives.text.kinds import Kind

from ..paper import Paper
from ..pdf import number_line
from .boxes import MM, NEAR, PARTY, Box, Measure, around, in_mm, is_red, letters_of, search

FRAME, LINE = "đóng khung", "gạch chân"


@dataclass(frozen=True)
class Element:
    """A line that the rules speak of: its words on this paper, and the look that is asked for.

    `place` says where it stands: on the first page, in the text, last in the text, in an annex;
    `drawn` what is drawn with it: FRAME or LINE.
    """

    name: str
    rule: str
    words: Callable[[Paper], str]
    sizes: tuple[float, float]
    bold: bool | None = False
    italic: bool = False
    centred: bool = False
    place: str = "first"
    drawn: str = ""


def _three(words: str) -> str:
    """So few that they stand in one line."""
    return " ".join(words.split()[:3])


def _first(paper: Paper, *, basis: bool) -> str:
    found = (one for one in paper.paragraphs if one.text and (one.kind == Kind.BASIS) is basis)
    words = next((" ".join(one.text.removeprefix("- ").split()[:4]) for one in found), "")
    return f"- {words}" if words and basis else words


ELEMENTS = (
    Element("Quốc hiệu của Đảng", "ĐẢNG CỘNG SẢN VIỆT NAM: in hoa, đứng, đậm, cỡ 15.",
            lambda paper: PARTY, (15, 15), bold=True),
    Element("Tên cơ quan ban hành", "In hoa, đứng, đậm, cỡ 14.",
            lambda paper: paper.committee_name, (14, 14), bold=True),
    Element("Số và ký hiệu", "Chữ thường, đứng, cỡ 14; sau “Số” không có dấu hai chấm.",
            lambda paper: number_line(paper).split("-", 1)[1], (14, 14)),
    Element("Địa danh và ngày", "Chữ thường, nghiêng, cỡ 14, dưới đường kẻ.",
            lambda paper: f"{paper.place},", (14, 14), italic=True),
    Element("Dấu dự thảo", "Chữ thường, nghiêng, cỡ 14, dưới địa danh và ngày.",
            lambda paper: f"Dự thảo lần {paper.draft_number}" if paper.is_draft else "",
            (14, 14), italic=True),
    Element("Dấu phạm vi lưu hành", "In hoa, đứng, đậm, cỡ 12, dưới địa danh và ngày.",
            lambda paper: _three(paper.circulation_mark) if paper.is_draft else "",
            (12, 12), bold=True),
    Element("Dấu độ mật", "In hoa, đậm, cỡ 14, màu đỏ, đóng khung, dưới số và ký hiệu.",
            lambda paper: paper.secrecy, (14, 14), bold=True, drawn=FRAME),
    Element("Dấu độ khẩn", "In hoa, đậm, cỡ 14, màu đỏ, đóng khung, dưới dấu độ mật.",
            lambda paper: paper.urgency, (14, 14), bold=True, drawn=FRAME),
    Element("Tên loại văn bản", "CHỈ THỊ: in hoa, đứng, đậm, cỡ 15–16, canh giữa.",
            lambda paper: "CHỈ THỊ", (15, 16), bold=True, centred=True),
    Element("Trích yếu", "Chữ thường, đứng, đậm, cỡ 14–15, canh giữa.",
            lambda paper: _three(paper.subject), (14, 15), bold=True, centred=True),
    Element("Gạch dưới trích yếu", "Năm dấu gạch nối, canh giữa.",
            lambda paper: "-----", (14, 15), centred=True),
    Element("Căn cứ", "Chữ thường, đứng, cỡ 14–15, đầu dòng có gạch.",
            lambda paper: _first(paper, basis=True), (14, 15), place="text"),
    Element("Lời văn", "Chữ thường, đứng, cỡ 14–15, canh đều hai bên.",
            lambda paper: _first(paper, basis=False), (14, 15), bold=None, place="text"),
    Element("Thể thức đề ký", "In hoa, đứng, đậm, cỡ 14.",
            lambda paper: paper.signature.authority, (14, 14), bold=True, place="end"),
    Element("Chức vụ người ký", "In hoa, đứng, không đậm, cỡ 14.",
            lambda paper: paper.signature.title, (14, 14), place="end"),
    Element("Họ tên người ký", "Chữ thường, đứng, đậm, cỡ 14.",
            lambda paper: paper.signature.name, (14, 14), bold=True, place="end"),
    Element("Nơi nhận", "“Nơi nhận:” chữ thường, đứng, gạch chân, cỡ 14.",
            lambda paper: "Nơi nhận:" if paper.recipients else "", (14, 14), place="end",
            drawn=LINE),
    Element("Các dòng nơi nhận", "Chữ thường, đứng, cỡ 12, đầu dòng có gạch.",
            lambda paper: f"- {_three(paper.recipients[0])}" if paper.recipients else "",
            (12, 12), place="end"),
    Element("Phụ lục", "Chữ PHỤ LỤC in hoa, đứng, đậm, cỡ 14–15, canh giữa.",
            lambda paper: paper.annexes[0].number if paper.annexes else "", (14, 15), bold=True,
            centred=True, place="annex"),
    Element("Tên phụ lục", "Đứng, đậm, cỡ 14–15, canh giữa, dưới chữ PHỤ LỤC.",
            lambda paper: _three(paper.annexes[0].title) if paper.annexes else "",
            (14, 15), bold=True, centred=True, place="annex"),
    Element("Văn bản kèm phụ lục", "Trong ngoặc đơn, chữ thường, nghiêng, cỡ 14, canh giữa.",
            lambda paper: "(Kèm theo Chỉ thị số" if paper.annexes else "", (14, 14), italic=True,
            centred=True, place="annex"),
)  # fmt: skip

# Each column of the head from above, and the paper from its head to its annexes.
ORDERS = (
    ("Tên cơ quan ban hành", "Số và ký hiệu", "Dấu độ mật", "Dấu độ khẩn"),
    ("Quốc hiệu của Đảng", "Địa danh và ngày", "Dấu dự thảo", "Dấu phạm vi lưu hành"),
    ("Quốc hiệu của Đảng", "Tên loại văn bản", "Trích yếu", "Gạch dưới trích yếu", "Căn cứ",
     "Lời văn", "Thể thức đề ký", "Chức vụ người ký", "Họ tên người ký", "Phụ lục", "Tên phụ lục",
     "Văn bản kèm phụ lục"),
)  # fmt: skip


def elements(pages: list[Page], text: list[Page], paper: Paper) -> Iterator[Measure]:
    """Each element that this paper has; `text` are the pages ahead of the annexes."""
    among = {
        "first": text[:1],
        "text": text,
        "end": text[::-1],
        "annex": pages[len(text) :],
    }
    found = []
    for element in ELEMENTS:
        words = " ".join(element.words(paper).split())
        if words:
            found.append(_element(among[element.place], element, words))
    yield from found
    yield _star(text[0], paper)
    yield _order(found)


def _element(pages: list[Page], element: Element, words: str) -> Measure:
    last = -1 if element.place == "end" else 0
    hits = ((page, hits[last]) for page in pages if (hits := search(page, words)))
    page, found = next(hits, (None, {}))
    if page is None:
        return Measure(element.name, element.rule, "không thấy trên giấy", holds=False)
    letters = letters_of(found["chars"])
    sizes = {round(one["size"], 1) for one in letters}
    bold = all("Bold" in one["fontname"] for one in letters)
    italic = all("Italic" in one["fontname"] for one in letters)
    box = around(page, letters)
    drawn = _drawn(page, box)
    low, high = element.sizes
    holds = (
        all(low - NEAR <= size <= high + NEAR for size in sizes)
        and element.bold in (None, bold)
        and element.italic == italic
        and (not element.centred or _is_centred(page, found))
        and element.drawn == drawn
    )
    look = [f"cỡ {size:g}" for size in sorted(sizes)]
    look += ["đậm" if bold else "không đậm", "nghiêng" if italic else "đứng"]
    look += [drawn] if drawn else []
    return Measure(element.name, element.rule, ", ".join(look), holds, (box,))


def _drawn(page: Page, box: Box) -> str:
    """What is drawn with the letters: a red frame around them, or a line as long as they are."""
    for one in page.rects:
        over = one["x0"] < box.x0 and one["x1"] > box.x1
        if over and one["top"] < box.top and one["bottom"] > box.bottom and is_red(one):
            return FRAME
    for one in page.lines:
        below = 0 < one["top"] - box.top < box.height
        if below and abs(one["x0"] - box.x0) < 1 and abs(one["x1"] - box.x1) < 1:
            return LINE
    return ""


def _is_centred(page: Page, found: dict[str, Any]) -> bool:
    """The whole line's middle is the middle of the text's width."""
    line = [one for one in letters_of(page.chars) if abs(one["top"] - found["top"]) < 1]
    return abs(around(page, line).middle - (30 + 165 / 2) * MM) < MM


def _star(page: Page, paper: Paper) -> Measure:
    """Under the committee's name, in its middle, and alone between it and the number."""
    rule = "Dấu sao (*) dưới tên cơ quan ban hành, ở giữa, riêng một dòng."
    stars = [one for one in page.chars if one["text"] == "*"]
    names = search(page, paper.committee_name)
    if not stars or not names:
        return Measure("Dấu sao", rule, "không thấy trên giấy", holds=False)
    star, name = around(page, stars[:1]), around(page, letters_of(names[0]["chars"]))
    under = 0 < star.top - name.top < 30
    middle = abs(star.middle - name.middle)
    found = f"lệch giữa {in_mm(middle / MM)}"
    return Measure("Dấu sao", rule, found, under and middle < MM, (star,))


def _order(found: Iterable[Measure]) -> Measure:
    rule = "Các thành phần đứng từ trên xuống theo thứ tự của thể thức."
    places = {one.name: one.boxes[0] for one in found if one.boxes}
    wrong = [
        f"{after} đứng trên {before}"
        for names in ORDERS
        for before, after in pairwise(name for name in names if name in places)
        if _stands(places[after]) <= _stands(places[before])
    ]
    return Measure("Thứ tự", rule, "; ".join(wrong) or "đúng thứ tự", not wrong)


def _stands(box: Box) -> tuple[int, float]:
    return box.page, box.top
