"""The papers of a meeting as they are listed: the state of each, and what is missing for it."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from accounts.models import User
from meetings import permissions
from meetings.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Meeting,
    MeetingPaper,
    MeetingState,
    PaperKind,
)
from meetings.papers.approving import why_returned
from meetings.papers.readers import readers_in_part


@dataclass(frozen=True)
class Listed:
    """Minutes or a notice, perhaps not put together yet; `missing` says why not, in words."""

    kind: PaperKind
    paper: MeetingPaper | None
    state: str
    tone: str
    missing: list[str] = field(default_factory=list)
    returned: str = ""
    may_assemble: bool = False
    may_approve: bool = False
    may_issue: bool = False


def listed(meeting: Meeting, person: User) -> list[Listed]:
    found = meeting.papers.select_related("signing", "approved_by", "assembled_by")
    papers = {paper.kind: paper for paper in found}
    without = items_without_conclusion(meeting)
    return [_listed(meeting, person, kind, papers.get(kind), without) for kind in PaperKind]


def _listed(
    meeting: Meeting,
    person: User,
    kind: PaperKind,
    paper: MeetingPaper | None,
    without: list[tuple[int, AgendaItem]],
) -> Listed:
    state, tone = state_of(paper)
    if paper is not None:
        paper.meeting = meeting
    writes = permissions.can_write_papers(person, meeting)
    approved = paper is not None and paper.approved_at is not None
    agreed = paper is not None and bool(paper.signing.agreed_sha256)
    before_chair = paper is not None and paper.submitted_at is not None and not agreed
    held = meeting.state in (MeetingState.UNDER_WAY, MeetingState.CLOSED)
    concluded = kind == PaperKind.MINUTES or meeting.items.exclude(conclusion=None).exists()
    return Listed(
        kind=kind,
        paper=paper,
        state=state,
        tone=tone,
        missing=[] if approved else _missing(meeting, without),
        returned=why_returned(paper) if paper else "",
        may_assemble=writes and held and concluded and not approved,
        may_approve=before_chair and permissions.can_approve_papers(person, meeting),
        may_issue=agreed and not approved and permissions.can_issue_notice(person, meeting),
    )


def state_of(paper: MeetingPaper | None) -> tuple[str, str]:
    """In a word, and its tone."""
    if paper is None:
        return _("Not put together yet"), "neutral"
    if paper.approved_at:
        return (_("Issued"), "success") if paper.number else (_("Approved"), "success")
    if paper.signing.agreed_sha256:
        return _("Approved, waits for its number"), "info"
    if paper.submitted_at:
        return _("Before the chair"), "info"
    return _("Being written"), "mine"


def _missing(meeting: Meeting, without: list[tuple[int, AgendaItem]]) -> list[str]:
    if meeting.state == MeetingState.CANCELLED:
        return [_("The meeting has been cancelled.")]
    if meeting.state == MeetingState.CONVENED:
        return [_("The meeting has not been opened yet.")]
    found = []
    if not Attendance.objects.filter(attendee__meeting=meeting).exists():
        found.append(_("The roll has not been called."))
    found += [_("Item %s has no conclusion yet.") % number for number, _item in without]
    if meeting.recorder_id is None:
        found.append(_("Nobody is named who keeps the record."))
    return found


def items_without_conclusion(meeting: Meeting) -> list[tuple[int, AgendaItem]]:
    """With the number under which each stands on the agenda."""
    items = meeting.items.filter(is_break=False).select_related("conclusion")
    numbered = enumerate(items, start=1)
    return [(number, item) for number, item in numbered if not hasattr(item, "conclusion")]


@dataclass(frozen=True)
class Issued:
    """A conclusion notice that stands; `whole`: the reader may read all of it."""

    paper: MeetingPaper
    whole: bool


def issued_notice(meeting: Meeting, person: User) -> Issued | None:
    """For whoever may read it, or what it concludes on the items that they attended."""
    if meeting.state != MeetingState.CLOSED:
        return None
    stands = meeting.papers.filter(kind=PaperKind.NOTICE, approved_at__isnull=False).first()
    if stands is None:
        return None
    if permissions.can_read_paper(person, stands):
        return Issued(stands, whole=True)
    in_part = readers_in_part(meeting).filter(person=person).exists()
    return Issued(stands, whole=False) if in_part else None


def closed_ballots(meeting: Meeting) -> list[Ballot]:
    found = Ballot.objects.filter(item__meeting=meeting).exclude(closed_at=None).defer("urn")
    return list(found.select_related("item"))
