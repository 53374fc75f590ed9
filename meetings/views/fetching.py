"""One meeting for a person who may see it."""

import rules
from django.shortcuts import get_object_or_404

from accounts.models import User
from directives.permissions import require
from meetings import permissions
from meetings.models import Meeting


def meeting_for(
    person: User, pk: int, predicate: rules.Predicate = permissions.can_view_meeting
) -> Meeting:
    """The meeting with what stands above its pages; 404 or 403 where there is none for them."""
    meetings = Meeting.objects.select_related("committee", "term", "convened_by", "recorder")
    meeting = get_object_or_404(meetings, pk=pk)
    require(predicate, person, meeting)
    return meeting
