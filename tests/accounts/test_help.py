"""The guides: each person sees those of their roles, and every button they name exists."""

import re

import pytest
from django.conf import settings
from django.test import Client

from accounts.models import Role

ROOT = settings.BASE_DIR
CATALOGUE = ROOT / "locale" / "vi" / "LC_MESSAGES" / "django.po"
PAGES = sorted((ROOT / "templates/accounts/help").glob("*.html"))
MANUAL = sorted((ROOT / "docs/huong-dan").glob("*.md"))


@pytest.mark.parametrize(
    ("who", "theirs", "not_theirs"),
    [
        ("office", "Lập dự thảo tiếp theo", "Ghi ý kiến thay"),
        ("delegate", "Thống nhất hoàn toàn", "Mở sổ"),
        ("clerk", "Mở sổ", "Thống nhất hoàn toàn"),
        ("chair", "Trả lại", "Mở sổ"),
        ("administrator", "Người dùng", "Trả lại"),
    ],
)
def test_each_person_reads_the_guide_of_their_role(world, client: Client, who, theirs, not_theirs):
    client.force_login(getattr(world, who))
    text = client.get("/help/").content.decode()
    assert theirs in text
    assert not_theirs not in text
    assert "Chung cho mọi người" in text


def test_the_guide_is_one_tap_from_every_page(world, client: Client):
    client.force_login(world.delegate)
    assert 'href="/help/"' in client.get("/").content.decode()


def test_there_is_a_guide_for_every_role():
    assert {page.stem for page in PAGES} == {*Role.values, "everybody"}


@pytest.mark.parametrize("guide", PAGES + MANUAL, ids=lambda guide: guide.name)
def test_what_a_guide_tells_to_press_stands_on_a_button_so(guide):
    catalogue = CATALOGUE.read_text()
    named = re.findall(r"<em>(.+?)</em>|(?<!\*)\*([^*\n]+)\*(?!\*)", guide.read_text())
    missing = [
        word for pair in named if f'msgstr "{(word := pair[0] or pair[1])}"' not in catalogue
    ]
    assert missing == []
