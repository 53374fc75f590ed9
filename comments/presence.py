"""Who has the workbench of a round open at this moment, and at which provision."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from comments.models import Consultation, Presence

# Six beats of the page (`every 5s`): a slow network or a busy server does not send anybody away.
GONE_AFTER = timedelta(seconds=30)


def beat(consultation: Consultation, person: User, place: str) -> None:
    """The person is there now, at the provision with this key, or at "general"."""
    Presence.objects.bulk_create(
        [Presence(consultation=consultation, person=person, place=place, seen_at=timezone.now())],
        update_conflicts=True,
        unique_fields=["consultation", "person"],
        update_fields=["place", "seen_at"],
    )


def others(consultation: Consultation, reader: User) -> list[Presence]:
    """Everybody else who is there, in the order of their rank."""
    present = Presence.objects.filter(
        consultation=consultation, seen_at__gt=timezone.now() - GONE_AFTER
    )
    here = present.exclude(person=reader).select_related("person")
    return list(here.order_by("person__rank", "person__name_key", "person_id"))
