"""The register on paper and as a workbook: every number of a term, whatever became of it."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import override

from directives.models import NumberRegister, NumberStatus, RegisterEntry, RelationKind
from directives.relations import superseding_kind
from directives.rendering.papers import start_of
from directives.rendering.tables import Column, Row, WideTable, compose_table
from directives.rendering.typesetting import Manuscript
from directives.rendering.workbook import table_xlsx

COLUMNS = (
    Column("Số, ký hiệu", 24.0, keeps=True),
    Column("Ngày ban hành", 26.0),
    Column("Trích yếu nội dung", 70.0),
    Column("Người ký", 31.0),
    Column("Tình trạng", 24.0),
    Column("Ghi chú", 46.0),
    Column("Người vào sổ", 36.0),
)
NO_NUMBERS = "Chưa có số nào được cấp."
NO_LONGER_IN_FORCE = {
    RelationKind.REPLACE: "Đã được thay thế.",
    RelationKind.REPEAL: "Đã bị bãi bỏ.",
}


def register_entries(numbers: NumberRegister) -> QuerySet[RegisterEntry]:
    """Every number in order, with what the page and the papers of the register show of it."""
    entries = numbers.entries.select_related("directive", "taken_by", "cancelled_by")
    return entries.annotate(superseded=superseding_kind("directive"))


def register_paper(numbers: NumberRegister) -> Manuscript:
    return compose_table(register_table(numbers), created=start_of(timezone.localdate()))


def register_xlsx(numbers: NumberRegister) -> bytes:
    return table_xlsx(register_table(numbers), created=timezone.now())


def register_table(numbers: NumberRegister) -> WideTable:
    with override("vi"):
        return _register_table(numbers, list(register_entries(numbers)))


def _register_table(numbers: NumberRegister, entries: list[RegisterEntry]) -> WideTable:
    kind = f"{numbers.document_type}/{numbers.committee.symbol}"
    term, title = str(numbers.term), numbers.title
    return WideTable(
        committee_name=numbers.committee.letterhead,
        name=title,
        title=title,
        about=f"{numbers.committee}, {term[:1].lower()}{term[1:]}, ký hiệu {kind}",
        summary=(_summary(numbers, entries),) if entries else (),
        columns=COLUMNS,
        rows=tuple(Row(_cells(numbers, entry), opens=True) for entry in entries),
        nothing=NO_NUMBERS,
    )


def _summary(numbers: NumberRegister, entries: Iterable[RegisterEntry]) -> str:
    counts = Counter(entry.status for entry in entries)
    return (
        f"- Từ số {numbers.first_number} đến số {numbers.last_number}, liên tục: "
        f"đã cấp {counts[NumberStatus.ISSUED]}, đang giữ {counts[NumberStatus.RESERVED]}, "
        f"đã hủy {counts[NumberStatus.CANCELLED]}."
    )


def _cells(numbers: NumberRegister, entry: RegisterEntry) -> tuple[str | date, ...]:
    signer = entry.directive.signer_name if entry.directive and entry.issued_on else ""
    return (
        numbers.symbol(entry.number),
        entry.issued_on or "",
        entry.about,
        signer,
        str(entry.get_status_display()),
        "\n".join(_notes(entry)),
        f"{entry.taken_by}\n{_at(entry.taken_at)}",
    )


def _notes(entry: RegisterEntry) -> list[str]:
    notes = []
    if entry.cancelled_at:
        notes.append(f"Lý do hủy: {entry.cancel_reason}")
        notes.append(f"{entry.cancelled_by} hủy số, {_at(entry.cancelled_at)}")
    if entry.reason and entry.status != NumberStatus.ISSUED:
        notes.append(f"Lý do giữ số: {entry.reason}")
    if entry.is_outside:
        notes.append("Văn bản ngoài hệ thống.")
    if entry.superseded:
        notes.append(NO_LONGER_IN_FORCE[entry.superseded])
    return notes


def _at(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}"
