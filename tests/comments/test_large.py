"""The sizes that the pages must hold: 300 provisions, 60 delegates, 1,000 comments, 60 on one."""

import pytest
from django.urls import reverse

from comments import consolidation, services
from comments.models import Disposition, Outcome
from tests.large import COMMENTS, large_round

QUERIES = 13


@pytest.fixture
def large(world):
    """A round of that size, every comment answered."""
    made = large_round(world.office, world.committee)
    Disposition.objects.bulk_create(
        Disposition(comment=one, outcome=Outcome.NOTED, decided_by=world.office)
        for one in made.comments.filter(disposition=None)
    )
    return made


def test_the_workbench_opens_in_few_queries(client, world, large, django_assert_num_queries):
    client.force_login(world.office)
    with django_assert_num_queries(QUERIES):
        response = client.get(reverse("workbench", args=[large.pk]))
    assert response.status_code == 200
    assert response.headers["Server-Timing"].startswith("engine;dur=")
    assert len(response.context["bench"].workbench.comments) == COMMENTS


def test_the_next_draft_is_made_of_a_thousand_comments(world, large):
    services.close_round(large.pk, actor=world.office)
    bench = consolidation.workbench(large)
    for piece, conflict in bench.open_conflicts:
        consolidation.settle(
            large.pk,
            actor=world.office,
            provision_key=piece.provision.key,
            conflict_key=conflict.key,
            text=conflict.alternatives[0].text,
        )
    before = large.draft.provisions.count()
    draft = consolidation.consolidate(large.pk, actor=world.office)
    assert draft.provisions.count() == before
