"""The events of a directive in words."""

from directives import drafting
from directives.log import SENTENCES, entries
from directives.models import Event
from directives.text.kinds import Kind
from tests import factories


def told(directive) -> list[str]:
    events = Event.objects.filter(stream=directive.stream).order_by("sequence")
    return [entry.sentence for entry in entries(directive, events)]


def test_every_event_of_the_whole_road_has_a_sentence(issued):
    verbs = Event.objects.filter(stream=issued.stream).values_list("verb", flat=True)
    assert set(verbs) <= set(SENTENCES)
    assert not any("%(" in sentence or "…" in sentence for sentence in told(issued))


def test_a_provision_is_told_by_where_it_stands(world, directive):
    point = factories.provision(directive, "07 ngày")
    drafting.save_provision(point.pk, actor=world.office, version=1, text="Lời mới.")
    assert "điểm a khoản 1" in told(directive)[-1]


def test_a_provision_deleted_later_is_still_told(world, directive):
    draft = directive.latest_draft
    new = drafting.add_provision(
        draft.pk, actor=world.office, kind=Kind.CLAUSE, text="Thừa.", after=None
    )
    drafting.delete_provision(new.pk, actor=world.office)
    assert "về sau đã xóa" in told(directive)[-2]


def test_days_and_moments_are_told_in_the_order_people_read_them(issued):
    assert issued.issue.issued_on.strftime("%d/%m/%Y") in told(issued)[-1]
