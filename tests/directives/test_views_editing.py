"""The editor: each act in a page without JavaScript, and as the fragment that htmx asks for."""

import re

import pytest
from django.urls import reverse

from directives import drafting
from directives.models import Directive, State
from directives.text.kinds import Kind
from tests import factories

HTMX = {"HX-Request": "true"}


def editor(directive, number=1) -> str:
    return reverse("draft_edit", args=[directive.pk, number])


def act(name: str, provision, directive, number=1) -> str:
    return reverse(f"provision_{name}", args=[directive.pk, number, provision.pk])


def add_url(directive) -> str:
    return reverse("provision_add", args=[directive.pk, 1])


def said(provision, **changed) -> dict:
    facts = {"text": provision.text, "version": provision.version}
    return {name: value for name, value in (facts | changed).items() if value is not None}


def numbers(page) -> list[str]:
    return [row.number for row in page.context["rows"] if row.number]


@pytest.fixture
def point(directive):
    return factories.provision(directive, "07 ngày")


@pytest.fixture
def browser(world, signed_in):
    return signed_in(world.office)


def test_every_provision_stands_with_its_number(directive, browser):
    page = browser.get(editor(directive))
    assert numbers(page) == ["1.", "a)", "b)", "2."]
    assert "trong thời hạn 07 ngày" in page.content.decode()


@pytest.mark.parametrize("role", ["delegate", "chair", "clerk", "administrator"])
def test_only_the_office_edits(world, directive, point, role, signed_in):
    browser = signed_in(getattr(world, role))
    page = browser.get(editor(directive))
    assert page.status_code == 403
    assert "07 ngày" not in page.content.decode()
    assert browser.post(act("save", point, directive), said(point, text="!")).status_code == 403
    for name in ("delete", "move", "indent", "split", "join", "change_kind"):
        assert browser.post(act(name, point, directive)).status_code == 403
    assert browser.post(add_url(directive), {"kind": "clause", "text": "!"}).status_code == 403
    restore = reverse("provision_restore", args=[directive.pk, 1])
    assert browser.post(restore, {"key": str(point.key)}).status_code == 403
    point.refresh_from_db()
    assert point.text.startswith("Khi được hỏi")


def test_writing_goes_by_post_only(directive, point, browser):
    for name in ("save", "delete", "move", "indent", "split", "join", "change_kind"):
        assert browser.get(act(name, point, directive)).status_code == 405


def test_the_editor_asks_as_much_for_300_provisions_as_for_5(
    world, directive, browser, django_assert_num_queries
):
    browser.get(editor(directive))
    with django_assert_num_queries(7):
        browser.get(editor(directive))
    many = [drafting.NewProvision(Kind.CLAUSE, f"Việc {n}.") for n in range(300)]
    drafting.replace_body(directive.latest_draft.pk, actor=world.office, units=many)
    with django_assert_num_queries(7):
        page = browser.get(editor(directive))
    assert "300." in numbers(page)
    with django_assert_num_queries(6):
        browser.get(editor(directive), headers=HTMX)


@pytest.mark.parametrize("pane", ["edit", "acts", "add", "split", "move", "kind"])
def test_a_pane_opens_in_the_page_and_alone(directive, point, browser, pane):
    asked = {"pane": pane, "at": point.pk}
    page = browser.get(editor(directive), asked)
    assert page.context["pane"].name == pane
    assert "<html" in page.content.decode()
    row = browser.get(editor(directive), asked, headers=HTMX).content.decode()
    assert "<html" not in row
    assert f'id="p-{point.key}"' in row
    assert "<form" in row


@pytest.mark.parametrize("asked", [{"pane": "x"}, {"pane": "edit", "at": "999999"}, {"at": "x"}])
def test_an_unknown_pane_is_closed(directive, browser, asked):
    assert browser.get(editor(directive), asked).context["pane"].name == ""


def test_a_frozen_draft_is_shown_instead_of_edited(consultation, browser):
    directive = consultation.draft.directive
    answer = browser.get(editor(directive))
    assert answer.url == reverse("draft_view", args=[directive.pk, 1])
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    answer = browser.post(act("save", point, directive), said(point, text="Lời khác."))
    assert answer.status_code == 422
    assert "Lời khác." in answer.content.decode()


def test_a_provision_is_saved_and_the_person_stays_where_they_work(directive, point, browser):
    answer = browser.post(act("save", point, directive), said(point, text="Lời mới."))
    assert answer.url.endswith(f"at={point.pk}#p-{point.key}")
    row = browser.get(editor(directive), {"at": point.pk}, headers=HTMX).content.decode()
    assert "Lời mới." in row
    assert "data-focus" in row


def test_a_saved_row_comes_back_alone_with_its_number(directive, point, browser):
    answer = browser.post(
        act("save", point, directive), said(point, text="Một.\nHai.", headed="on"), headers=HTMX
    )
    row = answer.content.decode()
    assert "<strong>Một.</strong>" in row
    assert "a)" in row
    assert "<html" not in row


def test_the_subject_of_the_directive_follows_its_provision(directive, browser):
    subject = directive.latest_draft.provisions.get(kind=Kind.SUBJECT)
    browser.post(act("save", subject, directive), said(subject, text="về việc mới"))
    assert Directive.objects.get(pk=directive.pk).subject == "về việc mới"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_oversized_text_is_refused_and_kept(directive, point, browser, headers):
    text = "quá dài " * 3000
    answer = browser.post(act("save", point, directive), said(point, text=text), headers=headers)
    assert answer.status_code == 422
    assert text.strip() in answer.content.decode()
    assert "20000" in answer.content.decode()


def test_the_second_saver_sees_both_texts_and_the_merge(world, directive, point, browser):
    theirs = point.text.replace("07 ngày", "05 ngày")
    mine = point.text.replace("nêu rõ lý do", "nêu lý do cụ thể")
    drafting.save_provision(point.pk, actor=world.office2, version=1, text=theirs)
    answer = browser.post(act("save", point, directive), said(point, text=mine))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "05</ins>" in page
    assert "cụ thể</ins>" in page
    offered = answer.context["pane"].form
    assert offered["text"].value() == mine.replace("07 ngày", "05 ngày")
    assert answer.context["pane"].facts["stale"].disputed == []
    merged = {"text": offered["text"].value(), "version": offered["version"].value()}
    assert browser.post(act("save", point, directive), merged).status_code == 302
    point.refresh_from_db()
    assert point.text == merged["text"]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_a_conflict_shows_both_wordings_and_keeps_what_is_saved(
    world, directive, point, browser, headers
):
    theirs, mine = point.text.replace("07", "05"), point.text.replace("07", "10")
    drafting.save_provision(point.pk, actor=world.office2, version=1, text=theirs)
    answer = browser.post(act("save", point, directive), said(point, text=mine), headers=headers)
    assert answer.status_code == 409
    (conflict,) = answer.context["pane"].facts["stale"].disputed
    assert [words.strip() for words in conflict] == ["07", "05", "10"]
    assert answer.context["pane"].form["text"].value() == theirs
    assert mine in answer.content.decode()
    point.refresh_from_db()
    assert point.text == theirs


def test_the_text_of_a_provision_deleted_meanwhile_is_offered_as_a_new_one(
    world, directive, point, browser
):
    drafting.delete_provision(point.pk, actor=world.office2)
    for headers in ({}, HTMX):
        answer = browser.post(
            act("save", point, directive), said(point, text="Công sức của tôi."), headers=headers
        )
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "Công sức của tôi." in page
        assert add_url(directive) in page
    halves = {"version": 1, "first": "Nửa đầu.", "second": "Nửa sau."}
    answer = browser.post(act("split", point, directive), halves)
    assert "Nửa đầu.\nNửa sau." in answer.content.decode()


def test_a_provision_is_added_after_another(directive, point, browser):
    new = {"kind": "point", "text": "Điểm mới.", "after": point.pk}
    page = browser.post(add_url(directive), new, follow=True)
    assert numbers(page) == ["1.", "a)", "b)", "c)", "2."]
    assert page.context["rows"][4].text == "Điểm mới."


def test_adding_can_go_on_below_the_new_one(directive, point, browser):
    new = {"kind": "point", "text": "Điểm mới.", "after": point.pk, "more": "1"}
    answer = browser.post(add_url(directive), new, headers=HTMX)
    assert answer["HX-Retarget"] == "#editor"
    assert answer.context["pane"].name == "add"
    added = factories.provision(directive, "Điểm mới.")
    assert answer.context["pane"].at == added.pk
    assert answer.context["pane"].form["kind"].value() == "point"


def test_a_provision_is_added_at_the_end_of_the_body(directive, browser):
    browser.post(add_url(directive), {"kind": "clause", "text": "Khoản cuối."})
    page = browser.get(editor(directive))
    assert [row.text for row in page.context["rows"]].index("Khoản cuối.") == 6


@pytest.mark.parametrize(
    "new",
    [
        {"kind": "clause", "text": "  "},
        {"kind": "subject", "text": "Trích yếu thứ hai"},
        {"kind": "no such", "text": "Lời còn đây"},
        {"text": "Lời còn đây"},
    ],
)
def test_a_bad_new_provision_is_refused_and_kept(directive, browser, new):
    before = directive.latest_draft.provisions.count()
    answer = browser.post(add_url(directive), new)
    assert answer.status_code == 422
    assert new["text"].strip() in answer.content.decode()
    assert directive.latest_draft.provisions.count() == before


def test_a_deleted_provision_is_brought_back_where_it_stood(directive, point, browser):
    page = browser.post(act("delete", point, directive), follow=True)
    assert numbers(page) == ["1.", "a)", "2."]
    assert str(point.key) in page.content.decode()
    restore = reverse("provision_restore", args=[directive.pk, 1])
    page = browser.post(restore, {"key": str(point.key)}, follow=True)
    assert numbers(page) == ["1.", "a)", "b)", "2."]
    assert page.context["rows"][3].text == point.text


def test_the_way_back_is_shown_with_the_list(directive, point, browser):
    answer = browser.post(act("delete", point, directive), headers=HTMX)
    assert answer["HX-Retarget"] == "#editor"
    assert reverse("provision_restore", args=[directive.pk, 1]) in answer.content.decode()


@pytest.mark.parametrize("key", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_what_was_not_deleted_cannot_be_brought_back(directive, browser, key):
    restore = reverse("provision_restore", args=[directive.pk, 1])
    page = browser.post(restore, {"key": key}, follow=True)
    assert "banner--error" in page.content.decode()
    assert browser.get(editor(directive), {"deleted": key}).status_code == 200


def test_provisions_move_and_their_numbers_follow(directive, browser):
    second = factories.provision(directive, "Chấp hành nghiêm")
    page = browser.post(act("move", second, directive), {"direction": "up"}, follow=True)
    assert page.context["rows"][3].text == second.text
    assert page.context["pane"].name == "acts"
    clause = factories.provision(directive, "Văn phòng Tỉnh ủy theo dõi")
    preamble = factories.provision(directive, "Để khắc phục")
    page = browser.post(act("move", clause, directive), {"after": preamble.pk}, follow=True)
    assert page.context["rows"][2].text == clause.text
    assert numbers(page) == ["1.", "2.", "a)", "b)"]


def test_moving_up_again_keeps_the_button_under_the_hand(directive, browser):
    clause = factories.provision(directive, "Mọi việc phải rõ")
    answer = browser.post(act("move", clause, directive), {"direction": "down"}, headers=HTMX)
    assert answer.context["pane"].at == clause.pk
    page = answer.content.decode()
    assert page.count("data-focus") == 1
    answer = browser.post(act("move", clause, directive), {"direction": "up"}, headers=HTMX)
    assert 'value="up" data-focus' not in answer.content.decode()
    assert "editor-acts" in answer.content.decode()


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_an_impossible_move_is_told_above_the_list(directive, browser, headers):
    subject = directive.latest_draft.provisions.get(kind=Kind.SUBJECT)
    answer = browser.post(
        act("move", subject, directive), {"direction": "up"}, headers=headers, follow=True
    )
    assert answer.status_code == 200
    assert "banner--error" in answer.content.decode()


def test_the_level_changes_and_the_numbers_follow(directive, point, browser):
    page = browser.post(act("indent", point, directive), {"direction": "deeper"}, follow=True)
    assert numbers(page) == ["1.", "-", "a)", "2."]
    page = browser.post(act("indent", point, directive), {"direction": "shallower"}, follow=True)
    page = browser.post(act("indent", point, directive), {"direction": "shallower"}, follow=True)
    assert numbers(page) == ["1.", "2.", "a)", "3."]


def test_the_kind_is_chosen(directive, point, browser):
    page = browser.post(act("change_kind", point, directive), {"kind": "part"}, follow=True)
    assert numbers(page) == ["1.", "I-", "a)", "1."]
    for kind in ("subject", "", "x"):
        answer = browser.post(act("change_kind", point, directive), {"kind": kind})
        assert answer.status_code == 422


def test_a_provision_is_split(directive, point, browser):
    opened = browser.get(editor(directive), {"pane": "split", "at": point.pk})
    assert opened.context["pane"].form["first"].value()
    halves = {"version": 1, "first": "Khi được hỏi phải trả lời.", "second": "Nêu rõ lý do."}
    page = browser.post(act("split", point, directive), halves, follow=True)
    assert numbers(page) == ["1.", "a)", "b)", "c)", "2."]
    answer = browser.post(act("split", point, directive), halves | {"version": 2, "second": ""})
    assert answer.status_code == 422
    assert halves["first"] in answer.content.decode()


def test_a_provision_is_joined_to_the_one_above(directive, browser):
    second = factories.provision(directive, "Chấp hành nghiêm")
    page = browser.post(act("join", second, directive), follow=True)
    assert numbers(page) == ["1.", "a)", "2."]
    assert page.context["rows"][3].text.endswith(second.text)


def test_an_edit_after_the_approval_is_warned_of_and_voids_it(world, approved, browser):
    page = browser.get(editor(approved, 2))
    assert page.context["voids"]
    point = factories.provision(approved, "05 ngày")
    page = browser.post(
        act("save", point, approved, 2), said(point, text="Lời sửa sau khi duyệt."), follow=True
    )
    assert Directive.objects.get(pk=approved.pk).state == State.CONSOLIDATING
    assert "banner--warning" in page.content.decode()
    assert not page.context["voids"]


def test_an_edit_that_voids_reloads_the_page_around_the_fragment(approved, browser):
    point = factories.provision(approved, "05 ngày")
    answer = browser.post(
        act("save", point, approved, 2), said(point, text="Lời sửa."), headers=HTMX
    )
    assert answer["HX-Refresh"] == "true"


def test_two_open_rows_have_no_id_in_common(directive, point, browser):
    other = factories.provision(directive, "Chấp hành nghiêm")
    ids = [
        set(re.findall(r' id="([^"]+)"', browser.get(editor(directive), asked).content.decode()))
        for asked in ({"pane": "edit", "at": point.pk}, {"pane": "edit", "at": other.pk})
    ]
    fields = [{name for name in found if "-text" in name} for found in ids]
    assert all(fields)
    assert fields[0].isdisjoint(fields[1])


def test_a_provision_of_another_draft_is_not_found(world, directive, browser):
    other = factories.directive(world.office, world.committee, subject="về việc khác")
    theirs = factories.provision(other, "07 ngày")
    for name in ("save", "delete", "move", "indent", "split", "join", "change_kind"):
        answer = browser.post(act(name, theirs, directive), said(theirs, text="!", kind="part"))
        assert answer.status_code == 404
    theirs.refresh_from_db()
    assert theirs.version == 1
