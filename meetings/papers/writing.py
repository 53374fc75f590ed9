"""Writing a paper: put together, put together again, and edited one section at a time.

Each function locks the meeting's row and the paper's, so that writers stand in a line, and takes
back what asked for the chair's approval or gave it: the chair approves a content.
"""

import uuid
from collections import defaultdict
from itertools import chain
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from accounts.models import User
from directives import events
from directives.drafting import clean, stale
from directives.permissions import require
from directives.refusals import Refused
from meetings import permissions
from meetings.models import (
    Meeting,
    MeetingPaper,
    MeetingState,
    PaperKind,
    PaperSection,
    PaperSigning,
    SectionKind,
)
from meetings.moments import held, state_now
from meetings.papers.minutes import minutes_pieces
from meetings.papers.notice import notice_pieces
from meetings.papers.pieces import Piece
from meetings.papers.record import Record, record_of

MAX_SECTIONS = 2_000
DELETED = "-"
# What putting a paper together again may change of a section.
FACTS = ["position", "text", "assembled", "offered", "version"]
AUTHORITY, TITLE = "T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"
PIECES = {PaperKind.MINUTES: minutes_pieces, PaperKind.NOTICE: notice_pieces}


@transaction.atomic
def assemble(meeting_id: int, *, actor: User, kind: str) -> MeetingPaper:
    """Put a paper together from the record; again, it keeps what somebody wrote.

    A section that nobody touched takes the new words; one that was edited keeps its own and gets
    the new ones beside it; what was deleted stays away.
    """
    meeting = held(meeting_id, actor, permissions.can_write_papers)
    record = record_of(meeting)
    _refuse_unrecorded(record, kind)
    paper = MeetingPaper.objects.select_for_update().filter(meeting=meeting, kind=kind).first()
    again = paper is not None
    if paper is None:
        paper = _new_paper(record, kind, actor)
    _refuse_approved(paper)
    with override("vi"):
        _put(paper, PIECES[PaperKind(kind)](record))
    paper.assembled_at, paper.assembled_by = timezone.now(), actor
    paper.save()
    _written(paper, actor, "assemble_again" if again else "assemble")
    return paper


def _refuse_unrecorded(record: Record, kind: str) -> None:
    if record.meeting.state not in (MeetingState.UNDER_WAY, MeetingState.CLOSED):
        raise Refused(state_now(record.meeting), code="state")
    if kind == PaperKind.NOTICE and not record.concluded:
        raise Refused(_("No conclusion has been recorded yet."), code="empty")


def _new_paper(record: Record, kind: str, actor: User) -> MeetingPaper:
    paper = MeetingPaper.objects.create(
        meeting=record.meeting, kind=kind, assembled_at=timezone.now(), assembled_by=actor
    )
    signing = PaperSigning(paper=paper)
    if kind == PaperKind.NOTICE:
        signing.authority, signing.title = AUTHORITY, TITLE
        signing.recipients = "\n".join(_leads(record))
    signing.save()
    return paper


def _leads(record: Record) -> list[str]:
    """Whoever was given a task receives the notice."""
    given = [heard.conclusion for heard in record.concluded if heard.conclusion]
    tasks = [task for conclusion in given for task in conclusion.tasks.all()]
    leads = [str(task.lead_unit or task.lead_person) for task in tasks]
    return [lead for lead in dict.fromkeys(leads) if lead != "None"]


def _put(paper: MeetingPaper, pieces: list[Piece]) -> None:
    """Bring the sections in step with the pieces; in a fixed number of queries."""
    standing = list(paper.sections.all())
    before = {section.pk: _facts(section) for section in standing}
    sources = {piece.source for piece in pieces}
    gone = {section.pk for section in standing if _is_gone(section, sources)}
    order = _in_step(paper, [one for one in standing if one.pk not in gone], pieces)
    for position, section in enumerate(order, start=1):
        section.position = position
    _drop(paper, gone)
    changed = [one for one in order if one.pk and _facts(one) != before[one.pk]]
    bulk_create_with_history([one for one in order if one.pk is None], PaperSection)
    bulk_update_with_history(changed, PaperSection, FACTS)


def _facts(section: PaperSection) -> list[Any]:
    return [getattr(section, name) for name in FACTS]


def _in_step(
    paper: MeetingPaper, standing: list[PaperSection], pieces: list[Piece]
) -> list[PaperSection]:
    """The standing sections in their order, renewed, each followed by what came in behind it."""
    by_source = {section.source: section for section in standing if section.source}
    deleted, behind = _deleted_sources(paper), defaultdict(list)
    above: PaperSection | None = None
    for piece in pieces:
        if section := by_source.get(piece.source):
            _renew(section, piece)
            above = section
        elif piece.source not in deleted:
            behind[above.pk if above else None].append(_section(paper, piece))
    kept = ([section, *behind[section.pk]] for section in standing)
    return [*behind[None], *chain.from_iterable(kept)]


def _deleted_sources(paper: MeetingPaper) -> set[str]:
    """Whatever somebody took out of the paper and did not bring back."""
    history = PaperSection.history.filter(paper=paper, history_type=DELETED)
    return set(history.exclude(source="").values_list("source", flat=True))


def _section(paper: MeetingPaper, piece: Piece) -> PaperSection:
    return PaperSection(
        paper=paper,
        position=0,
        kind=piece.kind,
        level=piece.level,
        item_id=piece.item_id,
        source=piece.source,
        text=piece.text,
        assembled=piece.text,
    )


def _renew(section: PaperSection, piece: Piece) -> None:
    if piece.text in (section.assembled, section.text):
        section.offered = ""
    elif section.text == section.assembled:
        section.text = piece.text
        section.version += 1
    else:
        section.offered = piece.text
        return
    section.assembled = piece.text


def _is_gone(section: PaperSection, sources: set[str]) -> bool:
    """The record holds it no more, and nobody edited it."""
    recorded = not section.source or section.source in sources
    return not recorded and section.text == section.assembled


def _drop(paper: MeetingPaper, gone: set[int]) -> None:
    """Without a trace of deletion: what is recorded once more comes in again."""
    paper.sections.filter(pk__in=gone).delete()
    PaperSection.history.filter(id__in=gone, history_type=DELETED).delete()


@transaction.atomic
def save_section(section_id: int, *, actor: User, version: int, text: str) -> PaperSection:
    """Save a section's text if `version` is still the one that was read.

    Raises StaleVersion when somebody else saved first, with a merge to offer.
    """
    section = _section_for_edit(section_id, actor)
    text = clean(text)
    if not text:
        raise Refused(_("Write the text, or delete the section."), code="empty")
    if section.version != version and text != section.text:
        raise stale(section, version, text)
    section.text = text
    return _save(section, actor, "edit_section")


def _save(section: PaperSection, actor: User, verb: str) -> PaperSection:
    section.version += 1
    section.save()
    _written(section.paper, actor, verb, key=str(section.key))
    return section


@transaction.atomic
def settle_offer(section_id: int, *, actor: User, take: bool) -> PaperSection:
    """Take the words that the record has now, or keep one's own beside them."""
    section = _section_for_edit(section_id, actor)
    if not section.offered:
        raise Refused(_("There are no new words for this section."), code="gone")
    if take:
        section.text = section.offered
    section.assembled, section.offered = section.offered, ""
    return _save(section, actor, "take_offer" if take else "keep_words")


@transaction.atomic
def add_section(
    paper_id: int, *, actor: User, text: str, after: int | None, kind: str, level: int = 0
) -> PaperSection:
    """Add a section behind another one, or at the end."""
    paper = _paper_for_edit(paper_id, actor)
    text = clean(text)
    if not text:
        raise Refused(_("Write the text of the section."), code="empty")
    if kind not in SectionKind.values:
        raise Refused(_("Choose one of the choices offered."), code="kind")
    if paper.sections.count() >= MAX_SECTIONS:
        raise Refused(_("A paper has %s sections at the most.") % MAX_SECTIONS, code="many")
    above = paper.sections.filter(pk=after).first() if after else None
    section = PaperSection.objects.create(
        paper=paper,
        kind=kind,
        level=level,
        text=text,
        item=above.item if above else None,
        position=_open_place(paper, above.position if above else None),
    )
    _written(paper, actor, "add_section", key=str(section.key))
    return section


def _open_place(paper: MeetingPaper, above: int | None) -> int:
    """The position behind another, from which all the others have moved on."""
    last: int = paper.sections.aggregate(last=Max("position"))["last"] or 0
    position = last + 1 if above is None else above + 1
    paper.sections.filter(position__gte=position).update(position=F("position") + 1)
    return position


@transaction.atomic
def move_section(section_id: int, *, actor: User, up: bool) -> PaperSection:
    """Change places with the section before it or behind it."""
    section = _section_for_edit(section_id, actor)
    others = section.paper.sections
    other = (
        others.filter(position__lt=section.position).last()
        if up
        else others.filter(position__gt=section.position).first()
    )
    if other is None:
        raise Refused(_("The section cannot go further in this direction."), code="edge")
    section.position, other.position = other.position, section.position
    PaperSection.objects.bulk_update([section, other], ["position"])
    _written(section.paper, actor, "move_section", key=str(section.key))
    return section


@transaction.atomic
def place_section(section_id: int, *, actor: User, after: int | None) -> PaperSection:
    """Take a section behind another one of its paper; behind none, to the head."""
    section = _section_for_edit(section_id, actor)
    others = section.paper.sections.exclude(pk=section.pk)
    above = others.filter(pk=after).first() if after else None
    if after and above is None:
        raise Refused(_("Somebody has deleted the section behind which it was to go."), code="gone")
    section.position = _open_place(section.paper, above.position if above else 0)
    section.paper.sections.filter(pk=section.pk).update(position=section.position)
    _written(section.paper, actor, "move_section", key=str(section.key))
    return section


@transaction.atomic
def delete_section(section_id: int, *, actor: User) -> PaperSection:
    """Take a section out; restore_section brings it back."""
    section = _section_for_edit(section_id, actor)
    section.delete()
    _written(section.paper, actor, "delete_section", key=str(section.key))
    return section


@transaction.atomic
def restore_section(paper_id: int, *, actor: User, key: uuid.UUID) -> PaperSection:
    """Bring back a deleted section as it was, at its old place."""
    paper = _paper_for_edit(paper_id, actor)
    old = deleted_section(paper, key)
    if old is None:
        raise Refused(_("There is nothing to restore: the section stands in the paper."))
    section = PaperSection.objects.create(
        paper=paper,
        position=_open_place(paper, old.position - 1),
        version=old.version + 1,
        **{
            name: getattr(old, name)
            for name in ("key", "kind", "level", "item_id", "text", "assembled", "source")
        },
    )
    _written(paper, actor, "restore_section", key=str(key))
    return section


def deleted_section(paper: MeetingPaper, key: uuid.UUID) -> Any:
    """What was deleted last under the key; None while it stands."""
    if paper.sections.filter(key=key).exists():
        return None
    gone = PaperSection.history.filter(paper=paper, key=key, history_type=DELETED)
    return gone.order_by("-history_id").first()


@transaction.atomic
def change_signing(paper_id: int, *, actor: User, **said: str) -> PaperSigning:
    """Who signs the paper and who receives it."""
    paper = _paper_for_edit(paper_id, actor)
    signing = paper.signing
    for name in ("authority", "title", "name", "recipients"):
        setattr(signing, name, clean(said[name]))
    signing.save()
    _written(paper, actor, "change_signing")
    return signing


def _section_for_edit(section_id: int, actor: User) -> PaperSection:
    paper_id = PaperSection.objects.filter(pk=section_id).values_list("paper", flat=True).first()
    section = None
    if paper_id is not None:
        paper = _paper_for_edit(paper_id, actor)
        section = paper.sections.filter(pk=section_id).first()
    if section is None:
        raise Refused(
            _("Somebody has deleted this section. Copy your text and add it as a new one."),
            code="gone",
        )
    section.paper = paper
    return section


def _paper_for_edit(paper_id: int, actor: User) -> MeetingPaper:
    paper = lock(paper_id)
    require(permissions.can_write_papers, actor, paper.meeting)
    _refuse_approved(paper)
    return paper


def lock(paper_id: int) -> MeetingPaper:
    """The paper, its meeting and its signing; the meeting's row is locked first, as everywhere."""
    meeting_id = MeetingPaper.objects.values_list("meeting", flat=True).get(pk=paper_id)
    meeting = Meeting.objects.select_for_update(of=("self",)).select_related("committee", "term")
    locked = meeting.get(pk=meeting_id)
    paper = MeetingPaper.objects.select_for_update(of=("self",)).select_related("signing")
    found: MeetingPaper = paper.get(pk=paper_id)
    found.meeting = locked
    return found


def _refuse_approved(paper: MeetingPaper) -> None:
    if paper.approved_at is not None:
        raise Refused(_("The paper is approved and cannot be changed any more."), code="approved")


def _written(paper: MeetingPaper, actor: User, verb: str, **facts: Any) -> None:
    events.record(paper.meeting.stream, verb, actor=actor, paper=paper.kind, **facts)
    if paper.submitted_at is not None:
        take_back(paper)


def take_back(paper: MeetingPaper) -> None:
    """The paper is being written again: it is before nobody, and nobody has agreed to it."""
    paper.submitted_at = None
    paper.save(update_fields=["submitted_at"])
    signing = paper.signing
    signing.agreed_sha256, signing.agreed_by, signing.agreed_at = "", None, None
    signing.save()
