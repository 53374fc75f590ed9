"""The log. Each event carries the hash of the one before it, so a changed line shows.

hash = SHA-256 of the canonical JSON of (previous hash, stream, sequence, verb, actor, on behalf of,
time in UTC, payload). Rows refuse UPDATE and DELETE in the database itself.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from directives.models import Event

Follower = Callable[[str], None]
_followers: list[Follower] = []


def follower(follow: Follower) -> Follower:
    """Register what is told of the stream after each event, inside the writer's transaction."""
    _followers.append(follow)
    return follow


def record(
    stream: str, verb: str, *, actor: User, on_behalf_of: User | None = None, **payload: Any
) -> Event:
    """Append one event to a stream, inside the caller's transaction.

    Two writers of one stream collide on its unique sequence number; callers hold the row lock of
    the stream's subject, which puts them in order.
    """
    last = Event.objects.filter(stream=stream).order_by("-sequence").first()
    event = Event(
        stream=stream,
        sequence=last.sequence + 1 if last else 1,
        verb=verb,
        actor=actor,
        on_behalf_of=on_behalf_of,
        at=timezone.now(),
        payload=payload,
        previous_hash=last.hash if last else "",
    )
    event.hash = digest(event)
    event.save()
    for follow in _followers:
        follow(stream)
    return event


def digest(event: Event) -> str:
    """The event's hash, in hexadecimal, from its own columns and the hash before it."""
    facts = [
        event.previous_hash,
        event.stream,
        event.sequence,
        event.verb,
        event.actor_id,
        event.on_behalf_of_id,
        event.at.astimezone(UTC).isoformat(),
        event.payload,
    ]
    canonical = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def first_broken(events: QuerySet[Event]) -> Event | None:
    """The first event of one stream that was changed, or follows a gap; None when all is whole."""
    previous = ""
    for sequence, event in enumerate(events.order_by("sequence"), start=1):
        chained = event.previous_hash == previous and event.sequence == sequence
        if not chained or event.hash != digest(event):
            return event
        previous = event.hash
    return None
