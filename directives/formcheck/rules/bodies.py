"""Bodies that are no more on the day of the document."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from directives.formcheck.rules.document import Document, Edit, Spot
from directives.formcheck.rules.spelling import old_style, prevailing


@dataclass(frozen=True)
class Ended:
    """What ended, the first day without it, and the words (a pattern, spelled `ủy`) for it.

    `now` is what took its place, where that is one thing and takes its name in a sentence.
    """

    what: str
    since: date
    words: str
    now: str = ""


_TWO_LEVELS = date(2025, 7, 1)
# The bodies of the provinces were arranged anew in February 2025 and began work on this day.
_ARRANGED = date(2025, 3, 1)

ENDED = (
    Ended(
        "district_level",
        _TWO_LEVELS,
        r"cấp huyện|(?:huyện|thị|quận) ủy(?:,? (?:và )?(?:thị|thành|quận) ủy)*"
        r"|huyện|quận|thị xã|thị trấn",
    ),
    Ended("party_groups", _ARRANGED, r"ban cán sự đảng|đảng đoàn"),
    Ended("arranged", _ARRANGED, r"đảng ủy khối(?: các cơ quan| doanh nghiệp)?"),
    Ended(
        "arranged",
        _ARRANGED,
        r"ban tuyên giáo(?! và dân vận)|(?<!tuyên giáo và )ban dân vận",
        "Ban Tuyên giáo và Dân vận",
    ),
    Ended("arranged", _ARRANGED, r"sở kế hoạch và đầu tư", "Sở Tài chính"),
    Ended("arranged", _ARRANGED, r"sở giao thông vận tải", "Sở Xây dựng"),
    Ended("arranged", _ARRANGED, r"sở thông tin và truyền thông", "Sở Khoa học và Công nghệ"),
    Ended("arranged", _ARRANGED, r"sở lao động[ -–]+thương binh và xã hội", "Sở Nội vụ"),
    Ended(
        "arranged",
        _ARRANGED,
        r"sở tài nguyên và môi trường|sở nông nghiệp và phát triển nông thôn",
        "Sở Nông nghiệp và Môi trường",
    ),
)
_WORDS = [(one, re.compile(rf"(?<!\w)(?:{one.words})(?!\w)", re.IGNORECASE)) for one in ENDED]

# What is said of a body that is over, in the same clause of a sentence.
_OVER_BEFORE = re.compile(
    r"(?:kết thúc hoạt động|không (?:còn|tổ chức)|giải thể|trước đây|trước ngày 0?1/0?7/2025"
    r"|sắp xếp|sáp nhập|hợp nhất|(?<!\w)nguyên)(?!\w)[^.;\n]{0,60}$",
    re.IGNORECASE,
)
_OVER_AFTER = re.compile(r"[^.;,\n]{0,40}(?:\(cũ\)|(?<!\w)cũ(?!\w)|trước đây)", re.IGNORECASE)
_SEEN_AROUND = 100


def obsolete(document: Document) -> Iterator[Spot]:
    """Words for a body or a level that had ended on the day of the document, but for those that
    say so themselves: “sau khi kết thúc hoạt động của cấp huyện”, “huyện Đức Trọng (cũ)”.

    Source: from 01/7/2025 the levels are province, then commune, ward and special zone
    (party-format §3); from 01/3/2025 Decree 45/2025/NĐ-CP names the departments of a province.
    """
    spell = prevailing(document)
    gone = [(ended, words) for ended, words in _WORDS if document.dated >= ended.since]
    for passage in document.passages:
        text = old_style(passage.text)
        hits = [(match.span(), ended) for ended, words in gone for match in words.finditer(text)]
        named = text.lower()
        for span, ended in sorted(hits, key=lambda hit: hit[0]):
            if not _is_told_of(text, *span):
                # Put for two bodies, or where it stands already, the new name would stand twice.
                once = ended.now and ended.now.lower() not in named
                edit = Edit(passage.key, *span, spell(ended.now)) if once else None
                named += f" {ended.now.lower()}"
                yield Spot(passage, *span, edit, {"what": ended.what})


def _is_told_of(text: str, start: int, end: int) -> bool:
    before = text[max(start - _SEEN_AROUND, 0) : start]
    after = text[end : end + _SEEN_AROUND]
    return bool(_OVER_BEFORE.search(before) or _OVER_AFTER.match(after))
