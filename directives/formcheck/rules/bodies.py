"""Bodies that are no more on the day of the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from directives.formcheck.rules.document import Document, Spot
from directives.formcheck.rules.spelling import old_style


@dataclass(frozen=True)
class Ended:
    """What ended, the first day without it, and the words (spelled `ủy`) that speak of it."""

    what: str
    since: date
    words: re.Pattern[str]


ENDED = (
    Ended(
        "district_level",
        date(2025, 7, 1),
        re.compile(
            r"(?<!\w)(?:cấp huyện|(?:huyện|thị|quận) ủy(?:,? (?:và )?(?:thị|thành|quận) ủy)*"
            r"|huyện|quận|thị xã)(?!\w)",
            re.IGNORECASE,
        ),
    ),
)


def obsolete(document: Document) -> Iterator[Spot]:
    """Words for a body or a level that had ended on the day of the document.

    Source: from 01/7/2025 the levels are province, then commune, ward and special zone
    (party-format §3).
    """
    for ended in ENDED:
        if document.dated >= ended.since:
            for passage in document.passages:
                for match in ended.words.finditer(old_style(passage.text)):
                    yield Spot(passage, *match.span(), facts={"what": ended.what})
