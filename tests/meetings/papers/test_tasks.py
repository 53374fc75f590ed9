import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import NoticeKind, Role
from directives import events
from meetings.models import AttendeeRole, Meeting, MeetingPaper, PaperKind, PaperSigning
from meetings.papers import approving, writing
from meetings.papers.sheets import content_hash
from meetings.papers.tasks import paper_tasks
from tests import factories
from tests.recorded import hold


@pytest.fixture
def notice(world, directive) -> MeetingPaper:
    meeting = hold(world, directive).meeting
    paper = writing.assemble(meeting.pk, actor=world.clerk, kind=PaperKind.NOTICE)
    said = {
        "authority": "T/L",
        "title": "CHÁNH VĂN PHÒNG",
        "name": "Lê Văn",
        "recipients": "Các sở",
    }
    writing.change_signing(paper.pk, actor=world.office, **said)
    return paper


def urls(person) -> list[str]:
    return [task.url for task in paper_tasks(person)]


def agree(notice, world) -> None:
    sha256 = content_hash(MeetingPaper.objects.get(pk=notice.pk))
    approving.approve(notice.pk, actor=world.chair, sha256=sha256)


def test_a_submitted_paper_waits_for_the_chair_of_the_meeting_alone(notice, world):
    assert urls(world.chair) == []
    approving.submit(notice.pk, actor=world.clerk)
    assert urls(world.chair) == [reverse("paper_approve", args=[notice.meeting_id, "notice"])]
    assert urls(world.office) == urls(world.clerk) == urls(world.delegate) == []
    assert [task.title for task in paper_tasks(world.chair)] == [
        "Thông báo kết luận, hội nghị lần thứ 42"
    ]


def test_where_somebody_else_chaired_the_chair_of_the_committee_is_not_waited_for(notice, world):
    approving.submit(notice.pk, actor=world.clerk)
    unnamed(notice)
    notice.meeting.attendees.filter(person=world.delegate).update(role=AttendeeRole.CHAIR)
    assert len(urls(world.delegate)) == 1
    assert urls(world.chair) == []


def test_where_nobody_was_named_the_chair_of_the_committee_reads(notice, world):
    approving.submit(notice.pk, actor=world.clerk)
    unnamed(notice)
    assert len(urls(world.chair)) == 1


def unnamed(notice) -> None:
    chair = notice.meeting.attendees.filter(role=AttendeeRole.CHAIR)
    chair.update(role=AttendeeRole.MEMBER)


def test_a_returned_paper_waits_for_its_writers_and_not_for_the_chair(notice, world):
    elsewhere = factories.person(factories.CommitteeFactory(), Role.OFFICE)
    approving.submit(notice.pk, actor=world.clerk)
    assert urls(world.office) == []
    approving.return_paper(notice.pk, actor=world.chair, reason="Sửa.")
    assert urls(world.chair) == urls(elsewhere) == urls(world.delegate) == []
    edit = reverse("paper_edit", args=[notice.meeting_id, "notice"])
    assert urls(world.office) == urls(world.clerk) == [edit]
    approving.submit(notice.pk, actor=world.clerk)
    assert urls(world.office) == urls(world.clerk) == []


def test_a_paper_that_was_never_submitted_is_nobody_s_task(notice, world):
    writing.assemble(notice.meeting_id, actor=world.clerk, kind=PaperKind.MINUTES)
    approving.submit(notice.pk, actor=world.clerk)
    approving.return_paper(notice.pk, actor=world.chair, reason="Sửa.")
    assert len(urls(world.clerk)) == 1


def test_its_notice_calls_a_returned_paper_by_its_name(notice, world):
    approving.submit(notice.pk, actor=world.clerk)
    approving.return_paper(notice.pk, actor=world.chair, reason="Sửa.")
    [told] = world.clerk.notices.filter(kind=NoticeKind.RETURNED)
    assert str(told).startswith("Chủ trì trả lại để sửa: Thông báo kết luận")
    assert "dự thảo" not in str(told)


def test_a_notice_that_was_agreed_to_waits_for_a_clerk_of_the_committee_until_it_is_numbered(
    notice, world
):
    approving.submit(notice.pk, actor=world.clerk)
    agree(notice, world)
    elsewhere = factories.person(factories.CommitteeFactory(), Role.CLERK)
    assert urls(world.chair) == urls(world.office) == urls(elsewhere) == []
    assert urls(world.clerk) == [reverse("notice_issue", args=[notice.meeting_id])]
    today = timezone.localdate()
    approving.issue_notice(notice.pk, actor=world.clerk, issued_on=today, first_number=1)
    assert urls(world.clerk) == []


@pytest.mark.parametrize("count", [0, 4])
def test_as_many_questions_for_many_returned_papers_as_for_one(
    notice, world, count, django_assert_num_queries
):
    approving.submit(notice.pk, actor=world.clerk)
    approving.return_paper(notice.pk, actor=world.chair, reason="Sửa.")
    for number in range(count):
        another(notice.meeting, 50 + number, world)
    MeetingPaper.objects.exclude(pk=notice.pk).update(submitted_at=None)
    for paper in MeetingPaper.objects.exclude(pk=notice.pk):
        events.record(
            paper.meeting.stream, "return_paper", actor=world.chair, paper=paper.kind, reason="Sửa"
        )
    with django_assert_num_queries(3):
        assert len(list(paper_tasks(world.office))) == count + 1


@pytest.mark.parametrize("count", [0, 4])
def test_as_many_questions_for_many_papers_as_for_one(
    notice, world, count, django_assert_num_queries
):
    for number in range(count):
        another(notice.meeting, 50 + number, world)
    approving.submit(notice.pk, actor=world.clerk)
    with django_assert_num_queries(2):
        assert len(list(paper_tasks(world.chair))) == count + 1


def another(meeting: Meeting, number: int, world) -> None:
    """A meeting without a chair whose minutes were submitted."""
    other = Meeting.objects.get(pk=meeting.pk)
    other.pk, other.session_number = None, number
    other.save(force_insert=True)
    now = timezone.now()
    paper = MeetingPaper.objects.create(
        meeting=other,
        kind=PaperKind.MINUTES,
        assembled_at=now,
        assembled_by=world.clerk,
        submitted_at=now,
    )
    PaperSigning.objects.create(paper=paper)
