from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Membership, Role
from directives.models import State
from directives.refusals import Refused
from meetings.models import AttendeeRole, Meeting
from meetings.preparing import gathering
from tests import factories


@pytest.fixture
def meeting(world) -> Meeting:
    return gathering.convene(
        actor=world.office,
        committee=world.committee,
        session_number=42,
        place="Phòng họp số 1",
        starts_at=timezone.now() + timedelta(days=5),
    )


def test_the_members_of_that_day_are_on_the_list_by_rank(world, meeting):
    listed = [attendee.person for attendee in meeting.attendees.all()]
    assert listed == sorted([world.chair, *world.delegates], key=lambda person: person.rank)


def test_who_holds_two_seats_attends_once_as_on_that_day(world):
    held = world.delegate.memberships.get()
    held.position, held.rank = "Trưởng Ban Tổ chức Tỉnh ủy", 40
    held.save()
    Membership.objects.create(
        committee=world.committee,
        person=world.delegate,
        position="Phó Bí thư Tỉnh ủy",
        rank=2,
        starts=timezone.localdate(),
    )
    called = gathering.convene(
        actor=world.office,
        committee=world.committee,
        session_number=1,
        place="Phòng họp",
        starts_at=timezone.now(),
    )
    attendee = called.attendees.get(person=world.delegate)
    assert (attendee.title, attendee.rank, attendee.voting) == (
        "Phó Bí thư Tỉnh ủy, Trưởng Ban Tổ chức Tỉnh ủy",
        2,
        True,
    )


def test_a_former_member_is_not_on_the_list(world):
    world.delegate.memberships.update(ends=timezone.localdate())
    later = gathering.convene(
        actor=world.office,
        committee=world.committee,
        session_number=1,
        place="Phòng họp",
        starts_at=timezone.now() + timedelta(days=2),
    )
    assert not later.attendees.filter(person=world.delegate).exists()


def test_session_numbers_go_on_from_the_last_one(world, meeting):
    assert gathering.next_session_number(world.committee) == 43
    with pytest.raises(Refused) as refused:
        gathering.convene(
            actor=world.office,
            committee=world.committee,
            session_number=42,
            place="Phòng khác",
            starts_at=timezone.now(),
        )
    assert refused.value.code == "session"


def test_a_day_outside_every_term_is_refused(world):
    with pytest.raises(Refused) as refused:
        gathering.convene(
            actor=world.office,
            committee=world.committee,
            session_number=1,
            place="Phòng họp",
            starts_at=datetime(1999, 1, 1, tzinfo=timezone.get_current_timezone()),
        )
    assert refused.value.code == "date"


def test_there_is_one_chair_and_naming_another_moves_the_chair(world, meeting):
    for person in (world.chair, world.delegate):
        gathering.add_attendee(
            meeting.pk, actor=world.office, person=person, role=AttendeeRole.CHAIR
        )
    chair = meeting.attendees.get(role=AttendeeRole.CHAIR)
    assert chair.person == world.delegate


def test_an_invited_guest_has_no_vote(world, meeting):
    guest = factories.person(world.committee)
    attendee = gathering.add_attendee(
        meeting.pk, actor=world.office, person=guest, role=AttendeeRole.INVITED
    )
    assert not attendee.voting


def test_circulating_asks_everybody_but_the_presenter(world, meeting, directive):
    gathering.add_attendee(
        meeting.pk, actor=world.office, person=world.office2, role=AttendeeRole.PRESENTER
    )
    item = gathering.add_item(meeting.pk, actor=world.office, directive=directive)
    consultation = gathering.circulate(
        item.pk, actor=world.office, deadline=timezone.now() + timedelta(days=3)
    )
    asked = {delegate.person for delegate in consultation.delegates.all()}
    assert asked == {world.chair, *world.delegates}
    item.refresh_from_db()
    directive.refresh_from_db()
    assert item.draft.circulation_mark == gathering.MEETING_PAPER
    assert directive.state == State.CONSULTING


def test_an_item_is_circulated_once(world, meeting, directive):
    item = gathering.add_item(meeting.pk, actor=world.office, directive=directive)
    facts = {"actor": world.office, "deadline": timezone.now() + timedelta(days=3)}
    gathering.circulate(item.pk, **facts)
    with pytest.raises(Refused) as refused:
        gathering.circulate(item.pk, **facts)
    assert refused.value.code == "asked"


def test_a_directive_stands_once_on_an_agenda(world, meeting, directive):
    gathering.add_item(meeting.pk, actor=world.office, directive=directive)
    with pytest.raises(Refused) as refused:
        gathering.add_item(meeting.pk, actor=world.office, directive=directive)
    assert refused.value.code == "twice"


def test_a_directive_of_another_committee_is_not_put_on_the_agenda(world, meeting):
    other = factories.CommitteeFactory()
    foreign = factories.directive(factories.person(other, Role.OFFICE), other)
    with pytest.raises(PermissionDenied):
        gathering.add_item(meeting.pk, actor=world.office, directive=foreign)


def test_nobody_is_struck_off_who_was_sent_the_draft(world, meeting, directive):
    item = gathering.add_item(meeting.pk, actor=world.office, directive=directive)
    gathering.circulate(item.pk, actor=world.office, deadline=timezone.now() + timedelta(days=3))
    attendee = meeting.attendees.get(person=world.delegate)
    with pytest.raises(Refused):
        gathering.remove_attendee(attendee.pk, actor=world.office)


def test_only_the_office_convenes(world):
    with pytest.raises(PermissionDenied):
        gathering.convene(
            actor=world.delegate,
            committee=world.committee,
            session_number=1,
            place="x",
            starts_at=timezone.now(),
        )
