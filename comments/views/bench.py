"""The workbench as the office sees it: one provision chosen, its comments in cards."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from time import perf_counter
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from comments import consolidation, likeness, permissions
from comments.consolidation import Piece, Workbench, answer_to
from comments.forms.answers import AnswerForm, SettleForm
from comments.forms.messages import QuestionForm
from comments.models import (
    Comment,
    Consultation,
    Disposition,
    ProposalKind,
    ReplyTemplate,
    Settlement,
)
from comments.views.sieve import Sieve, SieveForm
from comments.views.thread import Thread, threads_of
from directives.text.merge import Alternative, Conflict

GENERAL = "general"
OWN, AS_IT_WAS = "own", "base"


@dataclass
class Card:
    """One comment, or several people's that propose the same and have the same answer."""

    comments: list[Comment]
    is_open: bool = False
    near: list[Comment] = field(default_factory=list)
    ticked: list[str] = field(default_factory=list)
    threads: dict[int, Thread] = field(default_factory=dict)

    @property
    def first(self) -> Comment:
        return self.comments[0]

    @cached_property
    def form(self) -> AnswerForm:
        """Made where it is shown: most cards of a large round only offer to open theirs."""
        answer = self.answer
        said = {"reply": answer.reply, "office_text": answer.office_text} if answer else {}
        return AnswerForm(initial=said, auto_id=f"a{self.first.pk}-%s")

    @property
    def is_refused(self) -> bool:
        """Whether what was sent came back with something to correct."""
        return "form" in vars(self) and bool(self.form.errors)

    @property
    def ids(self) -> set[int]:
        return {comment.pk for comment in self.comments}

    @property
    def anchor(self) -> str:
        return f"c-{self.first.pk}"

    @property
    def answer(self) -> Disposition | None:
        return answer_to(self.first)

    @property
    def versions(self) -> list[str]:
        """What the form carries of each comment: its id and the version of its answer."""
        return [versioned(one) for one in self.comments]

    @property
    def asks_for_wording(self) -> bool:
        """Whether the office's own wording stands open in the form."""
        return bool(self.form.is_bound and "office_text" in self.form.data)


@dataclass
class Choice:
    """An alternative of a conflict: the value that the form sends for it, and its owners."""

    value: str
    text: str
    owners: list[Comment]
    chosen: bool = False


@dataclass
class Dispute:
    """A conflict with its alternatives, the office's choice, and the form to make it."""

    conflict: Conflict
    settlement: Settlement | None
    base: str
    choices: list[Choice]
    form: SettleForm
    own: str = ""

    @property
    def before(self) -> str:
        """The words just before, for the choice to be read in its sentence."""
        return " ".join(self.base[: self.conflict.start].split()[-6:])

    @property
    def after(self) -> str:
        return " ".join(self.base[self.conflict.end :].split()[:6])


@dataclass(frozen=True)
class Obstacle:
    """What keeps the next draft, and the places where it is taken away: what to call each, and
    its address."""

    words: str
    places: Sequence[tuple[str, str]] = ()


@dataclass
class Bench:
    """What the page shows. `piece` is None where the comments on the whole draft are chosen."""

    workbench: Workbench
    piece: Piece | None
    cards: list[Card]
    disputes: list[Dispute]
    obstacles: list[Obstacle]
    may_answer: bool
    may_record: bool
    sieve: Sieve
    engine_ms: float = 0.0
    owners: dict[str, Comment] = field(default_factory=dict)

    @property
    def consultation(self) -> Consultation:
        return self.workbench.consultation

    @cached_property
    def address(self) -> str:
        """Of this place with this filter; more can be added to its query."""
        return self.address_of(self.at)

    def address_of(self, at: str) -> str:
        return f"{self._here}?at={at}{self._query}"

    @cached_property
    def _here(self) -> str:
        return reverse("workbench", args=[self.consultation.pk])

    @cached_property
    def _query(self) -> str:
        return f"&{self.sieve.query}" if self.sieve.query else ""

    @property
    def at(self) -> str:
        return str(self.piece.provision.key) if self.piece else GENERAL

    @cached_property
    def noted(self) -> list[Piece]:
        """The provisions with comments that pass the filter, and the chosen one."""
        return [one for one in self.workbench.pieces if one is self.piece or self.sieve.keeps(one)]

    @property
    def shows_general(self) -> bool:
        return self.piece is None or self.sieve.keeps_general(self.workbench.general)

    @cached_property
    def general_waiting(self) -> int:
        """Comments in the tray: without a place, and without an answer."""
        return sum(not comment.is_answered for comment in self.workbench.general)

    @property
    def hidden(self) -> int:
        """Comments of the chosen provision that the filter holds back."""
        shown = sum(len(card.comments) for card in self.cards)
        return len(self.owners) - shown

    @cached_property
    def templates(self) -> list[ReplyTemplate]:
        """The words that the office often answers with; asked for where a form shows them."""
        committee = self.consultation.draft.directive.committee_id
        return list(ReplyTemplate.objects.filter(committee=committee))

    def card_of(self, pk: int) -> Card | None:
        return next((card for card in self.cards if any(c.pk == pk for c in card.comments)), None)

    def touched_by(self, answered: set[int]) -> list[Card] | None:
        """The cards of the answered comments, and those for which they were an offer.

        None where an answered comment shares its card with others, which had one of their own.
        """
        theirs = [card for card in self.cards if answered & card.ids]
        if any(card.ids - answered for card in theirs):
            return None
        before = [card.first for card in self.cards if card.answer is None or card in theirs]
        offered = likeness.clusters(before)
        return [
            card
            for card in self.cards
            if card in theirs or card.near != offered.get(card.first.pk, [])
        ]


def bench_of(
    person: User, consultation: Consultation, at: str, query: QueryDict | None = None, keep: int = 0
) -> Bench:
    """The page at a provision. `query` holds the filter; the comment `keep` passes it anyway, so
    that what was just answered does not vanish from under one's hands."""
    start = perf_counter()
    workbench = consolidation.workbench(consultation)
    obstacles = list(_obstacles(workbench))
    took = (perf_counter() - start) * 1000
    sieve = Sieve(SieveForm(query or QueryDict(), workbench.comments))
    piece = _chosen(workbench, at, sieve)
    comments = piece.comments if piece else workbench.general
    owners = {str(comment.pk): comment for comment in consolidation.whole(comments)}
    shown = [owners[str(one.pk)] for one in comments if one.pk == keep or sieve.passes(one)]
    may_answer = permissions.can_answer(person, consultation) and not consultation.next_draft_id
    threads = threads_of(
        person, shown, QuestionForm, lambda one: may_answer and one.author_id != person.pk
    )
    return Bench(
        workbench,
        piece,
        cards=_cards(shown, threads),
        disputes=list(_disputes(piece, owners)) if piece else [],
        obstacles=obstacles,
        may_answer=may_answer,
        may_record=permissions.can_record(person, consultation),
        sieve=sieve,
        engine_ms=took,
        owners=owners,
    )


def _obstacles(workbench: Workbench) -> Iterator[Obstacle]:
    pk = workbench.consultation.pk
    here = reverse("workbench", args=[pk])
    if workbench.consultation.closed_at is None:
        close = (_("Close the round"), reverse("consultation_close", args=[pk]))
        yield Obstacle(_("The round is still open: close it first."), [close])
    if unanswered := workbench.unanswered:
        places = [(c.label, f"{here}?at={c.place or GENERAL}#c-{c.pk}") for c in unanswered]
        yield Obstacle(_("Comments without an answer:"), places)
    if disputed := workbench.disputed:
        places = [(piece.citation, f"{here}{_first_conflict(piece)}") for piece in disputed]
        yield Obstacle(_("Unsettled conflicts:"), places)


def _first_conflict(piece: Piece) -> str:
    return f"?at={piece.provision.key}#dispute-{piece.open_conflicts[0].start}"


def _chosen(workbench: Workbench, at: str, sieve: Sieve) -> Piece | None:
    """The provision that is named; else the first that waits, or has comments at all."""
    if at == GENERAL:
        return None
    named = [piece for piece in workbench.pieces if str(piece.provision.key) == at]
    noted = [piece for piece in workbench.pieces if sieve.keeps(piece)]
    waiting = [piece for piece in noted if piece.state in ("waiting", "conflict")]
    general = [comment for comment in workbench.general if sieve.passes(comment)]
    if not named and not waiting and (not noted or not all(one.is_answered for one in general)):
        return None if general else next(iter(workbench.pieces), None)
    return (named or waiting or noted)[0]


def versioned(comment: Comment) -> str:
    return f"{comment.pk}:{getattr(answer_to(comment), 'version', 0)}"


def _cards(comments: Sequence[Comment], threads: dict[int, Thread]) -> list[Card]:
    """The first of several that are nearly the same has the others for its offer."""
    cards = [Card(group, is_open=answer_to(group[0]) is None) for group in _alike(comments)]
    waiting = [card.first for card in cards if card.answer is None]
    near = likeness.clusters(waiting)
    for card in cards:
        card.near = near.get(card.first.pk, [])
        card.threads = {one.pk: threads[one.pk] for one in card.comments}
    return cards


def _alike(comments: Sequence[Comment]) -> list[list[Comment]]:
    """Comments that propose the same and were answered alike, in the order of the first."""
    groups = defaultdict(list)
    for comment in comments:
        groups[_likeness(comment)].append(comment)
    return list(groups.values())


def _likeness(comment: Comment) -> tuple[Any, ...]:
    if comment.proposal_kind == ProposalKind.NONE:
        return (comment.pk,)
    answer = answer_to(comment)
    answered = (answer.outcome, answer.reply, answer.office_text) if answer else None
    return (comment.proposal_kind, comment.proposed_text, answered)


def wording_to_start_from(comment: Comment, piece: Piece | None) -> str:
    """What the office begins with where it takes a part: the proposal, else the text as it is."""
    return comment.proposed_text or (piece.provision.text if piece else "")


def _disputes(piece: Piece, owners: dict[str, Comment]) -> Iterator[Dispute]:
    for conflict, settlement in piece.conflicts:
        base = piece.provision.text
        choices = list(_choices(conflict, base, owners))
        chosen = _mark_chosen(choices, settlement)
        initial = {"at": piece.provision.key, "conflict_key": conflict.key}
        form = SettleForm(initial=initial, auto_id=f"s{conflict.start}-%s")
        own = "" if chosen or settlement is None else settlement.text
        yield Dispute(conflict, settlement, base, choices, form, own)


def _choices(conflict: Conflict, base: str, owners: dict[str, Comment]) -> Iterator[Choice]:
    for place, alternative in enumerate(conflict.alternatives):
        yield Choice(str(place), alternative.text, _owners(alternative, owners))
    yield Choice(AS_IT_WAS, base[conflict.start : conflict.end], [])


def _owners(alternative: Alternative, owners: dict[str, Comment]) -> list[Comment]:
    return [owners[pk] for pk in alternative.ids]


def _mark_chosen(choices: Iterable[Choice], settlement: Settlement | None) -> bool:
    for choice in choices:
        if settlement is not None and choice.text.strip() == settlement.text.strip():
            choice.chosen = True
            return True
    return False


def text_of_choice(piece: Piece, conflict_key: str, choice: str, own: str) -> str:
    """The words that were chosen in the form."""
    conflict = next((one for one in piece.merge.conflicts if one.key == conflict_key), None)
    if choice == OWN or conflict is None:
        return own
    if choice.isdecimal() and int(choice) < len(conflict.alternatives):
        return conflict.alternatives[int(choice)].text
    return piece.provision.text[conflict.start : conflict.end]
