"""Whoever is given a task is sent the directive."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from directives.formcheck.rules.document import Document, Edit, Passage, Spot
from directives.formcheck.rules.spelling import old_style, prevailing
from directives.text.kinds import Kind


@dataclass(frozen=True)
class Body:
    """How a task names a body, what names it among the recipients, and the line to add.

    Words are patterns, spelled `ủy`; the name itself among the recipients always counts.
    """

    named: str
    covered_by: str
    line: str


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
    Body(r"(?:các )?ban cán sự đảng", r"ban cán sự đảng", "Các ban cán sự đảng"),
    Body(r"(?:các )?đảng đoàn", r"đảng đoàn", "Các đảng đoàn"),
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
        r"(?:ban tổ chức|ban tuyên giáo|ban nội chính|ban dân vận|văn phòng|ủy ban kiểm tra)"
        r" tỉnh ủy",
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
)
_NAMED = [(body, re.compile(rf"(?:{body.named})(?!\w)", re.IGNORECASE)) for body in BODIES]
_NEXT = re.compile(
    r"(?: các cấp| tỉnh ủy| tỉnh| trực thuộc| việt nam)*(?:,| và|, và| cùng) ", re.IGNORECASE
)
_EXECUTION = "tổ chức thực hiện"
_ARCHIVE = re.compile(r"^Lưu\b", re.MULTILINE)


def unlisted(document: Document) -> Iterator[Spot]:
    """A body that a point of “Tổ chức thực hiện” begins with and that is not among the recipients.

    Source: the recipients are those who carry the directive out (party-format §1, Nơi nhận).
    """
    spell = prevailing(document)
    seen: set[Body] = set()
    for recipients in document.of_kind(Kind.RECIPIENTS):
        listed = old_style(recipients.text).lower()
        for passage in _tasks(document):
            for body, match in _bodies_at_start(passage):
                if body not in seen and not _is_covered(body, match[0], listed):
                    seen.add(body)
                    edit = _added(recipients, spell(body.line))
                    yield Spot(passage, *match.span(), edit, {"line": spell(body.line)})


def _tasks(document: Document) -> Iterator[Passage]:
    """What stands under the heading “Tổ chức thực hiện”."""
    heading: Passage | None = None
    for passage in document.of_kind(Kind.PART, Kind.CLAUSE, Kind.POINT, Kind.DASH):
        if heading and passage.stands_under(heading):
            yield passage
        elif passage.kind in (Kind.PART, Kind.CLAUSE) and _is_execution(passage):
            heading = passage


def _is_execution(passage: Passage) -> bool:
    return _EXECUTION in passage.text.partition("\n")[0].lower()


def _bodies_at_start(passage: Passage) -> Iterator[tuple[Body, re.Match[str]]]:
    """“Mặt trận Tổ quốc và các tổ chức chính trị - xã hội tỉnh giám sát …” begins with two."""
    text, at = old_style(passage.text), 0
    while found := next(((b, m) for b, named in _NAMED if (m := named.match(text, at))), None):
        yield found
        following = _NEXT.match(text, found[1].end())
        if following is None:
            return
        at = following.end()


def _is_covered(body: Body, name: str, listed: str) -> bool:
    return name.lower() in listed or re.search(body.covered_by, listed) is not None


def _added(recipients: Passage, line: str) -> Edit:
    """A line of its own, ahead of the archive's, which is the last."""
    archive = _ARCHIVE.search(recipients.text)
    if archive:
        return Edit(recipients.key, archive.start(), archive.start(), f"{line}\n")
    end = len(recipients.text)
    return Edit(recipients.key, end, end, f"\n{line}" if end else line)
