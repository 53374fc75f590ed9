"""How documents of the Party are cited."""

import re
from collections.abc import Iterator

from directives.formcheck.rules.document import Document, Edit, Spot

# A number, a dash, a type, a body: `14-KL/TW`. Symbols of the State (`30/2020/NĐ-CP`) differ.
_CITED = re.compile(
    r"\b\d{1,5}-[A-ZĐ][A-Za-zĐđ]*/[A-ZĐ]\w*(?:[-/]\w+)*(?= +ngày \d{1,2}(?:/| tháng))"
)


def missing_comma(document: Document) -> Iterator[Spot]:
    """“Kết luận số 14-KL/TW ngày 22/9/2021” lacks the comma before the date.

    Source: HD 36-HD/VPTW and HD 05-HD/VPTW, citing (party-format §1).
    """
    for passage in document.passages:
        for match in _CITED.finditer(passage.text):
            comma = Edit(passage.key, match.end(), match.end(), ",")
            yield Spot(passage, *match.span(), comma)
