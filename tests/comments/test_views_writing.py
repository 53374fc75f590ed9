from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comments import consolidation, services
from comments.forms.writing import mark_of
from comments.models import Comment, Consultation, Outcome, Position, Status
from comments.said import Said
from tests import factories

POINT = "07 ngày làm việc"


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains=POINT)


@pytest.fixture
def as_(client):
    def as_(person):
        client.force_login(person)
        return client

    return as_


@pytest.fixture
def member(world, as_):
    return as_(world.delegate)


def url(name, consultation):
    return reverse(name, args=[consultation.pk])


def said(point=None, **fields):
    return {
        "token": "mot-lan",
        "at": str(point.key) if point else "",
        "category": "content",
        "body": "Bảy ngày là quá lâu.",
        "proposal_kind": "",
        "act": "save",
    } | fields


def reworded(point, **fields):
    wording = point.text.replace("07", "05")
    changed = {"proposal_kind": "replace", "wording": wording, "seen": mark_of(wording)}
    return said(point, **changed | fields)


def pass_the_deadline(consultation):
    Consultation.objects.filter(pk=consultation.pk).update(
        deadline=timezone.now() - timedelta(minutes=1)
    )


def test_the_draft_is_read_as_printed_with_its_numbers(consultation, member):
    page = member.get(url("consultation_read", consultation)).content.decode()
    assert "a)</span>" in page
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in page
    assert page.count("data-write") == consultation.draft.provisions.count() + 1


def test_only_those_who_were_asked_read_here(world, consultation, as_):
    for person in (world.office, world.clerk, world.administrator):
        assert as_(person).get(url("consultation_read", consultation)).status_code == 403


def test_the_form_opens_on_a_provision_with_its_own_text(consultation, point, member):
    address = url("consultation_read", consultation)
    page = member.get(address, {"at": str(point.key), "pane": "write"})
    form = page.context["current"].form
    assert form["wording"].value() == point.text
    fragment = member.get(
        address, {"at": str(point.key), "pane": "write"}, headers={"hx-request": "true"}
    )
    assert b"<html" not in fragment.content
    assert b"reading-foot" in fragment.content


def test_the_quoted_words_come_into_the_form(consultation, point, member):
    query = {"at": str(point.key), "pane": "write", "quote": "07 ngày", "start": 52}
    page = member.get(url("consultation_read", consultation), query)
    assert page.context["current"].form["quote"].value() == "07 ngày"


def test_a_draft_comment_is_kept_and_nobody_else_sees_it(world, consultation, point, member, as_):
    response = member.post(url("comment_write", consultation), said(point))
    comment = Comment.objects.get()
    assert response.url.endswith(f"#p-{point.key}")
    assert (comment.status, comment.author) == (Status.DRAFT, world.delegate)
    page = as_(world.delegate2).get(url("consultation_read", consultation)).content.decode()
    assert "Bảy ngày là quá lâu." not in page
    bench = as_(world.office).get(url("workbench", consultation)).content.decode()
    assert "Bảy ngày là quá lâu." not in bench


def test_others_comments_are_seen_only_where_the_round_says_so(world, consultation, point, member):
    factories.comment(consultation, world.delegate2, on=point, body="Ý của người khác.")
    address = url("consultation_read", consultation)
    assert "Ý của người khác." not in member.get(address).content.decode()
    Consultation.objects.update(shows_others=True)
    assert "Ý của người khác." in member.get(address).content.decode()


def test_a_wording_goes_out_only_after_its_changes_were_shown(consultation, point, member):
    unseen = reworded(point, act="submit", seen="")
    page = member.post(url("comment_write", consultation), unseen)
    assert page.status_code == 422
    assert not Comment.objects.exists()
    text = page.content.decode()
    assert "<del>" in text
    assert "<ins>" in text
    seen = page.context["current"].form["seen"].value()
    member.post(url("comment_write", consultation), unseen | {"seen": seen})
    comment = Comment.objects.get()
    assert comment.status == Status.SUBMITTED
    assert comment.edits[0][2] == "05"


def test_the_same_form_sent_twice_is_one_comment(consultation, point, member):
    for _time in range(2):
        response = member.post(url("comment_write", consultation), reworded(point, act="submit"))
        assert response.status_code == 302
    assert Comment.objects.get().number == 1


def test_what_saves_itself_and_what_is_sent_are_one_comment(consultation, point, member):
    address = url("comment_write", consultation)
    badge = member.post(address, said(point, act="keep", body="Bảy"))
    assert b"kept-words--done" in badge.content
    member.post(address, said(point, act="keep", body="Bảy ngày"))
    member.post(address, said(point, act="submit"))
    comment = Comment.objects.get()
    assert (comment.body, comment.status) == ("Bảy ngày là quá lâu.", Status.SUBMITTED)


def test_a_sent_comment_is_not_changed_by_a_form_left_open(consultation, point, member):
    address = url("comment_write", consultation)
    member.post(address, said(point, act="submit"))
    page = member.post(address, said(point, act="submit", body="Nội dung khác."))
    assert page.status_code == 422
    assert "Nội dung khác." in page.content.decode()
    assert Comment.objects.get().body == "Bảy ngày là quá lâu."


def test_after_the_deadline_nothing_is_taken_and_everything_typed_is_still_there(
    consultation, point, member
):
    pass_the_deadline(consultation)
    page = member.post(url("comment_write", consultation), reworded(point, act="submit"))
    text = page.content.decode()
    assert page.status_code == 422
    assert "Bảy ngày là quá lâu." in text
    assert point.text.replace("07", "05") in text
    assert "data-write" not in text
    assert not Comment.objects.exists()
    kept = member.post(url("comment_write", consultation), said(point, act="keep"))
    assert b"kept-words--failed" in kept.content


def test_a_quote_that_is_no_longer_there_is_refused_once_and_then_left_out(
    consultation, point, member
):
    address = url("comment_write", consultation)
    page = member.post(address, said(point, quote="chữ không có", quote_start="3"))
    assert page.status_code == 422
    form = page.context["current"].form
    assert form["body"].value() == "Bảy ngày là quá lâu."
    assert not form["quote"].value()
    member.post(address, said(point, quote=form["quote"].value()))
    assert Comment.objects.get().quote == ""


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"body": ""}, "body"),
        ({"body": "a" * 10_001}, "__all__"),
        ({"category": "khác"}, "category"),
        ({"proposal_kind": "insert_after", "addition": "", "seen": mark_of("")}, "addition"),
    ],
)
def test_what_cannot_be_sent_stays_as_typed(consultation, point, member, fields, field):
    page = member.post(url("comment_write", consultation), said(point, act="submit", **fields))
    assert page.status_code == 422
    form = page.context["current"].form
    assert field in form.errors
    assert form["body"].value() == fields.get("body", "Bảy ngày là quá lâu.")
    assert not Comment.objects.filter(status=Status.SUBMITTED).exists()


def test_an_unchanged_wording_is_told_beside_the_wording(consultation, point, member):
    same = reworded(point, act="submit", wording=point.text, seen=mark_of(point.text))
    page = member.post(url("comment_write", consultation), same)
    assert "wording" in page.context["current"].form.errors


def test_a_comment_on_the_whole_draft_proposes_nothing(consultation, member):
    address = url("comment_write", consultation)
    assert member.post(address, said(proposal_kind="delete")).status_code == 422
    assert not Comment.objects.exists()
    member.post(address, said(act="submit"))
    assert Comment.objects.get().provision_key is None


def test_words_in_another_form_of_unicode_are_kept_in_nfc(consultation, member):
    decomposed = "Ba\u0309y nga\u0300y"
    member.post(url("comment_write", consultation), said(body=decomposed))
    assert Comment.objects.get().body == "Bảy ngày"


def test_the_preview_shows_insertions_and_deletions_and_marks_them_seen(
    consultation, point, member
):
    page = member.post(url("comment_preview", consultation), reworded(point, seen=""))
    text = page.content.decode()
    assert "07" in text.split("<del>")[1].split("</del>")[0]
    assert "05" in text.split("<ins>")[1].split("</ins>")[0]
    assert mark_of(point.text.replace("07", "05")) in text
    assert not Comment.objects.exists()


def test_a_draft_comment_is_edited_in_its_place(consultation, point, member):
    member.post(url("comment_write", consultation), reworded(point))
    comment = Comment.objects.get()
    address = reverse("comment_edit", args=[comment.pk])
    page = member.get(address, follow=True)
    form = page.context["current"].form
    assert form["wording"].value() == comment.proposed_text
    answers = {name: form[name].value() for name in ("token", "writer", "version")}
    member.post(url("comment_write", consultation), said(point, body="Sửa lại.", **answers))
    assert Comment.objects.get().body == "Sửa lại."


def test_a_member_sends_withdraws_and_deletes_their_own(consultation, point, member):
    member.post(url("comment_write", consultation), said(point))
    comment = Comment.objects.get()
    member.post(reverse("comment_submit", args=[comment.pk]))
    member.post(reverse("comment_withdraw", args=[comment.pk]))
    comment.refresh_from_db()
    assert comment.status == Status.WITHDRAWN
    member.post(url("comment_write", consultation), said(point, token="hai"))
    draft = Comment.objects.get(token="hai")
    member.post(reverse("comment_discard", args=[draft.pk]))
    assert not Comment.objects.filter(pk=draft.pk).exists()


@pytest.mark.parametrize("act", ["submit", "withdraw", "discard"])
def test_nobody_acts_on_the_comment_of_somebody_else(world, consultation, point, as_, act):
    comment = factories.comment(consultation, world.delegate, on=point)
    for person in (world.delegate2, world.office, world.administrator):
        response = as_(person).post(reverse(f"comment_{act}", args=[comment.pk]), said(point))
        assert response.status_code == 403
    comment.refresh_from_db()
    assert comment.status == Status.SUBMITTED


def test_withdrawing_after_the_deadline_is_refused_in_the_row(world, consultation, point, member):
    comment = factories.comment(consultation, world.delegate, on=point)
    pass_the_deadline(consultation)
    address = reverse("comment_withdraw", args=[comment.pk])
    assert member.post(address).status_code == 409
    fragment = member.post(address, headers={"hx-request": "true"})
    assert fragment.status_code == 409
    assert b"data-error-summary" in fragment.content


def test_all_that_waits_is_sent_and_what_cannot_go_says_why(world, consultation, point, member):
    def keep(**fields):
        return services.save_comment(
            consultation.pk, actor=world.delegate, author=world.delegate, said=Said(**fields)
        )

    keep(body="Một."), keep(provision_key=point.key, body="Hai.")
    empty = keep(provision_key=point.key)
    page = member.post(url("comments_submit", consultation), follow=True)
    assert Comment.objects.filter(status=Status.SUBMITTED).count() == 2
    empty.refresh_from_db()
    assert empty.status == Status.DRAFT
    assert _("Write your comment, or change the wording.") in page.content.decode()


def test_to_agree_fully_is_one_tap_and_another_position_undoes_it(world, consultation, member):
    address = url("position_give", consultation)
    member.post(address, {"position": "agrees"})
    assert consultation.delegates.get(person=world.delegate).position == Position.AGREES
    member.post(address, {"position": "disagrees", "reason": "Chưa đủ căn cứ."})
    assert consultation.delegates.get(person=world.delegate).position == Position.DISAGREES


def test_to_disagree_takes_a_reason(world, consultation, member):
    page = member.post(url("position_give", consultation), {"position": "disagrees"})
    assert page.status_code == 422
    assert "reason" in page.context["sheet"].position_form.errors
    assert consultation.delegates.get(person=world.delegate).position == ""


def test_no_position_is_taken_from_those_not_asked_or_too_late(world, consultation, as_):
    address = url("position_give", consultation)
    assert as_(world.office).post(address, {"position": "agrees"}).status_code == 403
    pass_the_deadline(consultation)
    page = as_(world.delegate).post(address, {"position": "agrees"})
    assert page.status_code == 422
    assert not consultation.delegates.exclude(position="").exists()


def test_the_answer_comes_back_to_its_author_with_the_next_draft(world, closed, as_):
    comment = closed.comments.get()
    consolidation.answer(
        comment.pk, actor=world.office, outcome=Outcome.ACCEPTED, reply="Xin tiếp thu."
    )
    address = url("consultation_read", closed)
    assert "Xin tiếp thu." not in as_(world.delegate).get(address).content.decode()
    consolidation.consolidate(closed.pk, actor=world.office)
    page = as_(world.delegate).get(address).content.decode()
    assert "Xin tiếp thu." in page
    assert world.office.full_name in page
    assert "Xin tiếp thu." not in as_(world.delegate2).get(address).content.decode()


def test_the_comparison_is_offered_only_to_who_may_read_the_next_draft(world, consolidated, as_):
    consultation = Consultation.objects.get()
    compare = reverse("draft_compare", args=[consolidated.pk]) + "?old=1"
    address = url("consultation_read", consultation)
    assert compare not in as_(world.delegate).get(address).content.decode()
    factories.consultation(world.office, consolidated, [world.delegate])
    assert compare in as_(world.delegate).get(address).content.decode()


def test_the_page_costs_the_same_with_two_comments_and_with_sixty(
    world, consultation, point, member, django_assert_num_queries
):
    Consultation.objects.update(shows_others=True)
    for person in world.delegates:
        factories.comment(consultation, person, on=point)
    address = url("consultation_read", consultation)
    member.get(address)
    with django_assert_num_queries(11):
        member.get(address)
    for _n in range(29):
        factories.comment(consultation, world.delegate, on=point, change=("07", "05"))
        factories.comment(consultation, world.delegate2, on=point)
    with django_assert_num_queries(11):
        member.get(address)
