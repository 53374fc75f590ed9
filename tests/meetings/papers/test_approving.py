from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Notice, NoticeKind
from directives import canonical
from directives.models import NumberRegister, RegisterEntry
from directives.refusals import Refused
from meetings.models import Conclusion, Meeting, MeetingPaper, MeetingState, PaperKind
from meetings.papers import approving, writing
from meetings.papers.sheets import content_hash
from tests import factories


@pytest.fixture
def minutes(held, world) -> MeetingPaper:
    return writing.assemble(held.meeting.pk, actor=world.clerk, kind=PaperKind.MINUTES)


@pytest.fixture
def notice(held, world) -> MeetingPaper:
    paper = writing.assemble(held.meeting.pk, actor=world.clerk, kind=PaperKind.NOTICE)
    writing.change_signing(
        paper.pk,
        actor=world.office,
        authority="T/L BAN THƯỜNG VỤ",
        title="CHÁNH VĂN PHÒNG",
        name="Lê Văn Phòng",
        recipients="Các sở\nLưu Văn phòng Tỉnh ủy",
    )
    return paper


def submit(paper, world) -> MeetingPaper:
    return approving.submit(paper.pk, actor=world.clerk)


def approve(paper, world) -> MeetingPaper:
    sha256 = content_hash(MeetingPaper.objects.get(pk=paper.pk))
    return approving.approve(paper.pk, actor=world.chair, sha256=sha256)


def test_submitting_tells_the_chair_of_the_meeting_alone(minutes, world):
    submit(minutes, world)
    told = Notice.objects.get(kind=NoticeKind.MINUTES_TO_APPROVE)
    assert told.person == world.chair
    assert told.url_args == [minutes.meeting_id]


def test_minutes_of_a_meeting_under_way_do_not_go_to_the_chair(minutes, world):
    Meeting.objects.filter(pk=minutes.meeting_id).update(
        state=MeetingState.UNDER_WAY, closed_at=None
    )
    with pytest.raises(Refused) as refusal:
        submit(minutes, world)
    assert refusal.value.reasons == ["Hội nghị chưa kết thúc."]


def test_new_words_of_the_record_are_settled_before_the_chair_reads(minutes, held, world):
    one = minutes.sections.get(text="Ghi nhận báo cáo.")
    writing.save_section(one.pk, actor=world.clerk, version=1, text="Ghi nhận.")
    Conclusion.objects.filter(item=held.item).update(text="Ghi nhận báo cáo của Sở.")
    writing.assemble(held.meeting.pk, actor=world.clerk, kind=PaperKind.MINUTES)
    with pytest.raises(Refused) as refusal:
        submit(minutes, world)
    assert "Có 1 đoạn" in refusal.value.reasons[0]


def test_an_approval_freezes_the_pdf_with_the_hash_of_what_was_read(minutes, world):
    submit(minutes, world)
    before = content_hash(MeetingPaper.objects.get(pk=minutes.pk))
    approve(minutes, world)
    paper = MeetingPaper.objects.get(pk=minutes.pk)
    assert paper.sha256 == before
    assert paper.approved_by == world.chair
    assert bytes(paper.pdf.content).startswith(b"%PDF")
    assert paper.pdf.sha256 == canonical.sha256(bytes(paper.pdf.content))
    assert paper.pdf.name == "bien-ban-42.pdf"


def test_the_chair_approves_the_content_that_was_read_and_no_other(minutes, world):
    submit(minutes, world)
    with pytest.raises(Refused) as refusal:
        approving.approve(minutes.pk, actor=world.chair, sha256="0" * 64)
    assert refusal.value.code == "hash"
    assert MeetingPaper.objects.get(pk=minutes.pk).approved_at is None


@pytest.mark.parametrize("who", ["office", "clerk", "delegate", "administrator"])
def test_nobody_but_the_chair_approves_or_returns(minutes, world, who):
    submit(minutes, world)
    person = getattr(world, who)
    with pytest.raises(PermissionDenied):
        approving.approve(minutes.pk, actor=person, sha256=content_hash(minutes))
    with pytest.raises(PermissionDenied):
        approving.return_paper(minutes.pk, actor=person, reason="Sửa.")


def test_an_edit_takes_the_paper_back_from_the_chair(minutes, world):
    submit(minutes, world)
    one = minutes.sections.first()
    writing.save_section(one.pk, actor=world.office, version=one.version, text="Khác.")
    with pytest.raises(Refused) as refusal:
        approve(minutes, world)
    assert refusal.value.code == "state"


def test_a_returned_paper_is_written_again_and_says_why(minutes, world):
    submit(minutes, world)
    approving.return_paper(minutes.pk, actor=world.chair, reason="Thiếu ý kiến của Sở.")
    paper = MeetingPaper.objects.get(pk=minutes.pk)
    assert approving.why_returned(paper) == "Thiếu ý kiến của Sở."
    assert paper.submitted_at is None
    told = Notice.objects.filter(kind=NoticeKind.RETURNED)
    assert {notice.person for notice in told} == {world.office, world.office2, world.clerk}
    assert "Thiếu" not in told[0].body
    submit(minutes, world)
    assert approving.why_returned(MeetingPaper.objects.get(pk=minutes.pk)) == ""


def test_a_return_without_a_reason_is_refused(minutes, world):
    submit(minutes, world)
    with pytest.raises(Refused) as refusal:
        approving.return_paper(minutes.pk, actor=world.chair, reason=" ")
    assert refusal.value.code == "empty"


def test_a_notice_nobody_signs_is_not_submitted(held, world):
    paper = writing.assemble(held.meeting.pk, actor=world.clerk, kind=PaperKind.NOTICE)
    with pytest.raises(Refused) as refusal:
        submit(paper, world)
    assert refusal.value.reasons == ["Chưa ghi họ tên người ký thông báo."]


def issue(paper, world, **facts) -> MeetingPaper:
    facts.setdefault("issued_on", timezone.localdate())
    return approving.issue_notice(paper.pk, actor=world.clerk, **facts)


def test_a_notice_takes_the_next_number_of_its_own_register(notice, world):
    submit(notice, world)
    approve(notice, world)
    assert MeetingPaper.objects.get(pk=notice.pk).approved_at is None
    paper = issue(notice, world, first_number=12)
    assert (paper.number, paper.dated) == (12, timezone.localdate())
    assert paper.approved_by == world.chair
    entry = RegisterEntry.objects.get()
    assert entry.symbol == "12-TB/TU"
    assert entry.paper.startswith("Kết luận Hội nghị")
    assert NumberRegister.objects.get().last_number == 12


def test_each_who_attended_is_led_to_what_they_may_read_of_the_notice_once_it_is_numbered(
    notice, held, world
):
    guest, elsewhere = factories.PersonFactory(), factories.PersonFactory()
    for person in (guest, elsewhere):
        held.meeting.attendees.create(person=person, role="invited", title="", rank=90)
    presenter = held.meeting.attendees.filter(person=world.office2)
    held.item.called.set(presenter)
    held.directive_item.called.set([*presenter, held.meeting.attendees.get(person=guest)])
    submit(notice, world)
    approve(notice, world)
    told = Notice.objects.filter(kind=NoticeKind.CONCLUSIONS_ISSUED)
    assert not told.exists()
    issue(notice, world, first_number=1)
    whole = dict.fromkeys((world.chair, world.office2, *world.delegates), "meeting_view")
    led = {one.person: one.url_name for one in told}
    assert led == {**whole, guest: "meeting_conclusions"}
    assert "Ghi nhận" not in "".join(one.body for one in told)


def test_a_notice_whose_register_is_not_open_is_refused_and_nothing_is_numbered(notice, world):
    submit(notice, world)
    approve(notice, world)
    with pytest.raises(Refused) as refusal:
        issue(notice, world)
    assert refusal.value.code == "no_register"
    assert not RegisterEntry.objects.exists()


@pytest.mark.parametrize("days", [1, -30])
def test_a_notice_is_neither_of_tomorrow_nor_older_than_its_meeting(notice, world, days):
    submit(notice, world)
    approve(notice, world)
    day = timezone.localdate() + timedelta(days=days)
    with pytest.raises(Refused) as refusal:
        issue(notice, world, issued_on=day, first_number=1)
    assert refusal.value.code == "date"


def test_a_notice_that_was_edited_after_the_approval_takes_no_number(notice, world):
    submit(notice, world)
    approve(notice, world)
    one = notice.sections.first()
    writing.save_section(one.pk, actor=world.office, version=one.version, text="Khác.")
    with pytest.raises(Refused) as refusal:
        issue(notice, world, first_number=1)
    assert refusal.value.code == "state"
    assert not NumberRegister.objects.exists()


def test_only_a_clerk_numbers_a_notice(notice, world):
    submit(notice, world)
    approve(notice, world)
    for person in (world.office, world.chair, world.delegate):
        with pytest.raises(PermissionDenied):
            approving.issue_notice(notice.pk, actor=person, issued_on=timezone.localdate())
