"""What came of a round, in numbers."""

import pytest

from comments import consolidation, services
from comments.figures import ANSWERS, POSITIONS, figures_of
from comments.models import Category, Outcome, Placing, Position
from tests import factories


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


def counts(**by_answer) -> tuple[int, ...]:
    """In the order of ANSWERS; `waiting` are those without an answer."""
    return tuple(by_answer.get(answer or "waiting", 0) for answer in ANSWERS)


def test_a_round_that_nobody_answered_is_empty(consultation):
    figures = figures_of(consultation)
    assert figures.is_empty
    assert figures.positions == (0, 0, 0, 2)
    assert figures.provisions == ()
    assert [one.total for one in figures.categories] == [0, 0, 0]


def test_a_position_alone_is_something_to_show(world, consultation):
    services.give_position(
        consultation.pk, actor=world.delegate, person=world.delegate, position=Position.AGREES
    )
    figures = figures_of(consultation)
    assert not figures.is_empty
    assert dict(zip(POSITIONS, figures.positions, strict=True))[Position.AGREES] == 1


def test_comments_are_counted_by_answer_for_their_delegate(world, consultation, point):
    factories.comment(consultation, world.delegate, on=point)
    noted = factories.comment(consultation, world.delegate, on=point)
    consolidation.answer(noted.pk, actor=world.office, outcome=Outcome.NOTED)
    replies = {one.name: one for one in figures_of(consultation).delegates}
    assert replies[world.delegate.full_name].counts == counts(noted=1, waiting=1)
    assert replies[world.delegate2.full_name].total == 0


def test_what_is_being_written_or_was_withdrawn_does_not_count(world, consultation):
    kept = services.Said(body="Chưa gửi.")
    services.save_comment(consultation.pk, actor=world.delegate, author=world.delegate, said=kept)
    gone = factories.comment(consultation, world.delegate)
    services.withdraw(gone.pk, actor=world.delegate)
    assert figures_of(consultation).total.total == 0


def test_provisions_with_comments_stand_in_the_order_of_the_draft(world, consultation, point):
    last = consultation.draft.provisions.get(text__contains="đôn đốc việc thực hiện")
    for place in (last, point, None):
        factories.comment(consultation, world.delegate, on=place)
    first, *others = figures_of(consultation).provisions
    assert first.key == ""
    assert [one.key for one in others] == [str(point.key), str(last.key)]
    assert [one.name for one in others] == ["điểm a khoản 1", "khoản 2"]


def test_a_comment_counts_where_the_office_placed_it(world, consultation, point):
    comment = factories.comment(consultation, world.delegate)
    Placing.objects.create(comment=comment, provision_key=point.key, decided_by=world.office)
    assert [one.key for one in figures_of(consultation).provisions] == [str(point.key)]


def test_every_category_has_its_tally(world, consultation):
    factories.comment(consultation, world.delegate, category=Category.FORM)
    by_name = {one.name: one.total for one in figures_of(consultation).categories}
    assert by_name == {str(label): int(value == Category.FORM) for value, label in Category.choices}


def test_three_queries_count_a_round_of_any_size(
    world, consultation, point, django_assert_num_queries
):
    with django_assert_num_queries(3):
        figures_of(consultation)
    for _ in range(20):
        factories.comment(consultation, world.delegate, on=point)
    with django_assert_num_queries(3):
        assert figures_of(consultation).total.total == 20
