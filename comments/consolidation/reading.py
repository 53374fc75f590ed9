"""A round as the office works on it: what was taken of each comment, and what the text becomes.

Nothing is stored of a merge but the office's decisions; the merged text is computed from them and
the frozen text each time, so the page, the gate to the chair and the next draft cannot differ.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from django.db.models import Model, Q
from django.utils.translation import gettext as _

from accounts.models import User
from comments.models import (
    Comment,
    Consultation,
    Disposition,
    Outcome,
    ProposalKind,
    Settlement,
    Status,
)
from directives.models import Provision
from directives.text import numbering
from directives.text.kinds import Kind
from directives.text.merge import Conflict, Edit, Merge, merge_edits

OF_WRITING = ("token", "writer", "version", "created_at", "changed_at")
TAKEN = (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART)


@dataclass(frozen=True)
class Addition:
    """A new provision to stand behind another one, and the comments that asked for it."""

    text: str
    comments: tuple[Comment, ...]


@dataclass
class Piece:
    """One provision of the frozen draft with its comments and what becomes of it."""

    provision: Provision
    number: str = ""
    path: str = ""
    citation: str = ""
    comments: list[Comment] = field(default_factory=list)
    settlements: dict[str, Settlement] = field(default_factory=dict)

    @cached_property
    def merge(self) -> Merge:
        """All that was taken, merged on the frozen text; conflicts are left as they were."""
        return merge_edits(
            self.provision.text, {str(c.pk): _edits_taken(c) for c in self.comments if _changes(c)}
        )

    @cached_property
    def conflicts(self) -> list[tuple[Conflict, Settlement | None]]:
        """The conflicts in order, each with the office's choice where it has been made."""
        return [(c, self.settlements.get(c.key)) for c in self.merge.conflicts]

    @cached_property
    def settled(self) -> Merge:
        """The merge with every conflict for which a choice stands."""
        choices = {c.key: s.text for c, s in self.conflicts if s is not None}
        return self.merge.resolved(choices)

    @property
    def open_conflicts(self) -> list[Conflict]:
        return [conflict for conflict, settlement in self.conflicts if settlement is None]

    @property
    def unanswered(self) -> list[Comment]:
        return [comment for comment in self.comments if answer_to(comment) is None]

    @property
    def is_changed(self) -> bool:
        return bool(self.settled.text != self.provision.text)

    @cached_property
    def additions(self) -> list[Addition]:
        """New provisions to stand behind this one; the same text from several people is one."""
        asked = defaultdict(list)
        for comment in self.comments:
            if comment.proposal_kind == ProposalKind.INSERT_AFTER and _is_taken(comment):
                asked[_wording(comment)].append(comment)
        return [Addition(text, tuple(comments)) for text, comments in asked.items()]

    @property
    def state(self) -> str:
        """ "none" without comments, "done", "conflict", or "waiting" for answers."""
        if not self.comments:
            return "none"
        if self.open_conflicts:
            return "conflict"
        return "waiting" if self.unanswered else "done"


@dataclass
class Workbench:
    """A round as the office works on it: every provision in order, and what hangs on none."""

    consultation: Consultation
    pieces: list[Piece]
    general: list[Comment]

    @property
    def comments(self) -> list[Comment]:
        return [*self.general, *(c for piece in self.pieces for c in piece.comments)]

    @property
    def unanswered(self) -> list[Comment]:
        return [comment for comment in self.comments if answer_to(comment) is None]

    @property
    def answered_count(self) -> int:
        return len(self.comments) - len(self.unanswered)

    @property
    def open_conflicts(self) -> list[tuple[Piece, Conflict]]:
        return [(piece, conflict) for piece in self.pieces for conflict in piece.open_conflicts]

    def piece(self, key: uuid.UUID) -> Piece:
        return next(piece for piece in self.pieces if piece.provision.key == key)

    @property
    def obstacles(self) -> list[str]:
        """Why the next draft cannot be made yet; empty when it can."""
        found = []
        if unanswered := self.unanswered:
            labels = ", ".join(comment.label for comment in unanswered)
            found.append(_("Comments without an answer: %s.") % labels)
        for piece, _conflict in self.open_conflicts:
            found.append(_("An unsettled conflict in %s.") % piece.citation)
        return found


def workbench(consultation: Consultation, only: uuid.UUID | None = None) -> Workbench:
    """Read a round in a fixed number of queries, whatever its size; `only` one provision of it."""
    provisions = list(consultation.draft.provisions.order_by("position", "pk"))
    kinds = [Kind(p.kind) for p in provisions]
    pieces = {
        provision.key: Piece(provision, number, path, citation)
        for provision, number, path, citation in zip(
            provisions,
            numbering.numbers(kinds),
            numbering.paths(kinds),
            numbering.citations(kinds),
            strict=True,
        )
    }
    general: list[Comment] = []
    here = [Q(provision_key=only) | Q(placing__provision_key=only)] if only else []
    for comment in submitted_comments(consultation, *here):
        piece = pieces.get(comment.place) if comment.place else None
        (piece.comments if piece else general).append(comment)
    for settlement in consultation.settlements.select_related("decided_by"):
        pieces[settlement.provision_key].settlements[settlement.conflict_key] = settlement
    return Workbench(consultation, list(pieces.values()), general)


def submitted_comments(consultation: Consultation, *which: Q) -> list[Comment]:
    """By number, with their answers, places and people, in two queries.

    What only the writing of a comment asks for is left out, since a thousand are read at once.
    """
    comments = consultation.comments.filter(*which, status=Status.SUBMITTED)
    related = comments.select_related("placing", "disposition").defer(*OF_WRITING)
    return _with_people(list(related.order_by("number")))


def _with_people(comments: list[Comment]) -> list[Comment]:
    """A thousand comments are made by few: each person is read once, not with every comment."""
    named = [(one, name) for comment in comments for one, name in _people_of(comment)]
    people = User.objects.in_bulk({getattr(one, f"{name}_id") for one, name in named})
    for one, name in named:
        setattr(one, name, people[getattr(one, f"{name}_id")])
    return comments


def _people_of(comment: Comment) -> Iterator[tuple[Model, str]]:
    yield comment, "author"
    yield comment, "recorded_by"
    for act in (answer_to(comment), getattr(comment, "placing", None)):
        if act is not None:
            yield act, "decided_by"


def answer_to(comment: Comment) -> Disposition | None:
    return getattr(comment, "disposition", None)


def _is_taken(comment: Comment) -> bool:
    answer = answer_to(comment)
    return answer is not None and answer.outcome in TAKEN


def _changes(comment: Comment) -> bool:
    return _is_taken(comment) and bool(_edits_taken(comment))


def _edits_taken(comment: Comment) -> list[Edit]:
    """What of the comment goes into the text: the office's wording where it wrote one."""
    answer = answer_to(comment)
    if answer is None or comment.proposal_kind == ProposalKind.INSERT_AFTER:
        return []
    stored = answer.edits if answer.office_text else comment.edits
    in_part = answer.outcome == Outcome.ACCEPTED_IN_PART
    if in_part and not answer.office_text:
        return []
    return [Edit(start, end, text) for start, end, text in stored]


def _wording(comment: Comment) -> str:
    answer = answer_to(comment)
    return (answer.office_text if answer else "") or comment.proposed_text
