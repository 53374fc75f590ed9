"""Two windows on one comment that is being written: the later one overwrites nothing."""

import uuid

import pytest
from django.urls import reverse

from comments.models import Comment, Status

HTMX = {"hx-request": "true"}


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


@pytest.fixture
def address(consultation):
    return reverse("comment_write", args=[consultation.pk])


@pytest.fixture
def member(world, client):
    client.force_login(world.delegate)
    return client


@pytest.fixture
def window(point):
    """What a window sends; each with a writer of its own, opened at a version."""

    def window(version):
        return {
            "token": "mot-lan",
            "writer": str(uuid.uuid4()),
            "version": str(version),
            "at": str(point.key),
            "category": "content",
            "proposal_kind": "",
            "act": "keep",
        }

    return window


@pytest.fixture
def windows(member, address, window):
    """One window wrote the comment, a second was opened at it, and the first saved once more."""
    first = window(0)
    member.post(address, first | {"body": "Bảy"}, headers=HTMX)
    second = window(Comment.objects.get().version)
    member.post(address, first | {"body": "Bảy ngày"}, headers=HTMX)
    return first, second | {"body": "Mười ngày"}


def bodies():
    return list(Comment.objects.order_by("pk").values_list("body", flat=True))


def test_the_overtaken_window_is_refused_and_shown_both_texts(member, address, windows):
    _first, second = windows
    answer = member.post(address, second, headers=HTMX)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "Bảy ngày" in text
    assert "Mười ngày" in text
    assert "kept-words--failed" in text
    assert bodies() == ["Bảy ngày"]


def test_the_first_window_goes_on_saving(member, address, windows):
    first, second = windows
    member.post(address, second, headers=HTMX)
    assert member.post(address, first | {"body": "Bảy ngày."}, headers=HTMX).status_code == 200
    assert bodies() == ["Bảy ngày."]


def test_a_save_whose_answer_was_lost_is_not_overtaken_by_itself(member, address, windows):
    first, _second = windows
    again = member.post(address, first | {"body": "Bảy ngày là"}, headers=HTMX)
    assert b"kept-words--done" in again.content


def test_the_same_words_in_two_windows_are_no_quarrel(member, address, windows):
    _first, second = windows
    same = member.post(address, second | {"body": "Bảy ngày"}, headers=HTMX)
    assert b"kept-words--done" in same.content


def test_keeping_the_text_here_overwrites_what_was_seen_and_nothing_newer(member, address, windows):
    first, second = windows
    seen = str(Comment.objects.get().version)
    member.post(address, first | {"body": "Bảy ngày nữa"}, headers=HTMX)
    mine = second | {"act": "mine", "other": seen}
    assert member.post(address, mine, headers=HTMX).status_code == 409
    newest = str(Comment.objects.get().version)
    answer = member.post(address, mine | {"other": newest}, headers=HTMX)
    assert answer.status_code == 200
    assert bodies() == ["Mười ngày"]
    assert answer.context["row"].form["body"].value() == "Mười ngày"
    assert member.post(address, first, headers=HTMX).status_code == 409


def test_keeping_the_text_there_opens_it_here(member, address, windows):
    _first, second = windows
    answer = member.post(address, second | {"act": "theirs"}, headers=HTMX)
    form = answer.context["row"].form
    assert form["body"].value() == "Bảy ngày"
    assert form["version"].value() == Comment.objects.get().version
    assert bodies() == ["Bảy ngày"]


def test_keeping_both_makes_two_comments(member, address, windows):
    _first, second = windows
    answer = member.post(address, second | {"act": "both"}, headers=HTMX)
    assert answer.context["row"].form["body"].value() == "Mười ngày"
    assert bodies() == ["Bảy ngày", "Mười ngày"]


def test_without_scripts_a_stale_save_shows_the_choice_on_the_whole_page(member, address, windows):
    _first, second = windows
    page = member.post(address, second | {"act": "save"})
    assert page.status_code == 409
    assert page.context["current"].form["body"].value() == "Mười ngày"
    assert 'value="both"' in page.content.decode()
    chosen = member.post(address, second | {"act": "both"}, follow=True)
    assert chosen.context["current"].form["body"].value() == "Mười ngày"


def test_what_was_sent_from_one_window_is_not_replaced_by_the_other(member, address, windows):
    first, second = windows
    member.post(address, first | {"body": "Bảy ngày", "act": "submit"})
    page = member.post(address, second | {"act": "submit"})
    assert page.status_code == 409
    assert 'value="mine"' not in page.content.decode()
    member.post(address, second | {"act": "both"})
    assert list(Comment.objects.order_by("pk").values_list("body", "status")) == [
        ("Bảy ngày", Status.SUBMITTED),
        ("Mười ngày", Status.DRAFT),
    ]


def test_words_typed_into_a_comment_that_was_thrown_away_become_one_again(member, address, windows):
    _first, second = windows
    member.post(reverse("comment_discard", args=[Comment.objects.get().pk]))
    assert b"kept-words--done" in member.post(address, second, headers=HTMX).content
    assert bodies() == ["Mười ngày"]
