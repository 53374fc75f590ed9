import json
from collections.abc import Callable
from datetime import date

import pytest
from django.conf import settings

from directives.rendering.paper import Paper, Paragraph, Signature
from directives.text.kinds import Kind
from directives.text.numbering import numbers

KINDS = {
    "mo_dau": Kind.PREAMBLE,
    "khoan": Kind.CLAUSE,
    "diem": Kind.POINT,
    "ket_thuc": Kind.CLOSING,
}
DEMO = json.loads((settings.BASE_DIR / "meetings/demo/draft_directive.json").read_text())


def demo_paragraphs() -> tuple[Paragraph, ...]:
    rows = DEMO["provisions"]
    kinds = [KINDS[row["kind"]] for row in rows]
    return tuple(
        Paragraph(number, kind, "\n".join(filter(None, lines)), headed=lines[0] is not None)
        for number, kind, lines in zip(
            numbers(kinds), kinds, ((row["heading"], row["text"]) for row in rows), strict=True
        )
    )


@pytest.fixture
def make_paper() -> Callable[..., Paper]:
    def make(**changes: object) -> Paper:
        issued = {
            "committee_name": "TỈNH ỦY LÂM ĐỒNG",
            "place": "Lâm Đồng",
            "symbol": "CT/TU",
            "number": 5,
            "issued_on": date(2024, 2, 5),
            "draft_number": None,
            "circulation_mark": "TÀI LIỆU HỘI NGHỊ",
            "secrecy": "",
            "urgency": "",
            "subject": DEMO["meta"]["trich_yeu"],
            "paragraphs": demo_paragraphs(),
            "recipients": tuple(DEMO["meta"]["noi_nhan"]),
            "signature": Signature("T/M BAN THƯỜNG VỤ", "Q. BÍ THƯ", "Nguyễn Văn Thụ"),
        }
        return Paper(**{**issued, **changes})

    return make
