"""The file of a meeting: whole, checkable outside, the same twice, and unchangeable."""

import hashlib
import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from directives.refusals import Refused
from meetings.models import AgendaItem, Archive, Meeting, MeetingState
from meetings.reporting import archive, news, photos
from tests import factories, sitting


@pytest.fixture
def meeting(world, closed) -> Meeting:
    """Over; a draft lay on its table, there is a photo and news."""
    item = sitting.under_way(world, title="Dự thảo Chỉ thị")
    AgendaItem.objects.filter(pk=item.pk).update(
        consultation=closed, draft=closed.draft, directive=closed.draft.directive
    )
    photos.add_photo(
        item.meeting_id, actor=world.office, content=factories.picture(), alt="Hội trường"
    )
    news.save_news(item.meeting_id, actor=world.office, title="Tin", body="Một đoạn.")
    end(item.meeting)
    return Meeting.objects.get(pk=item.meeting_id)


def end(meeting: Meeting) -> None:
    facts = {"state": MeetingState.CLOSED, "closed_at": timezone.now()}
    Meeting.objects.filter(pk=meeting.pk).update(**facts)


def unpacked(made: Archive) -> dict[str, bytes]:
    with ZipFile(BytesIO(bytes(made.file.content))) as file:
        return {name: file.read(name) for name in file.namelist()}


def test_every_file_is_listed_with_the_hash_that_it_has(world, meeting):
    files = unpacked(archive.make_archive(meeting.pk, actor=world.clerk))
    lists = {name: files.pop(name) for name in ("muc-luc.txt", "muc-luc.json", "SHA256SUMS")}
    sums = {
        path: sha256
        for sha256, path in (line.split("  ") for line in lists["SHA256SUMS"].decode().splitlines())
    }
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}
    listed = json.loads(lists["muc-luc.json"])["files"]
    assert {one["path"]: one["sha256"] for one in listed} == sums
    assert all(one["path"] in lists["muc-luc.txt"].decode() for one in listed)


def test_what_lay_on_the_table_and_what_came_of_it_is_there(world, meeting):
    files = unpacked(archive.make_archive(meeting.pk, actor=world.clerk))
    for name in ("01-chuong-trinh.pdf", "02-giay-moi.pdf", "04-danh-sach-dai-bieu.pdf"):
        assert files[name].startswith(b"%PDF")
    item = meeting.items.get()
    folder = f"03-tai-lieu/muc-{item.position:02}"
    assert files[f"{folder}/du-thao.pdf"].startswith(b"%PDF")
    assert files[f"{folder}/du-thao.json"].decode() == item.draft.content
    assert files[f"06-y-kien/muc-{item.position:02}-bang-tong-hop.pdf"].startswith(b"%PDF")
    assert files["08-tin-anh/anh-01.jpg"] == bytes(meeting.photos.get().image)
    assert files["08-tin-anh/tin.docx"].startswith(b"PK")
    verbs = [line["verb"] for line in json.loads(files["09-nhat-ky.json"])]
    assert verbs[0] == "convene"
    assert "save_news" in verbs


def test_the_same_record_gives_the_same_bytes_but_for_the_log(world, meeting):
    first, second = (
        unpacked(archive.make_archive(meeting.pk, actor=world.clerk)) for _ in range(2)
    )
    changed = {name for name in first if first[name] != second[name]}
    assert changed <= {"09-nhat-ky.json", "SHA256SUMS", "muc-luc.json", "08-tin-anh/tin.docx"}


def test_an_archive_refuses_change_in_the_database(world, meeting):
    made = archive.make_archive(meeting.pk, actor=world.clerk)
    for change in (
        lambda: Archive.objects.filter(pk=made.pk).update(manifest={}),
        lambda: Archive.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            change()


def test_a_meeting_that_is_not_over_has_no_file(world):
    meeting = sitting.under_way(world).meeting
    with pytest.raises(Refused) as refused:
        archive.make_archive(meeting.pk, actor=world.clerk)
    assert refused.value.code == "state"


def test_delegates_make_and_fetch_no_archive(client, world, meeting):
    with pytest.raises(PermissionDenied):
        archive.make_archive(meeting.pk, actor=world.delegate)
    made = archive.make_archive(meeting.pk, actor=world.clerk)
    client.force_login(world.delegate)
    page, file = pages(meeting, made)
    assert client.get(page).status_code == client.get(file).status_code == 403


def pages(meeting: Meeting, made: Archive) -> tuple[str, str]:
    return (
        reverse("meeting_archive", args=[meeting.pk]),
        reverse("archive_download", args=[meeting.pk, made.pk]),
    )


def test_the_page_makes_the_file_and_says_when_the_record_has_gone_on(client, world, meeting):
    client.force_login(world.clerk)
    page = reverse("meeting_archive", args=[meeting.pk])
    assert "Lập hồ sơ hội nghị" in client.get(page).content.decode()
    client.post(page)
    made = Archive.objects.select_related("file").get()
    words = client.get(page).content.decode()
    assert made.file.sha256 in words
    assert "đã có thêm nội dung" not in words
    assert client.get(pages(meeting, made)[1]).content == bytes(made.file.content)
    photos.add_photo(meeting.pk, actor=world.office, content=factories.picture(), alt="Ảnh nữa")
    assert "đã có thêm nội dung" in client.get(page).content.decode()
