"""The demo's preparations: a timetable, a paper for the other matter, invitations and replies."""

from django.utils import timezone

from accounts.models import User
from directives.rendering.letters import Letter, compose_letter, numbered
from directives.rendering.press import printed
from directives.text.kinds import Kind
from meetings.demo.people import Cast
from meetings.demo.session import AWAY
from meetings.models import Attendee, Meeting, Reply
from meetings.preparing import gathering, handouts, inviting, planning

PAPER = "Lịch kiểm tra, giám sát quý tới"
LINES = (
    "Văn phòng Tỉnh ủy đề xuất lịch kiểm tra, giám sát quý tới như sau:",
    "Tháng thứ nhất: kiểm tra việc giải quyết thủ tục hành chính tại ba xã, phường.",
    "Tháng thứ hai: giám sát việc tiếp công dân của người đứng đầu cấp ủy, chính quyền.",
    "Tháng thứ ba: làm việc với các chi bộ vùng sâu, vùng xa về sinh hoạt chi bộ.",
)
# Who answers the invitation; the others have not yet.
COMING = ("Lê Đăng Ơn", "Phạm Thị Ánh", "Bùi Thế Hòa", "Trịnh Thùy Dung", "Đỗ Xuân Đông")
SENDING = ("Nguyễn Thanh Bằng", "Trương Văn Lập", "Phó Giám đốc Sở Nội vụ")


def prepare(meeting: Meeting, cast: Cast) -> None:
    """After the draft has been circulated and the other matter stands on the agenda."""
    office = cast["vanphong"]
    drafted, other = meeting.items.all()
    planning.plan_item(drafted.pk, actor=office, title=drafted.title, minutes=45, presenter=office)
    pause = gathering.add_item(
        meeting.pk, actor=office, title="Giải lao", is_break=True, minutes=10
    )
    planning.move_item(pause.pk, actor=office, up=True)
    _hand_out(other.pk, meeting, office)
    inviting.send_invitations(meeting.pk, actor=office)
    _answer(meeting, cast)


def _hand_out(item_id: int, meeting: Meeting, office: User) -> None:
    first, *points = LINES
    units = [(Kind.PREAMBLE, first, False), *((Kind.DASH, line, False) for line in points)]
    letter = Letter(
        committee_name=meeting.committee.letterhead,
        kind="TỜ TRÌNH",
        subject=PAPER.lower(),
        body=numbered(units),
    )
    content = printed(compose_letter(letter, created=timezone.now()))
    handouts.add_paper(
        item_id, actor=office, title=f"Tờ trình: {PAPER}", name="to-trinh.pdf", content=content
    )


def _answer(meeting: Meeting, cast: Cast) -> None:
    seats = {str(one.person): one for one in meeting.attendees.select_related("person")}

    def reply(seat: Attendee, answer: Reply, **facts: str) -> None:
        inviting.give_reply(seat.pk, actor=seat.person, reply=answer, **facts)

    for name in COMING:
        reply(seats[name], Reply.WILL_COME)
    reply(seats[AWAY[0]], Reply.ABSENT, reason=AWAY[1])
    name, instead, position = SENDING
    reply(seats[name], Reply.SENDS, substitute_name=instead, substitute_position=position)
