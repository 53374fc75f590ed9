from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from directives import canonical, drafting, events, record, register, workflow
from directives.models import Approval, Directive, Event, Issue, NumberRegister, State, StoredFile
from directives.refusals import Refused
from tests import factories


@pytest.fixture
def numbers(world):
    return register.open_register(
        actor=world.clerk, term=world.committee.terms.get(), first_number=35
    )


def test_circulating_freezes_the_draft_under_its_hash(world, consultation):
    draft = consultation.draft
    assert draft.frozen_at is not None
    assert draft.sha256 == canonical.sha256(canonical.canonical_json(draft))
    assert draft.directive.state == State.CONSULTING


def test_an_empty_draft_is_not_circulated(world):
    made = drafting.create_directive(
        actor=world.office, committee=world.committee, subject="về một việc"
    )
    with pytest.raises(Refused) as refused:
        factories.consultation(world.office, made, world.delegates)
    assert refused.value.code == "empty"
    made.refresh_from_db()
    assert made.state == State.DRAFTING


def test_a_draft_with_an_unanswered_comment_does_not_reach_the_chair(world, closed):
    with pytest.raises(Refused) as refused:
        workflow.submit_for_approval(closed.draft.directive_id, actor=world.office)
    assert any("YK01" in reason for reason in refused.value.reasons)


def test_a_draft_without_a_signer_does_not_reach_the_chair(world, consolidated):
    drafting.change_details(consolidated.pk, actor=world.office, signer_name="")
    with pytest.raises(Refused) as refused:
        workflow.submit_for_approval(consolidated.pk, actor=world.office)
    assert _("The signer's name is missing. Add it to the details.") in refused.value.reasons


def test_the_chair_approves_the_hash_that_was_read(world, submitted):
    sha256 = canonical.content_hash(submitted.latest_draft)
    with pytest.raises(Refused) as refused:
        workflow.approve(submitted.pk, actor=world.chair, sha256="0" * 64)
    assert refused.value.code == "changed"
    approval = workflow.approve(submitted.pk, actor=world.chair, sha256=sha256)
    assert approval.sha256 == sha256
    assert Directive.objects.get(pk=submitted.pk).state == State.APPROVED


def test_nobody_but_the_chair_approves(world, submitted):
    sha256 = canonical.content_hash(submitted.latest_draft)
    for person in (world.office, world.clerk, world.delegate, world.administrator):
        with pytest.raises(PermissionDenied):
            workflow.approve(submitted.pk, actor=person, sha256=sha256)
    assert not Approval.objects.exists()


def test_the_chair_hands_a_draft_back_with_a_reason(world, submitted):
    with pytest.raises(Refused):
        workflow.return_to_office(submitted.pk, actor=world.chair, reason="  ")
    returned = workflow.return_to_office(submitted.pk, actor=world.chair, reason="Sửa khoản 2.")
    assert returned.state == State.CONSOLIDATING
    assert Event.objects.get(verb="return").payload == {"reason": "Sửa khoản 2."}


def test_issuing_stores_number_date_file_and_hash_together(world, numbers, approved):
    issue = workflow.issue(approved.pk, actor=world.clerk, issued_on=timezone.localdate())
    assert (issue.number, issue.symbol) == (35, "35-CT/TU")
    assert bytes(issue.pdf.content).startswith(b"%PDF")
    assert issue.sha256 == canonical.sha256(bytes(issue.pdf.content))
    assert Directive.objects.get(pk=approved.pk).issue == issue


def test_a_second_click_on_issue_changes_nothing(world, issued):
    with pytest.raises(Refused, match="35-CT/TU"):
        workflow.issue(issued.pk, actor=world.clerk, issued_on=timezone.localdate())
    assert Issue.objects.count() == 1
    assert NumberRegister.objects.get().last_number == 35


def test_without_an_open_register_nothing_is_issued(world, approved):
    with pytest.raises(Refused) as refused:
        workflow.issue(approved.pk, actor=world.clerk, issued_on=timezone.localdate())
    assert refused.value.code == "no_register"


@pytest.mark.parametrize(
    "day_from",
    [
        lambda _today: date(2017, 6, 1),
        lambda _today: date(1990, 1, 1),
        lambda today: today + timedelta(days=1),
        lambda today: today - timedelta(days=1),
    ],
    ids=["no form known", "no term", "future", "before the approval"],
)
def test_an_unfit_day_of_issue_is_refused_and_takes_no_number(world, numbers, approved, day_from):
    # Asked for now, not when the tests were collected: midnight may have come between.
    day = day_from(timezone.localdate())
    with pytest.raises(Refused) as refused:
        workflow.issue(approved.pk, actor=world.clerk, issued_on=day)
    assert refused.value.code == "date"
    numbers.refresh_from_db()
    assert numbers.last_number == 34


def test_a_failed_rendering_gives_the_number_back(world, numbers, approved, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("no space left")

    monkeypatch.setattr(record, "issued_pdf", fail)
    with pytest.raises(OSError, match="no space"):
        workflow.issue(approved.pk, actor=world.clerk, issued_on=timezone.localdate())
    numbers.refresh_from_db()
    assert numbers.last_number == 34
    assert not StoredFile.objects.exists()
    assert Directive.objects.get(pk=approved.pk).state == State.APPROVED


def test_an_approval_of_another_content_does_not_issue(world, numbers, approved):
    # Past the domain functions, as a hand in the database would do it.
    directive = Directive.objects.get(pk=approved.pk)
    directive.latest_draft.provisions.filter(text__contains="05 ngày").update(text="Khác.")
    with pytest.raises(Refused) as refused:
        workflow.issue(approved.pk, actor=world.clerk, issued_on=timezone.localdate())
    assert refused.value.code == "not_approved"


def test_a_verb_out_of_its_state_is_refused(world, directive):
    with pytest.raises(Refused) as refused:
        workflow.close_round(directive.pk, actor=world.office)
    assert refused.value.code == "state"


def test_the_log_of_a_whole_road_is_whole(world, issued):
    log = Event.objects.filter(stream=issued.stream)
    verbs = set(log.values_list("verb", flat=True))
    assert {
        "create",
        "circulate",
        "submit_comment",
        "close_round",
        "submit",
        "approve",
        "issue",
    } <= verbs
    assert events.first_broken(log) is None
