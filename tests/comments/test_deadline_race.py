"""Delegates hand in while the office closes the round: whoever comes second is refused."""

import pytest

from comments import services
from comments.models import Comment, Status
from comments.said import Said
from directives.models import Event
from tests.acts import at_once


@pytest.mark.django_db(transaction=True)
def test_no_comment_slips_into_a_round_that_was_counted(world, consultation):
    drafts = [
        services.save_comment(
            consultation.pk, actor=author, author=author, said=Said(body=f"Ý kiến {n}")
        )
        for n in range(6)
        for author in world.delegates
    ]
    by_author = [[c.pk for c in drafts if c.author == author] for author in world.delegates]
    results = at_once(
        *(("submit", author, ids) for author, ids in zip(world.delegates, by_author, strict=True)),
        ("close", world.office, [consultation.pk]),
    )

    submitted = results.count("submitted")
    assert set(results) <= {"submitted", "closed", "closed_round"}
    assert Comment.objects.filter(status=Status.SUBMITTED).count() == submitted
    assert Event.objects.get(verb="close_round").payload["comments"] == submitted
    numbers = Comment.objects.submitted().order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, submitted + 1))
