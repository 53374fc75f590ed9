"""A meeting is changed or called off before it opens, and those invited are told."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Membership, Notice, NoticeKind
from directives.models import Event
from directives.refusals import Refused
from meetings.models import Meeting, MeetingState, Mode, Reply
from meetings.preparing import changing, gathering, inviting
from tests import factories


@pytest.fixture
def invited(world, meeting) -> Meeting:
    inviting.send_invitations(meeting.pk, actor=world.office)
    return meeting


def told(kind: NoticeKind) -> set:
    return {notice.person for notice in Notice.objects.filter(kind=kind).select_related("person")}


def test_those_invited_are_told_of_a_change_and_others_are_not(world, invited):
    late = gathering.add_attendee(
        invited.pk, actor=world.office, person=world.clerk, role="invited"
    )
    changing.change_meeting(invited.pk, actor=world.office, place="Hội trường lớn")
    assert told(NoticeKind.MEETING_CHANGED) == {world.chair, *world.delegates}
    assert "Hội trường lớn" in Notice.objects.filter(kind=NoticeKind.MEETING_CHANGED)[0].body
    invited.refresh_from_db()
    assert (invited.place, invited.calendar_sequence) == ("Hội trường lớn", 1)
    assert late.person not in told(NoticeKind.MEETING_CHANGED)


def test_what_stands_on_no_invitation_tells_nobody(world, invited):
    changing.change_meeting(invited.pk, actor=world.office, recorder=world.office2)
    invited.refresh_from_db()
    assert (invited.recorder, invited.calendar_sequence) == (world.office2, 0)
    assert not told(NoticeKind.MEETING_CHANGED)


def test_a_change_that_changes_nothing_leaves_no_trace(world, invited):
    before = Event.objects.count()
    changing.change_meeting(invited.pk, actor=world.office, place=invited.place)
    assert Event.objects.count() == before
    assert not told(NoticeKind.MEETING_CHANGED)


def test_another_day_asks_again_those_who_had_answered_and_another_place_does_not(world, invited):
    attendee = invited.attendees.get(person=world.delegate)
    inviting.give_reply(attendee.pk, actor=world.delegate, reply=Reply.WILL_COME)
    changing.change_meeting(invited.pk, actor=world.office, mode=Mode.BOTH, link="https://hop.vn")
    assert invited.attendees.get(person=world.delegate).invitation.reply == Reply.WILL_COME
    later = invited.starts_at + timedelta(days=1)
    changing.change_meeting(invited.pk, actor=world.office, starts_at=later)
    again = invited.attendees.get(person=world.delegate).invitation
    assert (again.reply, again.replied_at) == (Reply.NONE, None)


def test_on_another_day_the_list_follows_the_seats_of_that_day(world, meeting):
    later = meeting.starts_at + timedelta(days=10)
    new, between = factories.PersonFactory(), timezone.localdate(later) - timedelta(days=1)
    Membership.objects.create(committee=world.committee, person=new, starts=between)
    world.delegate.memberships.update(ends=between)
    seat = world.delegate2.memberships.get()
    seat.ends = between
    seat.save()
    Membership.objects.create(
        committee=world.committee,
        person=world.delegate2,
        starts=between + timedelta(days=1),
        position="Phó Bí thư",
        rank=2,
    )
    changing.change_meeting(meeting.pk, actor=world.office, starts_at=later)
    assert meeting.attendees.get(person=new).voting
    assert not meeting.attendees.get(person=world.delegate).voting
    risen = meeting.attendees.get(person=world.delegate2)
    assert (risen.title, risen.rank) == ("Phó Bí thư", 2)


def test_a_day_in_another_term_is_refused(world, meeting):
    before = meeting.starts_at.replace(year=1999)
    with pytest.raises(Refused) as refused:
        changing.change_meeting(meeting.pk, actor=world.office, starts_at=before)
    assert refused.value.code == "date"


def test_a_cancelled_meeting_says_why_to_those_invited(world, invited):
    changing.cancel_meeting(invited.pk, actor=world.office, reason="Có bão. ")
    invited.refresh_from_db()
    assert (invited.state, invited.cancel_reason) == (MeetingState.CANCELLED, "Có bão.")
    assert invited.calendar_sequence == 1
    assert told(NoticeKind.MEETING_CANCELLED) == {world.chair, *world.delegates}


def test_a_meeting_is_not_cancelled_without_a_reason(world, meeting):
    with pytest.raises(Refused) as refused:
        changing.cancel_meeting(meeting.pk, actor=world.office, reason=" ")
    assert refused.value.code == "reason"


@pytest.mark.parametrize(
    "act",
    [
        lambda pk, actor: changing.change_meeting(pk, actor=actor, place="Nơi khác"),
        lambda pk, actor: changing.cancel_meeting(pk, actor=actor, reason="Lại hoãn"),
        lambda pk, actor: inviting.send_invitations(pk, actor=actor),
        lambda pk, actor: gathering.add_item(pk, actor=actor, title="Việc khác"),
    ],
)
def test_nothing_is_prepared_for_a_meeting_that_was_cancelled(world, meeting, act):
    changing.cancel_meeting(meeting.pk, actor=world.office, reason="Có bão")
    with pytest.raises(Refused) as refused:
        act(meeting.pk, world.office)
    assert refused.value.code == "state"


def test_a_meeting_that_has_opened_is_neither_changed_nor_cancelled(world, meeting):
    Meeting.objects.filter(pk=meeting.pk).update(
        state=MeetingState.UNDER_WAY, opened_at=timezone.now()
    )
    for act in (
        lambda: changing.change_meeting(meeting.pk, actor=world.office, place="Nơi khác"),
        lambda: changing.cancel_meeting(meeting.pk, actor=world.office, reason="Có bão"),
    ):
        with pytest.raises(Refused):
            act()


def test_only_the_office_changes_and_cancels(world, meeting):
    for person in (world.delegate, world.clerk, world.chair):
        with pytest.raises(PermissionDenied):
            changing.change_meeting(meeting.pk, actor=person, place="Nơi khác")
        with pytest.raises(PermissionDenied):
            changing.cancel_meeting(meeting.pk, actor=person, reason="Có bão")
