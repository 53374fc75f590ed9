"""Drafts and issued directives as Akoma Ntoso 3.0 (OASIS LegalDocML): `<doc name="chi-thi">`.

A provision's key is its GUID, its number makes its eId, and the eId under which it was first
circulated is its wId for good. The words are those that are printed, in their order.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import takewhile
from typing import NamedTuple
from uuid import UUID

from django.utils import timezone
from lxml import etree

from directives import canonical
from directives.formcheck.rules.document import document
from directives.formcheck.rules.references import resolved
from directives.models import Directive, Draft, Provision
from directives.outline import in_order
from directives.rendering import papers
from directives.rendering.forms_of_document import Form, form_for
from directives.rendering.lines import Line, lines_of
from directives.rendering.paper import Paper, Paragraph
from directives.rendering.pdf import date_words, number_line, punctuated
from directives.text import numbering
from directives.text.kinds import LEVELS, Kind

NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
COMMITTEE, SIGNER, ROLE = "co-quan", "nguoi-ky", "chuc-vu"
# Akoma Ntoso knows no level below an indent: the plus is a container with a name.
ELEMENTS = {
    Kind.PART: "part",
    Kind.CLAUSE: "clause",
    Kind.POINT: "point",
    Kind.DASH: "indent",
    Kind.PLUS: "hcontainer",
}
NAMES = {
    Kind.SUBJECT: "trich-yeu",
    Kind.BASIS: "can-cu",
    Kind.PREAMBLE: "mo-dau",
    Kind.PLUS: "dau-cong",
    Kind.CLOSING: "ket-thuc",
    Kind.RECIPIENTS: "noi-nhan",
}
ALONE = (Kind.SUBJECT, Kind.RECIPIENTS)
Element = etree._Element


class Link(NamedTuple):
    """`text[start:end]` names the provision with this eId."""

    start: int
    end: int
    eid: str


@dataclass(frozen=True)
class Unit:
    """A provision as it stands in the XML; `links` are its references to others."""

    provision: Provision
    kind: Kind
    lines: Sequence[Line]
    eid: str
    wid: str
    links: Sequence[Link]


def draft_akn(draft: Draft) -> bytes:
    """The draft as it is circulated: without number and date of issue."""
    created = draft.frozen_at or timezone.now()
    return _Export(draft, papers.paper_of(draft, draft_number=draft.number), created).xml()


def issued_akn(draft: Draft, *, number: int, issued_on: date) -> bytes:
    """The directive as it is issued; the same bytes for the same draft."""
    created = datetime.combine(issued_on, time.min, tzinfo=timezone.get_current_timezone())
    paper = papers.paper_of(draft, number=number, issued_on=issued_on)
    return _Export(draft, paper, created).xml()


def current_akn(directive: Directive) -> bytes:
    """The issued directive, or the newest draft."""
    issue = directive.issue
    if issue is None:
        return draft_akn(directive.latest_draft)
    return issued_akn(issue.draft, number=issue.number, issued_on=issue.issued_on)


def eids(kinds: Sequence[Kind]) -> list[str]:
    """`clause_2__point_b` for each provision, from kinds and order alone."""
    return ["__".join(_step(step) for step in trail) for trail in numbering.trails(kinds)]


def _step(step: numbering.Step) -> str:
    if step.kind in ALONE and step.ordinal == 1:
        return NAMES[step.kind]
    name = NAMES.get(step.kind) or ELEMENTS[step.kind]
    return f"{name}_{_ordinal(step)}"


def _ordinal(step: numbering.Step) -> str:
    if step.kind is Kind.PART:
        return numbering.roman(step.ordinal)
    return numbering.letters(step.ordinal) if step.kind is Kind.POINT else str(step.ordinal)


def first_eids(directive: Directive) -> dict[UUID, str]:
    """By key, the eId under which a provision was first circulated.

    One that came with a later draft carries that draft's number, for its eId may have been
    another's before.
    """
    found: dict[UUID, str] = {}
    for draft in directive.drafts.exclude(frozen_at=None).defer("content").order_by("number"):
        provisions = in_order(draft)
        prefix = f"du-thao-{draft.number}__" if found else ""
        for provision, eid in zip(provisions, _eids_of(provisions), strict=True):
            found.setdefault(provision.key, prefix + eid)
    return found


def _eids_of(provisions: Sequence[Provision]) -> list[str]:
    return eids([Kind(provision.kind) for provision in provisions])


class _Export:
    def __init__(self, draft: Draft, paper: Paper, created: datetime) -> None:
        self.draft, self.paper = draft, paper
        self.created = timezone.localtime(created)
        self.form: Form = form_for(paper.issued_on or self.created.date())
        self.units = list(self._units())

    def xml(self) -> bytes:
        root = etree.Element(_tag("akomaNtoso"), nsmap={None: NAMESPACE})
        doc = _add(root, "doc", name="chi-thi")
        self._meta(_add(doc, "meta"))
        self._preface(_add(doc, "preface"))
        opening, body, closing = _three(
            [unit for unit in self.units if unit.kind not in ALONE],
        )
        if opening:
            self._containers(_add(doc, "preamble"), opening)
        self._body(_add(doc, "mainBody"), body)
        self._conclusions(_add(doc, "conclusions"), closing)
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)

    def _units(self) -> Iterator[Unit]:
        provisions = in_order(self.draft)
        kinds = [Kind(provision.kind) for provision in provisions]
        circulated = first_eids(self.draft.directive)
        links = self._links(provisions)
        for provision, kind, number, eid in zip(
            provisions, kinds, numbering.numbers(kinds), eids(kinds), strict=True
        ):
            paragraph = Paragraph(number, kind, provision.text, provision.headed)
            lines = list(lines_of(paragraph, self.form))
            wid = circulated.get(provision.key) or self._own_wid(circulated, eid)
            yield Unit(provision, kind, lines, eid, wid, links[str(provision.key)])

    def _links(self, provisions: Sequence[Provision]) -> Mapping[str, list[Link]]:
        units = [(str(p.key), Kind(p.kind), p.text, p.headed) for p in provisions]
        named = {key: eid for (key, *_), eid in zip(units, _eids_of(provisions), strict=True)}
        found: dict[str, list[Link]] = defaultdict(list)
        for passage, start, end, target in resolved(document(units, self.created.date())):
            found[passage.key].append(Link(start, end, named[target.key]))
        return found

    def _own_wid(self, circulated: dict[UUID, str], eid: str) -> str:
        """Of a provision that has not been circulated yet."""
        return f"du-thao-{self.draft.number}__{eid}" if circulated else eid

    def _meta(self, meta: Element) -> None:
        identification = _add(meta, "identification", source=f"#{COMMITTEE}")
        work = self._work_uri()
        expression = f"{work}/vie@{self._day()}"
        facts = _add(identification, "FRBRWork")
        began = timezone.localdate(self.draft.directive.created_at)
        self._frbr(facts, work, began.isoformat(), "soan-thao")
        _add(facts, "FRBRcountry", value="vn")
        _add(facts, "FRBRsubtype", value="chi-thi")
        if self.paper.number is not None:
            _add(facts, "FRBRnumber", value=number_line(self.paper).removeprefix("Số "))
        facts = _add(identification, "FRBRExpression")
        sha256 = canonical.content_hash(self.draft)
        self._frbr(facts, expression, self._day(), self._stage(), alias=("sha256", sha256))
        _add(facts, "FRBRversionNumber", value=str(self.draft.number))
        _add(facts, "FRBRlanguage", language="vie")
        facts = _add(identification, "FRBRManifestation")
        self._frbr(facts, f"{expression}.xml", self._day(), self._stage())
        _add(facts, "FRBRformat", value="application/akn+xml")
        self._references(_add(meta, "references", source=f"#{COMMITTEE}"))

    def _work_uri(self) -> str:
        """By number once it is issued; until then a draft has no number, but a place here."""
        if self.paper.number is not None:
            number = number_line(self.paper).removeprefix("Số ").replace("/", "-")
            return f"/akn/vn/doc/chi-thi/{self._day()}/{number}"
        began = timezone.localdate(self.draft.directive.created_at)
        return f"/akn/vn/doc/chi-thi/{began}/du-thao-{self.draft.directive_id}"

    def _day(self) -> str:
        return self.created.date().isoformat()

    def _stage(self) -> str:
        return f"du-thao-lan-{self.draft.number}" if self.paper.is_draft else "ban-hanh"

    def _frbr(
        self,
        facts: Element,
        uri: str,
        day: str,
        stage: str,
        alias: tuple[str, str] | None = None,
    ) -> None:
        _add(facts, "FRBRthis", value=f"{uri}/!main")
        _add(facts, "FRBRuri", value=uri)
        if alias:
            _add(facts, "FRBRalias", name=alias[0], value=alias[1])
        _add(facts, "FRBRdate", date=day, name=stage)
        _add(facts, "FRBRauthor", href=f"#{COMMITTEE}")

    def _references(self, references: Element) -> None:
        who, ontology = self.paper.signature, "/akn/ontology"
        for tag, eid, shown in (
            ("TLCOrganization", COMMITTEE, self.paper.committee_name),
            ("TLCPerson", SIGNER, who.name),
            ("TLCRole", ROLE, who.title),
        ):
            href = f"{ontology}/{tag.removeprefix('TLC').lower()}/vn/{eid}"
            _add(references, tag, eId=eid, href=href, showAs=shown or "-")

    def _preface(self, preface: Element) -> None:
        paper, year = self.paper, self.created.year
        _line(preface, paper.committee_name, "docAuthority", refersTo=f"#{COMMITTEE}")
        _line(preface, "*")
        _line(preface, number_line(paper), "docNumber")
        for mark in filter(None, (paper.secrecy, paper.urgency)):
            _line(preface, mark, "docStatus")
        _line(preface, PARTY)
        self._date(_add(preface, "p"), date_words(paper, year))
        if paper.is_draft:
            _line(preface, f"Dự thảo lần {paper.draft_number}", "docStatus")
        if paper.is_draft and paper.circulation_mark:
            _line(preface, paper.circulation_mark, "docStatus")
        _line(preface, "CHỈ THỊ", "docType")
        for unit in self._of(Kind.SUBJECT):
            title = _add(preface, "longTitle", **_ids(unit))
            _line(title, paper.subject, "docTitle")
        _line(preface, "-----")

    def _date(self, line: Element, words: str) -> None:
        line.text = f"{self.paper.place}, "
        if self.paper.issued_on is None:
            line.text += words
        else:
            _add(line, "docDate", date=self._day()).text = words

    def _containers(self, parent: Element, units: Iterable[Unit]) -> None:
        for unit in units:
            container = _add(parent, "container", name=NAMES[unit.kind], **_ids(unit))
            for line in unit.lines:
                _linked(container, line.printed, _links_in(line, line.printed, unit))

    def _body(self, body: Element, units: Sequence[Unit]) -> None:
        open_: list[tuple[int, Element]] = []
        for unit in units:
            if unit.kind not in LEVELS:
                open_ = []
                self._containers(body, [unit])
                continue
            level = LEVELS.index(unit.kind)
            open_ = [(depth, element) for depth, element in open_ if depth < level]
            parent = open_[-1][1] if open_ else body
            open_.append((level, _level(parent, unit)))
        for content in body.iter(_tag("intro")):
            if content.getnext() is None:
                content.tag = _tag("content")

    def _conclusions(self, conclusions: Element, closing: Sequence[Unit]) -> None:
        self._containers(conclusions, closing)
        for unit in self._of(Kind.RECIPIENTS):
            listed = _add(conclusions, "container", name=NAMES[unit.kind], **_ids(unit))
            _line(listed, "Nơi nhận:")
            for item in punctuated(self.paper.recipients, self.form.recipients_end):
                _line(listed, f"- {item}")
        who = self.paper.signature
        signed = _add(conclusions, "container", name="ky", eId="ky")
        _line(signed, who.authority)
        _line(signed, who.title, "role", refersTo=f"#{ROLE}")
        _line(signed, who.name, "person", refersTo=f"#{SIGNER}")

    def _of(self, kind: Kind) -> list[Unit]:
        return [unit for unit in self.units if unit.kind is kind][:1]


def _three(units: Sequence[Unit]) -> tuple[list[Unit], Sequence[Unit], list[Unit]]:
    """What stands before the numbered provisions, these, and the closing; without any numbered
    ones everything is body."""
    opening = list(takewhile(lambda unit: unit.kind not in LEVELS, units))
    if len(opening) == len(units):
        return [], units, []
    rest = units[len(opening) :]
    closing = list(takewhile(lambda unit: unit.kind not in LEVELS, reversed(rest)))[::-1]
    return opening, rest[: len(rest) - len(closing)], closing


def _level(parent: Element, unit: Unit) -> Element:
    """A numbered provision; its words are the lead of what stands under it, if anything does."""
    named = {"name": NAMES[unit.kind]} if unit.kind in NAMES else {}
    level = _add(parent, ELEMENTS[unit.kind], **named, **_ids(unit))
    _add(level, "num").text = unit.lines[0].number
    lines = list(unit.lines)
    if lines[0].heading:
        _add(level, "heading").text = lines.pop(0).text
    if lines:
        intro = _add(level, "intro")
        for line in lines:
            _linked(intro, line.text, _links_in(line, line.text, unit))
    return level


def _links_in(line: Line, shown: str, unit: Unit) -> Iterator[Link]:
    """The links of a provision that stand in one line, by their places in what is shown of it."""
    shift = len(shown) - len(line.text) - line.start
    for start, end, eid in unit.links:
        if line.start <= start and end <= line.start + len(line.text):
            yield Link(start + shift, end + shift, eid)


def _ids(unit: Unit) -> dict[str, str]:
    return {"eId": unit.eid, "wId": unit.wid, "GUID": str(unit.provision.key)}


def _line(parent: Element, text: str, inline: str = "", **attributes: str) -> None:
    line = _add(parent, "p")
    if inline:
        line = _add(line, inline, **attributes)
    line.text = text


def _linked(parent: Element, text: str, links: Iterable[Link]) -> None:
    line, at = _add(parent, "p"), 0
    line.text = text
    for start, end, eid in links:
        before = text[at:start]
        if len(line):
            line[-1].tail = before
        else:
            line.text = before
        ref = _add(line, "ref", href=f"#{eid}")
        ref.text, ref.tail, at = text[start:end], text[end:], end


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    return etree.SubElement(parent, _tag(tag), attributes)


def _tag(name: str) -> str:
    return f"{{{NAMESPACE}}}{name}"
