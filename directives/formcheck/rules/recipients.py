"""Whoever is given a task is sent the directive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from directives.formcheck.rules.document import Document, Edit, Passage, Spot
from directives.formcheck.rules.spelling import old_style, prevailing
from directives.text.kinds import LEVELS, Kind


@dataclass(frozen=True)
class Body:
    """How a task names a body, what names it among the recipients, and the line to add.

    Words are patterns, spelled `ủy`; the name itself among the recipients always counts. Without
    a line the name is added as it stands. `until` is the first day without such bodies.
    """

    named: str
    covered_by: str
    line: str = ""
    until: date = date.max


_COMMITTEES = r"đảng ủy trực thuộc"
# Longer names stand before those they begin with.
BODIES = (
    Body(
        r"(?:ủy ban )?mặt trận tổ quốc(?: việt nam)?",
        r"mặt trận tổ quốc",
        "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh",
    ),
    Body(
        r"(?:các )?tổ chức chính trị - xã hội",
        r"tổ chức chính trị - xã hội|đoàn thể",
        "Các tổ chức chính trị - xã hội tỉnh",
    ),
    Body(
        r"(?:tỉnh đoàn|đoàn thanh niên cộng sản hồ chí minh|liên đoàn lao động|hội nông dân"
        r"|hội liên hiệp phụ nữ|hội cựu chiến binh)(?: việt nam)?(?: tỉnh)?",
        r"tổ chức chính trị - xã hội|đoàn thể",
    ),
    Body(
        r"(?:các )?ban cán sự đảng",
        r"ban cán sự đảng",
        "Các ban cán sự đảng",
        date(2025, 3, 1),
    ),
    Body(r"(?:các )?đảng đoàn", r"đảng đoàn", "Các đảng đoàn", date(2025, 3, 1)),
    Body(
        r"đảng ủy (?:ủy ban nhân dân|ubnd) tỉnh",
        rf"đảng ủy (?:ủy ban nhân dân|ubnd)|{_COMMITTEES}",
        "Đảng ủy Ủy ban nhân dân tỉnh",
    ),
    Body(
        r"đảng ủy các cơ quan đảng(?: tỉnh)?",
        rf"đảng ủy các cơ quan|{_COMMITTEES}",
        "Đảng ủy các cơ quan Đảng tỉnh",
    ),
    Body(r"đảng ủy (?:công an|quân sự|bộ đội biên phòng) tỉnh", _COMMITTEES),
    Body(
        r"(?:các )?(?:cấp|đảng|huyện|thị|thành) ủy",
        r"(?:cấp|đảng|huyện|thị|thành) ủy",
        "Các đảng ủy trực thuộc Tỉnh ủy",
    ),
    Body(
        r"(?:các )?(?:đồng chí )?(?:ủy viên )?ban thường vụ",
        r"ban thường vụ|ban chấp hành|tỉnh ủy viên",
        "Các đồng chí Ủy viên Ban Thường vụ Tỉnh ủy",
    ),
    Body(
        r"(?:(?:ban tổ chức|ban tuyên giáo(?: và dân vận)?|ban nội chính|ban dân vận|văn phòng"
        r"|(?:cơ quan )?ủy ban kiểm tra) tỉnh ủy"
        r"|(?:các )?cơ quan tham mưu, giúp việc(?: của)? tỉnh ủy)",
        r"cơ quan tham mưu|các ban (?:đảng|xây dựng đảng|của tỉnh ủy)",
        "Các cơ quan tham mưu, giúp việc Tỉnh ủy",
    ),
    Body(
        r"(?:hội đồng nhân dân|hđnd) tỉnh",
        r"hội đồng nhân dân|hđnd",
        "Hội đồng nhân dân tỉnh",
    ),
    Body(r"(?:ủy ban nhân dân|ubnd) tỉnh", r"ủy ban nhân dân|ubnd", "Ủy ban nhân dân tỉnh"),
    Body(r"(?:các )?sở, (?:ban, )?ngành", r"\bsở\b", "Các sở, ban, ngành tỉnh"),
    Body(
        r"sở (?:công thương|dân tộc và tôn giáo|giáo dục và đào tạo|khoa học và công nghệ|nội vụ"
        r"|nông nghiệp và môi trường|tài chính|tư pháp|văn hóa, thể thao và du lịch|xây dựng"
        r"|y tế)|thanh tra tỉnh",
        r"các sở\b",
    ),
    Body(
        r"(?:công an|bộ chỉ huy quân sự|bộ chỉ huy bộ đội biên phòng|tòa án nhân dân"
        r"|viện kiểm sát nhân dân) tỉnh",
        r"cơ quan (?:khối )?nội chính",
    ),
    Body(r"trường chính trị(?: tỉnh)?", r"đơn vị sự nghiệp"),
    Body(r"(?:các )?cơ quan báo chí|báo và phát thanh, truyền hình(?: tỉnh)?", r"cơ quan báo chí"),
)
_NAMED = [(body, re.compile(rf"(?:{body.named})(?!\w)", re.IGNORECASE)) for body in BODIES]
_NEXT = re.compile(
    r"(?: các cấp| tỉnh ủy| tỉnh| trực thuộc| việt nam)*(?:,| và|, và| cùng) ", re.IGNORECASE
)
_ORDERS = re.compile(r"(?:^|(?<=[.;:] ))(?:Giao|Yêu cầu|Đề nghị|Phân công)(?: cho)? ", re.MULTILINE)
_EXECUTION = "tổ chức thực hiện"
ARCHIVE = "Lưu Văn phòng Tỉnh ủy"
_ARCHIVE = re.compile(r"^(?:- ?)?Lưu\b", re.MULTILINE)


def unlisted(document: Document) -> Iterator[Spot]:
    """A body that a point of “Tổ chức thực hiện” begins with, or to which a sentence gives a task
    (“Giao Công an tỉnh …”), and that is not among the recipients.

    Source: the recipients are those who carry the directive out (party-format §1, Nơi nhận).
    """
    spell = prevailing(document)
    seen: set[str] = set()
    for recipients in document.of_kind(Kind.RECIPIENTS):
        listed = old_style(recipients.text).lower()
        for passage, at in _tasks(document):
            for body, match in _bodies_at(passage, at):
                line = spell(body.line) or _as_written(passage, match)
                told = line not in seen and document.dated < body.until
                if told and not _is_covered(body, match[0], listed):
                    seen.add(line)
                    yield Spot(passage, *match.span(), _added(recipients, line), {"line": line})


def missing_archive(document: Document) -> Iterator[Spot]:
    """Recipients that do not end with the archive, “Lưu …”.

    Source: the last line is “Lưu Văn phòng Tỉnh ủy” (party-format §1, Nơi nhận).
    """
    spell = prevailing(document)
    for recipients in document.of_kind(Kind.RECIPIENTS):
        text = recipients.text.rstrip()
        start = text.rfind("\n") + 1
        if text and not _ARCHIVE.match(text, start):
            line = spell(ARCHIVE)
            added = Edit(recipients.key, len(text), len(recipients.text), f"\n{line}")
            elsewhere = _ARCHIVE.search(text)
            edit = None if elsewhere else added
            yield Spot(recipients, start, len(text), edit, {"line": line})


def _tasks(document: Document) -> Iterator[tuple[Passage, int]]:
    """Where a task begins with whoever has it: at the start of what stands under the heading “Tổ
    chức thực hiện”, and behind “Giao”."""
    heading: Passage | None = None
    for passage in document.of_kind(Kind.PREAMBLE, *LEVELS):
        if heading and passage.stands_under(heading):
            yield passage, 0
        elif passage.kind in (Kind.PART, Kind.CLAUSE) and _is_execution(passage):
            heading = passage
        yield from ((passage, order.end()) for order in _ORDERS.finditer(passage.text))


def _is_execution(passage: Passage) -> bool:
    return _EXECUTION in passage.text.partition("\n")[0].lower()


def _bodies_at(passage: Passage, at: int) -> Iterator[tuple[Body, re.Match[str]]]:
    """“Mặt trận Tổ quốc và các tổ chức chính trị - xã hội tỉnh giám sát …” begins with two."""
    text = old_style(passage.text)
    while found := next(((b, m) for b, named in _NAMED if (m := named.match(text, at))), None):
        yield found
        following = _NEXT.match(text, found[1].end())
        if following is None:
            return
        at = following.end()


def _is_covered(body: Body, name: str, listed: str) -> bool:
    return name.lower() in listed or re.search(body.covered_by, listed) is not None


def _as_written(passage: Passage, match: re.Match[str]) -> str:
    name = passage.text[match.start() : match.end()]
    return name[0].upper() + name[1:]


def _added(recipients: Passage, line: str) -> Edit:
    """A line of its own, ahead of the archive's, which is the last."""
    archive = _ARCHIVE.search(recipients.text)
    if archive:
        return Edit(recipients.key, archive.start(), archive.start(), f"{line}\n")
    end = len(recipients.text)
    return Edit(recipients.key, end, end, f"\n{line}" if end else line)
