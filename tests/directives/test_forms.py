"""What people type is normalised before anything looks at it."""

import pytest

from directives.forms import (
    DetailsForm,
    DirectiveForm,
    IssueForm,
    NewProvisionForm,
    PasteForm,
    ReturnForm,
)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Kỷ luật", "Kỷ luật"),
        ("hai\r\ndòng", "hai\ndòng"),
        ("\x00\x07ẩn\u200b", "ẩn"),
        ("  lề  ", "lề"),
    ],
)
def test_text_is_kept_in_one_form(typed, kept):
    form = ReturnForm({"reason": typed})
    assert form.is_valid()
    assert form.cleaned_data["reason"] == kept


def test_a_paste_keeps_tabs_and_markup_for_the_cut():
    form = PasteForm({"source": "<p>1.\tViệc\x00</p>"})
    assert form.is_valid()
    assert form.cleaned_data["source"] == "<p>1.\tViệc</p>"


def test_a_new_provision_is_neither_subject_nor_recipients():
    kinds = {value for value, _label in NewProvisionForm().fields["kind"].choices}
    assert kinds.isdisjoint({"subject", "recipients"})
    assert "clause" in kinds


@pytest.mark.parametrize("typed", ["2026-03-10", "10/03/2026"])
def test_a_date_is_read_as_browsers_send_it_and_as_people_write_it(typed):
    form = IssueForm({"issued_on": typed})
    assert form.is_valid()
    assert form.cleaned_data["issued_on"].isoformat() == "2026-03-10"


def test_the_only_committee_of_an_office_is_not_asked_for(world):
    form = DirectiveForm(person=world.office)
    assert form["committee"].is_hidden
    assert form["committee"].value() == world.committee.pk


SIGNATURE = {
    "signing_authority": "T/M Ban Thường vụ",
    "signer_title": "Phó Bí thư",
}


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("signing_authority", "K/T Bí thư"),
        ("signing_authority", "KT. BÍ THƯ"),
        ("signer_title", "Bí thư Tỉnh ủy"),
        ("signer_title", "PHÓ BÍ THƯ THÀNH UỶ"),
        ("signer_name", "TS. Nguyễn Văn Thụ"),
        ("signer_name", "Đại tá Nguyễn Văn Thụ"),
        ("signer_name", "Phó Giáo sư Nguyễn Văn Thụ"),
    ],
)
def test_a_signature_against_the_form_is_refused_with_the_reason(field, typed):
    form = DetailsForm({**SIGNATURE, "signer_name": "Nguyễn Văn Thụ", field: typed})
    assert list(form.errors) == [field]


@pytest.mark.parametrize("name", ["Nguyễn Văn Thụ", "K'Lũy", "Cù Nhân Tướng", "Lê Sĩ Bs", ""])
def test_a_signature_in_its_form_is_kept_in_capitals(name):
    form = DetailsForm({**SIGNATURE, "signer_name": name})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["signing_authority"] == "T/M BAN THƯỜNG VỤ"
    assert form.cleaned_data["signer_title"] == "PHÓ BÍ THƯ"


@pytest.mark.parametrize(
    ("authority", "title"),
    [("T/M BAN THƯỜNG VỤ", "Q. BÍ THƯ"), ("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG")],
)
def test_acting_and_delegated_signers_may_sign(authority, title):
    form = DetailsForm({"signing_authority": authority, "signer_title": title})
    assert form.is_valid(), form.errors
