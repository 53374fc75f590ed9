"""Votes at the table: by touch on a tablet, openly and in secret, and without a script."""

import re

import pytest
from django.utils.translation import gettext
from playwright.sync_api import expect

from meetings.deciding import voting
from meetings.models import Ballot, Choice
from tests import sitting
from tests.e2e.conftest import TABLET

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def item(world):
    item = sitting.under_way(world)
    sitting.arrive(item)
    return item


def test_a_member_votes_with_a_finger_and_the_secretary_closes(visit, world, item):
    ballot = voting.open_ballot(item.pk, actor=world.office, question="Thông qua quy hoạch")
    member = visit("delegate", TABLET, has_touch=True)
    member.tap("Vote")
    page = member.page
    expect(page.locator("button.answer")).to_have_count(4)
    member.look()
    member.tap("Does not agree", within=".answers")
    page.locator("#reserved").fill("Chưa đủ căn cứ.")
    member.look()
    member.tap("Yes, this is my vote")
    member.reads(gettext("%(n)s of %(all)s have voted") % {"n": 1, "all": 3})
    member.look()
    office = visit("office")
    office.page.goto(office.base + ballot.get_absolute_url())
    office.press("All others present agree")
    office.press("Close and count")
    office.press("Close and count", within="form")
    office.reads(gettext("Carried: %(n)s of %(all)s agree") % {"n": 2, "all": 3})
    voter = ballot.voters.get(attendee__person=world.delegate)
    assert (voter.choice, voter.reserved_opinion) == (Choice.DISAGREES, "Chưa đủ căn cứ.")


def test_the_code_of_a_secret_vote_finds_its_paper_after_the_closing(visit, world, item):
    ballot = voting.open_ballot(item.pk, actor=world.office, question="Nhân sự", secret=True)
    member = visit("delegate", TABLET, has_touch=True)
    office = visit("office")
    office.page.goto(office.base + ballot.get_absolute_url())
    page = member.page
    page.goto(f"{member.base}{ballot.get_absolute_url()}vote/")
    member.tap("Does not vote", within=".answers")
    expect(page.locator(".answer-chosen")).to_have_text(gettext("Does not vote"))
    member.tap("Yes, this is my vote")
    expect(page.locator(".receipt")).to_have_text(re.compile(r"^\w{4}-\w{4}$"))
    receipt = page.locator(".receipt").inner_text()
    follows = gettext("%(n)s of %(all)s have voted") % {"n": 1, "all": 3}
    expect(office.page.locator("main")).to_contain_text(follows, timeout=30_000)
    expect(office.page.locator("main")).not_to_contain_text(receipt)
    member.look()
    member.tap("I have kept the code")
    expect(page.locator("body")).not_to_contain_text(receipt)
    voting.close_ballot(ballot.pk, actor=world.office)
    page.reload()
    member.press("Check and recount the papers")
    paper = page.locator(".papers li", has_text=receipt)
    expect(paper).to_contain_text(gettext("Does not vote"))


def test_the_secretary_taps_through_the_list_and_votes_are_cast_without_a_script(
    visit, world, item
):
    ballot = voting.open_ballot(item.pk, actor=world.office, question="Thông qua quy hoạch")
    clerk = visit("clerk", TABLET, has_touch=True)
    page = clerk.page
    page.goto(clerk.base + ballot.get_absolute_url())
    row = page.locator(f"#v-{ballot.voters.get(attendee__person=world.delegate).pk}")
    row.locator("button", has_text=gettext("Does not vote")).tap()
    expect(row.locator('[aria-pressed="true"]')).to_have_text(gettext("Does not vote"))
    clerk.look()
    plain = visit("delegate2", TABLET, java_script_enabled=False)
    plain.page.goto(f"{plain.base}{ballot.get_absolute_url()}vote/")
    plain.page.locator("button.answer").first.click()
    plain.page.locator(".answers-sure button").click()
    plain.reads(gettext("%(n)s of %(all)s have voted") % {"n": 2, "all": 3})
    choices = Ballot.objects.get().voters.exclude(choice="").values_list("choice", flat=True)
    assert sorted(choices) == ["abstains", "agrees"]
