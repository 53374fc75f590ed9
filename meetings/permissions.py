"""Who may convene, run and see meetings, and who concludes what they discuss."""

import rules

from accounts.models import User
from directives import permissions as of_directives
from meetings.models import AttendeeRole, Ballot, Meeting


@rules.predicate
def attends(person: User, meeting: Meeting) -> bool:
    return meeting.attendees.filter(person=person).exists()


@rules.predicate
def chairs(person: User, meeting: Meeting) -> bool:
    return meeting.attendees.filter(person=person, role=AttendeeRole.CHAIR).exists()


@rules.predicate
def is_voter(person: User, ballot: Ballot) -> bool:
    return ballot.voters.filter(attendee__person=person).exists()


can_convene = of_directives.is_office
can_view_meeting = of_directives.is_staff | attends
can_run = of_directives.is_office | of_directives.is_clerk
# The chair of this meeting, or whoever holds that office in the committee.
can_conclude = chairs | of_directives.is_chair
can_report = can_run
can_put_to_vote = can_run | can_conclude
can_call = can_run | can_conclude
can_ask_to_speak = attends
can_vote = is_voter

for _name, _predicate in list(globals().items()):
    if _name.startswith("can_"):
        rules.add_rule(_name, _predicate)
