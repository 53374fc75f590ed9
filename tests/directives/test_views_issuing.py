"""Number, date, file."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from directives import canonical, drafting, register
from directives.models import Circulation, Directive, Issue, NumberRegister, State
from tests import factories


def url(name: str, directive: Directive) -> str:
    return reverse(name, args=[directive.pk])


@pytest.fixture
def numbers(world) -> NumberRegister:
    return register.open_register(
        actor=world.clerk, term=world.committee.terms.get(), first_number=35
    )


def today(**later) -> dict:
    return {"issued_on": (timezone.localdate() + timedelta(**later)).isoformat()}


def test_the_tab_tells_who_approved_which_text_and_what_was_voided(world, approved, signed_in):
    sha256 = canonical.content_hash(approved.latest_draft)
    browser = signed_in(world.clerk)
    page = browser.get(url("directive_issuing", approved))
    assert sha256 in page.content.decode()
    assert world.chair.full_name in page.content.decode()
    assert page.context["may_issue"]
    point = factories.provision(approved, "05 ngày")
    drafting.save_provision(point.pk, actor=world.office, version=1, text="Sửa sau duyệt.")
    page = browser.get(url("directive_issuing", approved))
    assert page.context["approvals"][0].voided_at
    assert "status--danger" in page.content.decode()
    assert not page.context["may_issue"]


def test_the_tab_asks_as_much_whatever_was_approved(
    world, issued, signed_in, django_assert_num_queries
):
    browser = signed_in(world.clerk)
    browser.get(url("directive_issuing", issued))
    with django_assert_num_queries(8):
        page = browser.get(url("directive_issuing", issued))
    assert issued.issue.sha256 in page.content.decode()
    assert "35-CT-TU.pdf" in page.content.decode()


def test_a_delegate_does_not_see_the_tab(world, issued, signed_in):
    assert signed_in(world.delegate).get(url("directive_issuing", issued)).status_code == 403


def test_the_clerk_issues_after_a_question(world, approved, numbers, signed_in):
    browser = signed_in(world.clerk)
    page = browser.get(url("directive_issue", approved))
    assert page.context["symbol"] == "35-CT/TU"
    assert f'value="{timezone.localdate().isoformat()}"' in page.content.decode()
    answer = browser.post(url("directive_issue", approved), today())
    assert answer.url == url("directive_issuing", approved)
    assert Issue.objects.get().symbol == "35-CT/TU"


def test_a_double_click_issues_once_and_says_so(world, approved, numbers, signed_in):
    browser = signed_in(world.clerk)
    browser.post(url("directive_issue", approved), today())
    page = browser.post(url("directive_issue", approved), today(), follow=True)
    assert page.redirect_chain[0][0] == url("directive_issuing", approved)
    assert "35-CT/TU" in page.content.decode()
    assert Issue.objects.count() == 1
    numbers.refresh_from_db()
    assert numbers.last_number == 35


@pytest.mark.parametrize("role", ["delegate", "office", "chair", "administrator"])
def test_only_the_clerk_issues(world, approved, numbers, role, signed_in):
    browser = signed_in(getattr(world, role))
    assert browser.get(url("directive_issue", approved)).status_code == 403
    assert browser.post(url("directive_issue", approved), today()).status_code == 403
    assert Directive.objects.get(pk=approved.pk).state == State.APPROVED


def test_without_a_register_the_clerk_is_led_to_open_one(world, approved, signed_in):
    browser = signed_in(world.clerk)
    way = f"{reverse('register_open')}?for={approved.pk}"
    assert way in browser.get(url("directive_issue", approved)).content.decode()
    answer = browser.post(url("directive_issue", approved), today())
    assert answer.status_code == 422
    assert way in answer.content.decode()
    said = {"term": world.committee.terms.get().pk, "first_number": 36}
    answer = browser.post(way, said)
    assert answer.url == url("directive_issue", approved)
    assert browser.get(answer.url).context["symbol"] == "36-CT/TU"


@pytest.mark.parametrize(
    "issued_on", ["", "hôm nay", "2026-13-45", "1900-01-01", "9999-12-31", "2020-01-01"]
)
def test_a_bad_date_is_told_and_nothing_is_issued(world, approved, numbers, issued_on, signed_in):
    answer = signed_in(world.clerk).post(url("directive_issue", approved), {"issued_on": issued_on})
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert f'value="{issued_on}"' in answer.content.decode() or not issued_on
    numbers.refresh_from_db()
    assert numbers.last_number == 34


def test_what_is_not_approved_shows_where_it_stands(world, submitted, numbers, signed_in):
    browser = signed_in(world.clerk)
    assert browser.get(url("directive_issue", submitted)).status_code == 302
    answer = browser.post(url("directive_issue", submitted), today())
    assert answer.status_code == 422
    assert not Issue.objects.exists()


def test_the_file_is_served_as_it_was_stored(world, issued, signed_in, monkeypatch):
    monkeypatch.setattr("directives.rendering.papers.typeset", None)
    answer = signed_in(world.delegate).get(url("issue_download", issued))
    assert canonical.sha256(answer.content) == issued.issue.sha256
    assert answer["Content-Disposition"] == 'attachment; filename="35-CT-TU.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["ETag"] == f'"{issued.issue.sha256}"'


def test_an_unchanged_file_is_not_sent_twice(world, issued, signed_in):
    browser = signed_in(world.delegate)
    etag = {"If-None-Match": f'"{issued.issue.sha256}"'}
    answer = browser.get(url("issue_download", issued), headers=etag)
    assert answer.status_code == 304
    stranger = signed_in(factories.person(factories.CommitteeFactory(), Role.DELEGATE))
    assert stranger.get(url("issue_download", issued), headers=etag).status_code == 403


def test_a_file_costs_a_query_for_what_is_known_of_it_and_one_for_its_content(
    world, issued, signed_in, django_assert_num_queries
):
    """Beside session, person and roles; what the browser has is not read from the database."""
    etag = {"If-None-Match": f'"{issued.issue.sha256}"'}
    guest = factories.person(factories.CommitteeFactory(), Role.DELEGATE)
    Circulation.objects.create(draft=issued.issue.draft, person=guest)
    for person, more in ((world.clerk, 0), (world.delegate, 0), (guest, 1)):
        browser = signed_in(person)
        with django_assert_num_queries(5 + more):
            assert browser.get(url("issue_download", issued)).status_code == 200
        with django_assert_num_queries(4 + more):
            assert browser.get(url("issue_download", issued), headers=etag).status_code == 304


def test_nothing_is_downloaded_before_the_issue(world, approved, signed_in):
    assert signed_in(world.clerk).get(url("issue_download", approved)).status_code == 403
