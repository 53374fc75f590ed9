"""What a delegate has read of a draft, for the delegate's own eyes.

Nobody else is told who read what, neither the office nor the chair: it writes no event, and no page
counts it. A person who can be watched while reading reads for the watcher.
"""

import uuid
from collections.abc import Iterable

from django.db import transaction

from accounts.models import User
from comments import permissions
from comments.models import Consultation, Delegate, ReadMark
from directives.permissions import require


@transaction.atomic
def mark_read(consultation_id: int, *, actor: User, keys: Iterable[uuid.UUID]) -> int:
    """Keep the provisions as read, each once; keys that are not of this draft are passed by.

    Returns how many of the keys are provisions of the draft.
    """
    consultation = Consultation.objects.select_related("draft").get(pk=consultation_id)
    require(permissions.can_comment, actor, consultation)
    delegate = consultation.delegates.get(person=actor)
    known = consultation.draft.provisions.filter(key__in=set(keys)).values_list("key", flat=True)
    marks = [ReadMark(delegate=delegate, provision_key=key) for key in known]
    ReadMark.objects.bulk_create(marks, ignore_conflicts=True)
    return len(marks)


def keys_read(delegate: Delegate) -> set[uuid.UUID]:
    return set(ReadMark.objects.filter(delegate=delegate).values_list("provision_key", flat=True))
