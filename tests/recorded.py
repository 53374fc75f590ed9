"""A meeting that was held and recorded, written through the models, for tests of its papers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.utils import timezone

from accounts.models import Role, User
from comments import services as rounds
from comments.models import Comment, Source
from comments.said import Said
from directives.models import Directive
from meetings.models import (
    Absence,
    AgendaItem,
    Attendance,
    Attendee,
    AttendeeRole,
    Ballot,
    Choice,
    Conclusion,
    ConclusionPoint,
    Decision,
    Meeting,
    MeetingState,
    Remark,
    Task,
    Voter,
)
from meetings.preparing import gathering
from tests import factories

LONG = "Đề nghị nêu rõ trách nhiệm, thời hạn hoàn thành và cách kiểm tra việc thực hiện. " * 4


@dataclass
class Held:
    """A closed meeting: who is who at it, and what it was about."""

    meeting: Meeting
    chair: Attendee
    absent: Attendee
    comer: Attendee
    directive_item: AgendaItem
    item: AgendaItem
    extra: dict[str, object] = field(default_factory=dict)

    @property
    def day(self) -> datetime:
        return timezone.localtime(self.meeting.starts_at)


def clock(day: datetime, hour: int, minute: int = 0) -> datetime:
    return day.replace(hour=hour, minute=minute)


def hold(world, directive: Directive, *, closed: bool = True) -> Held:
    """Yesterday from 8:00 to 11:30, with two items, an absence, a vote, and two conclusions."""
    world.chair.full_name, world.chair.position = "Hoàng Minh Trực", "Bí thư Tỉnh ủy"
    world.chair.save()
    day = timezone.localtime().replace(hour=8, minute=0, second=0, microsecond=0)
    day -= timedelta(days=1)
    called = gathering.convene(
        actor=world.office,
        committee=world.committee,
        session_number=42,
        place="Phòng họp số 1",
        starts_at=day,
        recorder=world.clerk,
    )
    gathering.add_attendee(
        called.pk, actor=world.office, person=world.chair, role=AttendeeRole.CHAIR
    )
    gathering.add_attendee(
        called.pk, actor=world.office, person=world.office2, role=AttendeeRole.INVITED
    )
    sent = gathering.add_item(called.pk, actor=world.office, directive=directive)
    other = gathering.add_item(called.pk, actor=world.office, title="Quy hoạch sử dụng đất")
    gathering.circulate(sent.pk, actor=world.office, deadline=timezone.now() + timedelta(days=1))
    AgendaItem.objects.filter(pk=sent.pk).update(presenter=world.office)
    Meeting.objects.filter(pk=called.pk).update(
        state=MeetingState.CLOSED if closed else MeetingState.UNDER_WAY,
        opened_at=clock(day, 8, 5),
        closed_at=clock(day, 11, 30) if closed else None,
    )
    AgendaItem.objects.filter(meeting=called).update(opened_at=clock(day, 8, 10))
    meeting = Meeting.objects.get(pk=called.pk)
    held = Held(
        meeting,
        chair=meeting.attendees.get(person=world.chair),
        absent=meeting.attendees.get(person=world.delegate2),
        comer=meeting.attendees.get(person=world.delegate),
        directive_item=AgendaItem.objects.get(pk=sent.pk),
        item=other,
    )
    _roll(held, world.clerk)
    _talk(held, world)
    _vote(held, world.clerk)
    _conclude(held, world.clerk)
    return held


def _roll(held: Held, clerk: User) -> None:
    day, end = held.day, held.meeting.closed_at
    there(held.chair, clerk, clock(day, 7, 50), end)
    there(held.comer, clerk, clock(day, 7, 55), clock(day, 9))
    there(held.comer, clerk, clock(day, 9, 40), end)
    there(held.meeting.attendees.get(role=AttendeeRole.INVITED), clerk, clock(day, 8, 15), end)
    Absence.objects.create(
        attendee=held.absent, reason="đi công tác", recorded_by=clerk, recorded_at=clock(day, 8)
    )


def there(attendee: Attendee, clerk: User, came: datetime, left: datetime | None) -> None:
    Attendance.objects.create(attendee=attendee, arrived_at=came, left_at=left, recorded_by=clerk)


def _talk(held: Held, world) -> None:
    for minute, words in ((20, "Đề nghị làm rõ nguồn vốn."), (50, "Nhất trí với tờ trình.")):
        Remark.objects.create(
            item=held.item,
            attendee=held.comer,
            text=words,
            said_at=clock(held.day, 9, minute),
            recorded_by=world.clerk,
        )
    comment_at_the_table(held, world, "Bảy ngày là quá lâu.")


def comment_at_the_table(held: Held, world, words: str) -> Comment:
    item = held.directive_item
    point = item.draft.provisions.get(text__contains="07 ngày")
    saved = rounds.save_comment(
        item.consultation_id,
        actor=world.clerk,
        author=world.delegate,
        said=Said(body=words, provision_key=point.key),
        source=Source.MEETING,
    )
    return rounds.submit(saved.pk, actor=world.clerk)


def _vote(held: Held, clerk: User) -> None:
    ballot = Ballot.objects.create(
        item=held.item,
        question="Thông qua quy hoạch?",
        electorate=3,
        needed=2,
        opened_by=clerk,
        opened_at=clock(held.day, 10),
    )
    reserved = {held.comer: "Nên chờ ý kiến của Trung ương."}
    for attendee, choice in ((held.chair, Choice.AGREES), (held.comer, Choice.DISAGREES)):
        Voter.objects.create(
            ballot=ballot,
            attendee=attendee,
            voted=True,
            choice=choice,
            reserved_opinion=reserved.get(attendee, ""),
        )
    ballot.counts = dict.fromkeys(Choice.values, 0) | {"agrees": 1, "disagrees": 1}
    ballot.closed_at, ballot.closed_by = clock(held.day, 10, 5), clerk
    ballot.save()


def _conclude(held: Held, clerk: User) -> None:
    said = {"given_by": held.chair, "recorded_by": clerk, "recorded_at": clock(held.day, 11)}
    first = Conclusion.objects.create(
        item=held.directive_item,
        decision=Decision.HAND_BACK,
        text="Cơ bản thống nhất với dự thảo.",
        remaining="Thời hạn trả lời: 05 hay 07 ngày làm việc.",
        **said,
    )
    ConclusionPoint.objects.create(conclusion=first, position=1, text="Rút ngắn thời hạn trả lời.")
    Task.objects.create(
        conclusion=first,
        position=1,
        text="Hoàn chỉnh dự thảo Chỉ thị.",
        lead_person=clerk,
        product="dự thảo lần 2",
        deadline_words="trước kỳ họp sau",
    )
    Conclusion.objects.create(
        item=held.item, decision=Decision.NOTE, text="Ghi nhận báo cáo.", **said
    )


def crowd(held: Held, world, *, people: int, items: int) -> None:
    """Many more members, each at the table, and many more items, each with remarks."""
    for _number in range(people):
        person = factories.person(world.committee, Role.DELEGATE)
        one = Attendee.objects.create(
            meeting=held.meeting,
            person=person,
            role=AttendeeRole.MEMBER,
            title=person.position,
            rank=person.rank,
            voting=True,
        )
        there(one, world.clerk, clock(held.day, 7, 55), held.meeting.closed_at)
    for number in range(items):
        item = AgendaItem.objects.create(
            meeting=held.meeting,
            position=10 + number,
            title=f"Nội dung số {number}",
            opened_at=clock(held.day, 10),
        )
        for minute in range(5):
            Remark.objects.create(
                item=item,
                attendee=held.comer,
                text=f"Ý kiến thứ {minute} về nội dung số {number}. " + LONG,
                said_at=clock(held.day, 10, minute),
                recorded_by=world.clerk,
            )
        Conclusion.objects.create(
            item=item,
            decision=Decision.NOTE,
            text=f"Kết luận số {number}.",
            given_by=held.chair,
            recorded_by=world.clerk,
            recorded_at=clock(held.day, 11),
        )
