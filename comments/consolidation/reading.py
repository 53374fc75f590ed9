"""A round as the office works on it: what was taken of each comment, and what the text becomes.

Nothing is stored of a merge but the office's decisions; the merged text is computed from them and
the frozen text each time, so the page, the gate to the chair and the next draft cannot differ.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from comments.consolidation.gists import Gist, gists_of
from comments.models import Comment, Consultation, Disposition, Settlement, Status
from directives.models import Provision
from directives.text import numbering
from directives.text.kinds import Kind
from directives.text.merge import Conflict, Merge, merge_edits

OF_WRITING = ("token", "writer", "version", "created_at", "changed_at")


@dataclass(frozen=True)
class Addition:
    """A new provision to stand behind another one, and the ids of the comments that ask for it."""

    text: str
    ids: tuple[str, ...]


@dataclass
class Piece:
    """One provision of the frozen draft with the gist of its comments and what becomes of it."""

    provision: Provision
    number: str = ""
    path: str = ""
    citation: str = ""
    comments: list[Gist] = field(default_factory=list)
    settlements: dict[str, Settlement] = field(default_factory=dict)

    @cached_property
    def merge(self) -> Merge:
        """All that was taken, merged on the frozen text; conflicts are left as they were."""
        taken = ((str(one.pk), one.edits_taken) for one in self.comments)
        return merge_edits(self.provision.text, {pk: edits for pk, edits in taken if edits})

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
    def unanswered(self) -> list[Gist]:
        return [comment for comment in self.comments if not comment.is_answered]

    @property
    def is_changed(self) -> bool:
        return bool(self.settled.text != self.provision.text)

    @cached_property
    def additions(self) -> list[Addition]:
        """New provisions to stand behind this one; the same text from several people is one."""
        asked = defaultdict(list)
        for comment in self.comments:
            if comment.adds:
                asked[comment.wording].append(str(comment.pk))
        return [Addition(text, tuple(ids)) for text, ids in asked.items()]

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
    general: list[Gist]

    @property
    def comments(self) -> list[Gist]:
        return [*self.general, *(c for piece in self.pieces for c in piece.comments)]

    @property
    def unanswered(self) -> list[Gist]:
        """By number, as they are called."""
        waiting = (comment for comment in self.comments if not comment.is_answered)
        return sorted(waiting, key=attrgetter("number"))

    @property
    def answered_count(self) -> int:
        return len(self.comments) - len(self.unanswered)

    @property
    def open_conflicts(self) -> list[tuple[Piece, Conflict]]:
        return [(piece, conflict) for piece in self.pieces for conflict in piece.open_conflicts]

    @property
    def disputed(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.open_conflicts]

    def piece(self, key: uuid.UUID) -> Piece:
        return next(piece for piece in self.pieces if piece.provision.key == key)

    @property
    def obstacles(self) -> list[str]:
        """Why the next draft cannot be made yet; empty when it can."""
        found = []
        if unanswered := self.unanswered:
            labels = ", ".join(comment.label for comment in unanswered)
            found.append(_("Comments without an answer: %s.") % labels)
        for piece in self.disputed:
            found.append(_("An unsettled conflict in %s.") % piece.citation)
        return found


def workbench(consultation: Consultation, only: uuid.UUID | None = None) -> Workbench:
    """Read a round in a fixed number of queries, whatever its size; `only` one provision of it."""
    provisions = list(consultation.draft.provisions.order_by("position", "pk"))
    names = _names(tuple(Kind(provision.kind) for provision in provisions))
    pieces = {
        provision.key: Piece(provision, *named)
        for provision, named in zip(provisions, names, strict=True)
    }
    general: list[Gist] = []
    here = [Q(provision_key=only) | Q(placing__provision_key=only)] if only else []
    for comment in gists_of(consultation, *here):
        piece = pieces.get(comment.place) if comment.place else None
        (piece.comments if piece else general).append(comment)
    for settlement in consultation.settlements.select_related("decided_by"):
        pieces[settlement.provision_key].settlements[settlement.conflict_key] = settlement
    return Workbench(consultation, list(pieces.values()), general)


@lru_cache(maxsize=64)
def _names(kinds: tuple[Kind, ...]) -> list[tuple[str, str, str]]:
    """Number, path and citation of each; every page of a round asks for those of one draft."""
    named = numbering.numbers(kinds), numbering.paths(kinds), numbering.citations(kinds)
    return list(zip(*named, strict=True))


def submitted_comments(consultation: Consultation) -> list[Comment]:
    """By number, with their answers, places and people, in two queries."""
    return _whole(consultation.comments.filter(status=Status.SUBMITTED))


def whole(gists: Iterable[Gist]) -> list[Comment]:
    """These comments to be shown, in the same way: none is missing, whatever happens meanwhile."""
    return _whole(Comment.objects.filter(pk__in=[gist.pk for gist in gists]))


def _whole(comments: QuerySet[Comment]) -> list[Comment]:
    """What only the writing of a comment asks for is left out."""
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
