"""A directive, a letter and a table keep PDF/A-3a and PDF/UA-1 whatever stands on them."""

import io
from datetime import date, datetime, timedelta, timezone
from functools import cache

import pikepdf
import pytest

from directives.rendering.archival import Enclosure
from directives.rendering.letters import Grid, Letter, compose_letter, numbered
from directives.rendering.paper import Annex, Paragraph, Signature
from directives.rendering.pdf import compose_directive
from directives.rendering.tables import Column, Row, WideTable, compose_table
from directives.rendering.typesetting import typeset
from directives.text.kinds import Kind
from tests.verapdf import ACCESSIBLE, ARCHIVE, STANDARDS

pytestmark = pytest.mark.xdist_group("verapdf")

# Both standards are asked about the very same file.
printed = cache(typeset)

CREATED = datetime(2024, 2, 5, tzinfo=timezone(timedelta(hours=7)))
ENCLOSURES = (
    Enclosure("05-CT-TU.json", "Nội dung", '{"text":"Chỉ thị"}'.encode(), CREATED),
    Enclosure("05-CT-TU.akn.xml", "Akoma Ntoso", "<akomaNtoso>ỡ</akomaNtoso>".encode(), CREATED),
)
DRAFT = {"number": None, "issued_on": None, "draft_number": 2}
SHORT = (Paragraph("", Kind.PREAMBLE, "Ban Thường vụ Tỉnh ủy chỉ thị: 05 ngày làm việc."),)
CLAUSES = (
    Paragraph("I-", Kind.PART, "Danh mục", headed=True),
    Paragraph(
        "1.", Kind.CLAUSE, "Cấp giấy phép\nTrong 15 ngày (Quyết định 14-QĐ/TU).", headed=True
    ),
    Paragraph("a)", Kind.POINT, "Đất đai: 20 ngày."),
)
ANNEXES = (
    Annex("PHỤ LỤC I", "Danh mục thủ tục phải rút ngắn thời hạn", CLAUSES),
    Annex("PHỤ LỤC II", "Mẫu báo cáo", (Paragraph("1.", Kind.CLAUSE, "Số việc."),)),
    Annex("PHỤ LỤC III", "Phân công", CLAUSES * 8),
)
DIRECTIVES = {
    "bare": {"paragraphs": SHORT, "recipients": ("Như trên",)},
    "whole": {},
    "draft": DRAFT,
    "draft with marks": {**DRAFT, "secrecy": "MẬT", "urgency": "HỎA TỐC"},
    "deputy": {"signature": Signature("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "K'Lũy")},
    "long list of recipients": {"recipients": tuple(f"Huyện ủy {n}" for n in range(60))},
    "annexes": {"issuer": "Ban Thường vụ Tỉnh ủy", "annexes": ANNEXES},
    "everything": {
        "secrecy": "TỐI MẬT",
        "urgency": "HẸN GIỜ",
        "proof": "http://127.0.0.1:8000/v/7K2M",
        "issuer": "Ban Thường vụ Tỉnh ủy",
        "annexes": ANNEXES,
        "recipients": tuple(f"Huyện ủy {n}" for n in range(20)),
    },
}
GRID = Grid(
    (Column("STT", 15), Column("Lựa chọn", 110), Column("Số phiếu", 40)),
    tuple((f"{n}", "Tán thành", "10") for n in range(60)),
)
LETTERS = {
    "letter to somebody": Letter(
        committee_name="TỈNH ỦY LÂM ĐỒNG",
        kind="GIẤY MỜI",
        subject="dự Hội nghị Ban Thường vụ lần thứ 42",
        body=numbered([(Kind.PREAMBLE, "Trân trọng kính mời.", False)]),
        place="Lâm Đồng",
        year=2024,
        number="Số      -GM/TU",
        addressed="Kính gửi: đồng chí Hoàng Minh Trực",
        is_draft=True,
        recipients=("Như trên", "Lưu Văn phòng Tỉnh ủy"),
        right=Signature("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG", "Lâm Thị Quỳnh"),
    ),
    "letter with a table over pages": Letter(
        committee_name="TỈNH ỦY LÂM ĐỒNG",
        kind="BIÊN BẢN",
        subject="Hội nghị Ban Thường vụ lần thứ 42",
        body=(*numbered([(Kind.PART, "THÀNH PHẦN", True)]), GRID),
        place="Lâm Đồng",
        dated=date(2024, 2, 5),
        left=Signature("NGƯỜI GHI BIÊN BẢN", "", "Lê Thị Ghi"),
        right=Signature("CHỦ TRÌ HỘI NGHỊ", "", "Hoàng Minh Trực"),
    ),
}
ROWS = tuple(
    Row((f"{n}", date(2024, 2, 5), "Một dòng\nvà một dòng nữa. " * (80 if n == 3 else 2)), n == 2)
    for n in range(40)
)
TABLES = {"table over pages": ROWS, "table without rows": ()}


def table(rows: tuple[Row, ...]) -> WideTable:
    return WideTable(
        committee_name="TỈNH ỦY LÂM ĐỒNG",
        name="Sổ",
        title="Sổ đăng ký chỉ thị",
        about="Ban Thường vụ Tỉnh ủy, nhiệm kỳ 2020 - 2025",
        summary=("- Tổng số: 40.",),
        columns=(Column("Số", 27), Column("Ngày", 30), Column("Trích yếu", 200)),
        rows=rows,
        nothing="Chưa có số nào được cấp.",
    )


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("name", DIRECTIVES)
def test_a_directive_keeps_the_standard(verapdf, make_paper, name, standard):
    manuscript = compose_directive(make_paper(**DIRECTIVES[name]), created=CREATED)
    assert verapdf.broken(printed(manuscript), standard) == []


@pytest.mark.parametrize("standard", STANDARDS)
def test_a_paper_that_encloses_its_sources_keeps_the_standard(verapdf, make_paper, standard):
    manuscript = compose_directive(make_paper(), created=CREATED)
    assert verapdf.broken(printed(manuscript, ENCLOSURES), standard) == []


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_keeps_the_standard(verapdf, name, standard):
    manuscript = compose_letter(LETTERS[name], created=CREATED)
    assert verapdf.broken(printed(manuscript), standard) == []


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("name", TABLES)
def test_a_table_keeps_the_standard(verapdf, name, standard):
    manuscript = compose_table(table(TABLES[name]), created=CREATED)
    assert verapdf.broken(printed(manuscript), standard) == []


@pytest.fixture
def without(make_paper):
    """A paper that has lost an entry of its catalogue."""
    paper = typeset(compose_directive(make_paper(paragraphs=SHORT), created=CREATED))

    def lose(entry: str) -> bytes:
        file = io.BytesIO()
        with pikepdf.open(io.BytesIO(paper)) as pdf:
            del pdf.Root[entry]
            pdf.save(file)
        return file.getvalue()

    return lose


def test_a_paper_without_its_profile_of_colours_is_refused(verapdf, without):
    [broken] = verapdf.broken(without("/OutputIntents"), ARCHIVE)
    assert "DeviceRGB shall only be used if" in broken


def test_a_paper_without_its_tags_is_refused(verapdf, without):
    broken = verapdf.broken(without("/StructTreeRoot"), ACCESSIBLE)
    assert any("structure hierarchy" in rule for rule in broken)
