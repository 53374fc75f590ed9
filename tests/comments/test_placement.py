import pytest

from comments import consolidation, services
from comments.consolidation import submitted_comments
from comments.models import Outcome
from comments.placement import place
from directives import drafting
from directives.text.anchors import Status
from tests import factories


@pytest.fixture
def quoted(world, consultation):
    """A comment on some words of a point, one on a whole point, and one on the whole draft."""
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    hours = consultation.draft.provisions.get(text__contains="giờ giấc")
    return [
        factories.comment(
            consultation, world.delegate, on=point, quote="phải trả lời trong thời hạn"
        ),
        factories.comment(consultation, world.delegate2, on=hours),
        factories.comment(consultation, world.delegate2),
    ]


@pytest.fixture
def next_draft(world, consultation, quoted):
    services.close_round(consultation.pk, actor=world.office)
    for comment in quoted:
        consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.NOTED)
    return consolidation.consolidate(consultation.pk, actor=world.office)


def placed(quoted, consultation, draft):
    return place(quoted, consultation.draft, draft)


def words(one):
    return one.provision.text[one.placement.start : one.placement.end]


def save(world, draft, containing, text):
    point = draft.provisions.get(text__contains=containing)
    return drafting.save_provision(
        point.pk, actor=world.office, version=point.version, text=text(point.text)
    )


def test_unchanged_words_are_found_exactly(quoted, consultation, next_draft):
    first, second, whole = placed(quoted, consultation, next_draft)
    assert words(first) == first.comment.quote
    assert {one.placement.status for one in (first, second, whole)} == {Status.EXACT}
    assert whole.provision is None


def test_words_are_followed_through_an_edit_before_them(world, quoted, consultation, next_draft):
    save(world, next_draft, "07 ngày", lambda text: "Từ nay, " + text)
    first = placed(quoted, consultation, next_draft)[0]
    assert (words(first), first.placement.status) == (first.comment.quote, Status.EXACT)


def test_rewritten_words_are_an_orphan_until_they_come_back(
    world, quoted, consultation, next_draft
):
    old = next_draft.provisions.get(text__contains="07 ngày").text
    save(world, next_draft, "07 ngày", lambda text: "Nội dung khác hẳn, không còn gì cũ.")
    assert placed(quoted, consultation, next_draft)[0].placement.status == Status.ORPHAN
    save(world, next_draft, "khác hẳn", lambda text: old)
    assert placed(quoted, consultation, next_draft)[0].placement.status == Status.EXACT


def test_a_deleted_provision_leaves_its_comment_at_the_old_place(
    world, quoted, consultation, next_draft
):
    hours = next_draft.provisions.get(text__contains="giờ giấc")
    before = next_draft.provisions.get(text__contains="07 ngày")
    drafting.delete_provision(hours.pk, actor=world.office)
    second = placed(quoted, consultation, next_draft)[1]
    assert (second.provision, second.placement.status) == (before, Status.ORPHAN)


def test_a_split_provision_takes_its_comments_along(world, quoted, consultation, next_draft):
    point = next_draft.provisions.get(text__contains="07 ngày")
    start = point.text.index("phải")
    new = drafting.split_provision(
        point.pk,
        actor=world.office,
        version=point.version,
        first=point.text[:start],
        second=point.text[start:],
    )
    first = placed(quoted, consultation, next_draft)[0]
    assert (first.provision, words(first)) == (new, first.comment.quote)


def test_a_joined_provision_takes_its_comments_along(world, quoted, consultation, next_draft):
    hours = next_draft.provisions.get(text__contains="giờ giấc")
    target = drafting.join_provision(hours.pk, actor=world.office)
    second = placed(quoted, consultation, next_draft)[1]
    assert second.provision == target
    assert words(second).endswith("Chấp hành nghiêm giờ giấc làm việc.")


@pytest.mark.parametrize("copies", [1, 30])
def test_placing_takes_three_queries_however_many_comments(
    quoted, consultation, next_draft, copies, django_assert_num_queries
):
    consultation.draft.directive  # noqa: B018 - read beforehand, as a page has it
    quoted = submitted_comments(consultation)
    with django_assert_num_queries(3):
        assert len(placed(quoted * copies, consultation, next_draft)) == 3 * copies
