"""Items with presenter, minutes and people called in; their order and their timetable."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from directives.refusals import Refused
from meetings.preparing import gathering, planning
from meetings.timetable import attending, planned_end, timetable
from tests import factories


def items_of(world, meeting, *minutes: int) -> list:
    return [
        gathering.add_item(meeting.pk, actor=world.office, title=f"Việc {number}", minutes=each)
        for number, each in enumerate(minutes, start=1)
    ]


def clocks(meeting) -> list[str]:
    slots = timetable(meeting, meeting.items.all())
    return [f"{slot.starts:%d %H:%M}–{slot.ends:%d %H:%M}" for slot in slots]


def test_items_follow_each_other_past_midnight(world, meeting):
    meeting.starts_at = datetime(2026, 6, 1, 22, 30, tzinfo=timezone.get_current_timezone())
    meeting.save()
    items_of(world, meeting, 60, 45, 20)
    assert clocks(meeting) == [
        "01 22:30–01 23:30",
        "01 23:30–02 00:15",
        "02 00:15–02 00:35",
    ]
    assert planned_end(meeting) == meeting.starts_at + timedelta(minutes=125)


def test_thirty_items_add_up_and_none_have_no_end(world, meeting):
    assert planned_end(meeting) is None
    items_of(world, meeting, *range(5, 35))
    assert planned_end(meeting) == meeting.starts_at + timedelta(minutes=sum(range(5, 35)))


def test_an_item_is_moved_by_one_and_at_the_end_stays(world, meeting):
    first, second, third = items_of(world, meeting, 10, 20, 30)
    planning.move_item(third.pk, actor=world.office, up=True)
    assert list(meeting.items.all()) == [first, third, second]
    planning.move_item(second.pk, actor=world.office, up=False)
    planning.move_item(first.pk, actor=world.office, up=True)
    assert list(meeting.items.all()) == [first, third, second]
    planning.move_item(first.pk, actor=world.office, up=False)
    assert list(meeting.items.all()) == [third, first, second]


def test_an_item_is_planned(world, meeting):
    guest = gathering.add_attendee(
        meeting.pk, actor=world.office, person=world.office2, role="presenter"
    )
    [item] = items_of(world, meeting, 10)
    planned = planning.plan_item(
        item.pk,
        actor=world.office,
        title=" Công tác cán bộ ",
        minutes=25,
        presenter=world.office2,
        called=[guest],
    )
    assert (planned.title, planned.minutes, planned.presenter) == (
        "Công tác cán bộ",
        25,
        world.office2,
    )
    assert list(planned.called.all()) == [guest]


def test_who_is_called_elsewhere_does_not_attend_the_item_and_members_always_do(world, meeting):
    one, other = (
        gathering.add_attendee(meeting.pk, actor=world.office, person=person, role="invited")
        for person in (world.office2, world.clerk)
    )
    open_to_all, called_for = items_of(world, meeting, 10, 10)
    called_for.called.set([one])
    everybody = {world.chair, *world.delegates, world.office2, world.clerk}
    assert {attendee.person for attendee in attending(open_to_all)} == everybody
    assert {attendee.person for attendee in attending(called_for)} == everybody - {other.person}


def test_a_draft_is_not_sent_to_a_guest_who_is_called_for_another_item(world, meeting, directive):
    one, other = (
        gathering.add_attendee(meeting.pk, actor=world.office, person=person, role="invited")
        for person in (world.office2, world.clerk)
    )
    item = gathering.add_item(meeting.pk, actor=world.office, directive=directive)
    item.called.set([one])
    deadline = timezone.now() + timedelta(days=1)
    consultation = gathering.circulate(item.pk, actor=world.office, deadline=deadline)
    asked = {delegate.person for delegate in consultation.delegates.all()}
    assert one.person in asked
    assert other.person not in asked


def plan(world, item, **facts):
    said = {"actor": world.office, "title": "Việc", "minutes": 10} | facts
    return planning.plan_item(item.pk, **said)


@pytest.mark.parametrize("case", ["title", "presenter", "called"])
def test_a_plan_that_cannot_hold_is_refused(world, meeting, case):
    [item] = items_of(world, meeting, 10)
    member = meeting.attendees.get(person=world.delegate)
    wrong = {"title": " ", "presenter": factories.PersonFactory(), "called": [member]}
    with pytest.raises(Refused) as refused:
        plan(world, item, **{case: wrong[case]})
    assert refused.value.code == case


def test_nobody_of_another_meeting_is_called(world, meeting):
    [item] = items_of(world, meeting, 10)
    other = gathering.convene(
        actor=world.office,
        committee=world.committee,
        session_number=43,
        place="Phòng khác",
        starts_at=meeting.starts_at,
    )
    guest = gathering.add_attendee(
        other.pk, actor=world.office, person=world.office2, role="invited"
    )
    with pytest.raises(Refused):
        plan(world, item, called=[guest])


def test_only_the_office_plans(world, meeting):
    [item] = items_of(world, meeting, 10)
    with pytest.raises(PermissionDenied):
        plan(world, item, actor=world.clerk)
    with pytest.raises(PermissionDenied):
        planning.move_item(item.pk, actor=world.delegate, up=True)


def test_an_item_that_was_opened_stays_on_the_agenda(world, meeting):
    [item] = items_of(world, meeting, 10)
    item.opened_at = timezone.now()
    item.save()
    with pytest.raises(Refused) as refused:
        gathering.remove_item(item.pk, actor=world.office)
    assert refused.value.code == "opened"
