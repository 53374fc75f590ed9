"""Reading a draft, alone or beside another."""

import pytest
from django.urls import reverse

from directives import drafting, workflow
from directives.text.kinds import Kind
from tests import factories

LEAK = "Nội dung chỉ Văn phòng được biết."


def view(directive, number=None) -> str:
    if number is None:
        return reverse("directive_view", args=[directive.pk])
    return reverse("draft_view", args=[directive.pk, number])


def test_the_office_reads_the_newest_draft_as_printed(world, consolidated, signed_in):
    page = signed_in(world.office).get(view(consolidated))
    text = page.content.decode()
    assert page.context["draft"].number == 2
    assert "05 ngày làm việc" in text
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert "a)" in text


def test_a_delegate_reads_the_draft_sent_to_them_and_no_later_one(world, consolidated, signed_in):
    browser = signed_in(world.delegate)
    page = browser.get(view(consolidated))
    assert page.context["draft"].number == 1
    assert "05 ngày làm việc" not in page.content.decode()
    assert browser.get(view(consolidated, 2)).status_code == 403
    pdf = reverse("draft_pdf", args=[consolidated.pk, 2])
    assert browser.get(pdf).status_code == 403


def test_who_was_not_asked_reads_nothing(world, directive, signed_in):
    for person in (world.delegate, world.administrator):
        browser = signed_in(person)
        assert browser.get(view(directive)).status_code == 403
        assert browser.get(view(directive, 1)).status_code == 403
        assert browser.get(reverse("draft_compare", args=[directive.pk])).status_code == 403


def test_a_draft_that_does_not_exist_is_not_found(world, directive, signed_in):
    assert signed_in(world.office).get(view(directive, 7)).status_code == 404


def test_every_member_reads_the_issued_text(world, issued, signed_in):
    member = factories.person(world.committee, "delegate", username="member3")
    page = signed_in(member).get(view(issued))
    assert page.context["draft"].number == 2
    assert "35-CT/TU" in page.content.decode()


@pytest.mark.parametrize(
    ("stage", "role", "url_name"),
    [
        ("directive", "office", "draft_edit"),
        ("consultation", "office", "directive_comments"),
        ("consultation", "delegate", "directive_comments"),
        ("closed", "office", "directive_consolidate"),
        ("consolidated", "office", "directive_submit"),
        ("submitted", "chair", "directive_approve"),
        ("approved", "clerk", "directive_issue"),
        ("issued", "delegate", "issue_download"),
    ],
)
def test_the_first_button_is_the_next_act(world, stage, role, url_name, request, signed_in):
    made = request.getfixturevalue(stage)
    directive = made if stage not in ("consultation", "closed") else made.draft.directive
    page = signed_in(getattr(world, role)).get(view(directive))
    args = [directive.pk, 1] if url_name == "draft_edit" else [directive.pk]
    assert page.context["acts"][0].url == reverse(url_name, args=args)


def test_the_chair_has_no_button_while_the_office_writes(world, directive, signed_in):
    assert signed_in(world.chair).get(view(directive)).context["acts"] == []


def test_reading_asks_as_much_for_many_provisions_as_for_few(
    world, directive, signed_in, django_assert_num_queries
):
    browser = signed_in(world.office)
    browser.get(view(directive))
    with django_assert_num_queries(7):
        browser.get(view(directive))
    many = [drafting.NewProvision(Kind.CLAUSE, f"Việc {n}.") for n in range(300)]
    drafting.replace_body(directive.latest_draft.pk, actor=world.office, units=many)
    with django_assert_num_queries(7):
        browser.get(view(directive))


def test_a_draft_is_downloaded_as_pdf(world, directive, signed_in):
    answer = signed_in(world.office).get(reverse("draft_pdf", args=[directive.pk, 1]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    assert "attachment" in answer["Content-Disposition"]


def compare(browser, directive, **asked):
    return browser.get(reverse("draft_compare", args=[directive.pk]), asked)


def test_two_drafts_are_compared_word_by_word(world, consolidated, signed_in):
    page = compare(signed_in(world.office), consolidated)
    text = page.content.decode()
    assert "07</del>" in text
    assert "05</ins>" in text
    assert page.context["redline"].changed == 1
    assert page["Server-Timing"].startswith("engine;dur=")


def test_only_changes_can_be_shown(world, consolidated, signed_in):
    page = compare(signed_in(world.office), consolidated, only="1")
    assert len(page.context["redline"].lines) == 1
    assert "giờ giấc" not in page.content.decode()


def move_the_last_clause_first(world, directive):
    last = factories.provision(directive, "Văn phòng Tỉnh ủy theo dõi")
    first = factories.provision(directive, "Để khắc phục")
    drafting.move_provision(last.pk, actor=world.office, after=first.pk)


def test_a_moved_provision_says_whence_it_came_and_its_old_place_where_it_went(
    world, consolidated, signed_in
):
    move_the_last_clause_first(world, consolidated)
    text = compare(signed_in(world.office), consolidated).content.decode()
    assert "relation--moved" in text
    assert "chuyển từ khoản 2" in text
    assert "khoản 2 đã chuyển đi, nay là khoản 1" in text


def test_two_columns_show_each_draft_with_its_own_words_alone(world, consolidated, signed_in):
    page = compare(signed_in(world.office), consolidated, columns="2")
    old, new = page.content.decode().split("07</del>")
    assert "05</ins>" not in old
    assert "07</del>" not in new


def test_the_two_columns_hold_where_only_changes_are_asked_for(world, consolidated, signed_in):
    text = compare(signed_in(world.office), consolidated, columns="2", only="1").content.decode()
    assert "only=1&amp;columns=2" in text
    assert '<input type="hidden" name="columns" value="2">' in text


def compare_pdf(browser, directive, **asked):
    return browser.get(reverse("draft_compare_pdf", args=[directive.pk]), asked)


def test_the_comparison_is_downloaded_as_pdf(world, consolidated, signed_in):
    answer = compare_pdf(signed_in(world.office), consolidated, old="1", new="2")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")
    name = f"so-sanh-du-thao-1-2-chi-thi-{consolidated.pk}.pdf"
    assert name in answer["Content-Disposition"]


def test_no_pdf_of_a_draft_that_one_may_not_read(world, consolidated, signed_in):
    browser = signed_in(world.delegate)
    assert compare_pdf(browser, consolidated).status_code == 404
    workflow.circulate(consolidated.pk, actor=world.office, readers=[world.delegate])
    assert compare_pdf(browser, consolidated, old="1", new="2").status_code == 200
    assert compare_pdf(signed_in(world.delegate2), consolidated, new="2").status_code == 404


def test_a_delegate_compares_only_what_they_may_read(world, consolidated, signed_in):
    draft = consolidated.latest_draft
    drafting.add_provision(draft.pk, actor=world.office, kind=Kind.CLAUSE, text=LEAK, after=None)
    browser = signed_in(world.delegate)
    page = compare(browser, consolidated)
    assert LEAK not in page.content.decode()
    assert "empty-state" in page.content.decode()
    assert LEAK in compare(signed_in(world.office), consolidated).content.decode()
    workflow.circulate(consolidated.pk, actor=world.office, readers=[world.delegate])
    assert LEAK in compare(browser, consolidated).content.decode()
    other = signed_in(world.delegate2)
    assert compare(other, consolidated, old="1", new="2").status_code in (200, 403)
    assert LEAK not in compare(other, consolidated, old="1", new="2").content.decode()


@pytest.mark.parametrize("asked", ["x", "-1", "99", "9999999999999999999999", "1.5"])
def test_a_draft_that_is_no_draft_is_not_found(world, consolidated, asked, signed_in):
    assert compare(signed_in(world.office), consolidated, old=asked).status_code == 404


def test_comparing_asks_as_much_for_many_provisions_as_for_few(
    world, consolidated, signed_in, django_assert_num_queries
):
    browser = signed_in(world.office)
    compare(browser, consolidated)
    with django_assert_num_queries(8):
        compare(browser, consolidated)
    many = [drafting.NewProvision(Kind.CLAUSE, f"Việc {n}.") for n in range(100)]
    drafting.replace_body(consolidated.latest_draft.pk, actor=world.office, units=many)
    with django_assert_num_queries(8):
        compare(browser, consolidated)
