"""HTTPS behind the office's own proxy: what it says of the way a request came is believed."""

import runpy

import pytest
from django.conf import settings as current
from django.urls import reverse

BY_TLS = {"x-forwarded-proto": "https"}


@pytest.fixture
def operate(monkeypatch, settings):
    """The settings that speak of HTTPS, as the environment makes them."""

    def as_set(**environment: str) -> None:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        made = runpy.run_path(str(current.BASE_DIR / "config/settings.py"))
        for name in (name for name in made if name.startswith("SECURE_")):
            setattr(settings, name, made[name])

    return as_set


def test_what_came_by_tls_to_the_proxy_is_answered(db, operate, client):
    operate(HTTPS="1", PROXIES="1")
    page = client.get(reverse("account_login"), headers=BY_TLS)
    assert page.status_code == 200
    assert "Strict-Transport-Security" in page.headers


@pytest.mark.parametrize(
    ("proxies", "headers"), [("1", {}), ("1", {"x-forwarded-proto": "http"}), ("0", BY_TLS)]
)
def test_the_rest_is_led_to_https(db, operate, client, proxies, headers):
    """Without a proxy of our own the header is the visitor's word alone."""
    operate(HTTPS="1", PROXIES=proxies)
    page = client.get(reverse("account_login"), headers=headers)
    assert (page.status_code, page.url[:8]) == (301, "https://")


def test_without_https_nobody_is_led_there(db, operate, client):
    operate(HTTPS="0", PROXIES="1")
    page = client.get(reverse("account_login"))
    assert page.status_code == 200
    assert "Strict-Transport-Security" not in page.headers
