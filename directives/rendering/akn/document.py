"""Drafts and issued directives as Akoma Ntoso 3.0 (OASIS LegalDocML): `<doc name="chi-thi">`.

A provision's key is its GUID, its number makes its eId, and the eId under which it was first
circulated is its wId for good. The words are those that are printed, in their order.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from itertools import takewhile
from uuid import UUID

from django.utils import timezone
from lxml import etree

from directives import canonical
from directives.formcheck.rules.document import document
from directives.formcheck.rules.references import resolved
from directives.models import Directive, Draft, Provision
from directives.outline import in_order
from directives.rendering import papers
from directives.rendering.akn.elements import (
    ELEMENTS,
    NAMES,
    NAMESPACE,
    Element,
    Link,
    Unit,
    add,
    body_of,
    containers,
    ids,
    put_line,
    qualified,
)
from directives.rendering.forms_of_document import Form, form_for
from directives.rendering.lines import lines_of
from directives.rendering.paper import Paper, Paragraph
from directives.rendering.pdf import (
    attached_words,
    beside_signature,
    date_words,
    number_line,
    punctuated,
)
from directives.text import numbering
from directives.text.kinds import LEVELS, Kind, apart

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"
COMMITTEE, SIGNER, ROLE = "co-quan", "nguoi-ky", "chuc-vu"
ALONE = (Kind.SUBJECT, Kind.RECIPIENTS)


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
        root = etree.Element(qualified("akomaNtoso"), nsmap={None: NAMESPACE})
        doc = add(root, "doc", name="chi-thi")
        self._meta(add(doc, "meta"))
        self._preface(add(doc, "preface"))
        main, annexes = apart(self.units, lambda unit: unit.kind)
        opening, body, closing = _three([unit for unit in main if unit.kind not in ALONE])
        if opening:
            containers(add(doc, "preamble"), opening)
        body_of(add(doc, "mainBody"), body)
        self._conclusions(add(doc, "conclusions"), closing)
        if annexes:
            self._attachments(add(doc, "attachments"), annexes)
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
        sha256 = canonical.content_hash(self.draft)
        self._identification(meta, "main", "chi-thi", alias=("sha256", sha256))
        self._references(add(meta, "references", source=f"#{COMMITTEE}"))

    def _identification(
        self, meta: Element, part: str, subtype: str, alias: tuple[str, str] | None = None
    ) -> None:
        """Of the directive, or of an annex as a part of it."""
        identification = add(meta, "identification", source=f"#{COMMITTEE}")
        work = self._work_uri()
        expression = f"{work}/vie@{self._day()}"
        facts = add(identification, "FRBRWork")
        began = timezone.localdate(self.draft.directive.created_at)
        self._frbr(facts, work, part, began.isoformat(), "soan-thao")
        add(facts, "FRBRcountry", value="vn")
        add(facts, "FRBRsubtype", value=subtype)
        if self.paper.number is not None:
            add(facts, "FRBRnumber", value=number_line(self.paper).removeprefix("Số "))
        facts = add(identification, "FRBRExpression")
        self._frbr(facts, expression, part, self._day(), self._stage(), alias)
        add(facts, "FRBRversionNumber", value=str(self.draft.number))
        add(facts, "FRBRlanguage", language="vie")
        facts = add(identification, "FRBRManifestation")
        self._frbr(facts, f"{expression}.xml", part, self._day(), self._stage())
        add(facts, "FRBRformat", value="application/akn+xml")

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
        part: str,
        day: str,
        stage: str,
        alias: tuple[str, str] | None = None,
    ) -> None:
        add(facts, "FRBRthis", value=f"{uri}/!{part}")
        add(facts, "FRBRuri", value=uri)
        if alias:
            add(facts, "FRBRalias", name=alias[0], value=alias[1])
        add(facts, "FRBRdate", date=day, name=stage)
        add(facts, "FRBRauthor", href=f"#{COMMITTEE}")

    def _references(self, references: Element) -> None:
        who, ontology = self.paper.signature, "/akn/ontology"
        for tag, eid, shown in (
            ("TLCOrganization", COMMITTEE, self.paper.committee_name),
            ("TLCPerson", SIGNER, who.name),
            ("TLCRole", ROLE, who.title),
        ):
            href = f"{ontology}/{tag.removeprefix('TLC').lower()}/vn/{eid}"
            add(references, tag, eId=eid, href=href, showAs=shown or "-")

    def _preface(self, preface: Element) -> None:
        paper, year = self.paper, self.created.year
        put_line(preface, paper.committee_name, "docAuthority", refersTo=f"#{COMMITTEE}")
        put_line(preface, "*")
        put_line(preface, number_line(paper), "docNumber")
        for mark in filter(None, (paper.secrecy, paper.urgency)):
            put_line(preface, mark, "docStatus")
        put_line(preface, PARTY)
        self._date(add(preface, "p"), date_words(paper, year))
        if paper.is_draft:
            put_line(preface, f"Dự thảo lần {paper.draft_number}", "docStatus")
        if paper.is_draft and paper.circulation_mark:
            put_line(preface, paper.circulation_mark, "docStatus")
        put_line(preface, "CHỈ THỊ", "docType")
        for unit in self._of(Kind.SUBJECT):
            title = add(preface, "longTitle", **ids(unit))
            put_line(title, paper.subject, "docTitle")
        put_line(preface, "-----")

    def _date(self, line: Element, words: str) -> None:
        line.text = f"{self.paper.place}, "
        if self.paper.issued_on is None:
            line.text += words
        else:
            add(line, "docDate", date=self._day()).text = words

    def _conclusions(self, conclusions: Element, closing: Sequence[Unit]) -> None:
        """As they are printed: what of a long list stands below the signature comes behind it."""
        containers(conclusions, closing)
        recipients = punctuated(self.paper.recipients, self.form.recipients_end)
        beside = beside_signature(recipients, self.form)
        for unit in self._of(Kind.RECIPIENTS):
            listed = add(conclusions, "container", name=NAMES[unit.kind], **ids(unit))
            put_line(listed, "Nơi nhận:")
            _put_items(listed, recipients[:beside])
        self._sign(conclusions)
        if recipients[beside:]:
            name, eid = "noi-nhan-tiep", "noi-nhan__tiep"
            _put_items(add(conclusions, "container", name=name, eId=eid), recipients[beside:])

    def _sign(self, conclusions: Element) -> None:
        who = self.paper.signature
        signed = add(conclusions, "container", name="ky", eId="ky")
        put_line(signed, who.authority)
        put_line(signed, who.title, "role", refersTo=f"#{ROLE}")
        put_line(signed, who.name, "person", refersTo=f"#{SIGNER}")

    def _attachments(self, attachments: Element, annexes: Sequence[Sequence[Unit]]) -> None:
        """Each annex a document of its own, under its number, its title and what it goes with."""
        attached = " ".join(attached_words(self.paper, self.created.year))
        for (title, *units), annex in zip(annexes, self.paper.annexes, strict=True):
            attachment = add(attachments, ELEMENTS[title.kind], **ids(title))
            add(attachment, "num").text = annex.number
            if annex.title:
                add(attachment, "heading").text = annex.title
            add(attachment, "subheading").text = attached
            doc = add(attachment, "doc", name="phu-luc")
            self._identification(add(doc, "meta"), title.eid, "phu-luc")
            self._annexed(add(doc, "mainBody"), title, units)

    def _annexed(self, body: Element, title: Unit, units: Sequence[Unit]) -> None:
        """The provisions of an annex; the schema wants something where there are none."""
        body_of(body, units)
        if not units:
            put_line(add(body, "container", name="trong", eId=f"{title.eid}__trong"), "")

    def _of(self, kind: Kind) -> list[Unit]:
        return [unit for unit in self.units if unit.kind is kind][:1]


def _put_items(listed: Element, recipients: Sequence[str]) -> None:
    for recipient in recipients:
        put_line(listed, f"- {recipient}")


def _three(units: Sequence[Unit]) -> tuple[list[Unit], Sequence[Unit], list[Unit]]:
    """What stands before the numbered provisions, these, and the closing; without any numbered
    ones everything is body."""
    opening = list(takewhile(lambda unit: unit.kind not in LEVELS, units))
    if len(opening) == len(units):
        return [], units, []
    rest = units[len(opening) :]
    closing = list(takewhile(lambda unit: unit.kind not in LEVELS, reversed(rest)))[::-1]
    return opening, rest[: len(rest) - len(closing)], closing
