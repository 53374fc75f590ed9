"""The report page: photos come in by a form, news is put together, edited and handed out."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from meetings.models import News, Photo
from tests import factories, sitting

QUERIES = 9


@pytest.fixture
def meeting(world):
    return sitting.under_way(world, title="Quy hoạch vùng trồng rau").meeting


@pytest.fixture
def page(client, world, meeting):
    client.force_login(world.office)
    return reverse("meeting_report", args=[meeting.pk])


def send(client, meeting, content: bytes, **said):
    file = SimpleUploadedFile("anh.jpg", content, "image/jpeg")
    return client.post(
        reverse("photo_add", args=[meeting.pk]), {"file": file, "alt": "Hội trường"} | said
    )


def test_an_empty_report_says_how_to_fill_it(client, page):
    words = client.get(page).content.decode()
    assert "Chưa có tin" in words
    assert "Viết tin" in words
    assert "Thêm ảnh" in words


def test_a_photo_is_shown_with_its_words_and_sent_whole_and_small(client, page, meeting):
    assert send(client, meeting, factories.picture((900, 600)), caption="Toàn cảnh").url
    photo = Photo.objects.get()
    words = client.get(page).content.decode()
    assert 'alt="Hội trường"' in words
    assert "Toàn cảnh" in words
    for name, stored in (("photo_image", photo.image), ("photo_thumbnail", photo.thumbnail)):
        answer = client.get(reverse(name, args=[meeting.pk, photo.pk]))
        assert answer["Content-Type"] == "image/jpeg"
        assert answer.content == bytes(stored)
    assert photo.image != photo.thumbnail


def test_what_is_no_picture_is_told_beside_the_field_and_the_words_stay(client, page, meeting):
    answer = send(client, meeting, b"khong phai anh", caption="Toàn cảnh")
    assert answer.status_code == 422
    words = answer.content.decode()
    assert "JPEG, PNG hoặc WebP" in words
    assert 'value="Toàn cảnh"' in words


def test_the_words_of_a_photo_are_changed_and_a_photo_is_removed_after_a_question(
    client, page, meeting
):
    send(client, meeting, factories.picture())
    photo = Photo.objects.get()
    edit, remove = (
        reverse(name, args=[meeting.pk, photo.pk]) for name in ("photo_edit", "photo_remove")
    )
    assert client.post(edit, {"alt": " "}).status_code == 422
    client.post(edit, {"alt": "Đoàn chủ tịch", "caption": ""})
    assert "Đoàn chủ tịch" in client.get(remove).content.decode()
    assert Photo.objects.exists()
    client.post(remove)
    assert not Photo.objects.exists()


def test_the_page_takes_the_same_queries_for_one_photo_and_for_forty(
    client, page, meeting, django_assert_num_queries
):
    send(client, meeting, factories.picture())
    facts = {f.attname: getattr(Photo.objects.get(), f.attname) for f in Photo._meta.fields[1:]}
    with django_assert_num_queries(QUERIES):
        client.get(page)
    Photo.objects.bulk_create(Photo(**facts) for _ in range(39))
    with django_assert_num_queries(QUERIES):
        assert client.get(page).content.decode().count("<figure>") == 40


def test_news_starts_from_the_record_and_is_kept_as_typed(client, page, meeting):
    edit = reverse("news_edit", args=[meeting.pk])
    assert "Quy hoạch vùng trồng rau" in client.get(edit).content.decode()
    client.post(edit, {"title": "Tin", "body": "Đã sửa.", "version": 0})
    assert News.objects.get().body == "Đã sửa."
    assert "Đã sửa." in client.get(edit).content.decode()
    assert "Quy hoạch vùng trồng rau" in client.get(f"{edit}?again=1").content.decode()
    assert client.get(reverse("news_download", args=[meeting.pk])).content.startswith(b"PK")


def test_a_stale_save_shows_both_and_the_next_one_holds(client, page, meeting, world):
    edit = reverse("news_edit", args=[meeting.pk])
    client.post(edit, {"title": "Tin", "body": "Của người trước.", "version": 0})
    mine = {"title": "Tin", "body": "Của tôi.", "version": 0}
    answer = client.post(edit, mine)
    assert answer.status_code == 409
    words = answer.content.decode()
    assert "Của người trước." in words
    assert "Của tôi." in words
    client.post(edit, mine | {"version": 1})
    assert News.objects.get().body == "Của tôi."
