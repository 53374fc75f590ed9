"""The road of a paper: to the chair, back or approved, and then it stands for good.

Minutes are frozen by the chair's approval. A notice, agreed to by its hash, is frozen when the
clerk gives it number and day.
"""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import NoticeKind, Role, User
from accounts.notices.telling import notify
from directives import events, register
from directives.drafting import clean
from directives.models import Event, NumberRegister
from directives.permissions import require
from directives.record import store
from directives.refusals import Refused
from directives.rendering.typesetting import typeset
from meetings import permissions
from meetings.models import AttendeeRole, Meeting, MeetingPaper, MeetingState, PaperKind
from meetings.moments import Predicate
from meetings.papers import notice
from meetings.papers.readers import readers, readers_in_part
from meetings.papers.sheets import (
    NOTICE_TYPE,
    content_hash,
    file_name,
    paper_manuscript,
)
from meetings.papers.writing import lock, take_back

PDF = "application/pdf"
RETURN, SUBMIT = "return_paper", "submit_paper"


@transaction.atomic
def submit(paper_id: int, *, actor: User) -> MeetingPaper:
    """Put the paper before the chair of the meeting, with nothing in it left open."""
    paper = _paper(paper_id, actor, permissions.can_write_papers)
    if paper.submitted_at is not None:
        raise Refused(_("The paper is before the chair already."), code="state")
    if missing := open_ends(paper):
        raise Refused(_("The paper is not ready yet."), code="open", reasons=missing)
    paper.submitted_at = timezone.now()
    paper.save()
    events.record(paper.meeting.stream, SUBMIT, actor=actor, paper=paper.kind)
    kind, body = NoticeKind.MINUTES_TO_APPROVE, _("Read the paper and approve or return it.")
    _tell(paper, _chairs(paper.meeting), kind, body, actor)
    return paper


def open_ends(paper: MeetingPaper) -> list[str]:
    """What keeps the paper from the chair, in words; nothing when it is ready."""
    found = []
    if paper.meeting.state != MeetingState.CLOSED:
        found.append(_("The meeting has not been closed yet."))
    if not paper.sections.exists():
        found.append(_("The paper has no text."))
    if offers := paper.sections.exclude(offered="").count():
        found.append(
            _("The record has new words for %s sections: take them or keep yours.") % offers
        )
    if paper.kind == PaperKind.NOTICE and not paper.signing.name:
        found.append(_("Nobody is named who signs the notice."))
    return found


@transaction.atomic
def return_paper(paper_id: int, *, actor: User, reason: str) -> MeetingPaper:
    """Give the paper back to whoever writes it, and say why."""
    paper = _before_the_chair(paper_id, actor)
    reason = clean(reason)
    if not reason:
        raise Refused(_("Say why, so that the office knows what to change."), code="empty")
    take_back(paper)
    events.record(paper.meeting.stream, RETURN, actor=actor, paper=paper.kind, reason=reason)
    writers = _holding(paper.meeting, Role.OFFICE, Role.CLERK)
    body = _("Read the reason in the system and change the paper.")
    _tell(paper, writers, NoticeKind.RETURNED, body, actor)
    return paper


def why_returned(paper: MeetingPaper) -> str:
    """The chair's reason, until the paper is submitted again."""
    return returned([paper]).get(paper.pk, "")


def returned(papers: Iterable[MeetingPaper]) -> dict[int, str]:
    """Of the papers those that the chair has sent back, with the reason, by their keys."""
    waiting = [one for one in papers if one.submitted_at is None and one.approved_at is None]
    lines = Event.objects.filter(
        stream__in={one.meeting.stream for one in waiting}, verb__in=(RETURN, SUBMIT)
    )
    last = {(line.stream, line.payload["paper"]): line for line in lines.order_by("sequence")}
    found = {one.pk: last.get((one.meeting.stream, one.kind)) for one in waiting}
    return {
        pk: str(line.payload["reason"])
        for pk, line in found.items()
        if line is not None and line.verb == RETURN
    }


@transaction.atomic
def approve(paper_id: int, *, actor: User, sha256: str) -> MeetingPaper:
    """Approve the content that was read, by its hash: minutes stand, a notice may be numbered."""
    paper = _before_the_chair(paper_id, actor)
    if sha256 != content_hash(paper):
        raise Refused(_("The paper has changed since you read it. Read it again."), code="hash")
    signing = paper.signing
    signing.agreed_sha256, signing.agreed_by, signing.agreed_at = sha256, actor, timezone.now()
    signing.save()
    events.record(
        paper.meeting.stream, "approve_paper", actor=actor, paper=paper.kind, sha256=sha256
    )
    if paper.kind == PaperKind.MINUTES:
        return _freeze(paper)
    clerks = _holding(paper.meeting, Role.CLERK)
    _tell(paper, clerks, NoticeKind.APPROVED, _("It waits for number and date."), actor)
    return paper


@transaction.atomic
def issue_notice(
    paper_id: int, *, actor: User, issued_on: date, first_number: int | None = None
) -> MeetingPaper:
    """Give the notice the next number of its register and its day; it stands for good.

    `first_number` opens the register of the term, where there is none.
    """
    paper = _paper(paper_id, actor, permissions.can_issue_notice)
    refuse_unless_agreed(paper)
    if issued_on > timezone.localdate():
        raise Refused(_("The day of issue cannot be in the future."), code="date")
    if issued_on < timezone.localdate(paper.meeting.starts_at):
        raise Refused(_("The notice cannot be older than the meeting."), code="date")
    numbers = _register(paper.meeting, actor, issued_on, first_number)
    name = notice.subject(paper.meeting)
    paper.number = register.number_paper(numbers, actor=actor, paper=name, issued_on=issued_on)
    paper.dated = issued_on
    events.record(
        paper.meeting.stream, "issue_notice", actor=actor, number=numbers.symbol(paper.number)
    )
    _tell_readers(paper, actor)
    return _freeze(paper)


def _tell_readers(paper: MeetingPaper, actor: User) -> None:
    """Each is led to what they may read of it."""
    for found, body, page in (
        (readers, _("It can be read on the page of the meeting."), "meeting_view"),
        (
            readers_in_part,
            _("What was concluded on the items that you attended can be read."),
            "meeting_conclusions",
        ),
    ):
        told = [one.person for one in found(paper.meeting).select_related("person")]
        _tell(paper, told, NoticeKind.CONCLUSIONS_ISSUED, body, actor, url_name=page)


def refuse_unless_agreed(paper: MeetingPaper) -> None:
    """Refused for whatever does not wait for its number."""
    _refuse_approved(paper)
    if paper.kind != PaperKind.NOTICE or paper.signing.agreed_sha256 != content_hash(paper):
        raise Refused(_("The chair has not approved this text."), code="state")


def _register(meeting: Meeting, actor: User, day: date, first_number: int | None) -> NumberRegister:
    if first_number is not None:
        term = meeting.committee.term_on(day)
        if term is not None:
            register.open_register(
                actor=actor, term=term, first_number=first_number, document_type=NOTICE_TYPE
            )
    return register.register_for(meeting.committee, day, NOTICE_TYPE)


def register_is_open(meeting: Meeting) -> bool:
    """Whether the notices of today's term have their register."""
    term = meeting.committee.term_on(timezone.localdate())
    return NumberRegister.objects.filter(term=term, document_type=NOTICE_TYPE).exists()


def _freeze(paper: MeetingPaper) -> MeetingPaper:
    """The PDF and the hash are stored; from here on the database refuses a change."""
    agreed = paper.signing
    paper.sha256 = agreed.agreed_sha256
    paper.approved_by, paper.approved_at = agreed.agreed_by, timezone.now()
    paper.pdf = store(file_name(paper, "pdf"), PDF, typeset(paper_manuscript(paper)))
    paper.save()
    return paper


def _paper(paper_id: int, actor: User, predicate: Predicate) -> MeetingPaper:
    paper = lock(paper_id)
    require(predicate, actor, paper.meeting)
    _refuse_approved(paper)
    return paper


def _before_the_chair(paper_id: int, actor: User) -> MeetingPaper:
    paper = _paper(paper_id, actor, permissions.can_approve_papers)
    refuse_unless_waiting(paper)
    return paper


def refuse_unless_waiting(paper: MeetingPaper) -> None:
    """Refused unless the chair is asked to approve it."""
    _refuse_approved(paper)
    if paper.submitted_at is None or paper.signing.agreed_sha256:
        raise Refused(_("The paper does not wait for your approval."), code="state")


def _refuse_approved(paper: MeetingPaper) -> None:
    if paper.approved_at is not None:
        raise Refused(_("The paper is approved and cannot be changed any more."), code="approved")


def _holding(meeting: Meeting, *roles: Role) -> list[User]:
    found = User.objects.filter(
        role_grants__committee=meeting.committee_id, role_grants__role__in=roles
    )
    return list(found.distinct())


def _chairs(meeting: Meeting) -> list[User]:
    """Whoever chaired the meeting; where nobody did, the chair of the committee."""
    chaired = meeting.attendees.filter(role=AttendeeRole.CHAIR).select_related("person")
    return [one.person for one in chaired] or _holding(meeting, Role.CHAIR)


def _tell(
    paper: MeetingPaper,
    people: list[User],
    kind: NoticeKind,
    body: str,
    actor: User,
    url_name: str = "meeting_papers",
) -> None:
    notify(
        people,
        kind=kind,
        about=str(paper),
        body=body,
        url_name=url_name,
        url_args=[paper.meeting_id],
        actor=actor,
    )
