import pytest
from django.core.exceptions import PermissionDenied

from comments import services as rounds
from comments.models import Category, Comment, Source, Status
from directives.comparison import numbered
from directives.outline import in_order
from directives.refusals import Refused
from meetings.holding import remarks, running
from meetings.models import Remark
from meetings.preparing import gathering
from tests import factories
from tests.meetings.session import under_way

WORDS = "Đề nghị rút xuống năm ngày."


@pytest.fixture
def held(world, directive):
    return under_way(world, directive)


@pytest.fixture
def point(held):
    return held.drafted.draft.provisions.get(text__contains="07 ngày")


def note(held, world, person=None, **said):
    item, seat = said.pop("item", held.drafted), held.seat(person or world.delegate)
    said.setdefault("text", WORDS)
    return remarks.note_remark(item.pk, seat.pk, actor=said.pop("actor", world.office), **said)


def test_a_remark_on_a_draft_whose_round_is_open_is_a_comment_of_the_speaker(world, held, point):
    noted = note(held, world, provision="1.a", category=Category.IMPLEMENTATION)
    comment = Comment.objects.get()
    assert noted.remark.comment == comment
    assert (comment.author, comment.recorded_by) == (world.delegate, world.office)
    assert (comment.source, comment.status) == (Source.MEETING, Status.SUBMITTED)
    assert (comment.provision_key, comment.category) == (point.key, Category.IMPLEMENTATION)
    assert (noted.remark.text, noted.remark.words) == ("", WORDS)


def test_what_the_screen_shows_is_meant_where_nothing_is_typed(world, held, point):
    note(held, world, shown=point.key)
    assert Comment.objects.get().provision_key == point.key


@pytest.mark.parametrize(
    "label", ["1.a", "1a", "1. a)", " 1.A ", "điểm a khoản 1", "Điểm a, khoản 1"]
)
def test_a_provision_is_found_by_its_label_however_it_is_typed(held, point, label):
    rows = numbered(in_order(held.drafted.draft))
    assert remarks.provision_called(rows, label).provision == point


def test_a_label_that_no_provision_has_is_refused_and_nothing_is_kept(world, held):
    with pytest.raises(Refused) as refused:
        note(held, world, provision="9.z")
    assert refused.value.code == "provision"
    assert not Remark.objects.exists()
    assert not Comment.objects.exists()


def test_who_was_not_asked_says_a_remark_and_the_reason_is_told(world, held):
    guest = gathering.add_attendee(
        held.meeting.pk, actor=world.office, person=factories.PersonFactory(), role="invited"
    )
    noted = note(held, world, guest.person, provision="1.a")
    assert noted.remark.comment is None
    assert noted.remark.words == f"Điểm a khoản 1: {WORDS}"
    assert str(guest.person) in noted.why_no_comment


def test_after_the_round_it_is_a_remark(world, held):
    rounds.close_round(held.consultation.pk, actor=world.office)
    noted = note(held, world)
    assert (noted.remark.comment, noted.remark.words) == (None, WORDS)
    assert noted.why_no_comment


def test_about_any_other_matter_it_is_a_remark_and_there_is_nothing_to_explain(world, held):
    running.open_item(held.other.pk, actor=world.office)
    noted = note(held, world, item=held.other, provision="1.a")
    assert (noted.remark.words, noted.why_no_comment) == (WORDS, "")


def test_nothing_said_is_refused(world, held):
    with pytest.raises(Refused) as refused:
        note(held, world, text="   ")
    assert refused.value.code == "text"


def test_the_last_remark_is_taken_back_by_who_wrote_it_and_its_comment_withdrawn(world, held):
    noted = note(held, world)
    with pytest.raises(Refused) as refused:
        remarks.take_back_remark(noted.remark.pk, actor=world.office2)
    assert refused.value.code == "other"
    remarks.take_back_remark(noted.remark.pk, actor=world.office)
    assert not Remark.objects.exists()
    assert Comment.objects.get().status == Status.WITHDRAWN


def test_only_a_secretary_writes_down_what_is_said(world, held):
    for person in (world.delegate, world.chair):
        with pytest.raises(PermissionDenied):
            note(held, world, actor=person)
