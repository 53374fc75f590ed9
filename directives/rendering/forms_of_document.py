"""The layout rules of Party documents, as data in force from a day on.

Sources: HD 36-HD/VPTW of 03/4/2018 and HD 05-HD/VPTW of 27/5/2026, both of the Office of the
Central Committee, on the form of documents; under 66-QĐ/TW (2017), then 399-QĐ/TW of 09/01/2026,
on kinds of documents, which decides how clauses are numbered.
"""

from dataclasses import dataclass, fields, replace
from datetime import date


class UnsupportedDate(ValueError):
    """No layout rules are known for a document of this day."""

    def __init__(self, day: date):
        super().__init__(f"No form of document is known before {IN_FORCE[-1][0]}: {day}")
        self.day = day


# Fields that are no lengths.
OTHERS = {"guidance", "recipients_end", "clause_end", "line_heights"}


@dataclass(frozen=True)
class Form:
    """One set of rules. Lengths are CSS lengths; each is the CSS variable of its name.

    Where a source gives a range, the value chosen stands within it.
    """

    guidance: str
    # A4 portrait: 20 mm above and below, 30 mm left, 15 mm right.
    margin_top: str
    margin_bottom: str
    margin_left: str
    margin_right: str
    # "ĐẢNG CỘNG SẢN VIỆT NAM": 15 pt; the rest of the header and the signature: 14 pt.
    party_size: str
    header_size: str
    # "CHỈ THỊ": 15–16 pt; the subject: 14–15 pt; the body: 14–15 pt.
    type_size: str
    subject_size: str
    body_size: str
    # Recipients' lines and circulation marks: 12 pt.
    small_size: str
    # Exact spacing: HD 36 at least 18 pt, HD 05 18–22 pt.
    line_height: str
    # About 10 mm, and at least 6 pt between paragraphs.
    first_line_indent: str
    paragraph_gap: str
    page_number_from_edge: str
    # HD 36: commas; HD 05: semicolons. The last line ends with a full stop under both.
    recipients_end: str
    # 66-QĐ/TW: "1-"; 399-QĐ/TW: "1.".
    clause_end: str
    # What is asked of the spacing of lines, in points: at least, and at most where that is said.
    line_heights: tuple[float, float | None]

    def stylesheet(self) -> str:
        """The rules as CSS variables of the root element."""
        lengths = (
            f"--{field.name.replace('_', '-')}: {getattr(self, field.name)};"
            for field in fields(self)
            if field.name not in OTHERS
        )
        return ":root {" + "".join(lengths) + "}"


HD_36 = Form(
    guidance="HD 36-HD/VPTW",
    margin_top="20mm",
    margin_bottom="20mm",
    margin_left="30mm",
    margin_right="15mm",
    party_size="15pt",
    header_size="14pt",
    type_size="16pt",
    subject_size="14pt",
    body_size="14pt",
    small_size="12pt",
    line_height="18pt",
    first_line_indent="10mm",
    paragraph_gap="6pt",
    page_number_from_edge="10mm",
    recipients_end=",",
    clause_end="-",
    line_heights=(18, None),
)
HD_36_UNDER_399 = replace(HD_36, clause_end=".")
HD_05 = replace(
    HD_36_UNDER_399, guidance="HD 05-HD/VPTW", recipients_end=";", line_heights=(18, 22)
)

IN_FORCE = (
    (date(2026, 5, 27), HD_05),
    (date(2026, 1, 9), HD_36_UNDER_399),
    (date(2018, 4, 3), HD_36),
)


def points(length: str) -> float:
    """A CSS length given in points, as a number."""
    return float(length.removesuffix("pt"))


def form_for(day: date) -> Form:
    """The rules in force on a day. Raises UnsupportedDate before HD 36-HD/VPTW."""
    for first_day, form in IN_FORCE:
        if day >= first_day:
            return form
    raise UnsupportedDate(day)
