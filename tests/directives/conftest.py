from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User


@pytest.fixture
def signed_in(world) -> Callable[[User], Client]:
    """A browser in which the person has signed in."""

    def sign_in(person: User) -> Client:
        browser = Client()
        browser.force_login(person)
        return browser

    return sign_in
