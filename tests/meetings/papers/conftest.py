from collections.abc import Callable

import pytest

from meetings.models import MeetingPaper
from meetings.papers import approving
from meetings.papers.sheets import content_hash
from tests.recorded import Held, hold


@pytest.fixture
def held(world, directive) -> Held:
    """Yesterday's meeting, closed and recorded."""
    return hold(world, directive)


@pytest.fixture
def approve_paper(world) -> Callable[[MeetingPaper], MeetingPaper]:
    """Submitted by the clerk, approved by the chair."""

    def approve(paper: MeetingPaper) -> MeetingPaper:
        approving.submit(paper.pk, actor=world.clerk)
        sha256 = content_hash(MeetingPaper.objects.get(pk=paper.pk))
        return approving.approve(paper.pk, actor=world.chair, sha256=sha256)

    return approve
