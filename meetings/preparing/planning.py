"""Planning the items of an agenda: who presents them, how long, in which order, who is called."""

from collections.abc import Iterable

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from directives import events
from directives.refusals import Refused
from meetings.models import AgendaItem, Attendee
from meetings.preparing.gathering import being_prepared
from meetings.timetable import THROUGHOUT


@transaction.atomic
def plan_item(
    item_id: int,
    *,
    actor: User,
    title: str,
    minutes: int,
    presenter: User | None = None,
    is_break: bool = False,
    called: Iterable[Attendee] = (),
) -> AgendaItem:
    """Say what an item is called, who presents it, how long it takes and who is called in for it.

    Refused without a title, for a presenter or somebody called who is not on the list, and for
    somebody called who attends throughout.
    """
    item = AgendaItem.objects.get(pk=item_id)
    meeting = being_prepared(item.meeting_id, actor)
    called = list(called)
    if not title.strip():
        raise Refused(_("Write a title."), code="title")
    if presenter and not meeting.attendees.filter(person=presenter).exists():
        raise Refused(_("The presenter is not on the list."), code="presenter")
    if any(one.meeting_id != meeting.pk or one.role in THROUGHOUT for one in called):
        raise Refused(_("Only presenters and guests are called in for an item."), code="called")
    item.title, item.minutes, item.is_break = title.strip(), minutes, is_break
    item.presenter = presenter
    item.save(update_fields=["title", "minutes", "is_break", "presenter"])
    item.called.set(called)
    events.record(meeting.stream, "plan_item", actor=actor, item=item.pk, minutes=minutes)
    return item


@transaction.atomic
def move_item(item_id: int, *, actor: User, up: bool) -> AgendaItem:
    """Change places with the neighbour; at either end nothing moves."""
    item = AgendaItem.objects.get(pk=item_id)
    meeting = being_prepared(item.meeting_id, actor)
    items = list(meeting.items.all())
    place = items.index(item)
    other = place - 1 if up else place + 1
    if not 0 <= other < len(items):
        return item
    items[place], items[other] = items[other], items[place]
    for position, one in enumerate(items, start=1):
        one.position = position
    AgendaItem.objects.bulk_update(items, ["position"])
    events.record(meeting.stream, "move_item", actor=actor, item=item.pk, up=up)
    return item
