"""Who may convene and see meetings."""

import rules

from accounts.models import User
from directives import permissions as of_directives
from meetings.models import Meeting


@rules.predicate
def attends(person: User, meeting: Meeting) -> bool:
    return meeting.attendees.filter(person=person).exists()


can_convene = of_directives.is_office
can_view_meeting = of_directives.is_staff | attends

for _name, _predicate in list(globals().items()):
    if _name.startswith("can_"):
        rules.add_rule(_name, _predicate)
