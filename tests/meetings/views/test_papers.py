import io

import docx
import pytest
from django.urls import reverse
from pypdf import PdfReader

from accounts.models import NoticeKind, Unit
from meetings.models import (
    Attendee,
    AttendeeRole,
    Conclusion,
    MeetingPaper,
    PaperKind,
    SectionKind,
)
from meetings.papers import approving, writing
from meetings.papers.sheets import content_hash
from tests import factories
from tests.recorded import crowd, hold

PAPER = PaperKind.MINUTES


@pytest.fixture
def held(world, directive):
    return hold(world, directive)


@pytest.fixture
def minutes(held, world) -> MeetingPaper:
    return writing.assemble(held.meeting.pk, actor=world.clerk, kind=PAPER)


def at(paper: MeetingPaper, name: str, *args: int) -> str:
    return reverse(name, args=[paper.meeting_id, paper.kind, *args])


def tab(meeting) -> str:
    return reverse("meeting_papers", args=[meeting.pk])


def one(paper: MeetingPaper, containing: str):
    return paper.sections.get(text__contains=containing)


def test_the_tab_says_what_is_missing_and_offers_to_put_the_minutes_together(client, held, world):
    Conclusion.objects.filter(item=held.item).delete()
    client.force_login(world.clerk)
    page = client.get(tab(held.meeting)).content.decode()
    assert "Chưa có kết luận mục 2." in page
    assert "Chưa có kết luận mục 1." not in page
    assert page.count("Tổng hợp từ ghi chép") == 2


def test_the_chair_sees_the_tab_and_no_button_to_write(client, minutes, world):
    client.force_login(world.chair)
    page = client.get(tab(minutes.meeting)).content.decode()
    assert at(minutes, "paper_pdf") in page
    assert at(minutes, "paper_assemble") not in page


def test_putting_together_leads_to_the_editor(client, held, world):
    client.force_login(world.clerk)
    address = reverse("paper_assemble", args=[held.meeting.pk, PAPER])
    answer = client.post(address, follow=True)
    assert answer.redirect_chain[-1][0] == reverse("paper_edit", args=[held.meeting.pk, PAPER])
    assert "Thời gian khai mạc" in answer.content.decode()


def test_a_paper_of_an_unknown_kind_is_not_found(client, held, world):
    client.force_login(world.clerk)
    assert client.get(reverse("paper_edit", args=[held.meeting.pk, "letter"])).status_code == 404


def test_a_section_opens_is_saved_and_shows_what_was_changed(client, minutes, world):
    client.force_login(world.office)
    place = one(minutes, "Địa điểm")
    opened = client.get(f"{at(minutes, 'paper_edit')}?pane=edit&at={place.pk}")
    assert b'name="version" value="1"' in opened.content
    said = {"text": "Địa điểm: Hội trường số 1.", "version": 1}
    answer = client.post(at(minutes, "section_save", place.pk), said, follow=True)
    page = answer.content.decode()
    assert "</span>Phòng họp</del>" in page
    assert "</span>Hội trường</ins>" in page


def test_a_stale_save_shows_both_texts_and_the_joined_one(client, minutes, world):
    section = one(minutes, "Ghi nhận báo cáo.")
    writing.save_section(section.pk, actor=world.clerk, version=1, text="Ghi nhận báo cáo của Sở.")
    client.force_login(world.office)
    said = {"text": "Hội nghị ghi nhận báo cáo.", "version": 1}
    answer = client.post(at(minutes, "section_save", section.pk), said)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hội nghị ghi nhận báo cáo của Sở.</textarea>" in page
    assert "Hội nghị ghi nhận báo cáo.</textarea>" in page
    assert 'name="version" value="2"' in page
    assert "Người khác đã lưu đoạn này trong lúc đồng chí đang viết" in page


def test_an_empty_section_is_refused_and_stays_open(client, minutes, world):
    client.force_login(world.clerk)
    place = one(minutes, "Địa điểm")
    answer = client.post(at(minutes, "section_save", place.pk), {"text": "", "version": 1})
    assert answer.status_code == 422
    assert "hoặc xóa đoạn này" in answer.content.decode()


def test_what_was_typed_for_a_section_that_is_gone_is_offered_as_a_new_one(client, minutes, world):
    place = one(minutes, "Địa điểm")
    writing.delete_section(place.pk, actor=world.clerk)
    client.force_login(world.office)
    said = {"text": "Địa điểm: Đà Lạt.", "version": 1}
    answer = client.post(at(minutes, "section_save", place.pk), said)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Địa điểm: Đà Lạt.</textarea>" in page
    assert at(minutes, "section_add") in page


def test_a_section_is_added_where_it_was_asked_for(client, minutes, world):
    client.force_login(world.clerk)
    place = one(minutes, "Địa điểm")
    client.post(
        at(minutes, "section_add"),
        {"text": "Phần thêm", "kind": "heading-1", "after": place.pk},
    )
    added = one(minutes, "Phần thêm")
    assert (added.kind, added.level, added.position) == (
        SectionKind.HEADING,
        1,
        place.position + 1,
    )


def test_a_section_is_taken_to_a_chosen_place(client, minutes, world):
    client.force_login(world.clerk)
    keys = list(minutes.sections.values_list("pk", flat=True))
    moved, behind = keys[1], keys[4]
    page = client.get(f"{at(minutes, 'paper_edit')}?pane=move&at={moved}").content.decode()
    assert f'<option value="{keys[0]}" selected>' in page
    assert f'<option value="{moved}"' not in page
    client.post(at(minutes, "section_move", moved), {"after": behind})
    expected = [keys[0], *keys[2:5], moved, *keys[5:]]
    assert list(minutes.sections.values_list("pk", flat=True)) == expected
    for after in ("", moved):  # the head; and behind itself, which is refused
        page = client.post(at(minutes, "section_move", moved), {"after": after}, follow=True)
        assert minutes.sections.first().pk == moved
    assert "Hãy chọn một trong các mục đã nêu." in page.content.decode()


def test_a_deleted_section_is_brought_back_from_where_it_stood(client, minutes, world):
    client.force_login(world.clerk)
    place = one(minutes, "Địa điểm")
    page = client.post(at(minutes, "section_delete", place.pk), follow=True).content.decode()
    assert 'id="deleted"' in page
    assert not minutes.sections.filter(pk=place.pk).exists()
    client.post(at(minutes, "section_restore"), {"key": place.key})
    assert one(minutes, "Địa điểm").position == place.position


def test_the_first_section_is_brought_back_to_the_head_of_the_paper(client, minutes, world):
    client.force_login(world.clerk)
    first = minutes.sections.first()
    page = client.post(at(minutes, "section_delete", first.pk), follow=True).content.decode()
    assert 'id="deleted"' in page
    client.post(at(minutes, "section_restore"), {"key": first.key})
    assert minutes.sections.first().key == first.key


def test_a_section_of_another_paper_is_not_found_in_this_one(client, minutes, world):
    notice = writing.assemble(minutes.meeting_id, actor=world.clerk, kind=PaperKind.NOTICE)
    client.force_login(world.clerk)
    other = notice.sections.first()
    answer = client.post(at(minutes, "section_delete", other.pk))
    assert answer.status_code == 404
    assert notice.sections.filter(pk=other.pk).exists()


def test_new_words_of_the_record_are_offered_and_taken(client, minutes, held, world):
    section = one(minutes, "Ghi nhận báo cáo.")
    writing.save_section(section.pk, actor=world.clerk, version=1, text="Ghi nhận.")
    Conclusion.objects.filter(item=held.item).update(text="Ghi nhận báo cáo của Sở.")
    client.force_login(world.clerk)
    page = client.post(at(minutes, "paper_assemble"), follow=True).content.decode()
    assert "Lấy lời văn mới" in page
    client.post(at(minutes, "section_settle", section.pk), {"take": "1"})
    section.refresh_from_db()
    assert section.text == "Ghi nhận báo cáo của Sở."


def test_the_road_from_the_clerk_to_the_chair_and_the_stored_file(client, minutes, world):
    client.force_login(world.clerk)
    client.post(at(minutes, "paper_submit"))
    client.force_login(world.chair)
    page = client.get(at(minutes, "paper_approve"))
    assert content_hash(MeetingPaper.objects.get(pk=minutes.pk)) in page.content.decode()
    client.post(at(minutes, "paper_approve"), {"sha256": page.context["sha256"]})
    paper = MeetingPaper.objects.get(pk=minutes.pk)
    answer = client.get(at(minutes, "paper_pdf"))
    assert answer.content == bytes(paper.pdf.content)
    assert answer["ETag"] == f'"{paper.pdf.sha256}"'
    lines = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text().splitlines()
    assert "Dự thảo" not in [line.strip() for line in lines]


def test_what_keeps_the_paper_from_the_chair_is_listed(client, held, world):
    writing.assemble(held.meeting.pk, actor=world.clerk, kind=PaperKind.NOTICE)
    client.force_login(world.clerk)
    address = reverse("paper_submit", args=[held.meeting.pk, PaperKind.NOTICE])
    assert "Chưa ghi họ tên người ký thông báo." in client.get(address).content.decode()
    page = client.post(address, follow=True).content.decode()
    assert "Văn bản chưa hoàn chỉnh." in page


def test_a_return_is_read_on_the_page_of_the_paper(client, minutes, world):
    approving.submit(minutes.pk, actor=world.clerk)
    client.force_login(world.chair)
    client.post(at(minutes, "paper_return"), {"reason": "Thiếu ý kiến của Sở."})
    client.force_login(world.clerk)
    assert "Thiếu ý kiến của Sở." in client.get(at(minutes, "paper_edit")).content.decode()
    assert "Thiếu ý kiến của Sở." in client.get(tab(minutes.meeting)).content.decode()


def number_the_notice(client, held, world, recipients="Lưu Văn phòng Tỉnh ủy") -> None:
    """Signed, approved by the chair, given the number 7 by the clerk."""
    writing.assemble(held.meeting.pk, actor=world.clerk, kind=PaperKind.NOTICE)
    pk = held.meeting.pk
    client.force_login(world.clerk)
    client.post(
        reverse("paper_signing", args=[pk, "notice"]),
        {
            "authority": "T/L BAN THƯỜNG VỤ",
            "title": "CHÁNH VĂN PHÒNG",
            "name": "Lê Văn Phòng",
            "recipients": recipients,
        },
    )
    client.post(reverse("paper_submit", args=[pk, "notice"]))
    client.force_login(world.chair)
    page = client.get(reverse("paper_approve", args=[pk, "notice"]))
    client.post(reverse("paper_approve", args=[pk, "notice"]), {"sha256": page.context["sha256"]})
    client.force_login(world.clerk)
    issue = reverse("notice_issue", args=[pk])
    assert "first_number" in client.get(issue).content.decode()
    day = MeetingPaper.objects.get().signing.agreed_at.date().isoformat()
    client.post(issue, {"issued_on": day, "first_number": 7})


def test_a_notice_is_signed_approved_and_numbered(client, held, world):
    number_the_notice(client, held, world)
    paper = MeetingPaper.objects.get()
    assert paper.number == 7
    text = PdfReader(io.BytesIO(bytes(paper.pdf.content))).pages[0].extract_text()
    assert "Số 07-TB/TU" in text
    assert "Lê Văn Phòng" in " ".join(
        page.extract_text() for page in PdfReader(io.BytesIO(bytes(paper.pdf.content))).pages
    )


def test_a_paper_that_waits_for_nothing_leads_back_with_words(client, held, world):
    pk = held.meeting.pk
    writing.assemble(pk, actor=world.clerk, kind=PaperKind.NOTICE)

    def led_back(person, *way) -> str:
        client.force_login(person)
        answer = client.get(reverse(*way[:1], args=[pk, *way[1:]]), follow=True)
        assert answer.redirect_chain == [(tab(held.meeting), 302)]
        return answer.content.decode()

    assert "chưa duyệt" in led_back(world.clerk, "notice_issue")
    assert "không chờ" in led_back(world.chair, "paper_return", "notice")
    number_the_notice(client, held, world)
    assert "đã được duyệt" in led_back(world.clerk, "notice_issue")
    assert "đã được duyệt" in led_back(world.chair, "paper_return", "notice")


def test_who_attended_reads_the_notice_on_the_page_of_the_meeting_once_it_is_numbered(
    client, held, world
):
    pdf = reverse("paper_pdf", args=[held.meeting.pk, "notice"])
    writing.assemble(held.meeting.pk, actor=world.clerk, kind=PaperKind.NOTICE)
    client.force_login(world.delegate)
    assert pdf not in client.get(held.meeting.get_absolute_url()).content.decode()
    assert client.get(pdf).status_code == 403
    number_the_notice(client, held, world)
    client.force_login(world.delegate)
    page = client.get(held.meeting.get_absolute_url()).content.decode()
    assert pdf in page
    assert "Thông báo kết luận số 7, ngày" in page
    assert client.get(pdf).content.startswith(b"%PDF")
    assert client.get(tab(held.meeting)).status_code == 403


def test_minutes_that_were_approved_stay_with_the_staff_and_the_chair(client, minutes, world):
    approving.submit(minutes.pk, actor=world.clerk)
    approving.approve(minutes.pk, actor=world.chair, sha256=content_hash(minutes))
    client.force_login(world.delegate)
    assert client.get(at(minutes, "paper_pdf")).status_code == 403
    page = client.get(minutes.meeting.get_absolute_url()).content.decode()
    assert at(minutes, "paper_pdf") not in page


def test_a_guest_called_for_one_item_alone_does_not_read_what_the_others_concluded(
    client, held, world
):
    number_the_notice(client, held, world)
    pdf = reverse("paper_pdf", args=[held.meeting.pk, "notice"])
    guest = sit_in(held, factories.PersonFactory())
    client.force_login(guest.person)
    assert client.get(pdf).status_code == 200
    held.item.called.set([held.comer])
    assert client.get(pdf).status_code == 403
    assert pdf not in client.get(held.meeting.get_absolute_url()).content.decode()
    held.item.called.add(guest)
    assert client.get(pdf).status_code == 200


def test_a_guest_to_whose_unit_the_notice_is_addressed_reads_all_of_it(client, held, world):
    unit = Unit.objects.create(name="Sở Nông nghiệp và Môi trường")
    guest = sit_in(held, factories.PersonFactory(unit=unit))
    held.item.called.set([held.comer])
    pdf = reverse("paper_pdf", args=[held.meeting.pk, "notice"])
    number_the_notice(client, held, world, recipients=f"{unit},\nLưu Văn phòng Tỉnh ủy.")
    client.force_login(guest.person)
    assert client.get(pdf).status_code == 200
    other = sit_in(held, factories.PersonFactory(unit=Unit.objects.create(name="Sở Tài chính")))
    client.force_login(other.person)
    assert client.get(pdf).status_code == 403


def test_a_guest_of_some_items_is_led_to_what_was_concluded_on_theirs(client, held, world):
    guest = sit_in(held, factories.PersonFactory())
    concluded = held.meeting.items.create(title="Việc riêng", position=9)
    Conclusion.objects.create(
        item=concluded,
        text="Giao Sở báo cáo.",
        decision="note",
        given_by=held.item.conclusion.given_by,
        recorded_by=world.office,
        recorded_at=held.meeting.closed_at,
        confirmed_by=world.chair,
        confirmed_at=held.meeting.closed_at,
    )
    concluded.called.set([guest])
    held.item.called.set([held.comer])
    number_the_notice(client, held, world)
    told = guest.person.notices.get()
    assert (told.kind, told.url_name) == (NoticeKind.CONCLUSIONS_ISSUED, "meeting_conclusions")
    client.force_login(guest.person)
    page = client.get(held.meeting.get_absolute_url()).content.decode()
    assert "Kết luận tại Thông báo số 7" in page
    conclusions = client.get(reverse("meeting_conclusions", args=[held.meeting.pk]))
    assert "Giao Sở báo cáo." in conclusions.content.decode()
    of_others = held.item.conclusion.text
    assert of_others
    assert of_others not in conclusions.content.decode()


def sit_in(held, person) -> Attendee:
    invited = AttendeeRole.INVITED
    return held.meeting.attendees.create(person=person, role=invited, title="", rank=90)


def test_every_paper_is_downloaded_in_word(client, minutes, held, world):
    client.force_login(world.chair)
    ballot = held.item.ballots.get()
    for address in (
        at(minutes, "paper_docx"),
        reverse("roll_docx", args=[held.meeting.pk]),
        reverse("ballot_paper_docx", args=[held.meeting.pk, ballot.pk]),
    ):
        answer = client.get(address)
        assert docx.Document(io.BytesIO(answer.content)).tables
        assert "attachment" in answer["Content-Disposition"]


def test_long_minutes_are_printed_by_the_worker(client, minutes, held, world, settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    crowd(held, world, people=200, items=30)
    writing.assemble(held.meeting.pk, actor=world.clerk, kind=PAPER)
    client.force_login(world.clerk)
    answer = client.get(at(minutes, "paper_pdf"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("paper_progress"))


@pytest.mark.parametrize(("people", "items"), [(0, 0), (20, 10)])
def test_pages_take_as_many_queries_however_long_the_paper_is(
    client, minutes, held, world, people, items, django_assert_num_queries
):
    crowd(held, world, people=people, items=items)
    writing.assemble(held.meeting.pk, actor=world.clerk, kind=PAPER)
    client.force_login(world.clerk)
    client.get(tab(held.meeting))
    with django_assert_num_queries(15):
        client.get(tab(held.meeting))
    with django_assert_num_queries(10):
        client.get(at(minutes, "paper_edit"))
