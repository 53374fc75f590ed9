"""Signing in by user name, with a brake on guessing."""

import os
import subprocess
import sys

import pytest
from allauth.core import ratelimit
from django.test import RequestFactory
from django.urls import reverse

from tests import acts, factories

TRIES = 5
ELSEWHERE = """
import django
django.setup()
from django.conf import settings
settings.ACCOUNT_RATE_LIMITS = {"verify": "2/m/ip"}
from tests.accounts.test_sign_in import consume
print(consume(), consume())
"""


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


def test_an_address_that_tries_too_often_is_told_to_wait(client, world, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    assert [sign_in(client, f"nguoi{n}", "sai").status_code for n in range(3)] == [200, 200, 429]
    page = sign_in(client, "office", factories.PASSWORD)
    assert "Đã thử quá nhiều lần" in page.content.decode()
    assert "_auth_user_id" not in client.session


def test_behind_a_proxy_each_visitor_is_counted_apart(client, world, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def status(address: str) -> int:
        said = {"login": "office", "password": "sai"}
        forwarded = {"X-Forwarded-For": address}
        return client.post(reverse("account_login"), said, headers=forwarded).status_code

    assert [status("10.0.0.1"), status("10.0.0.1"), status("10.0.0.2")] == [200, 429, 200]


@pytest.mark.django_db(transaction=True)
def test_all_workers_count_together(settings):
    """A try in this process is one less in another."""
    settings.ACCOUNT_RATE_LIMITS = {"verify": "2/m/ip"}
    assert consume()
    elsewhere = subprocess.run(
        [sys.executable, "-c", ELSEWHERE],
        env=os.environ
        | {"DATABASE_URL": acts.address(), "DJANGO_SETTINGS_MODULE": "config.settings"},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=120,
    )
    assert elsewhere.stdout.split() == ["True", "False"]
    assert not consume()


def consume() -> bool:
    request = RequestFactory(REMOTE_ADDR="10.0.0.9").post("/")
    return ratelimit.consume(request, action="verify")


def test_nobody_signs_up(client, db):
    assert client.get("/accounts/signup/").status_code in (302, 404)


def test_passwords_are_stored_with_argon2(settings):
    from config import settings as configured

    assert configured.PASSWORD_HASHERS[0].endswith("Argon2PasswordHasher")
