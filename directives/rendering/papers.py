"""From a draft in the database to the paper that is typeset."""

from dataclasses import replace
from datetime import date, datetime, time

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _

from directives import canonical
from directives.models import Directive, Draft, Provision
from directives.redline import redline
from directives.refusals import Refused
from directives.rendering.archival import Enclosure
from directives.rendering.forms_of_document import form_for, points
from directives.rendering.paper import Annex, Paper, Paragraph, Signature
from directives.rendering.pdf import SUBJECT_WIDTH, compose_directive
from directives.rendering.press import printed
from directives.rendering.typeface import UnprintableText, balanced_lines, printable
from directives.rendering.typesetting import Manuscript, compose, typeset
from directives.text.kinds import Kind, apart
from directives.text.numbering import numbers


def draft_paper(draft: Draft) -> Manuscript:
    """The draft as a paper: *Dự thảo lần N*, without number and date."""
    return _composed(paper_of(draft, draft_number=draft.number), made_at(draft))


def draft_pdf(draft: Draft) -> bytes:
    return printed(draft_paper(draft))


def made_at(draft: Draft) -> datetime:
    """When it was frozen; while it is being written, today, so that a day has one paper of it."""
    return draft.frozen_at or start_of(timezone.localdate())


def issued_pdf(
    draft: Draft,
    *,
    number: int,
    issued_on: date,
    enclosures: tuple[Enclosure, ...] = (),
    proof: str = "",
) -> bytes:
    """The paper as it is issued, with number and date; the same bytes for the same draft.

    `proof` is the address of its facts, printed as a QR code where there is one.
    """
    paper = replace(paper_of(draft, number=number, issued_on=issued_on), proof=proof)
    return typeset(_composed(paper, start_of(issued_on)), enclosures)


def start_of(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_current_timezone())


def _composed(paper: Paper, created: datetime) -> Manuscript:
    try:
        return compose_directive(paper, created=created)
    except UnprintableText as error:
        raise Refused(
            _("The paper's typeface has no letters for: %s. Take them out of the text.")
            % " ".join(sorted(error.characters)),
            code="unprintable",
        ) from error


def paper_of(
    draft: Draft,
    *,
    number: int | None = None,
    issued_on: date | None = None,
    draft_number: int | None = None,
) -> Paper:
    """The draft's paper, with a number and a day of issue or with the number of the draft."""
    facts = canonical.facts(draft)
    provisions = list(draft.provisions.order_by("position", "pk"))
    main, annexes = apart(_paragraphs(provisions), lambda paragraph: paragraph.kind)
    return Paper(
        committee_name=facts["letterhead"],
        place=facts["place"],
        symbol=f"CT/{facts['symbol']}",
        number=number,
        issued_on=issued_on,
        draft_number=draft_number,
        circulation_mark=draft.circulation_mark if draft_number else "",
        secrecy=facts["secrecy"],
        urgency=facts["urgency"],
        subject=_text_of(provisions, Kind.SUBJECT),
        paragraphs=tuple(main),
        recipients=tuple(_text_of(provisions, Kind.RECIPIENTS).splitlines()),
        signature=Signature(**facts["signature"]),
        issuer=draft.directive.committee.name,
        annexes=tuple(map(_annex, annexes)),
    )


def _text_of(provisions: list[Provision], kind: Kind) -> str:
    return next((p.text for p in provisions if p.kind == kind), "")


def _paragraphs(provisions: list[Provision]) -> list[Paragraph]:
    labels = numbers([Kind(p.kind) for p in provisions])
    return [
        Paragraph(label, Kind(p.kind), p.text, p.headed)
        for label, p in zip(labels, provisions, strict=True)
        if p.kind not in (Kind.SUBJECT, Kind.RECIPIENTS)
    ]


def _annex(paragraphs: list[Paragraph]) -> Annex:
    title, *under = paragraphs
    return Annex(title.number, " ".join(title.text.split()), tuple(under))


def current_pdf(directive: Directive) -> bytes:
    """The issued file as it is stored, or the newest draft as a paper."""
    if directive.issue:
        return bytes(directive.issue.pdf.content)
    return draft_pdf(directive.latest_draft)


def redline_paper(old: Draft, new: Draft, *, only_changes: bool = False) -> Manuscript:
    """The comparison of two drafts as a paper that can be read without colour."""
    created = timezone.localtime(made_at(new))
    form = form_for(created.date())
    context = {
        "redline": redline(old, new, only_changes=only_changes),
        "directive": new.directive,
        "subject": balanced_lines(
            new.directive.subject, size=points(form.subject_size), width=SUBJECT_WIDTH
        ),
        "created": created.isoformat(timespec="seconds"),
    }
    html = render_to_string("directives/pdf/redline.html", context)
    return compose(printable(html), stylesheet="redline.css", rules=form.stylesheet())
