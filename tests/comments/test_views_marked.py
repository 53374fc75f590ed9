"""The pages on which a delegate's Word file becomes comments."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from comments import services
from comments.models import Comment, Status
from directives.rendering.docx.drafts import draft_docx
from tests import wordfiles as made
from tests.comments.test_marked_copy import Word


@pytest.fixture
def url(consultation) -> str:
    return reverse("copy_upload", args=[consultation.pk])


@pytest.fixture
def word(consultation) -> Word:
    return Word(draft_docx(consultation.draft))


@pytest.fixture
def delegate(world, client):
    client.force_login(world.delegate)
    return client


def send(browser, url, content: bytes, author):
    file = SimpleUploadedFile("gop-y.docx", content)
    return browser.post(url, {"file": file, "author": author.pk})


def sent_back(page) -> dict:
    """What a browser sends of the preview when nothing is touched."""
    forms = page.context["comments"]
    said = {"author": page.context["author"].pk, "unplaced": page.context["unplaced"]}
    said |= {"form-TOTAL_FORMS": len(forms), "form-INITIAL_FORMS": len(forms)}
    for form in forms:
        for field in form:
            if field.value() not in (None, "", False):
                said[field.html_name] = "on" if field.value() is True else field.value()
    return said


def test_a_delegate_sees_changes_and_remarks_before_anything_is_kept(world, word, url, delegate):
    word.change("07 ngày", "05 ngày")
    word.say("giờ giấc", "Nói rõ giờ nào.")
    page = send(delegate, url, word.content(), world.delegate)
    text = page.content.decode()
    assert page.status_code == 200
    assert "05</ins>" in text
    assert "Nói rõ giờ nào." in text
    assert not Comment.objects.exists()


def test_the_page_of_a_delegate_says_by_itself_whose_file_it_is(world, word, url, delegate):
    asked = delegate.get(url).context["form"]["author"]
    assert asked.is_hidden
    word.change("07 ngày", "05 ngày")
    file = SimpleUploadedFile("gop-y.docx", word.content())
    page = delegate.post(url, {"file": file, "author": asked.value()})
    assert page.status_code == 200
    assert page.context["author"] == world.delegate


def test_what_is_kept_waits_to_be_sent_with_the_others(world, consultation, word, url, delegate):
    word.change("07 ngày", "05 ngày")
    word.say("giờ giấc", "Nói rõ giờ nào.")
    page = send(delegate, url, word.content(), world.delegate)
    answer = delegate.post(url, sent_back(page))
    assert answer.url == reverse("consultation_read", args=[consultation.pk])
    kept = consultation.comments.order_by("pk")
    assert [one.status for one in kept] == [Status.DRAFT, Status.DRAFT]
    assert "05 ngày" in kept[0].proposed_text
    assert kept[1].quote == "giờ giấc"
    delegate.post(reverse("comments_submit", args=[consultation.pk]))
    assert consultation.comments.submitted().count() == 2


def test_the_same_preview_sent_twice_is_kept_once(world, consultation, word, url, delegate):
    word.change("07 ngày", "05 ngày")
    said = sent_back(send(delegate, url, word.content(), world.delegate))
    delegate.post(url, said)
    delegate.post(url, said)
    assert consultation.comments.count() == 1


def test_what_is_not_ticked_is_left_out(world, consultation, word, url, delegate):
    word.change("07 ngày", "05 ngày")
    word.say("giờ giấc", "Nói rõ giờ nào.")
    said = sent_back(send(delegate, url, word.content(), world.delegate))
    del said["form-0-keep"]
    delegate.post(url, said)
    assert consultation.comments.get().body == "Nói rõ giờ nào."


def test_without_a_tick_everything_comes_back(world, consultation, word, url, delegate):
    word.change("07 ngày", "05 ngày")
    word.change("Hoàng Minh Trực", "Nguyễn Văn A")
    said = sent_back(send(delegate, url, word.content(), world.delegate))
    del said["form-0-keep"]
    page = delegate.post(url, said)
    assert page.status_code == 422
    assert "Chọn ít nhất một ý kiến" in page.content.decode()
    assert "Nguyễn Văn A" in page.content.decode()
    assert not consultation.comments.exists()


def test_untracked_differences_are_shown_without_a_tick(world, word, url, delegate):
    word.change("07 ngày", "05 ngày")
    word.change("giờ giấc", "thời giờ", tracked=False)
    page = send(delegate, url, word.content(), world.delegate)
    assert [bool(form["keep"].value()) for form in page.context["comments"]] == [True, False]
    assert "không theo dõi là thay đổi" in page.content.decode()


def test_a_clerk_records_the_file_of_a_delegate(world, consultation, word, url, client):
    word.change("07 ngày", "05 ngày")
    client.force_login(world.clerk)
    page = send(client, url, word.content(), world.delegate2)
    answer = client.post(url, sent_back(page))
    assert answer.url == consultation.get_absolute_url()
    comment = consultation.comments.get()
    assert (comment.author, comment.recorded_by) == (world.delegate2, world.clerk)
    assert comment.status == Status.SUBMITTED


def test_a_delegate_cannot_send_a_file_for_another(world, consultation, word, url, delegate):
    word.change("07 ngày", "05 ngày")
    page = send(delegate, url, word.content(), world.delegate2)
    assert page.status_code == 422
    said = sent_back(send(delegate, url, word.content(), world.delegate))
    said["author"] = world.delegate2.pk
    assert delegate.post(url, said).status_code == 422
    assert not consultation.comments.exists()


@pytest.mark.parametrize("role", ["chair", "administrator"])
def test_others_send_no_file(world, url, client, role):
    client.force_login(getattr(world, role))
    assert client.get(url).status_code == 403


def test_after_the_deadline_the_preview_comes_back(world, consultation, word, url, delegate):
    word.change("07 ngày", "05 ngày")
    said = sent_back(send(delegate, url, word.content(), world.delegate))
    consultation.deadline = timezone.now()
    consultation.save()
    page = delegate.post(url, said)
    assert page.status_code == 422
    assert "05</ins>" in page.content.decode()
    assert not consultation.comments.exists()


def test_a_closed_round_takes_no_file(world, consultation, word, url, delegate):
    services.close_round(consultation.pk, actor=world.office)
    assert send(delegate, url, word.content(), world.delegate).status_code == 302


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "rỗng"),
        (made.docx("<w:p/>", more={"word/vbaProject.bin": b"x"}), "macro"),
        (made.docx(made.p(made.r("1. Việc khác."))), "không phải dự thảo đã gửi"),
    ],
)
def test_a_file_that_is_not_the_draft_is_refused(world, url, delegate, content, says):
    page = send(delegate, url, content, world.delegate)
    assert page.status_code == 422
    assert says in str(page.context["form"].errors["file"])


def test_an_untouched_file_says_so(world, word, url, delegate):
    page = send(delegate, url, word.content(), world.delegate)
    assert "không sửa chữ nào" in str(page.context["form"].errors["file"])


def test_comments_are_found_in_a_fixed_number_of_queries(
    world, word, url, delegate, django_assert_max_num_queries
):
    word.change("07 ngày", "05 ngày")
    content = word.content()
    with django_assert_max_num_queries(25):
        send(delegate, url, content, world.delegate)
