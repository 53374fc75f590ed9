from datetime import datetime, timedelta, timezone

from directives import events
from directives.models import Event


def test_each_event_carries_the_hash_of_the_one_before(world):
    first = events.record("directive:1", "create", actor=world.office)
    second = events.record("directive:1", "edit", actor=world.office, text="đã sửa")
    other = events.record("directive:2", "create", actor=world.office)
    assert second.previous_hash == first.hash
    assert (second.sequence, other.sequence, other.previous_hash) == (2, 1, "")
    assert events.first_broken(Event.objects.filter(stream="directive:1")) is None


def test_a_clock_of_another_zone_breaks_no_chain(world, monkeypatch):
    local = datetime(2026, 11, 20, 7, 55, tzinfo=timezone(timedelta(hours=7)))
    monkeypatch.setattr("django.utils.timezone.now", lambda: local)
    events.record("directive:1", "create", actor=world.office)
    assert events.first_broken(Event.objects.filter(stream="directive:1")) is None


def test_a_changed_line_shows_where_the_chain_breaks(world, monkeypatch):
    for verb in ("create", "edit", "circulate"):
        events.record("directive:1", verb, actor=world.office)
    log = list(Event.objects.filter(stream="directive:1"))
    log[1].verb = "approve"

    class Forged:
        def order_by(self, field):
            return log

    assert events.first_broken(Forged()).sequence == 2


def test_a_missing_line_shows(world):
    for verb in ("create", "edit", "circulate"):
        events.record("directive:1", verb, actor=world.office)
    without_second = Event.objects.filter(stream="directive:1").exclude(sequence=2)
    assert events.first_broken(without_second).sequence == 3
