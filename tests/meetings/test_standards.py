"""Every paper that the demo makes keeps PDF/A-3a and PDF/UA-1, as veraPDF reads them."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone, translation

from comments import papers as comment_papers
from comments.models import Consultation
from directives.models import Directive, NumberRegister
from directives.register_papers import register_paper
from directives.rendering import papers as directive_papers
from directives.rendering.typesetting import Manuscript, typeset
from meetings.demo.story import Story
from meetings.models import Ballot, Meeting, MeetingPaper, PaperKind
from meetings.papers.agenda import agenda_paper
from meetings.papers.ballot_record import ballot_manuscript
from meetings.papers.invitation import invitations
from meetings.papers.roll import roll_manuscript
from meetings.papers.sheets import paper_manuscript
from meetings.preparing.binding import bound
from meetings.preparing.bundles import invitation_bundle, pack_bundle
from tests.verapdf import ACCESSIBLE, STANDARDS

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("verapdf")]


def issued() -> bytes:
    return directive_papers.current_pdf(Directive.objects.get())


def draft() -> Manuscript:
    return directive_papers.draft_paper(Directive.objects.get().latest_draft)


def redline() -> Manuscript:
    return directive_papers.redline_paper(*Directive.objects.get().drafts.order_by("number"))


def changes_alone() -> Manuscript:
    old, new = Directive.objects.get().drafts.order_by("number")
    return directive_papers.redline_paper(old, new, only_changes=True)


def reply_table() -> Manuscript:
    return comment_papers.reply_table_paper(Consultation.objects.get())


def reply_table_with_what_was_asked() -> Manuscript:
    return comment_papers.reply_table_paper(Consultation.objects.get(), exchange=True)


def opinion_forms() -> Manuscript:
    asked = Consultation.objects.get()
    three = asked.delegates.select_related("person")[:3]
    return comment_papers.opinion_forms_paper(asked, three)


def register() -> Manuscript:
    return register_paper(NumberRegister.objects.get(document_type="CT"))


def invitation() -> Manuscript:
    meeting = Meeting.objects.get()
    [paper] = invitations(meeting, meeting.attendees.select_related("person")[:1])
    return paper


def agenda() -> Manuscript:
    return agenda_paper(Meeting.objects.get())


def roll() -> Manuscript:
    return roll_manuscript(Meeting.objects.get())


def ballot_record() -> Manuscript:
    return ballot_manuscript(Ballot.objects.first())


def minutes() -> Manuscript:
    return paper_manuscript(MeetingPaper.objects.get(kind=PaperKind.MINUTES))


def notice() -> Manuscript:
    return paper_manuscript(MeetingPaper.objects.get(kind=PaperKind.NOTICE))


def all_invitations() -> bytes:
    return bound(invitation_bundle(Meeting.objects.get()))


def pack() -> bytes:
    """Of our papers: what was brought as a file is what its maker made of it."""
    meeting = Meeting.objects.get()
    bundle = pack_bundle(meeting, meeting.recorder)
    ours = tuple(leaf for leaf in bundle.leaves if isinstance(leaf.source, Manuscript))
    return bound(replace(bundle, leaves=ours))


def pack_with_a_file() -> bytes:
    meeting = Meeting.objects.get()
    return bound(pack_bundle(meeting, meeting.recorder))


Make = Callable[[], Manuscript | bytes]
PAPERS: tuple[Make, ...] = (
    issued,
    draft,
    redline,
    changes_alone,
    reply_table,
    reply_table_with_what_was_asked,
    opinion_forms,
    register,
    invitation,
    agenda,
    roll,
    ballot_record,
    minutes,
    notice,
    all_invitations,
    pack,
)


@pytest.fixture(scope="module")
def papers(django_db_setup, django_db_blocker, tmp_path_factory) -> dict[Make, bytes]:
    """The story is told once for all of them."""
    quick = override_settings(
        PAPERS_DIR=tmp_path_factory.mktemp("papers"),
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
    )
    with django_db_blocker.unblock(), quick, transaction.atomic():
        with translation.override("vi"):
            Story(timezone.now()).tell("issued")
        made = {make: make() for make in (*PAPERS, pack_with_a_file)}
        transaction.set_rollback(True)
    return {
        make: typeset(paper) if isinstance(paper, Manuscript) else paper
        for make, paper in made.items()
    }


@pytest.mark.parametrize("standard", STANDARDS)
@pytest.mark.parametrize("make", PAPERS, ids=lambda make: make.__name__)
def test_a_paper_of_the_demo_keeps_the_standard(verapdf, papers, make, standard):
    assert verapdf.broken(papers[make], standard) == []


def test_a_pack_with_a_file_that_was_brought_claims_nothing_and_breaks_no_other_rule_of_reading(
    verapdf, papers
):
    [broken] = verapdf.broken(papers[pack_with_a_file], ACCESSIBLE)
    assert "PDF/UA Identification" in broken
