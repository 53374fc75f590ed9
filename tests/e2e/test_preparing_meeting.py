"""Preparing a meeting in a browser: its pages can be used by everybody, also by keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from meetings.models import Reply
from meetings.preparing import gathering, handouts, inviting
from tests import factories
from tests.e2e.conftest import DESKTOP, TABLET

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def meeting(world):
    """Two items, the first with a paper, and a guest; everybody has been invited."""
    office = {"actor": world.office}
    made = gathering.convene(
        committee=world.committee,
        session_number=42,
        place="Phòng họp số 1",
        starts_at=timezone.now() + timedelta(days=5),
        **office,
    )
    gathering.add_attendee(made.pk, person=factories.PersonFactory(), role="invited", **office)
    first = gathering.add_item(made.pk, title="Công tác cán bộ", **office)
    gathering.add_item(made.pk, title="Kinh tế quý I", **office)
    handouts.add_paper(first.pk, title="Tờ trình", name="a.pdf", content=factories.pdf(), **office)
    inviting.send_invitations(made.pk, **office)
    return made


@pytest.mark.parametrize("viewport", [DESKTOP, TABLET])
def test_the_pages_before_a_meeting_can_be_used_by_everybody(visit, world, meeting, viewport):
    office, item = visit("office", viewport), meeting.items.first()
    seat = meeting.attendees.get(person=world.delegate)
    for path in (
        "",
        "?pane=item",
        "change/",
        "cancel/",
        "invitations/",
        "invitations/send/",
        f"invitations/{seat.pk}/reply/",
        f"items/{item.pk}/plan/",
        f"items/{item.pk}/remove/",
        f"papers/{item.papers.get().pk}/remove/",
    ):
        office.page.goto(f"{office.base}/meetings/{meeting.pk}/{path}")
        office.look()
    office.page.goto(f"{office.base}/committees/{world.committee.pk}/members/")
    office.look()


def test_an_item_is_moved_by_keyboard(visit, meeting):
    office = visit("office")
    page = office.page
    page.goto(office.base + meeting.get_absolute_url())
    page.locator("#agenda").get_by_role("button", name="Chuyển lên: Kinh tế quý I").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".agenda-title").first).to_have_text("Kinh tế quý I")


def test_an_invited_member_answers_from_their_work(visit, world, meeting):
    delegate = visit("delegate", TABLET)
    page = delegate.page
    page.goto(delegate.base)
    page.get_by_role("link", name="Trả lời giấy mời").click()
    page.get_by_label("Vắng mặt").check()
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.locator("[data-error-summary]")).to_be_visible()
    page.get_by_label("Lý do").fill("Đi công tác")
    page.get_by_role("button", name="Gửi trả lời").click()
    expect(page.locator(".meeting-facts")).to_contain_text("Đi công tác")
    delegate.look()
    assert meeting.attendees.get(person=world.delegate).invitation.reply == Reply.ABSENT
