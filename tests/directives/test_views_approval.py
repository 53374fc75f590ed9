"""From the office to the chair and back."""

import pytest
from django.urls import reverse

from directives import canonical, drafting, workflow
from directives.models import Approval, Directive, Event, State
from directives.refusals import Refused
from tests import factories


def url(verb: str, directive: Directive) -> str:
    return reverse(f"directive_{verb}", args=[directive.pk])


def state(directive: Directive) -> str:
    return Directive.objects.get(pk=directive.pk).state


def test_the_office_submits_after_a_question(world, consolidated, signed_in):
    browser = signed_in(world.office)
    page = browser.get(url("submit", consolidated))
    assert page.context["obstacles"] == []
    assert page.context["circulated"].number == 1
    answer = browser.post(url("submit", consolidated))
    assert answer.url == url("issuing", consolidated)
    assert state(consolidated) == State.SUBMITTED


def test_what_stands_in_the_way_is_a_list_of_tasks(world, closed, signed_in):
    directive = closed.draft.directive
    page = signed_in(world.office).get(url("submit", directive))
    assert len(page.context["obstacles"]) >= 2
    assert all(obstacle in page.content.decode() for obstacle in page.context["obstacles"])
    assert reverse("directive_consolidate", args=[directive.pk]) in page.content.decode()
    answer = signed_in(world.office).post(url("submit", directive))
    assert answer.status_code == 409
    assert state(directive) == State.CONSOLIDATING


def test_a_missing_signer_is_pointed_to(world, consolidated, signed_in):
    Directive.objects.filter(pk=consolidated.pk).update(signer_name="")
    page = signed_in(world.office).get(url("submit", consolidated)).content.decode()
    assert reverse("directive_change_details", args=[consolidated.pk]) in page


@pytest.mark.parametrize("role", ["delegate", "chair", "clerk", "administrator"])
def test_only_the_office_submits(world, consolidated, role, signed_in):
    browser = signed_in(getattr(world, role))
    assert browser.get(url("submit", consolidated)).status_code == 403
    assert browser.post(url("submit", consolidated)).status_code == 403
    assert state(consolidated) == State.CONSOLIDATING


def test_the_chair_approves_the_text_that_was_read(world, submitted, signed_in):
    browser = signed_in(world.chair)
    page = browser.get(url("approve", submitted))
    assert "05 ngày làm việc" in page.content.decode()
    assert (
        f"{reverse('draft_compare', args=[submitted.pk])}?old=1&amp;new=2" in page.content.decode()
    )
    sha256 = page.context["sha256"]
    assert f'value="{sha256}"' in page.content.decode()
    assert browser.post(url("approve", submitted), {"sha256": sha256}).status_code == 302
    assert state(submitted) == State.APPROVED
    assert Approval.objects.get().sha256 == sha256


def test_a_text_changed_meanwhile_is_shown_again_and_not_approved(world, submitted, signed_in):
    browser = signed_in(world.chair)
    sha256 = browser.get(url("approve", submitted)).context["sha256"]
    point = factories.provision(submitted, "05 ngày")
    drafting.save_provision(point.pk, actor=world.office, version=1, text="Lời sửa lén.")
    workflow.submit_for_approval(submitted.pk, actor=world.office)
    answer = browser.post(url("approve", submitted), {"sha256": sha256})
    assert answer.status_code == 409
    assert "Lời sửa lén." in answer.content.decode()
    assert answer.context["sha256"] != sha256
    assert state(submitted) == State.SUBMITTED


@pytest.mark.parametrize("sha256", ["", "x", "0" * 64])
def test_a_hash_of_nothing_approves_nothing(world, submitted, sha256, signed_in):
    answer = signed_in(world.chair).post(url("approve", submitted), {"sha256": sha256})
    assert answer.status_code == 409
    assert not Approval.objects.exists()


def test_approving_twice_does_it_once(world, submitted, signed_in):
    browser = signed_in(world.chair)
    said = {"sha256": canonical.content_hash(submitted.latest_draft)}
    browser.post(url("approve", submitted), said)
    answer = browser.post(url("approve", submitted), said)
    assert answer.status_code == 409
    assert Approval.objects.count() == 1


def test_before_the_submission_the_chair_is_shown_where_it_stands(world, consolidated, signed_in):
    answer = signed_in(world.chair).get(url("approve", consolidated))
    assert answer.url == url("issuing", consolidated)
    assert signed_in(world.chair).get(url("return", consolidated)).status_code == 302


@pytest.mark.parametrize("role", ["delegate", "office", "clerk", "administrator"])
@pytest.mark.parametrize("verb", ["approve", "return"])
def test_only_the_chair_approves_and_returns(world, submitted, role, verb, signed_in):
    browser = signed_in(getattr(world, role))
    sha256 = canonical.content_hash(submitted.latest_draft)
    page = browser.get(url(verb, submitted))
    assert page.status_code == 403
    assert "05 ngày" not in page.content.decode()
    said = {"sha256": sha256, "reason": "!"}
    assert browser.post(url(verb, submitted), said).status_code == 403
    assert state(submitted) == State.SUBMITTED


def test_the_chair_returns_the_draft_with_a_reason(world, submitted, signed_in):
    answer = signed_in(world.chair).post(url("return", submitted), {"reason": "Bổ sung căn cứ."})
    assert answer.url == url("issuing", submitted)
    assert state(submitted) == State.CONSOLIDATING
    assert Event.objects.get(verb="return").payload == {"reason": "Bổ sung căn cứ."}


@pytest.mark.parametrize("reason", ["", "  \n", "x" * 2001])
def test_a_return_without_a_fit_reason_is_refused(world, submitted, reason, signed_in):
    answer = signed_in(world.chair).post(url("return", submitted), {"reason": reason})
    assert answer.status_code == 422
    assert answer.context["form"].errors["reason"]
    assert reason.strip() in answer.content.decode()
    assert state(submitted) == State.SUBMITTED


def test_a_late_return_says_why_and_keeps_the_reason(world, issued, signed_in):
    answer = signed_in(world.chair).post(url("return", issued), {"reason": "Muộn rồi."})
    assert answer.status_code == 422
    assert "Muộn rồi." in answer.content.decode()
    with pytest.raises(Refused):
        workflow.return_to_office(issued.pk, actor=world.chair, reason="Muộn rồi.")
