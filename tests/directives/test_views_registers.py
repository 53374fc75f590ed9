"""The pages of a number register."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, Term
from directives import register
from directives.models import NumberRegister, NumberStatus, RegisterEntry
from tests import factories


@pytest.fixture
def numbers(world) -> NumberRegister:
    return register.open_register(
        actor=world.clerk, term=world.committee.terms.get(), first_number=35
    )


def reserve(world, numbers, **facts) -> RegisterEntry:
    facts = {"paper": "Chỉ thị in ở nơi khác", "reason": "Chờ ký"} | facts
    return register.reserve(numbers.pk, actor=world.clerk, **facts)


def page_of(numbers: NumberRegister) -> str:
    return reverse("register_view", args=[numbers.pk])


def test_the_register_shows_every_number_in_order(world, issued, signed_in):
    numbers = NumberRegister.objects.get()
    kept, cancelled = reserve(world, numbers), reserve(world, numbers, paper="Chỉ thị khác")
    register.cancel(cancelled.pk, actor=world.clerk, reason="Không ban hành nữa")
    answer = signed_in(world.clerk).get(page_of(numbers))
    page = answer.content.decode()
    assert [entry.number for entry in answer.context["page"]] == [35, 36, 37]
    assert issued.subject in page
    assert reverse("issue_download", args=[issued.pk]) in page
    assert "Không ban hành nữa" in page
    assert "status--danger" in page
    assert "status--warning" in page
    assert answer.context["counts"] == {"issued": 1, "reserved": 1, "cancelled": 1}
    assert reverse("number_cancel", args=[kept.pk]) in page
    assert reverse("number_cancel", args=[cancelled.pk]) not in page


def test_a_register_asks_as_much_however_many_numbers_it_has(
    world, issued, signed_in, django_assert_num_queries
):
    numbers = NumberRegister.objects.get()
    for n in range(10):
        reserve(world, numbers, paper=f"Văn bản {n}")
    reserve(world, numbers, paper="", directive=factories.directive(world.office, world.committee))
    browser = signed_in(world.clerk)
    browser.get(page_of(numbers))
    with django_assert_num_queries(10):
        page = browser.get(page_of(numbers))
    assert len(page.context["page"].object_list) == 12


def test_the_office_reads_the_register_and_does_not_keep_it(world, numbers, signed_in):
    entry = reserve(world, numbers)
    page = signed_in(world.office).get(page_of(numbers)).content.decode()
    assert "36" not in page
    assert "35-CT/TU" in page
    assert reverse("number_cancel", args=[entry.pk]) not in page
    assert reverse("number_reserve", args=[numbers.pk]) not in page


def test_numbers_are_shown_by_what_became_of_them_and_by_year(world, issued, signed_in):
    numbers = NumberRegister.objects.get()
    reserve(world, numbers)
    browser = signed_in(world.clerk)

    def shown(**wanted):
        return [entry.number for entry in browser.get(page_of(numbers), wanted).context["page"]]

    year = timezone.localdate().year
    assert shown(status=NumberStatus.ISSUED) == [35]
    assert shown(status=NumberStatus.RESERVED) == [36]
    assert shown(status=NumberStatus.CANCELLED) == []
    assert shown(year=year) == [35, 36]
    assert shown(year=year - 1) == [35, 36]  # not a year of this register: everything
    assert shown(status="lost", page="x") == [35, 36]


def test_a_long_register_opens_where_the_newest_numbers_stand(
    world, numbers, signed_in, monkeypatch
):
    monkeypatch.setattr("directives.views.registers.PER_PAGE", 2)
    for n in range(5):
        reserve(world, numbers, paper=f"Văn bản {n}")
    browser = signed_in(world.clerk)
    assert [entry.number for entry in browser.get(page_of(numbers)).context["page"]] == [39]
    first = browser.get(page_of(numbers), {"page": 1}).context["page"]
    assert [entry.number for entry in first] == [35, 36]
    assert len(browser.get(page_of(numbers), {"all": ""}).context["page"].object_list) == 5


def test_the_way_to_the_register_leads_to_the_newest(world, numbers, signed_in):
    answer = signed_in(world.clerk).get(reverse("register_list"))
    assert answer.url == page_of(numbers)


@pytest.mark.parametrize("role", ["delegate", "chair", "administrator"])
def test_the_register_is_for_clerks_and_the_office(world, issued, role, signed_in):
    browser = signed_in(getattr(world, role))
    page = browser.get(page_of(NumberRegister.objects.get()))
    assert page.status_code == 403
    assert issued.subject not in page.content.decode()
    assert browser.get(reverse("register_list")).status_code == 403
    assert browser.get(reverse("register_open")).status_code == 403


def test_the_register_of_others_is_not_shown(world, issued, signed_in):
    stranger = factories.person(factories.CommitteeFactory(), Role.CLERK)
    browser = signed_in(stranger)
    assert browser.get(page_of(NumberRegister.objects.get())).status_code == 403
    assert browser.get(reverse("register_list")).status_code == 200


def test_without_a_register_the_page_says_how_to_begin(world, signed_in):
    page = signed_in(world.clerk).get(reverse("register_list")).content.decode()
    assert "empty-state" in page
    assert reverse("register_open") in page


def test_an_empty_register_says_what_fills_it(world, numbers, signed_in):
    page = signed_in(world.clerk).get(page_of(numbers)).content.decode()
    assert "empty-state" in page
    assert "35" in page


@pytest.mark.parametrize("first_number", ["", "0", "-3", "x", "100000"])
def test_a_register_opens_only_with_a_number(world, first_number, signed_in):
    said = {"term": world.committee.terms.get().pk, "first_number": first_number}
    answer = signed_in(world.clerk).post(reverse("register_open"), said)
    assert answer.status_code == 422
    assert answer.context["form"].errors["first_number"]
    assert not NumberRegister.objects.exists()


def test_only_terms_of_the_own_committee_without_a_register_are_offered(world, numbers, signed_in):
    other = factories.CommitteeFactory()
    next_term = Term.objects.create(
        committee=world.committee, name="Nhiệm kỳ XII", starts=timezone.localdate()
    )
    browser = signed_in(world.clerk)
    page = browser.get(reverse("register_open"))
    assert list(page.context["form"].fields["term"].queryset) == [next_term]
    said = {"term": other.terms.get().pk, "first_number": 1}
    assert browser.post(reverse("register_open"), said).status_code == 422


def test_the_clerk_keeps_a_number_for_a_directive_and_issues_under_it(
    world, numbers, approved, signed_in
):
    browser = signed_in(world.clerk)
    tab = reverse("directive_issuing", args=[approved.pk])
    way = f"{reverse('number_reserve', args=[numbers.pk])}?for={approved.pk}"
    assert way in browser.get(tab).content.decode()
    page = browser.get(way)
    assert page.context["next"] == "35-CT/TU"
    assert f'<option value="{approved.pk}" selected>' in page.content.decode()
    said = {"directive": approved.pk, "reason": "Chờ Bí thư ký"}
    assert browser.post(way, said).url == tab
    reserve(world, numbers)
    assert "Chờ Bí thư ký" in browser.get(tab).content.decode()
    question = browser.get(reverse("directive_issue", args=[approved.pk]))
    assert question.context["symbol"] == "35-CT/TU"
    assert "Chờ Bí thư ký" in question.content.decode()
    today = {"issued_on": timezone.localdate().isoformat()}
    browser.post(reverse("directive_issue", args=[approved.pk]), today)
    approved.refresh_from_db()
    assert approved.issue.symbol == "35-CT/TU"


def test_the_clerk_keeps_a_number_for_a_paper_outside(world, numbers, signed_in):
    browser = signed_in(world.clerk)
    said = {"paper": "Chỉ thị in ở nơi khác", "reason": "Văn bản mật"}
    answer = browser.post(reverse("number_reserve", args=[numbers.pk]), said)
    assert answer.url == page_of(numbers)
    entry = RegisterEntry.objects.get()
    assert (entry.paper, entry.directive) == ("Chỉ thị in ở nơi khác", None)
    record = reverse("number_record", args=[entry.pk])
    assert record in browser.get(answer.url).content.decode()
    tomorrow = timezone.localdate() + timedelta(days=1)
    assert browser.post(record, {"issued_on": tomorrow.isoformat()}).status_code == 422
    answer = browser.post(record, {"issued_on": timezone.localdate().isoformat()})
    assert answer.url == page_of(numbers)
    entry.refresh_from_db()
    assert entry.status == NumberStatus.ISSUED


@pytest.mark.parametrize(
    "said",
    [
        {"paper": "Văn bản giấy", "reason": ""},
        {"paper": "", "reason": "Chờ ký"},
        {"paper": "x" * 501, "reason": "Chờ ký"},
        {"directive": "0", "reason": "Chờ ký"},
    ],
    ids=str,
)
def test_what_is_missing_is_told_and_no_number_is_taken(world, numbers, said, signed_in):
    answer = signed_in(world.clerk).post(reverse("number_reserve", args=[numbers.pk]), said)
    assert answer.status_code == 422
    assert answer.context["form"].errors
    assert not RegisterEntry.objects.exists()


def test_a_numbered_directive_and_those_of_others_are_not_offered(
    world, numbers, issued_elsewhere, directive, signed_in
):
    browser = signed_in(world.clerk)
    page = browser.get(reverse("number_reserve", args=[numbers.pk]))
    assert list(page.context["form"].fields["directive"].queryset) == [directive]
    reserve(world, numbers, paper="", directive=directive)
    page = browser.get(reverse("number_reserve", args=[numbers.pk]))
    assert not page.context["form"].fields["directive"].queryset.exists()


@pytest.fixture
def issued_elsewhere(db):
    other = factories.CommitteeFactory()
    return factories.directive(factories.person(other, Role.OFFICE), other)


def test_the_clerk_cancels_a_number_after_a_question_and_with_a_reason(world, numbers, signed_in):
    entry = reserve(world, numbers)
    browser = signed_in(world.clerk)
    cancel = reverse("number_cancel", args=[entry.pk])
    assert "35-CT/TU" in browser.get(cancel).content.decode()
    assert browser.post(cancel, {"reason": "  "}).status_code == 422
    assert browser.post(cancel, {"reason": "Không in nữa"}).url == page_of(numbers)
    entry.refresh_from_db()
    assert entry.status == NumberStatus.CANCELLED
    again = browser.post(cancel, {"reason": "Lần nữa"})
    assert again.status_code == 422
    assert "Lần nữa" in again.content.decode()


def test_the_number_of_an_issued_directive_cannot_be_cancelled(world, issued, signed_in):
    entry = RegisterEntry.objects.get()
    answer = signed_in(world.clerk).post(
        reverse("number_cancel", args=[entry.pk]), {"reason": "Nhầm"}
    )
    assert answer.status_code == 422
    entry.refresh_from_db()
    assert entry.status == NumberStatus.ISSUED


def test_what_can_no_longer_be_done_is_said_before_anything_is_typed(world, issued, signed_in):
    numbers = NumberRegister.objects.get()
    cancelled = reserve(world, numbers)
    register.cancel(cancelled.pk, actor=world.clerk, reason="Không ban hành nữa")
    waiting = factories.directive(world.office, world.committee)
    reserved = reserve(world, numbers, paper="", directive=waiting)
    given = numbers.entries.get(number=35)
    browser = signed_in(world.clerk)

    def led_back(name: str, pk: int) -> str:
        answer = browser.get(reverse(name, args=[pk]), follow=True)
        assert answer.redirect_chain == [(page_of(numbers), 302)]
        return answer.content.decode()

    assert "35-CT/TU đã cấp" in led_back("number_cancel", given.pk)
    assert "35-CT/TU đã cấp" in led_back("number_record", given.pk)
    assert "36-CT/TU đã được hủy" in led_back("number_cancel", cancelled.pk)
    assert "36-CT/TU đã được hủy" in led_back("number_record", cancelled.pk)
    assert "chỉ thị" in led_back("number_record", reserved.pk)
    assert browser.get(reverse("number_cancel", args=[reserved.pk])).status_code == 200


def test_a_register_of_a_past_term_offers_no_number(world, numbers, signed_in):
    reserving = reverse("number_reserve", args=[numbers.pk])
    browser = signed_in(world.clerk)
    assert reserving in browser.get(page_of(numbers)).content.decode()
    yesterday = timezone.localdate() - timedelta(days=1)
    Term.objects.filter(committee=world.committee).update(ends=yesterday)
    assert reserving not in browser.get(page_of(numbers)).content.decode()
    answer = browser.get(reserving, follow=True)
    assert answer.redirect_chain == [(page_of(numbers), 302)]
    assert "không thuộc nhiệm kỳ" in answer.content.decode()


def test_each_register_is_called_by_what_it_numbers(world, numbers, signed_in):
    notices = register.open_register(
        actor=world.clerk, term=numbers.term, first_number=1, document_type="TB"
    )
    page = signed_in(world.clerk).get(page_of(notices)).content.decode()
    assert f"<title>Sổ đăng ký thông báo · {notices.term}" in page
    assert f"<h1>Sổ đăng ký thông báo · {notices.term}</h1>" in page
    assert f"Sổ đăng ký chỉ thị · {numbers.term}" in page
