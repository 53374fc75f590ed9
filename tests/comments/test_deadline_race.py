"""Delegates hand in while the office closes the round: whoever comes second is refused."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest
from django.db import connections

from accounts.models import User
from comments import services
from comments.models import Comment, Status
from comments.services import Said
from directives.models import Event
from directives.refusals import Refused

DELEGATES = 3


def _submit(comment_id: int, author_id: int) -> str:
    try:
        services.submit(comment_id, actor=User.objects.get(pk=author_id))
    except Refused as refused:
        return refused.code
    return "submitted"


def _close(consultation_id: int, office_id: int) -> str:
    services.close_round(consultation_id, actor=User.objects.get(pk=office_id))
    return "closed_round"


@pytest.mark.django_db(transaction=True)
def test_no_comment_slips_into_a_round_that_was_counted(world, consultation):
    drafts = [
        services.save_comment(
            consultation.pk, actor=author, author=author, said=Said(body=f"Ý kiến {n}")
        )
        for n in range(6)
        for author in world.delegates
    ]
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(DELEGATES + 1, mp_context=fork) as pool:
        jobs = [pool.submit(_submit, comment.pk, comment.author_id) for comment in drafts[:6]]
        jobs.append(pool.submit(_close, consultation.pk, world.office.pk))
        jobs += [pool.submit(_submit, comment.pk, comment.author_id) for comment in drafts[6:]]
        results = [job.result(timeout=60) for job in jobs]

    submitted = results.count("submitted")
    assert set(results) <= {"submitted", "closed", "closed_round"}
    assert Comment.objects.filter(status=Status.SUBMITTED).count() == submitted
    assert Event.objects.get(verb="close_round").payload["comments"] == submitted
    numbers = Comment.objects.submitted().order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, submitted + 1))
