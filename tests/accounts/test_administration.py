"""The admin: who gets in, and that nothing else than people and committees is managed there."""

import re
from datetime import date

import pytest
from django.urls import reverse

from accounts.models import User


def test_an_administrator_manages_people(client, world):
    client.force_login(world.administrator)
    assert client.get(reverse("admin:index")).status_code == 200
    page = client.get(reverse("admin:accounts_user_change", args=[world.delegate.pk]))
    assert world.delegate.full_name in page.content.decode()


def test_an_administrator_writes_down_the_rules_and_seats_of_a_committee(client, world):
    client.force_login(world.administrator)
    address = reverse("admin:accounts_committee_change", args=[world.committee.pk])
    page = client.get(address).content.decode()
    assert 'name="meeting_rules-TOTAL_FORMS"' in page
    labels = re.findall(r'<th class="column-\w+[^"]*">\s*([^<]+?)\s*<', page)
    assert "Cán bộ" in labels
    assert not [label for label in labels if label.isascii()]


def test_dates_stand_and_are_typed_as_in_vietnam(client, world):
    client.force_login(world.administrator)
    address = reverse("admin:accounts_committee_change", args=[world.committee.pk])
    page = client.get(address)
    term = world.committee.terms.get()
    assert f'value="{term.starts:%d/%m/%Y}"' in page.content.decode()
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    fields = {field.html_name: field.value() for form in forms for field in form}
    sent = {name: value for name, value in fields.items() if value is not None}
    assert client.post(address, sent | {"terms-0-ends": "1/3/2031"}).status_code == 302
    term.refresh_from_db()
    assert term.ends == date(2031, 3, 1)


@pytest.mark.parametrize("name", ["office", "chair", "clerk", "delegate"])
def test_nobody_else_gets_in(client, world, name):
    client.force_login(getattr(world, name))
    response = client.get(reverse("admin:accounts_user_changelist"))
    assert response.status_code == 302
    assert response.url.startswith(reverse("admin:login"))


def test_the_first_administrator_is_a_superuser(client, world):
    root = User.objects.create_superuser("root", password="mot-mat-khau", full_name="Quản trị viên")
    client.force_login(root)
    assert client.get(reverse("admin:accounts_committee_changelist")).status_code == 200
