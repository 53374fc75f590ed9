"""The search page: what it says to whom, its filters and its links."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, RoleGrant
from comments import services
from directives.drafting import NewProvision
from directives.search.words import folded
from directives.text.kinds import Kind
from tests import factories
from tests.test_access import ROLES, SECRETS, leaks, scene  # noqa: F401

# 4 for every page (session, person, roles, top bar), 2 for the rounds and drafts sent, the matches,
# the places, citations and texts of what is shown, its directives, and the choices of the form.
QUERIES = 17


def search(**said: object) -> str:
    return f"{reverse('search')}?{urlencode(said)}"


def words_of(page) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def count(page) -> int:
    found = page.context.get("found")
    return found.count if found else 0


def test_each_hit_says_where_it_stands_and_leads_there(world, consultation, signed_in):
    point = factories.provision(consultation.draft.directive, "07 ngày")
    comment = factories.comment(consultation, world.delegate, on=point, body="Thời hạn quá dài.")
    page = signed_in(world.office).get(search(q="thoi han"))
    text = page.content.decode()
    assert "<mark>thời hạn</mark> 07 ngày làm việc" in text
    assert "<mark>Thời hạn</mark> quá dài" in text
    assert "Điểm a khoản 1" in text
    assert f"{reverse('draft_view', args=[point.draft.directive_id, 1])}#p-{point.key}" in text
    bench = reverse("workbench", args=[consultation.pk])
    assert f"{bench}?at={point.key}#c-{comment.pk}" in text
    reading = reverse("consultation_read", args=[consultation.pk])
    own = signed_in(world.delegate).get(search(q="thoi han")).content.decode()
    assert f"{reading}?at={point.key}#c-{comment.pk}" in own


def test_without_words_the_page_says_what_may_be_typed(world, signed_in):
    browser = signed_in(world.office)
    assert "35-CT/TU" in words_of(browser.get(reverse("search")))
    assert "Cần ít nhất hai chữ cái" in words_of(browser.get(search(q="a")))


def test_where_nothing_is_found_it_says_what_to_try(world, directive, signed_in):
    page = signed_in(world.office).get(search(q="không có ở đâu"))
    assert "Không tìm thấy" in words_of(page)
    assert "bớt từ" in words_of(page)


def test_the_box_in_the_top_bar_leads_to_the_search(world, signed_in):
    text = signed_in(world.office).get(reverse("directive_list")).content.decode()
    assert f'action="{reverse("search")}"' in text
    assert 'id="top-search"' not in signed_in(world.office).get(search()).content.decode()


def test_filters_narrow_by_number_state_day_kind_and_draft(world, issued, signed_in):
    browser = signed_in(world.office)
    factories.directive(world.office, world.committee)
    today = timezone.localdate()
    assert count(browser.get(search(q="kỷ luật"))) == 4
    assert count(browser.get(search(q="kỷ luật", number=35))) == 2
    assert count(browser.get(search(q="kỷ luật", number=" 35 - ct/tu"))) == 2
    assert count(browser.get(search(q="kỷ luật", number=36))) == 0
    assert count(browser.get(search(q="kỷ luật", state="drafting"))) == 2
    assert count(browser.get(search(q="kỷ luật", since=today, until=today))) == 4
    assert count(browser.get(search(q="kỷ luật", since=today + timedelta(days=1)))) == 0
    assert count(browser.get(search(q="kỷ luật", until=today - timedelta(days=1)))) == 0
    assert count(browser.get(search(q="bảy ngày", kind="comments"))) == 1
    assert count(browser.get(search(q="bảy ngày", kind="texts"))) == 0
    assert count(browser.get(search(q="kỷ luật", drafts="on"))) == 6


@pytest.mark.parametrize(
    "said",
    [
        {"since": "hôm nay"},
        {"since": "2026-06-02", "until": "2026-06-01"},
        {"number": "35-KL/TW"},
        {"delegate": "9" * 20},
        {"directive": "9" * 20},
        {"q": "kỷ luật " * 30},
    ],
)
def test_what_makes_no_sense_is_pointed_out(world, directive, signed_in, said):
    page = signed_in(world.office).get(search(**{"q": "kỷ luật"} | said))
    assert "found" not in page.context
    (error,) = [error for errors in page.context["form"].errors.values() for error in errors]
    assert error in page.content.decode()


def test_filters_without_words_ask_for_words(world, directive, signed_in):
    assert "cả từ cần tìm" in words_of(signed_in(world.office).get(search(q="", number=35)))


def test_the_committee_can_be_chosen_by_who_belongs_to_several(world, directive, signed_in):
    assert "committee" not in signed_in(world.office).get(search()).context["form"].fields
    second = factories.CommitteeFactory()
    RoleGrant.objects.create(committee=second, person=world.office, role=Role.OFFICE)
    browser = signed_in(world.office)
    assert count(browser.get(search(q="kỷ luật", committee=world.committee.pk))) == 2
    assert count(browser.get(search(q="kỷ luật", committee=second.pk))) == 0


def test_a_delegate_is_offered_only_names_whose_comments_they_may_see(
    world, consultation, signed_in
):
    factories.comment(consultation, world.delegate, body="Cây chè.")
    factories.comment(consultation, world.delegate2, body="Cây chè.")
    offered = signed_in(world.delegate).get(search()).context["form"].fields["delegate"].queryset
    assert set(offered) == {world.delegate}
    browser = signed_in(world.delegate)
    assert browser.get(search(q="chè", delegate=world.delegate2.pk)).context["form"].errors
    staff = signed_in(world.chair).get(search(q="chè", delegate=world.delegate2.pk))
    assert count(staff) == 1


def test_all_hits_of_one_directive_stand_on_a_page_of_their_own(world, signed_in):
    units = [NewProvision(Kind.CLAUSE, f"Cây chè {n}.") for n in range(1, 60)]
    made = factories.directive(world.office, world.committee, units)
    browser = signed_in(world.office)
    text = browser.get(search(q="cay che")).content.decode()
    assert f"directive={made.pk}" in text
    page = browser.get(search(q="cay che", directive=made.pk))
    assert len(page.context["page"].object_list) == 50
    last = browser.get(search(q="cay che", directive=made.pk, page=2))
    assert last.context["page"].object_list[-1].where == "khoản 59"


def test_many_directives_are_leafed_through(world, signed_in):
    for _ in range(6):
        factories.directive(world.office, world.committee)
    browser = signed_in(world.office)
    assert len(browser.get(search(q="kỷ luật")).context["page"].object_list) == 5
    second = browser.get(search(q="kỷ luật", page=2))
    assert len(second.context["page"].object_list) == 1
    assert "Trang 2" in words_of(second)


def test_the_queries_do_not_grow_with_what_is_found(
    world, issued, signed_in, django_assert_num_queries
):
    browser = signed_in(world.office)
    for _ in range(4):
        made = factories.directive(world.office, world.committee)
        consultation = factories.consultation(world.office, made, world.delegates)
        factories.comment(consultation, world.delegate, body="Chỉ thị về kỷ luật.")
    with django_assert_num_queries(QUERIES):
        page = browser.get(search(q="chỉ thị"))
    assert len(page.context["page"].object_list) == 5


@pytest.mark.parametrize("role", [role for role in ROLES if role != "nobody"])
def test_nobody_finds_or_counts_what_they_may_not_see(scene, role):  # noqa: F811
    """Asked in capitals without tones, so that the page does not say the words back."""
    for word, may_meet in SECRETS.items():
        page = scene.ask(role, "GET", search(q=f'"{folded(word).upper()}"', drafts="on"))
        assert not leaks(page, role), (word, role)
        if role not in may_meet:
            assert count(page) == 0, (word, role)


def test_everybody_finds_what_they_may_see(scene):  # noqa: F811
    texts = ("cà phê", "chè búp", "hoa lan", "hồ tiêu", "sầu riêng", "mắc ca", "dâu tằm", "sao la")
    for word in (*texts, "phở bò", "cơm tấm"):
        for role in SECRETS[word]:
            assert count(scene.ask(role, "GET", search(q=folded(word)))) > 0, (word, role)


def test_a_round_that_shows_comments_shows_them_to_its_delegates(world, directive, signed_in):
    consultation = factories.consultation(
        world.office, directive, world.delegates, shows_others=True
    )
    factories.comment(consultation, world.delegate, body="Cây chè.")
    assert count(signed_in(world.delegate2).get(search(q="cây chè"))) == 1
    outsider = factories.person(world.committee, Role.DELEGATE, username="outsider")
    assert count(signed_in(outsider).get(search(q="cây chè"))) == 0
    services.close_round(consultation.pk, actor=world.office)
    assert count(signed_in(world.delegate2).get(search(q="cây chè"))) == 1
