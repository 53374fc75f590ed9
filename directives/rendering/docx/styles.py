"""The styles of a Party paper in Word: every size and distance of the form, once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from directives.rendering.forms_of_document import Form, points
from directives.text.kinds import Kind

# What offices have; ours in the PDF has the same widths.
TYPEFACE = "Times New Roman"
RED = "D00000"
PARTY, RULE, ISSUER, STAR, NUMBER = "TenDang", "VachDuoiTenDang", "TenCoQuan", "DauSao", "SoKyHieu"
DATE, DRAFT, CIRCULATION, SECRET = "NgayThang", "LanDuThao", "DauLuuHanh", "DauChiMuc"
TYPE, SUBJECT, HYPHENS, SPACE = "TenLoai", "TrichYeu", "GachDuoiTrichYeu", "KhoangCach"
RECIPIENTS, RECIPIENT = "NoiNhan", "NoiNhanDong"
CELL, CELL_TITLE, ADDRESSED = "OBang", "TieuDeBang", "KinhGui"
ANNEX, ANNEX_TITLE, ATTACHED, BREAK = "PhuLuc", "TenPhuLuc", "KemTheo", "NgatPhan"
AUTHORITY, TITLE, SIGNER, PAGE_NUMBER = "QuyenHan", "ChucVu", "HoTen", "SoTrang"
BODY = {
    Kind.BASIS: ("CanCu", "Căn cứ"),
    Kind.PREAMBLE: ("MoDau", "Mở đầu"),
    Kind.PART: ("Phan", "Phần"),
    Kind.CLAUSE: ("Khoan", "Khoản"),
    Kind.POINT: ("Diem", "Điểm"),
    Kind.DASH: ("GachDauDong", "Gạch đầu dòng"),
    Kind.PLUS: ("DauCong", "Dấu cộng"),
    Kind.CLOSING: ("KetThuc", "Kết thúc"),
}


@dataclass(frozen=True)
class Look:
    """A paragraph style. Lengths in points, `sides` in millimetres."""

    id: str
    name: str
    size: float
    bold: bool = False
    italic: bool = False
    underline: bool = False
    justified: bool = False
    centred: bool = False
    first_line: float = 0
    before: float = 0
    line: float = 0
    sides: float = 0
    keeps_next: bool = False
    outline: int | None = None


def body_style(kind: Kind, *, heading: bool) -> str:
    return BODY[kind][0] + ("De" if heading else "")


def looks(form: Form) -> Iterator[Look]:
    yield from _head_looks(form)
    yield from _body_looks(form)
    yield from _end_looks(form)
    yield from _annex_looks(form)


def _head_looks(form: Form) -> Iterator[Look]:
    size, small = points(form.header_size), points(form.small_size)
    yield Look(PARTY, "Tên Đảng", points(form.party_size), bold=True, centred=True)
    yield Look(RULE, "Vạch dưới tên Đảng", size)
    yield Look(ISSUER, "Tên cơ quan", size, bold=True, centred=True)
    yield Look(STAR, "Dấu sao", size, centred=True)
    yield Look(NUMBER, "Số và ký hiệu", size, centred=True)
    yield Look(DATE, "Địa danh, ngày tháng", size, italic=True, centred=True)
    yield Look(DRAFT, "Lần dự thảo", size, italic=True, centred=True)
    yield Look(CIRCULATION, "Dấu lưu hành", small, bold=True, centred=True)
    yield Look(SECRET, "Dấu chỉ mức", size, bold=True, centred=True, before=5)
    yield Look(TYPE, "Tên loại", points(form.type_size), bold=True, centred=True, before=22,
               keeps_next=True, line=20)  # fmt: skip
    yield Look(SUBJECT, "Trích yếu", points(form.subject_size), bold=True, centred=True, sides=5,
               keeps_next=True)  # fmt: skip
    yield Look(HYPHENS, "Gạch dưới trích yếu", size, centred=True, keeps_next=True)
    yield Look(PAGE_NUMBER, "Số trang", size, centred=True)


def _body_looks(form: Form) -> Iterator[Look]:
    level = 0
    for kind, (id, name) in BODY.items():
        plain = {
            "size": points(form.body_size),
            "justified": True,
            "first_line": float(form.first_line_indent.removesuffix("mm")) * 72 / 25.4,
            "before": points(form.paragraph_gap),
        }
        yield Look(id, name, **plain)
        if kind in (Kind.PART, Kind.CLAUSE, Kind.POINT):
            heading = f"{name} có tiêu đề"
            yield Look(f"{id}De", heading, **plain, bold=True, keeps_next=True, outline=level)
            level += 1
        else:
            yield Look(f"{id}De", f"{name} có tiêu đề", **plain, bold=True, keeps_next=True)


def letter_looks(form: Form) -> Iterator[Look]:
    """Of a paper that may have tables and an address."""
    yield from looks(form)
    size, small = points(form.header_size), points(form.small_size)
    yield Look(CELL, "Ô bảng", small, line=15)
    yield Look(CELL_TITLE, "Tiêu đề bảng", small, bold=True, centred=True, line=15)
    yield Look(ADDRESSED, "Kính gửi", size, centred=True, before=6)


def _end_looks(form: Form) -> Iterator[Look]:
    size, small, line = (
        points(form.header_size),
        points(form.small_size),
        points(form.line_height),
    )
    yield Look(SPACE, "Khoảng cách", size, line=14, keeps_next=True)
    yield Look(RECIPIENTS, "Nơi nhận", size, underline=True)
    yield Look(RECIPIENT, "Nơi nhận: dòng", small, line=15)
    yield Look(AUTHORITY, "Quyền hạn ký", size, bold=True, centred=True)
    yield Look(TITLE, "Chức vụ người ký", size, centred=True)
    # Four blank lines for the signature and the seal.
    yield Look(SIGNER, "Họ tên người ký", size, bold=True, centred=True, before=4 * line)


def _annex_looks(form: Form) -> Iterator[Look]:
    size = points(form.subject_size)
    yield Look(ANNEX, "Phụ lục", size, bold=True, centred=True, keeps_next=True, outline=0)
    yield Look(ANNEX_TITLE, "Tên phụ lục", size, bold=True, centred=True, sides=5, keeps_next=True)
    yield Look(ATTACHED, "Phụ lục: kèm theo", size, italic=True, centred=True, keeps_next=True)
    yield Look(BREAK, "Ngắt phần", 1, line=1)


def define(document: Document, form: Form, wanted: Iterable[Look]) -> None:
    """The typeface and language of all, and the styles of the form."""
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = TYPEFACE, Pt(points(form.body_size))
    for script in ("w:eastAsia", "w:cs"):
        normal.element.rPr.rFonts.set(qn(script), TYPEFACE)
    normal.element.rPr.append(element("w:lang", val="vi-VN"))
    for look in wanted:
        _define(document, look, points(form.line_height))
    _frame(document)


def _define(document: Document, look: Look, line: float) -> None:
    style: ParagraphStyle = document.styles.add_style(look.name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.set(qn("w:styleId"), look.id)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    style.font.size = Pt(look.size)
    style.font.bold, style.font.italic = look.bold, look.italic
    style.font.underline = look.underline or None
    shape = style.paragraph_format
    shape.alignment = _alignment(look)
    shape.first_line_indent = Pt(look.first_line)
    shape.left_indent = shape.right_indent = Mm(look.sides)
    shape.space_before, shape.space_after = Pt(look.before), Pt(0)
    shape.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    shape.line_spacing = Pt(look.line or line)
    shape.keep_with_next = look.keeps_next
    shape.widow_control = True
    if look.outline is not None:
        style.element.get_or_add_pPr().append(element("w:outlineLvl", val=str(look.outline)))


def _alignment(look: Look) -> WD_ALIGN_PARAGRAPH:
    if look.centred:
        return WD_ALIGN_PARAGRAPH.CENTER
    return WD_ALIGN_PARAGRAPH.JUSTIFY if look.justified else WD_ALIGN_PARAGRAPH.LEFT


def _frame(document: Document) -> None:
    """Secrecy and urgency: red, in a frame around the words."""
    style = next(s for s in document.styles if s.style_id == SECRET)
    style.font.color.rgb = RGBColor.from_string(RED)
    border = element("w:bdr", val="single", sz="10", space="0", color=RED)
    size = style.element.rPr.find(qn("w:sz"))
    size.addnext(border)


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    return made
