"""The first draft of a directive that corrects, amends, replaces or repeals an issued one.

The old directive is cited as in papers of the Party: number, a comma, the day. “…” stands where the
office must write.
"""

from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from directives import permissions
from directives.drafting.relating import issue_of, relate
from directives.drafting.wholes import create_directive, replace_body
from directives.drafting.working import FIXED, NewProvision
from directives.models import Directive, RelationKind
from directives.outline import in_order
from directives.text.kinds import Kind, apart

SUBJECTS = {
    RelationKind.CORRECT: "về việc đính chính {cited}",
    RelationKind.AMEND: "về việc sửa đổi, bổ sung {cited}",
    RelationKind.REPEAL: "về việc bãi bỏ {cited}",
}
BODIES = {
    RelationKind.CORRECT: (
        (Kind.PREAMBLE, "{committee} đính chính {cited} {subject}, như sau:"),
        (Kind.CLAUSE, "Tại …, đã ghi “…”, nay đính chính là “…”."),
        (Kind.CLAUSE, "Các nội dung khác của {cited} giữ nguyên."),
    ),
    RelationKind.AMEND: (
        (Kind.PREAMBLE, "{committee} sửa đổi, bổ sung {cited} {subject}, như sau:"),
        (Kind.CLAUSE, "Sửa đổi … thành: “…”."),
        (Kind.CLAUSE, "Bổ sung … như sau: “…”."),
        (Kind.CLAUSE, "Các nội dung khác của {cited} giữ nguyên."),
    ),
    RelationKind.REPEAL: (
        (Kind.CLAUSE, "Bãi bỏ {cited} {subject}."),
        (Kind.CLAUSE, "Chỉ thị này có hiệu lực từ ngày ký."),
    ),
}
REPLACES = "Chỉ thị này thay thế {cited} {subject}."
CLOSING = "Chỉ thị này phổ biến đến chi bộ."


@transaction.atomic
def create_successor(
    old: Directive, *, actor: User, kind: str, subject: str, recipients: str = "", **details: Any
) -> Directive:
    """A new directive with its relation to the issued one and the first words of its draft.

    One that replaces begins with the issued text; the others with the form of such a paper.
    """
    permissions.require(permissions.can_create_directive, actor, old.committee)
    body = first_body(old, RelationKind(kind))
    new = create_directive(
        actor=actor, committee=old.committee, subject=subject, recipients=recipients, **details
    )
    relate(new.pk, actor=actor, kind=kind, old=old)
    replace_body(new.latest_draft.pk, actor=actor, units=body)
    new.refresh_from_db()
    return new


def first_subject(old: Directive, kind: RelationKind) -> str:
    """The subject to begin with; one that replaces takes the old one's."""
    return SUBJECTS[kind].format(**_words(old)) if kind in SUBJECTS else old.subject


def first_body(old: Directive, kind: RelationKind) -> list[NewProvision]:
    """The provisions to begin with, without subject and recipients."""
    words = _words(old)
    if kind == RelationKind.REPLACE:
        return _replacing(old, NewProvision(Kind.CLOSING, REPLACES.format(**words)))
    written = [NewProvision(unit, text.format(**words)) for unit, text in BODIES[kind]]
    return [*written, NewProvision(Kind.CLOSING, CLOSING)]


def _replacing(old: Directive, said: NewProvision) -> list[NewProvision]:
    """The issued text; what it replaces is said before its closing words."""
    ordered = in_order(issue_of(old).draft)
    copied = [NewProvision(Kind(p.kind), p.text, p.headed) for p in ordered if p.kind not in FIXED]
    main, annexes = apart(copied, lambda unit: unit.kind)
    body = [unit for unit in main if unit.kind != Kind.CLOSING]
    closing = [unit for unit in main if unit.kind == Kind.CLOSING]
    return [*body, said, *closing, *(unit for annex in annexes for unit in annex)]


def recipients_of(directive: Directive) -> str:
    """Those who got the issued paper, one on a line."""
    provision = issue_of(directive).draft.provisions.filter(kind=Kind.RECIPIENTS).first()
    return provision.text if provision else ""


def _words(old: Directive) -> dict[str, str]:
    issue, committee = issue_of(old), old.committee.name
    cited = f"Chỉ thị số {issue.symbol}, {_cited_day(issue.issued_on)} của {committee}"
    return {"committee": committee, "cited": cited, "subject": old.subject}


def _cited_day(day: date) -> str:
    """Days under 10 and the months 1 and 2 are padded, as in the head of a paper."""
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02}/{month}/{day.year}"
