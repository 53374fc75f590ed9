"""The frame of the interface: committed assets, sign-in, the home page, pages for errors."""

import hashlib
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template import Context, Template
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from accounts import tasks
from accounts.navigation import ENTRIES
from tests import factories

STATIC = settings.BASE_DIR / "static"
SPRITE = STATIC / "vendor" / "bootstrap-icons" / "icons.svg"
MANIFEST = json.loads((STATIC / "vendor" / "vendor.json").read_text())


@pytest.mark.parametrize("package", MANIFEST, ids=lambda package: package["name"])
def test_committed_assets_are_those_of_the_manifest(package: dict) -> None:
    found = {
        name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name in package["files"]
    }
    assert found == package["files"]
    assert (STATIC / package["licence_file"]).read_text().strip()


def test_every_file_in_vendor_is_in_the_manifest() -> None:
    listed = {name for package in MANIFEST for name in package["files"]}
    licences = {package["licence_file"] for package in MANIFEST}
    present = {
        str(path.relative_to(STATIC)) for path in (STATIC / "vendor").rglob("*") if path.is_file()
    }
    assert present - listed - licences == {"vendor/vendor.json"}


def icons_named_in(paths: Iterator[Path]) -> set[str]:
    words = r"""\{% icon ["']([\w-]+)["']|\bicon=["']([\w-]+)["']|action_icon=["']([\w-]+)["']"""
    return {
        next(filter(None, names)) for path in paths for names in re.findall(words, path.read_text())
    }


def test_every_icon_a_template_names_is_in_the_sprite() -> None:
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', SPRITE.read_text()))
    named = icons_named_in((settings.BASE_DIR / "templates").rglob("*.html"))
    assert "check-lg" in named
    assert (named | {entry.icon for entry in ENTRIES}) - drawn == set()


def sign_in(client: Client, username: str, password: str):
    return client.post("/accounts/login/", {"login": username, "password": password})


def test_the_sign_in_page_names_the_committee(client: Client, world) -> None:
    page = client.get("/accounts/login/").content.decode()
    assert world.committee.name in page
    assert 'lang="vi"' in page


def test_a_wrong_password_is_told_in_vietnamese_and_keeps_the_user_name(
    client: Client, world
) -> None:
    page = sign_in(client, "delegate", "sai mật khẩu").content.decode()
    assert "Chưa đăng nhập được" in page
    assert "Tên đăng nhập hoặc mật khẩu chưa đúng" in page
    assert 'value="delegate"' in page


def test_an_empty_sign_in_names_each_missing_field(client: Client, world) -> None:
    page = sign_in(client, "", "").content.decode()
    assert 'id="id_login_error"' in page
    assert 'id="id_password_error"' in page


def test_signing_in_leads_to_my_work_without_a_banner(client: Client, world) -> None:
    response = sign_in(client, "delegate", factories.PASSWORD)
    page = client.get(response.url).content.decode()
    assert "<h1>Việc của tôi</h1>" in page
    assert "banner" not in page


def test_signing_out_says_so_on_the_sign_in_page(client: Client, world) -> None:
    client.force_login(world.delegate)
    page = client.post("/accounts/logout/", follow=True).content.decode()
    assert "Đã đăng xuất." in page


@pytest.fixture
def own_tasks(monkeypatch) -> list[tasks.Task]:
    shown: list[tasks.Task] = []
    monkeypatch.setattr(tasks, "_providers", [lambda person: shown])
    return shown


def test_an_empty_home_page_says_what_will_fill_it(client: Client, world, own_tasks) -> None:
    client.force_login(world.delegate)
    page = client.get("/").content.decode()
    assert "Không có việc nào chờ xử lý" in page
    assert 'class="task-list"' not in page


def test_who_does_nothing_but_manage_is_led_to_the_administration(
    client: Client, world, own_tasks
) -> None:
    link = f'class="btn btn-secondary" href="{reverse("admin:index")}"'
    client.force_login(world.administrator)
    assert link in client.get("/").content.decode()
    client.force_login(world.office)
    assert link not in client.get("/").content.decode()


def test_the_home_page_sorts_tasks_into_waiting_followed_and_done(
    client: Client, world, own_tasks
) -> None:
    soon = timezone.now() + timedelta(days=2, hours=4, minutes=30)
    own_tasks += [
        tasks.Task(title="Sau", url="/b", action="Góp ý"),
        tasks.Task(title="Trước", url="/a", action="Góp ý", deadline=soon),
        tasks.Task(title="Theo dõi", url="/c", action="Mở", waits_for_me=False),
        tasks.Task(title="Xong", url="/d", action="Xem", done=True),
    ]
    client.force_login(world.delegate)
    response = client.get("/")
    titles = {
        key: [t.title for t in response.context[key]] for key in ("waiting", "followed", "done")
    }
    assert titles == {"waiting": ["Trước", "Sau"], "followed": ["Theo dõi"], "done": ["Xong"]}
    assert "còn 2 ngày 4 giờ" in response.content.decode()


def test_the_frame_costs_four_queries(
    client: Client, world, own_tasks, django_assert_num_queries
) -> None:
    own_tasks += [tasks.Task(title=f"Việc {n}", url="/", action="Mở") for n in range(60)]
    client.force_login(world.delegate)
    with django_assert_num_queries(4):  # session, person, roles, name of the committee
        client.get("/")


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/", "My work"),
        ("/directives/7/drafts/1/", "Directives"),
        ("/consultations/7/workbench/", "Directives"),
        ("/comments/7/edit/", "Directives"),
        ("/meetings/7/", "Meetings"),
        ("/committees/7/members/", "Meetings"),
        ("/search/", ""),
    ],
)
def test_the_main_menu_marks_where_a_page_belongs(path: str, label: str) -> None:
    marked = [entry.label for entry in ENTRIES if entry.leads_to(path)]
    assert marked == ([gettext(label)] if label else [])


def test_an_unknown_address_says_what_to_do_next(client: Client, world) -> None:
    client.force_login(world.delegate)
    response = client.get("/khong-co/")
    assert response.status_code == 404
    assert "Kiểm tra lại địa chỉ" in response.content.decode()


@pytest.mark.parametrize("name", ["400.html", "403_csrf.html", "500.html"])
def test_pages_for_broken_requests_need_no_request_and_no_database(name: str) -> None:
    page = render_to_string(name)
    assert 'href="/"' in page
    assert "Hệ thống Chỉ thị" in page


def test_a_stale_form_is_refused_in_vietnamese(world) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.delegate)
    response = client.post("/accounts/logout/")
    assert response.status_code == 403
    assert "Trang đã mở quá lâu" in response.content.decode()


class SampleForm(forms.Form):
    subject = forms.CharField(label="Trích yếu", help_text="Không có dấu chấm cuối.")
    urgency = forms.ChoiceField(label="Độ khẩn", choices=[("1", "Khẩn")], widget=forms.RadioSelect)
    note = forms.CharField(label="Ghi chú", required=False)


def drawn(form: forms.Form) -> str:
    return Template("{% load crispy_forms_filters %}{{ form|crispy }}").render(
        Context({"form": form})
    )


def test_a_form_in_error_links_its_summary_to_each_field() -> None:
    page = drawn(SampleForm({}))
    targets = set(re.findall(r'<a href="#([^"]+)"', page))
    assert targets == {"id_subject", "div_id_urgency"}
    assert targets <= set(re.findall(r' id="([^"]+)"', page))


def test_a_field_is_described_by_its_hint_and_its_error() -> None:
    page = drawn(SampleForm({}))
    described = re.search(r'<input[^>]*name="subject"[^>]*aria-describedby="([^"]+)"', page)
    assert described
    assert set(described[1].split()) <= set(re.findall(r' id="([^"]+)"', page))
    assert page.index("Không có dấu chấm cuối.") < page.index('name="subject"')


def test_only_optional_fields_are_marked() -> None:
    assert drawn(SampleForm()).count("không bắt buộc") == 1
