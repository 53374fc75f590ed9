"""Papers handed out for an item: PDFs that can be read and printed, and that do nothing else."""

from collections.abc import Iterator
from io import BytesIO

import pikepdf
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from accounts.models import User
from directives import canonical, events
from directives.models import StoredFile
from directives.refusals import Refused
from meetings.models import AgendaItem, ItemPaper
from meetings.preparing.gathering import being_prepared

MOST = 20
MOST_PAGES = 2_000
SIGNATURE = b"%PDF-"
# A reader looks for the signature no further.
SIGNATURE_WITHIN = 1024
ACTING = ("/JavaScript", "/Launch")


@transaction.atomic
def add_paper(item_id: int, *, actor: User, title: str, name: str, content: bytes) -> ItemPaper:
    """Keep a PDF with an item.

    Refused past the most that an item may have, and for a file that is no PDF, is damaged, wants a
    password, or holds a script.
    """
    item = AgendaItem.objects.get(pk=item_id)
    meeting = being_prepared(item.meeting_id, actor)
    if item.papers.count() >= MOST:
        raise Refused(_("An item has %s papers at most. Remove one first.") % MOST, code="file")
    pages = pages_of(content)
    file = StoredFile.objects.create(
        name=name[-120:],
        media_type="application/pdf",
        content=content,
        sha256=canonical.sha256(content),
    )
    last = item.papers.aggregate(last=Max("position"))["last"] or 0
    paper = ItemPaper.objects.create(
        item=item, position=last + 1, title=title.strip(), file=file, pages=pages, added_by=actor
    )
    events.record(meeting.stream, "add_paper", actor=actor, item=item.pk, sha256=file.sha256)
    return paper


@transaction.atomic
def remove_paper(paper_id: int, *, actor: User) -> None:
    """Take a paper off its item; refused once the item has been opened at the meeting.

    Its bytes stay: the database deletes no stored file, so that the hash in the log can be checked
    for good. No page leads to them any more.
    """
    papers = ItemPaper.objects.select_related("item", "file").defer("file__content")
    paper = papers.get(pk=paper_id)
    meeting = being_prepared(paper.item.meeting_id, actor)
    if paper.item.opened_at:
        raise Refused(_("This item has been opened at the meeting."), code="opened")
    paper.delete()
    events.record(
        meeting.stream, "remove_paper", actor=actor, title=paper.title, sha256=paper.file.sha256
    )


def pages_of(content: bytes) -> int:
    """How many pages a PDF has, looked for in the file and not in its name."""
    if SIGNATURE not in content[:SIGNATURE_WITHIN]:
        raise Refused(_("This file is not a PDF."), code="file")
    try:
        with pikepdf.open(BytesIO(content)) as pdf:
            _refuse_unsafe(pdf)
            return len(pdf.pages)
    except pikepdf.PasswordError:
        raise Refused(_locked(), code="file") from None
    except pikepdf.PdfError:
        raise Refused(_("This PDF is damaged and cannot be read."), code="file") from None


def _refuse_unsafe(pdf: pikepdf.Pdf) -> None:
    if pdf.is_encrypted:
        raise Refused(_locked(), code="file")
    if any(map(_acts, _dictionaries(pdf))):
        raise Refused(_("This PDF holds a script. Print it as a PDF again, without."), code="file")
    if not 0 < len(pdf.pages) <= MOST_PAGES:
        raise Refused(_("A paper has 1 to %s pages.") % MOST_PAGES, code="file")


def _locked() -> str:
    return _("This PDF is protected by a password. Save it without, then bring it again.")


def _acts(found: pikepdf.Object) -> bool:
    return "/JS" in found or found.get("/S") in ACTING


def _dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary of the file, those inside others too, however deep."""
    waiting = list(pdf.objects)
    while waiting:
        found = waiting.pop()
        if isinstance(found, pikepdf.Array):
            waiting += [child for child in found if _is_inside(child)]
        elif isinstance(found, pikepdf.Dictionary | pikepdf.Stream):
            yield found
            waiting += [child for _key, child in found.items() if _is_inside(child)]


def _is_inside(child: object) -> bool:
    return isinstance(child, pikepdf.Object) and not child.is_indirect
