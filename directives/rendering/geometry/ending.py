"""Where the text ends: the signature and, beside it, the recipients."""

from collections.abc import Iterator

from pdfplumber.page import Page

from ..forms_of_document import Form, points
from ..paper import Paper
from ..pdf import punctuated
from .boxes import MM, Box, Measure, compact, letters_of

END_MARKS = {",": "dấu phẩy", ";": "dấu chấm phẩy"}


def ending(text: list[Page], paper: Paper, form: Form, found: list[Measure]) -> Iterator[Measure]:
    """`text` are the pages ahead of the annexes, `found` the elements as they were measured."""
    boxes = {one.name: one.boxes[0] for one in found if one.boxes}
    if authority := boxes.get("Thể thức đề ký"):
        yield _company(text, authority)
        if label := boxes.get("Nơi nhận"):
            yield _beside(label, authority)
        if name := boxes.get("Họ tên người ký"):
            yield _room(boxes.get("Chức vụ người ký", authority), name, form)
    if paper.recipients:
        yield _marks(text, paper, form)


def _company(text: list[Page], authority: Box) -> Measure:
    """The signature stands on a page with lines of the text."""
    page = next(page for page in text if page.page_number == authority.page)
    above = {
        round(one["top"])
        for one in letters_of(page.chars)
        if 20 * MM - 1 < one["top"] < authority.top - 1
    }
    rule = "Khối chữ ký không đứng riêng một trang, cùng trang có lời văn."
    found = f"{len(above)} dòng cùng trang"
    return Measure("Khối chữ ký", rule, found, bool(above), (authority,))


def _beside(label: Box, authority: Box) -> Measure:
    level = label.page == authority.page and abs(label.top - authority.top) < 1
    left = abs(label.x0 - 30 * MM) < MM and label.x1 < authority.x0
    rule = "“Nơi nhận” ở lề trái, ngang hàng với thể thức đề ký."
    found = "ngang hàng" if level else "không ngang hàng"
    return Measure("Vị trí nơi nhận", rule, found, level and left, (label, authority))


def _room(title: Box, name: Box, form: Form) -> Measure:
    """Blank lines between the title and the name."""
    blank = (name.top - title.top) / points(form.line_height) - 1
    box = Box(name.page, min(title.x0, name.x0), title.bottom, max(title.x1, name.x1), name.top)
    rule = "Giữa chức vụ và họ tên để trống bốn dòng; không in dấu, chữ ký."
    return Measure("Chỗ ký", rule, f"{blank:.0f} dòng", abs(blank - 4) < 0.1, (box,))


def _marks(text: list[Page], paper: Paper, form: Form) -> Measure:
    printed = compact(text)
    lines = punctuated(paper.recipients, form.recipients_end)
    kept = sum("".join(f"-{line}".split()) in printed for line in lines)
    rule = f"Mỗi dòng kết thúc bằng {END_MARKS[form.recipients_end]}, dòng cuối bằng dấu chấm."
    found = f"đúng {kept}/{len(lines)} dòng"
    return Measure("Dấu cuối nơi nhận", rule, found, kept == len(lines))
