"""The list, a new directive, its details, its log."""

import pytest
from django.db import connection
from django.urls import reverse

from accounts.models import Role
from directives import drafting
from directives.models import Directive, Event
from tests import factories

SECRET_SUBJECT = "về việc chưa được công bố"
NEW = {
    "subject": "về phòng, chống lãng phí",
    "recipients": "Ban Bí thư\nCác huyện ủy",
    "urgency": "KHẨN",
    "secrecy": "",
    "signing_authority": "T/M BAN THƯỜNG VỤ",
    "signer_title": "BÍ THƯ",
    "signer_name": "Hoàng Minh Trực",
}


def new(world, **said) -> dict:
    return NEW | {"committee": world.committee.pk} | said


def test_the_office_sees_what_it_drafts(world, directive, signed_in):
    page = signed_in(world.office).get(reverse("directive_list"))
    assert directive.subject in page.content.decode()
    assert reverse("directive_create") in page.content.decode()


def test_a_delegate_sees_only_what_was_sent_to_them(world, consultation, signed_in):
    factories.directive(world.office, world.committee, subject=SECRET_SUBJECT)
    page = signed_in(world.delegate).get(reverse("directive_list")).content.decode()
    assert consultation.draft.directive.subject in page
    assert SECRET_SUBJECT not in page
    assert reverse("directive_create") not in page


def test_the_office_of_another_committee_sees_nothing_of_this_one(world, directive, signed_in):
    stranger = factories.person(factories.CommitteeFactory(), Role.OFFICE)
    page = signed_in(stranger).get(reverse("directive_list")).content.decode()
    assert directive.subject not in page


def test_the_list_is_filtered_by_state(world, consultation, signed_in):
    drafting_one = factories.directive(world.office, world.committee, subject=SECRET_SUBJECT)
    browser = signed_in(world.office)
    page = browser.get(reverse("directive_list"), {"state": "drafting"}).content.decode()
    assert drafting_one.subject in page
    assert factories.SUBJECT not in page
    assert browser.get(reverse("directive_list"), {"state": "no such"}).status_code == 200


def test_the_list_has_pages_and_asks_as_much_for_many_as_for_one(
    world, directive, signed_in, django_assert_num_queries
):
    browser = signed_in(world.office)
    browser.get(reverse("directive_list"))
    with django_assert_num_queries(6):
        browser.get(reverse("directive_list"))
    for number in range(30):
        factories.directive(world.office, world.committee, subject=f"về việc số {number}")
    with django_assert_num_queries(6):
        page = browser.get(reverse("directive_list"), {"page": 2})
    assert directive.subject in page.content.decode()


def test_an_empty_list_says_what_fills_it(world, signed_in):
    page = signed_in(world.office).get(reverse("directive_list")).content.decode()
    assert "empty-state" in page
    assert page.count(reverse("directive_create")) == 2


def test_the_office_creates_a_directive_and_goes_on_to_draft_1(world, signed_in):
    answer = signed_in(world.office).post(reverse("directive_create"), new(world))
    directive = Directive.objects.get()
    assert answer.url == reverse("draft_edit", args=[directive.pk, 1])
    assert directive.subject == NEW["subject"]
    assert directive.urgency == "KHẨN"
    assert directive.latest_draft.provisions.get(kind="recipients").text == NEW["recipients"]


def test_the_signature_block_is_suggested_from_the_chair(world, signed_in):
    page = signed_in(world.office).get(reverse("directive_create"))
    assert page.context["form"]["signer_name"].value() == world.chair.full_name
    assert page.context["form"]["signing_authority"].value() == "T/M BAN THƯỜNG VỤ"


@pytest.mark.parametrize("role", ["delegate", "chair", "clerk", "administrator"])
def test_only_the_office_creates_directives(world, role, signed_in):
    browser = signed_in(getattr(world, role))
    assert browser.get(reverse("directive_create")).status_code == 403
    assert browser.post(reverse("directive_create"), new(world)).status_code == 403
    assert not Directive.objects.exists()


def test_a_committee_of_others_cannot_be_chosen(world, signed_in):
    other = factories.CommitteeFactory()
    said = new(world, committee=other.pk)
    answer = signed_in(world.office).post(reverse("directive_create"), said)
    assert answer.status_code == 422
    assert not Directive.objects.exists()


def test_a_secret_paper_is_refused_and_what_was_typed_is_kept(world, signed_in):
    said = new(world, secrecy="MẬT")
    answer = signed_in(world.office).post(reverse("directive_create"), said)
    assert answer.status_code == 422
    assert answer.context["form"].errors["secrecy"]
    assert NEW["subject"] in answer.content.decode()
    assert not Directive.objects.exists()


@pytest.mark.parametrize("subject", ["", "   \n ", "\x00\u200b", "x" * 1001])
def test_an_empty_or_oversized_subject_is_told_at_its_field(world, subject, signed_in):
    said = new(world, subject=subject)
    answer = signed_in(world.office).post(reverse("directive_create"), said)
    assert answer.status_code == 422
    assert answer.context["form"].errors["subject"]
    assert NEW["signer_name"] in answer.content.decode()


def test_what_is_typed_decomposed_is_kept_composed(world, signed_in):
    said = new(world, subject="về kỷ luật\x07", signer_name="Hoàng Minh Trực")
    signed_in(world.office).post(reverse("directive_create"), said)
    directive = Directive.objects.get()
    assert (directive.subject, directive.signer_name) == ("về kỷ luật", "Hoàng Minh Trực")


def test_the_office_changes_the_marks_and_the_signature(world, directive, signed_in):
    url = reverse("directive_change_details", args=[directive.pk])
    browser = signed_in(world.office)
    assert directive.signer_name in browser.get(url).content.decode()
    said = {name: NEW[name] for name in drafting.DETAILS} | {"signer_name": "Lê Văn A"}
    assert browser.post(url, said).status_code == 302
    directive.refresh_from_db()
    assert (directive.urgency, directive.signer_name) == ("KHẨN", "Lê Văn A")


def test_the_details_of_a_frozen_draft_are_left_alone(world, consultation, signed_in):
    directive = consultation.draft.directive
    url = reverse("directive_change_details", args=[directive.pk])
    browser = signed_in(world.office)
    assert browser.get(url).status_code == 302
    answer = browser.post(url, {name: NEW[name] for name in drafting.DETAILS})
    assert answer.status_code == 422
    directive.refresh_from_db()
    assert directive.urgency == ""


def test_others_cannot_change_the_details(world, directive, signed_in):
    url = reverse("directive_change_details", args=[directive.pk])
    assert signed_in(world.clerk).get(url).status_code == 403


def test_the_log_tells_who_did_what(world, submitted, signed_in):
    page = signed_in(world.clerk).get(reverse("directive_events", args=[submitted.pk]))
    told = page.content.decode()
    assert world.office.full_name in told
    assert "trình duyệt dự thảo lần 2" in told
    assert "gửi ý kiến" in told
    assert page.context["broken"] is None


def test_a_line_changed_from_outside_breaks_the_chain(world, directive, signed_in):
    first = Event.objects.filter(stream=directive.stream).earliest("sequence")
    _meddle(first)
    page = signed_in(world.office).get(reverse("directive_events", args=[directive.pk]))
    assert page.context["broken"] == first
    assert "banner--error" in page.content.decode()


def _meddle(event: Event) -> None:
    """Change a row past the trigger that refuses it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s",
                [Event._meta.db_table],
            )
            for (name,) in cursor.fetchall():
                cursor.execute(f'DROP TRIGGER "{name}"')
        else:
            # A table whose foreign keys are still to be checked cannot be altered.
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute(f"ALTER TABLE {Event._meta.db_table} DISABLE TRIGGER USER")
        cursor.execute(
            f"UPDATE {Event._meta.db_table} SET verb = 'approve' WHERE id = %s", [event.pk]
        )
        if connection.vendor != "sqlite":
            cursor.execute(f"ALTER TABLE {Event._meta.db_table} ENABLE TRIGGER USER")


def test_a_delegate_does_not_see_the_log(world, consultation, signed_in):
    url = reverse("directive_events", args=[consultation.draft.directive_id])
    assert signed_in(world.delegate).get(url).status_code == 403


def test_the_log_asks_as_much_for_many_events_as_for_few(
    world, directive, signed_in, django_assert_num_queries
):
    browser, url = signed_in(world.office), reverse("directive_events", args=[directive.pk])
    browser.get(url)
    with django_assert_num_queries(9):
        browser.get(url)
    provision = factories.provision(directive, "07 ngày")
    for version in range(1, 20):
        drafting.save_provision(
            provision.pk, actor=world.office, version=version, text=f"Lần {version}."
        )
    with django_assert_num_queries(9):
        browser.get(url)
