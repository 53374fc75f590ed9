"""A meeting that lies five days ahead."""

from datetime import timedelta

import pytest
from django.utils import timezone

from meetings.models import Meeting
from meetings.preparing import gathering


@pytest.fixture
def meeting(world) -> Meeting:
    return gathering.convene(
        actor=world.office,
        committee=world.committee,
        session_number=42,
        place="Phòng họp số 1",
        starts_at=timezone.now() + timedelta(days=5),
    )
