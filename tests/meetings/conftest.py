"""A meeting that lies five days ahead."""

import pytest

from meetings.models import Meeting
from tests.meetings.session import called


@pytest.fixture
def meeting(world) -> Meeting:
    return called(world)
