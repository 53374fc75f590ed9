"""Signing in by user name, with a brake on guessing."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from tests import factories

TRIES = 5


@pytest.fixture(autouse=True)
def _no_tries_before():
    cache.clear()
    yield
    cache.clear()


def sign_in(client, username: str, password: str):
    return client.post(reverse("account_login"), {"login": username, "password": password})


def test_the_right_password_opens_my_work(client, world):
    response = sign_in(client, "office", factories.PASSWORD)
    assert (response.status_code, response.url) == (302, reverse("home"))


def test_after_five_wrong_passwords_even_the_right_one_has_to_wait(client, world):
    for _try in range(TRIES):
        assert sign_in(client, "office", "sai").status_code == 200
    response = sign_in(client, "office", factories.PASSWORD)
    assert "_auth_user_id" not in client.session
    assert response.status_code in (200, 429)


def test_the_password_of_another_person_is_not_held_up(client, world):
    for _try in range(TRIES):
        sign_in(client, "office", "sai")
    assert sign_in(client, "clerk", factories.PASSWORD).status_code == 302


def test_nobody_signs_up(client, db):
    assert client.get("/accounts/signup/").status_code in (302, 404)


def test_passwords_are_stored_with_argon2(settings):
    from config import settings as configured

    assert configured.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
