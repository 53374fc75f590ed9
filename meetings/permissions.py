"""Who may convene, run and see meetings, and who concludes what they discuss."""

import rules
from django.db.models import Q

from accounts.models import User
from directives import permissions as of_directives
from meetings.models import (
    AgendaItem,
    Attendee,
    AttendeeRole,
    Ballot,
    Invitation,
    Meeting,
    MeetingPaper,
    MeetingState,
    Task,
)
from meetings.papers.readers import readers
from meetings.timetable import THROUGHOUT


@rules.predicate
def attends(person: User, meeting: Meeting) -> bool:
    return meeting.attendees.filter(person=person).exists()


@rules.predicate
def chairs(person: User, meeting: Meeting) -> bool:
    return meeting.attendees.filter(person=person, role=AttendeeRole.CHAIR).exists()


@rules.predicate
def is_not_over(_person: User, meeting: Meeting) -> bool:
    return meeting.state in (MeetingState.CONVENED, MeetingState.UNDER_WAY)


@rules.predicate
def is_voter(person: User, ballot: Ballot) -> bool:
    return ballot.voters.filter(attendee__person=person).exists()


@rules.predicate
def is_invited(person: User, attendee: Attendee) -> bool:
    invited = Invitation.objects.filter(attendee=attendee, sent_at__isnull=False)
    return attendee.person_id == person.pk and invited.exists()


@rules.predicate
def is_staff_of_attendee(person: User, attendee: Attendee) -> bool:
    return bool(of_directives.is_staff(person, attendee.meeting))


@rules.predicate
def runs_meeting_of(person: User, attendee: Attendee) -> bool:
    return bool(can_run(person, attendee.meeting))


@rules.predicate
def attends_item(person: User, item: AgendaItem) -> bool:
    mine = item.meeting.attendees.filter(person=person)
    throughout, called = Q(role__in=THROUGHOUT), Q(called_for=item)
    return mine.filter(throughout | called).exists() or (not item.called.exists() and mine.exists())


@rules.predicate
def is_staff_of_item(person: User, item: AgendaItem) -> bool:
    return bool(of_directives.is_staff(person, item.meeting))


@rules.predicate
def reads_item_of(person: User, ballot: Ballot) -> bool:
    return bool(can_read_item(person, ballot.item))


@rules.predicate
def leads(person: User, task: Task) -> bool:
    """Once the chair has confirmed that it was given."""
    return task.lead_person_id == person.pk and task.conclusion.confirmed_at is not None


@rules.predicate
def reads_conclusion_of(person: User, task: Task) -> bool:
    conclusion = task.conclusion
    if conclusion.confirmed_at is None:
        return bool(can_record_conclusion(person, conclusion.item.meeting))
    return bool(can_read_item(person, conclusion.item))


@rules.predicate
def sees_papers_of(person: User, paper: MeetingPaper) -> bool:
    return bool(can_see_papers(person, paper.meeting))


@rules.predicate
def is_told_by(person: User, paper: MeetingPaper) -> bool:
    """A notice that has its number; minutes never have one."""
    return paper.number is not None and readers(paper.meeting).filter(person=person).exists()


can_convene = of_directives.is_office
can_view_meeting = of_directives.is_staff | attends
can_run = of_directives.is_office | of_directives.is_clerk
# The chair of this meeting, or whoever holds that office in the committee.
can_conclude = chairs | of_directives.is_chair
can_record_conclusion = can_run | can_conclude
can_report = can_archive = can_run
can_write_papers = can_run
can_approve_papers = can_conclude
can_issue_notice = of_directives.is_clerk
can_see_papers = of_directives.is_staff | chairs
can_read_paper = sees_papers_of | is_told_by
can_read_invitation = is_invited | is_staff_of_attendee
can_see_invitations = of_directives.is_staff
can_answer_invitation = is_invited | runs_meeting_of
can_read_item = is_staff_of_item | attends_item
can_put_to_vote = can_run | can_conclude
can_call = can_run | can_conclude
can_ask_to_speak = attends_item
# Whose own page in the room it is: nobody has two.
chairs_only = can_conclude & ~can_run
sits_only = attends & ~can_call
can_vote = is_voter
can_view_task = leads | reads_conclusion_of
can_see_ballot = is_voter | reads_item_of

for _name, _predicate in list(globals().items()):
    if _name.startswith("can_"):
        rules.add_rule(_name, _predicate)
