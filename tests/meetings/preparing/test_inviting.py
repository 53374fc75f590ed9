"""Invitations go out once to each, and their answers can be changed until the meeting opens."""

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Notice, NoticeKind
from directives.refusals import Refused
from meetings.models import Invitation, Meeting, MeetingState, Reply
from meetings.preparing import gathering, inviting


@pytest.fixture
def invited(world, meeting) -> Meeting:
    inviting.send_invitations(meeting.pk, actor=world.office)
    return meeting


def called() -> list:
    return [notice.person for notice in Notice.objects.filter(kind=NoticeKind.MEETING_CALLED)]


def mine(world, meeting):
    return meeting.attendees.get(person=world.delegate)


def test_each_is_invited_once_and_those_added_later_by_themselves(world, invited):
    assert set(called()) == {world.chair, *world.delegates}
    with pytest.raises(Refused) as refused:
        inviting.send_invitations(invited.pk, actor=world.office)
    assert refused.value.code == "nobody"
    gathering.add_attendee(invited.pk, actor=world.office, person=world.clerk, role="invited")
    assert inviting.send_invitations(invited.pk, actor=world.office) == 1
    assert called().count(world.delegate) == called().count(world.clerk) == 1


def test_somebody_who_was_invited_is_told_when_struck_off(world, invited):
    gathering.remove_attendee(mine(world, invited).pk, actor=world.office)
    notice = Notice.objects.get(kind=NoticeKind.MEETING_CHANGED)
    assert (notice.person, notice.url_name) == (world.delegate, "meeting_list")


def test_somebody_who_was_not_invited_yet_is_struck_off_silently(world, meeting):
    gathering.remove_attendee(mine(world, meeting).pk, actor=world.office)
    assert not Notice.objects.exists()


def test_a_reply_can_be_changed_and_keeps_only_what_belongs_to_it(world, invited):
    attendee = mine(world, invited)
    sends = inviting.give_reply(
        attendee.pk,
        actor=world.delegate,
        reply=Reply.SENDS,
        reason="Đi công tác",
        substitute_name="Lê Văn Thay",
        substitute_position="Phó Trưởng Ban",
    )
    assert (sends.substitute_name, sends.reason) == ("Lê Văn Thay", "Đi công tác")
    comes = inviting.give_reply(
        attendee.pk, actor=world.delegate, reply=Reply.WILL_COME, reason="x", substitute_name="y"
    )
    assert (comes.reason, comes.substitute_name, comes.substitute_position) == ("", "", "")
    assert Invitation.objects.filter(attendee=attendee).count() == 1
    assert comes.recorded_by is None


def test_the_office_and_the_clerk_record_what_they_were_told(world, meeting):
    attendee = mine(world, meeting)
    for person in (world.office, world.clerk):
        said = inviting.give_reply(attendee.pk, actor=person, reply=Reply.ABSENT, reason="Ốm")
        assert said.recorded_by == person
    assert said.sent_at is None


@pytest.mark.parametrize(
    ("reply", "code"),
    [(Reply.ABSENT, "reason"), (Reply.SENDS, "substitute_name"), (Reply.NONE, "reply")],
)
def test_a_reply_that_says_too_little_is_refused(world, invited, reply, code):
    with pytest.raises(Refused) as refused:
        inviting.give_reply(mine(world, invited).pk, actor=world.delegate, reply=reply)
    assert refused.value.code == code


def test_nobody_answers_for_another_or_before_being_invited(world, meeting):
    attendee = mine(world, meeting)
    with pytest.raises(PermissionDenied):
        inviting.give_reply(attendee.pk, actor=world.delegate, reply=Reply.WILL_COME)
    inviting.send_invitations(meeting.pk, actor=world.office)
    for person in (world.delegate2, world.chair):
        with pytest.raises(PermissionDenied):
            inviting.give_reply(attendee.pk, actor=person, reply=Reply.WILL_COME)


def test_nobody_answers_once_the_meeting_has_opened(world, invited):
    Meeting.objects.filter(pk=invited.pk).update(
        state=MeetingState.UNDER_WAY, opened_at=timezone.now()
    )
    with pytest.raises(Refused) as refused:
        inviting.give_reply(mine(world, invited).pk, actor=world.delegate, reply=Reply.WILL_COME)
    assert refused.value.code == "state"


def test_only_the_office_invites(world, meeting):
    for person in (world.clerk, world.chair, world.delegate):
        with pytest.raises(PermissionDenied):
            inviting.send_invitations(meeting.pk, actor=person)
