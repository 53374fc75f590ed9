"""From drafts in the database to Word files."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from functools import cached_property

from django.utils import timezone

from directives.comparison import Numbered, Row, compare, numbered
from directives.models import Directive, Draft
from directives.outline import in_order
from directives.rendering import papers
from directives.rendering.forms_of_document import Form, form_for
from directives.rendering.lines import lines_of
from directives.rendering.paper import Paper, Paragraph
from directives.rendering.pdf import attached_words, date_words, number_line, punctuated, title
from directives.text.align import Relation
from directives.text.kinds import Kind, apart

from . import head, styles
from .flow import Authorship, Hand, Para
from .paper import Place, Sheet, write

APART = (Kind.SUBJECT, Kind.RECIPIENTS)


@dataclass(frozen=True)
class Side:
    """One state of a paper: its facts, and its provisions with their numbers."""

    paper: Paper
    created: datetime
    provisions: Sequence[Numbered]

    @cached_property
    def form(self) -> Form:
        return form_for(self.paper.issued_on or timezone.localdate(self.created))

    @cached_property
    def _sections(self) -> tuple[list[Numbered], list[list[Numbered]]]:
        return apart(self.provisions, lambda one: one.provision.kind)

    @property
    def body(self) -> list[Numbered]:
        main, _annexes = self._sections
        return [one for one in main if one.provision.kind not in APART]

    @property
    def annexed(self) -> list[Numbered]:
        """The provisions of all annexes, each annex with its title first."""
        _main, annexes = self._sections
        return [one for annex in annexes for one in annex]

    def issuer(self) -> list[Para]:
        paper = self.paper
        marks = (paper.secrecy, paper.urgency)
        return head.issuer(paper.committee_name, number_line(paper), marks)

    def party(self) -> list[Para]:
        paper, year = self.paper, timezone.localtime(self.created).year
        lines = head.party(f"{paper.place}, {date_words(paper, year)}")
        if paper.is_draft:
            lines.append(Para(styles.DRAFT, f"Dự thảo lần {paper.draft_number}"))
        if paper.is_draft and paper.circulation_mark:
            lines.append(Para(styles.CIRCULATION, paper.circulation_mark))
        return lines

    def subject(self) -> list[Para]:
        return [Para(styles.SUBJECT, one.text, one.provision.key) for one in self._of(Kind.SUBJECT)]

    def paragraphs(self, one: Numbered) -> list[Para]:
        facts = one.provision
        if facts.kind == Kind.ANNEX:
            return self._head_of(one)
        paragraph = Paragraph(one.number, Kind(facts.kind), facts.text, facts.headed)
        return [
            Para(
                styles.body_style(line.kind, heading=line.heading),
                line.printed,
                facts.key,
                line.start - (len(line.printed) - len(line.text)),
            )
            for line in lines_of(paragraph, self.form)
        ]

    def _head_of(self, annex: Numbered) -> list[Para]:
        """Its number on a line of its own, its title, and what it goes with."""
        year, key = timezone.localtime(self.created).year, annex.provision.key
        title = annex.text.replace("\n", " ")
        return [
            Para(styles.ANNEX, annex.number, key, -len(annex.number) - 1),
            *([Para(styles.ANNEX_TITLE, title, key)] if title else []),
            Para(styles.ATTACHED, " ".join(attached_words(self.paper, year))),
        ]

    def recipients(self) -> list[Para]:
        lines = [Para(styles.RECIPIENTS, "Nơi nhận:")]
        for one in self._of(Kind.RECIPIENTS):
            at = 0
            ended = punctuated(self.paper.recipients, self.form.recipients_end)
            for line, printed in zip(one.text.splitlines(), ended, strict=True):
                lines.append(Para(styles.RECIPIENT, f"- {printed}", one.provision.key, at - 2))
                at += len(line) + 1
        return lines

    def signature(self) -> list[Para]:
        return head.signature(self.paper.signature)

    def _of(self, kind: Kind) -> list[Numbered]:
        return [one for one in self.provisions if one.provision.kind == kind][:1]


def draft_docx(draft: Draft) -> bytes:
    """The draft as a paper: *Dự thảo lần N*, without number and date."""
    return _alone(_side(draft))


def printed(draft: Draft) -> list[Para]:
    """The paragraphs of the draft's paper in order, each with the key of its provision."""
    side = _side(draft)
    return [
        *side.issuer(),
        *side.party(),
        Para(styles.TYPE, "CHỈ THỊ"),
        *side.subject(),
        Para(styles.HYPHENS, "-----"),
        *(para for one in side.body for para in side.paragraphs(one)),
        *side.recipients(),
        *side.signature(),
        *(para for one in side.annexed for para in side.paragraphs(one)),
    ]


def current_docx(directive: Directive) -> bytes:
    """The issued text with number and date, or the newest draft."""
    issue = directive.issue
    if issue is None:
        return draft_docx(directive.latest_draft)
    paper = papers.paper_of(issue.draft, number=issue.number, issued_on=issue.issued_on)
    created = datetime.combine(issue.issued_on, time.min, timezone.get_current_timezone())
    return _alone(Side(paper, created, numbered(in_order(issue.draft))))


def redline_docx(old: Draft, new: Draft, authorship: Authorship) -> bytes:
    """The new draft with its changes tracked: accepting all gives it, rejecting all the old one."""
    before, after = _side(old), _side(new)
    rows = compare(old, new)
    body = [_place(before, after, was, now) for was, now in steps(before.body, after.body, rows)]
    annexes = [
        place
        for was, now in steps(before.annexed, after.annexed, rows)
        for place in (_break(was, now), _place(before, after, was, now))
    ]
    return write(_sheet(before, after, body, annexes, authorship))


def _place(before: Side, after: Side, was: Sequence[Numbered], now: Sequence[Numbered]) -> Place:
    return Place(
        [para for one in was for para in before.paragraphs(one)],
        [para for one in now for para in after.paragraphs(one)],
    )


def _break(was: Sequence[Numbered], now: Sequence[Numbered]) -> Place:
    """What ends the section above an annex; nothing in front of another provision."""
    broken = [Para(styles.BREAK, "")]
    return Place(*(broken if _has_title(side) else [] for side in (was, now)))


def _has_title(some: Sequence[Numbered]) -> bool:
    return any(one.provision.kind == Kind.ANNEX for one in some)


def _side(draft: Draft) -> Side:
    created = draft.frozen_at or timezone.now()
    paper = papers.paper_of(draft, draft_number=draft.number)
    return Side(paper, created, numbered(in_order(draft)))


def _alone(side: Side) -> bytes:
    body = [_place(side, side, [one], [one]) for one in side.body]
    annexes = [
        place
        for one in side.annexed
        for place in (_break([one], [one]), _place(side, side, [one], [one]))
    ]
    nobody = Authorship(Hand(side.paper.committee_name, side.created))
    return write(_sheet(side, side, body, annexes, nobody))


def _sheet(
    before: Side, after: Side, body: list[Place], annexes: list[Place], authorship: Authorship
) -> Sheet:
    return Sheet(
        form=after.form,
        title=title(after.paper),
        committee=after.paper.committee_name,
        created=after.created,
        issuer=Place(before.issuer(), after.issuer()),
        party=Place(before.party(), after.party()),
        subject=Place(before.subject(), after.subject()),
        body=body,
        recipients=Place(before.recipients(), after.recipients()),
        signature=Place(before.signature(), after.signature()),
        annexes=annexes,
        authorship=authorship,
    )


def steps(
    old: Sequence[Numbered], new: Sequence[Numbered], rows: Sequence[Row]
) -> Iterator[tuple[Sequence[Numbered], Sequence[Numbered]]]:
    """What stands in place of what, in an order that is that of both drafts.

    A provision that moved is deleted at its old place and inserted at its new one. What is deleted
    stands before what is inserted, as Word writes it.
    """
    pairs = _pairs(old, new, rows)
    at = place = 0
    for start in [*sorted(pairs), len(new)]:
        first, after, length = pairs.get(start, (len(old), len(old), 0))
        yield from (([one], []) for one in old[at:first])
        yield from (([], [one]) for one in new[place:start])
        if length:
            yield old[first:after], new[start : start + length]
        at, place = after, start + length


def _pairs(
    old: Sequence[Numbered], new: Sequence[Numbered], rows: Sequence[Row]
) -> Mapping[int, tuple[int, int, int]]:
    """By the place in the new draft: from and to in the old one, and how many new ones."""
    olds = {one.key: place for place, one in enumerate(old)}
    news = {one.key: place for place, one in enumerate(new)}
    found, at = {}, 0
    for row in rows:
        was = [olds[one.key] for one in row.old if one.key in olds]
        now = [news[one.key] for one in row.new if one.key in news]
        stays = row.relation != Relation.MOVED and was and now and was[0] >= at
        if stays and _follow(was) and _follow(now):
            found[now[0]] = (was[0], was[-1] + 1, len(now))
            at = was[-1] + 1
    return found


def _follow(places: Sequence[int]) -> bool:
    return list(places) == list(range(places[0], places[-1] + 1))
