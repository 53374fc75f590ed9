"""The page of the form check, and the advice beside the question whether to submit."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from directives import drafting
from directives.drafting import NewProvision
from directives.formcheck.review import review
from directives.models import Directive, FindingWaiver
from directives.text.kinds import Kind
from tests import factories

UNITS = (
    NewProvision(
        Kind.PREAMBLE, "Tỉnh ủy, cấp ủy và cấp uỷ theo Kết luận số 14-KL/TW ngày 22/9/2021."
    ),
    NewProvision(Kind.CLAUSE, "Thực hiện chương trình KHXT<b>."),
)


@pytest.fixture
def faulty(world) -> Directive:
    return factories.directive(world.office, world.committee, units=UNITS)


def url(name: str, directive: Directive) -> str:
    return reverse(name, args=[directive.pk])


def items(directive: Directive) -> dict:
    return {item.finding.rule.code: item for item in review(directive).open}


@pytest.mark.parametrize(
    ("who", "status"),
    [("office", 200), ("clerk", 200), ("chair", 200), ("delegate", 403), ("administrator", 403)],
)
def test_the_page_is_for_those_who_work_on_the_directive(world, faulty, signed_in, who, status):
    answer = signed_in(getattr(world, who)).get(url("directive_check", faulty))
    assert answer.status_code == status
    assert ("KHXT" in answer.content.decode()) == (status == 200)


def test_every_finding_has_a_link_to_its_provision_and_its_source(world, faulty, signed_in):
    html = signed_in(world.office).get(url("directive_check", faulty)).content.decode()
    for item in items(faulty).values():
        assert f'href="{faulty.latest_draft.get_absolute_url()}#p-{item.place.key}"' in html
        assert str(item.words.source) in html
    assert "KHXT</mark>&lt;b&gt;." in html


def test_only_the_office_is_offered_corrections_and_waivers(world, faulty, signed_in):
    page = signed_in(world.chair).get(url("directive_check", faulty))
    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main>")[0]


def test_one_click_corrects_a_finding(world, faulty, signed_in):
    browser = signed_in(world.office)
    ticket = items(faulty)["citation_comma"].ticket
    answer = browser.post(url("finding_fix", faulty), {"finding": ticket}, follow=True)
    assert answer.status_code == 200
    assert set(items(faulty)) == {"tone_marks", "unknown_abbreviation"}


def test_one_click_corrects_all_that_have_a_correction(world, faulty, signed_in):
    tickets = review(faulty).tickets
    signed_in(world.office).post(url("finding_fix", faulty), {"finding": tickets})
    assert set(items(faulty)) == {"unknown_abbreviation"}


def test_the_last_correction_is_offered_to_be_taken_back_once(world, faulty, signed_in):
    browser, before = signed_in(world.office), set(items(faulty))
    undo = url("finding_unfix", faulty)
    assert undo not in browser.get(url("directive_check", faulty)).content.decode()
    browser.post(url("finding_fix", faulty), {"finding": review(faulty).tickets})
    assert undo in browser.get(url("directive_check", faulty)).content.decode()
    page = browser.post(undo, follow=True).content.decode()
    assert set(items(faulty)) == before
    assert undo not in page
    assert browser.post(undo).status_code == 409


def test_a_correction_is_not_offered_back_after_an_edit_nor_to_a_colleague(
    world, faulty, signed_in
):
    browser = signed_in(world.office)
    browser.post(url("finding_fix", faulty), {"finding": review(faulty).tickets})
    undo, page = url("finding_unfix", faulty), url("directive_check", faulty)
    assert undo not in signed_in(world.office2).get(page).content.decode()
    provision = factories.provision(faulty, "14-KL/TW")
    drafting.save_provision(
        provision.pk, actor=world.office2, version=provision.version, text="Viết lại."
    )
    assert undo not in browser.get(page).content.decode()
    assert browser.post(undo).status_code == 409
    assert factories.provision(faulty, "Viết lại.")


@pytest.mark.parametrize("ticket", ["", "x", ".", "0123456789abcdef.99", "a.b", "a.²"])
def test_a_ticket_of_nothing_shows_the_findings_again(world, faulty, signed_in, ticket):
    answer = signed_in(world.office).post(url("finding_fix", faulty), {"finding": ticket})
    assert answer.status_code == 409
    assert "KHXT" in answer.content.decode()


def test_a_stale_ticket_changes_nothing_and_shows_the_findings_as_they_are(
    world, faulty, signed_in
):
    key, _dot, version = items(faulty)["citation_comma"].ticket.partition(".")
    stale = f"{key}.{int(version) + 1}"
    answer = signed_in(world.office).post(url("finding_fix", faulty), {"finding": stale})
    assert answer.status_code == 409
    assert "citation_comma" in items(faulty)


def test_a_waiver_needs_its_reason_and_keeps_the_place(world, faulty, signed_in):
    key = items(faulty)["unknown_abbreviation"].key
    browser = signed_in(world.office)
    answer = browser.post(url("finding_waive", faulty), {"key": key, "reason": " "})
    assert answer.status_code == 422
    assert f'id="error-{key}"' in answer.content.decode()
    browser.post(url("finding_waive", faulty), {"key": key, "reason": "Ai cũng biết."})
    assert FindingWaiver.objects.get().reason == "Ai cũng biết."


def test_a_reason_that_is_too_long_is_not_lost(world, faulty, signed_in):
    key, reason = items(faulty)["unknown_abbreviation"].key, "lý do " * 100
    answer = signed_in(world.office).post(
        url("finding_waive", faulty), {"key": key, "reason": reason}
    )
    assert answer.status_code == 422
    assert reason.strip() in answer.content.decode()


def test_a_waiver_for_what_is_no_more_found_says_so(world, faulty, signed_in):
    answer = signed_in(world.office).post(
        url("finding_waive", faulty), {"key": "0" * 16, "reason": "Được."}
    )
    assert answer.status_code == 409
    assert _("The draft was changed after this check. Look at the findings again.") in (
        answer.content.decode()
    )


def test_a_waived_finding_stands_below_with_its_reason_and_can_be_opened(world, faulty, signed_in):
    browser, key = signed_in(world.office), items(faulty)["unknown_abbreviation"].key
    browser.post(url("finding_waive", faulty), {"key": key, "reason": "Ai cũng biết."})
    assert "Ai cũng biết." in browser.get(url("directive_check", faulty)).content.decode()
    browser.post(url("finding_unwaive", faulty), {"key": key})
    assert "unknown_abbreviation" in items(faulty)


@pytest.mark.parametrize(
    "name", ["finding_fix", "finding_unfix", "finding_waive", "finding_unwaive"]
)
def test_acts_are_posted_by_the_office_only(world, faulty, signed_in, name):
    assert signed_in(world.office).get(url(name, faulty)).status_code == 405
    assert signed_in(world.chair).post(url(name, faulty)).status_code == 403


def test_a_draft_in_its_form_is_told_so(world, directive, signed_in):
    page = signed_in(world.office).get(url("directive_check", directive)).content.decode()
    assert _("Nothing is left to correct") in page


def test_a_frozen_draft_offers_no_correction(world, faulty, signed_in):
    factories.consultation(world.office, faulty, world.delegates)
    page = signed_in(world.office).get(url("directive_check", faulty)).content.decode()
    assert url("finding_fix", faulty) not in page
    assert url("finding_waive", faulty) in page


def test_whoever_submits_is_told_of_open_findings_and_not_barred(world, consolidated, signed_in):
    browser = signed_in(world.office)
    page = browser.get(url("directive_submit", consolidated)).content.decode()
    assert _("The form check finds nothing.") in page
    assert url("directive_check", consolidated) in page
    provision = factories.provision(consolidated, "Chấp hành")
    provision.text = "Chấp hành giờ giấc của cấp huyện"
    provision.save()
    assert len(review(consolidated).open) == 2
    assert " 2 " in browser.get(url("directive_submit", consolidated)).content.decode()
    browser.post(url("directive_submit", consolidated))
    assert Directive.objects.get(pk=consolidated.pk).state == "submitted"


def test_the_page_asks_the_database_as_often_for_many_findings(
    world, faulty, signed_in, django_assert_num_queries
):
    browser = signed_in(world.office)
    browser.get(url("directive_check", faulty))
    many = [NewProvision(Kind.CLAUSE, f"Cấp huyện {n}") for n in range(40)]
    long = factories.directive(world.office, world.committee, units=many)
    counts = []
    for one in (faulty, long):
        with django_assert_num_queries(8):
            browser.get(url("directive_check", one))
        counts.append(len(review(one).open))
    assert counts[0] < counts[1]
