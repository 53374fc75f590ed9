"""The file against the draft as it is printed: which provision is which, and what became of it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from uuid import UUID

from django.utils.translation import gettext as _

from comments.marked_copy.found import Found, MarkedCopy, Unplaced
from comments.marked_copy.sides import Side, Unit, side_of
from comments.marked_copy.wordings import (
    category,
    quoted,
    with_words,
    without,
    without_mark,
    wording,
)
from comments.models import Category, ProposalKind
from comments.said import Said, cannot_go
from directives.comparison import Numbered, numbered
from directives.drafting import FIXED, KEPT, in_order
from directives.incoming.notes import told
from directives.incoming.shapes import Document, Remark
from directives.models import KIND_LABELS, Draft
from directives.refusals import Refused
from directives.rendering.docx.drafts import printed
from directives.text.align import Pair, Relation, align
from directives.text.kinds import Kind
from directives.text.normalise import normalise

LEAST_FOUND = 0.4
MAX_FOUND = 400
WORDS_SHOWN = 6
# Only their words tell these apart from the paragraph above.
UNNUMBERED = (Kind.BASIS, Kind.PREAMBLE, Kind.CLOSING)


def read_copy(document: Document, draft: Draft) -> MarkedCopy:
    """Raises Refused where the file is another text, or too much of it is another."""
    copy = _Comparison(document, draft).made()
    if len(copy.found) > MAX_FOUND:
        raise Refused(_("More is changed in this file than can be looked through."), code="many")
    return copy


class _Comparison:
    def __init__(self, document: Document, draft: Draft) -> None:
        self.document = document
        self.rows = {row.key: row for row in numbered(in_order(draft))}
        paras = printed(draft)
        self.base = Side([" ".join(para.text.splitlines()) for para in paras])
        known = set(self.rows)
        for unit in self.base.units:
            key = str(paras[unit.cut.lines[0] - 1].key)
            if key in known:
                unit.key = key
                known.remove(key)
        self.before = side_of(document.original)
        self.after = side_of(document.accepted)
        self.known: dict[str, Unit] = {}  # in the file before its changes
        self.heads: set[int] = set()
        self.copy = MarkedCopy(lost=told(document, with_remarks=False).lost)

    def made(self) -> MarkedCopy:
        self._recognise()
        self._follow()
        for pair, last in _with_last(self._pairs, self.base.units):
            self._compare(pair, last)
        self._list_dropped()
        self._take_remarks()
        self.copy.found.sort(key=lambda one: one.at.provision.position if one.at else -1)
        return self.copy

    # Which provision is which.

    def _recognise(self) -> None:
        """The keys of the provisions in the file before its changes, by their words."""
        for pair in align(self.base.units, self.before.units):
            if pair.old and pair.new:
                self.before.units[pair.new[0]].key = self.base.units[pair.old[0]].key
        self.known = self.before.by_key()
        if len(self.known) < LEAST_FOUND * len(self.rows):
            raise Refused(
                _("This file does not hold the draft that was sent out. Download the draft for "
                  "Word from its page, write into that file, and send it."),
                code="another_text",
            )  # fmt: skip

    def _follow(self) -> None:
        """The keys after the changes: a paragraph that was not inserted is still the same one."""
        self.heads = {self.before.head(unit) for unit in self.before.units}
        known = (unit for unit in self.before.units if unit.key and unit.cut.kind in UNNUMBERED)
        self.after.part({self.before.head(unit): unit.cut.kind for unit in known})
        keys = {self.before.head(unit): unit.key for unit in self.before.units if unit.key}
        for unit in self.after.units:
            unit.key = keys.pop(self.after.head(unit), None)
        fixed = {unit.cut.kind: unit.key for unit in self.base.units if unit.cut.kind in FIXED}
        there = self.after.by_key()
        for unit in self.after.units:
            if unit.key is None and fixed.get(unit.cut.kind) not in there:
                unit.key = fixed.pop(unit.cut.kind, None)

    @cached_property
    def _pairs(self) -> list[Pair]:
        return align(self.base.units, self.after.units)

    # What was changed.

    def _compare(self, pair: Pair, last: str | None) -> None:
        olds = [self.base.units[place] for place in pair.old]
        news = [self.after.units[place] for place in pair.new]
        if any(unit.key is None for unit in olds):
            for words in without([unit.text for unit in news], [unit.text for unit in olds]):
                self._unplaced(_("Its place in the draft is not known"), words)
            return
        if olds and news:
            self._rewritten(olds[0], news[0], pair, last)
        for unit in olds[1:] if news else olds:
            self._deleted(unit)
        here = olds[0].key if olds and news else last
        for unit in news[1:] if olds else news:
            self._inserted(unit, here)

    def _rewritten(self, old: Unit, new: Unit, pair: Pair, last: str | None) -> None:
        row = self._row(old.key)
        wishes = list(self._wishes(old, new, pair, last))
        proposed = "" if old.text == new.text else wording(old.text, row.text, new.text)
        changed = proposed not in ("", row.text)
        if not wishes and not changed:
            return
        was = self.known.get(old.key or "")
        said = Said(
            provision_key=UUID(row.key),
            body="\n".join(wishes),
            proposal_kind=ProposalKind.REPLACE if changed else ProposalKind.NONE,
            proposed_text=proposed if changed else "",
            category=category(row.text, proposed) if changed else Category.FORM,
        )
        authors = (*self.before.authors(was), *self.after.authors(new))
        self._found(said, row, authors, tracked=was is None or was.text != new.text or bool(wishes))

    def _wishes(self, old: Unit, new: Unit, pair: Pair, last: str | None) -> Iterator[str]:
        """What no wording can say: another place, another level."""
        if pair.relation is Relation.MOVED:
            place = self._row(last).citation if last else _("the beginning")
            yield _("Move this provision behind %s.") % place
        if old.cut.kind != new.cut.kind and Kind.SUBJECT not in (old.cut.kind, new.cut.kind):
            kinds = {"old": KIND_LABELS[old.cut.kind], "new": KIND_LABELS[new.cut.kind]}
            yield _("Change the level from “%(old)s” to “%(new)s”.") % kinds
        for words in self._begun(old, new):
            yield _("Begin a new paragraph at “%s”.") % words

    def _begun(self, old: Unit, new: Unit) -> Iterator[str]:
        """The first words of paragraphs that a unit takes for wrapped lines: its text is joined."""
        if old.cut.kind in (Kind.SUBJECT, Kind.ANNEX):
            return
        before = self.base.texts_of(old)
        for line in self.after.texts_of(new)[1:]:
            words = " ".join(line.split()[:WORDS_SHOWN])
            if f" {words}" in new.text and not any(one.startswith(words) for one in before):
                yield words

    def _deleted(self, unit: Unit) -> None:
        row = self._row(unit.key)
        if unit.cut.kind in KEPT:
            self.copy.unplaced.append(Unplaced(cannot_go(unit.cut.kind), unit.text))
            return
        was = self.known.get(unit.key or "")
        said = Said(provision_key=UUID(row.key), proposal_kind=ProposalKind.DELETE)
        self._found(said, row, self.before.authors(was), tracked=was is not None)

    def _inserted(self, unit: Unit, last: str | None) -> None:
        """Behind the provision above; where none can stand there, as words of a comment."""
        row = self._row(last) if last else None
        kind = KIND_LABELS[unit.cut.kind]
        tracked = self.after.head(unit) not in self.heads
        authors = self.after.authors(unit)
        if row is None or row.provision.kind in FIXED or unit.cut.kind is Kind.ANNEX:
            body = _("Add here (%(kind)s): “%(words)s”") % {"kind": kind, "words": unit.text}
            said = Said(provision_key=UUID(row.key) if row else None, body=body)
            self._found(said, row, authors, tracked=tracked)
            return
        same = row.provision.kind == unit.cut.kind
        said = Said(
            provision_key=UUID(row.key),
            body="" if same else _("As a provision of the kind “%s”.") % kind,
            proposal_kind=ProposalKind.INSERT_AFTER,
            proposed_text=unit.text,
        )
        self._found(said, row, authors, tracked=tracked)

    def _found(
        self, said: Said, row: Numbered | None, authors: Iterable[str], *, tracked: bool
    ) -> None:
        names = tuple(dict.fromkeys(authors))
        self.copy.found.append(Found(said, row, names, tracked or not self.document.changes))

    def _list_dropped(self) -> None:
        """Changes in what the system prints itself: the header, the signature."""
        before = self.before.dropped if self.document.changes else self.base.dropped
        for words in without(self.after.dropped, before):
            self._unplaced(_("Written where the system prints by itself"), words)
        for words in without(before, self.after.dropped):
            self._unplaced(_("Deleted where the system prints by itself"), words)

    def _unplaced(self, why: str, words: str) -> None:
        if words.strip("-–—_* "):
            self.copy.unplaced.append(Unplaced(why, words))

    # What was said in the margin.

    def _take_remarks(self) -> None:
        """The one remark on a changed provision is the reason of the change; others stand alone."""
        placed: dict[str, list[tuple[Said, str]]] = defaultdict(list)
        for remark in self.document.remarks:
            if not remark.text.strip():
                self._unplaced(_("A comment without words"), remark.words or remark.author)
            elif (place := self._inserted_at(remark)) is not None:
                self._join(place, Said(body=remark.text), remark.author)
            else:
                said = self._remark(remark)
                placed[str(said.provision_key or "")].append((said, remark.author))
        for key, several in placed.items():
            self._add_remarks(key, several)

    def _inserted_at(self, remark: Remark) -> int | None:
        """The place among what was found of the new provision that a remark stands beside."""
        at = remark.paragraph
        if at is None or at in self.before.around:
            return None
        around = self.after.around.get(at)
        places = (
            n
            for n, one in enumerate(self.copy.found)
            if around and one.said.proposed_text == around[0].text
        )
        return next(places, None)

    def _add_remarks(self, key: str, several: list[tuple[Said, str]]) -> None:
        changes = [n for n, one in enumerate(self.copy.found) if _changes(one, key)]
        if len(several) == len(changes) == 1:
            self._join(changes[0], *several[0])
            return
        row = self._row(key) if key else None
        self.copy.found += [Found(said, row, (author,)) for said, author in several]

    def _join(self, place: int, said: Said, author: str) -> None:
        found = self.copy.found[place]
        body = "\n".join(filter(None, [said.body, found.said.body]))
        joined = replace(found.said, body=body, quote=said.quote, quote_start=said.quote_start)
        names = tuple(dict.fromkeys([*found.authors, author]))
        self.copy.found[place] = replace(found, said=joined, authors=names)

    def _remark(self, remark: Remark) -> Said:
        at = -1 if remark.paragraph is None else remark.paragraph
        around = self.before.around.get(at) or self.after.around.get(at)
        key = around[0].key if around else None
        if around is None or key is None:
            return Said(body=with_words(normalise(remark.words), remark.text))
        row = self._row(key)
        words = without_mark(normalise(remark.words), around[0].cut.mark, remark.at)
        before = around[1].text[: remark.at]
        quote, start = quoted(row.text, words, before.count(words) if words else 0)
        body = remark.text if quote or words in ("", row.text) else with_words(words, remark.text)
        return Said(provision_key=UUID(key), body=body, quote=quote, quote_start=start)

    def _row(self, key: str | None) -> Numbered:
        return self.rows[key or ""]


def _with_last(pairs: Iterable[Pair], base: Sequence[Unit]) -> Iterator[tuple[Pair, str | None]]:
    """Each pair with the key of the provision that stands above it in the new text."""
    last: str | None = None
    for pair in pairs:
        yield pair, last
        if pair.old and pair.new:
            last = base[pair.old[0]].key


def _changes(found: Found, key: str) -> bool:
    """Whether the provision itself is changed: a new one behind it is another."""
    kinds = (ProposalKind.REPLACE, ProposalKind.DELETE)
    return found.said.proposal_kind in kinds and str(found.said.provision_key) == key
