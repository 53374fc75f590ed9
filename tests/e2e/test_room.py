"""The room of a meeting: two secretaries, a network that goes away, a session that ends."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from playwright.sync_api import expect

from comments.models import Comment
from directives.comparison import Numbered
from meetings.holding import rollcall, running, speaking
from meetings.models import Attendance, DoneAction, Remark, Speech
from tests.e2e.conftest import DESKTOP, TABLET
from tests.meetings.session import under_way

pytestmark = [pytest.mark.e2e, pytest.mark.django_db(transaction=True)]

# A pulse comes every four seconds; the machine may be busy.
ARRIVES = 20_000


@pytest.fixture
def held(world, directive):
    made = under_way(world, directive)
    # They came a while ago, so that what is done now is later.
    past = timezone.now() - timedelta(hours=1)
    Attendance.objects.update(arrived_at=past)
    made.meeting.opened_at = past
    made.meeting.save()
    made.drafted.opened_at = past
    made.drafted.save()
    return made


@pytest.fixture
def room(visit, held):
    def room(username: str, viewport=DESKTOP):
        secretary = visit(username, viewport)
        secretary.page.goto(f"{secretary.base}/meetings/{held.meeting.pk}/room/")
        return secretary

    return room


def seat(page, attendee):
    return page.locator(f"#seat-{attendee.pk}")


@pytest.mark.parametrize("viewport", [DESKTOP, TABLET])
def test_the_pages_of_the_room_can_be_used_by_everybody(room, visit, held, world, viewport):
    secretary = room("office", viewport)
    secretary.look()
    for path in ("screen", "chair", "room/open", "room/close"):
        secretary.page.goto(f"{secretary.base}/meetings/{held.meeting.pk}/{path}/")
        secretary.look()
    delegate = visit("delegate", viewport)
    delegate.page.goto(f"{delegate.base}/meetings/{held.meeting.pk}/speak/")
    delegate.look()


def test_what_one_secretary_does_the_other_sees_and_what_is_typed_stays(room, held, world):
    a, b = room("office"), room("office2")
    delegate = held.seat(world.delegate)
    typing = a.page.locator("#remark-text")
    typing.press_sequentially("Đang gõ dở")
    seat(b.page, delegate).locator(".seat-leave").click()
    expect(seat(a.page, delegate).locator(".seat-arrive")).to_be_visible(timeout=ARRIVES)
    expect(a.page.locator("#room-bar .room-count")).to_have_text("2/3")
    expect(typing).to_have_value("Đang gõ dở")
    expect(typing).to_be_focused()
    speaking.call_speaker(held.drafted.pk, held.seat(world.chair).pk, actor=world.office2)
    expect(a.page.locator("[data-speaks]")).to_contain_text(str(world.chair), timeout=ARRIVES)


def test_a_remark_is_written_down_by_one_key_against_who_speaks(room, held, world):
    secretary = room("office")
    page = secretary.page
    delegate = held.seat(world.delegate)
    speaking.call_speaker(held.drafted.pk, delegate.pk, actor=world.office2)
    expect(page.locator("#remark-attendee")).to_have_value(str(delegate.pk), timeout=ARRIVES)
    page.locator("#remark-provision").fill("1.a")
    page.locator("#remark-text").fill("Nhất trí, đề nghị năm ngày.")
    page.locator("#remark-text").press("Enter")
    said = page.locator("#room-remarks li")
    expect(said).to_contain_text("YK01", timeout=ARRIVES)
    expect(page.locator("#remark-text")).to_have_value("")
    comment = Comment.objects.get()
    assert comment.author == world.delegate
    secretary.look()


def test_three_acts_without_a_network_are_there_once_at_the_time_they_were_done(room, held, world):
    secretary = room("office")
    page, item = secretary.page, held.drafted
    first, second = (held.seat(person) for person in world.delegates)
    page.context.set_offline(True)
    seat(page, first).locator(".seat-leave").click()
    page.locator("#call-attendee").select_option(str(second.pk))
    page.locator(".call-form button[value=call]").click()
    page.locator("#remark-attendee").select_option(str(second.pk))
    page.locator("#remark-text").fill("Tôi nhất trí.")
    page.locator("#remark-text").press("Enter")
    expect(page.locator("#queue-badge [data-count]")).to_have_text("3", timeout=ARRIVES)
    expect(page.locator("#lost")).to_contain_text("Mất kết nối")
    expect(seat(page, first).locator(".seat-arrive")).to_be_visible()
    expect(page.locator("[data-speaks]")).to_contain_text(str(world.delegate2))
    assert not DoneAction.objects.exists()
    page.wait_for_timeout(3_000)
    back = timezone.now()
    page.context.set_offline(False)
    expect(page.locator("#queue-badge")).to_be_hidden(timeout=ARRIVES)
    expect(page.locator("#room-remarks li")).to_contain_text("Tôi nhất trí.", timeout=ARRIVES)

    assert DoneAction.objects.count() == 3
    left = Attendance.objects.get(attendee=first)
    speech, remark = Speech.objects.get(), Remark.objects.get()
    assert [speech.attendee, remark.attendee, remark.item] == [second, second, item]
    assert left.left_at < speech.called_at < remark.said_at < back - timedelta(seconds=2)


def test_the_next_item_is_opened_without_a_network_and_what_is_said_belongs_to_it(
    room, held, world
):
    secretary = room("office")
    page, delegate = secretary.page, held.seat(world.delegate)
    page.context.set_offline(True)
    expect(page.locator("#lost")).to_contain_text("Mất kết nối", timeout=ARRIVES)
    expect(page.locator(".matter-show button")).to_be_disabled()
    page.locator("#room-agenda form[data-away] button").click()
    expect(page.locator("#matter-title")).to_have_text(held.other.title)
    expect(page.locator("#matter-title")).to_be_focused()
    expect(page.locator(".matter-show")).to_be_hidden()
    expect(page.locator(".matter-line--current")).to_contain_text(held.other.title)
    page.locator("#remark-attendee").select_option(str(delegate.pk))
    page.locator("#remark-text").fill("Về việc khác, tôi nhất trí.")
    page.locator("#remark-text").press("Enter")
    page.locator("#room-matter form[data-away] button:visible").click()
    expect(page.locator("#queue-badge [data-count]")).to_have_text("3", timeout=ARRIVES)
    expect(page.locator("#remark")).to_be_hidden()
    assert not DoneAction.objects.exists()
    page.context.set_offline(False)
    expect(page.locator("#queue-badge")).to_be_hidden(timeout=ARRIVES)
    expect(page.locator("#room-agenda.is-sending")).to_have_count(0, timeout=ARRIVES)
    expect(page.locator("#room-agenda .matter-line--ended")).to_have_count(2, timeout=ARRIVES)
    expect(page.locator("#queue-refused")).to_be_empty()
    held.other.refresh_from_db()
    held.drafted.refresh_from_db()
    assert held.drafted.ended_at == held.other.opened_at < Remark.objects.get().said_at
    assert Remark.objects.get().item == held.other
    assert held.other.ended_at


def test_neither_a_reload_nor_an_ended_session_loses_what_waits(room, held, world):
    secretary = room("office")
    page = secretary.page
    delegate = held.seat(world.delegate)
    Session.objects.all().delete()
    seat(page, delegate).locator(".seat-leave").click()
    expect(page.locator("#lost a")).to_contain_text("đăng nhập lại", timeout=ARRIVES)
    expect(page.locator("#queue-badge [data-count]")).to_have_text("1")
    page.locator("#remark-text").fill("Chưa kịp lưu")
    page.reload()
    secretary.sign_in("office")
    page.goto(f"{secretary.base}/meetings/{held.meeting.pk}/room/")
    expect(seat(page, delegate).locator(".seat-arrive")).to_be_visible(timeout=ARRIVES)
    expect(page.locator("#remark-text")).to_have_value("Chưa kịp lưu")
    assert Attendance.objects.get(attendee=delegate).left_at


def test_what_waits_can_be_dropped(room, held, world):
    secretary = room("office")
    page = secretary.page
    page.context.set_offline(True)
    seat(page, held.seat(world.delegate)).locator(".seat-leave").click()
    badge = page.locator("#queue-badge")
    expect(badge.locator("[data-count]")).to_have_text("1", timeout=ARRIVES)
    badge.locator("summary").click()
    expect(badge).to_contain_text(f"Ra về: {world.delegate}")
    badge.locator("[data-drop]").click()
    expect(badge).to_be_hidden()
    page.context.set_offline(False)
    expect(page.locator("#lost p:visible")).to_have_count(0, timeout=ARRIVES)
    assert not DoneAction.objects.exists()


def test_what_is_refused_is_shown_with_the_reason_and_what_was_typed(room, held, world):
    secretary = room("office")
    page = secretary.page
    page.locator("#remark-provision").fill("9.z")
    page.locator("#remark-text").fill("Lời không được mất.")
    page.locator("#remark-text").press("Enter")
    refused = page.locator("#queue-refused")
    expect(refused).to_contain_text("Dự thảo không có điều khoản “9.z”.", timeout=ARRIVES)
    expect(refused).to_contain_text("Lời không được mất.")
    secretary.look()
    page.reload()
    expect(refused).to_contain_text("Lời không được mất.")
    refused.locator("[data-seen]").click()
    expect(refused).to_be_empty()


def test_a_tap_that_somebody_else_was_first_with_is_put_right(room, held, world):
    secretary = room("office")
    page, delegate = secretary.page, held.seat(world.delegate)
    rollcall.leave(delegate.pk, actor=world.office2)
    seat(page, delegate).locator(".seat-leave").click()
    expect(page.locator("#queue-refused")).to_contain_text("đã ra về", timeout=ARRIVES)
    expect(seat(page, delegate).locator(".seat-arrive")).to_be_visible(timeout=ARRIVES)


def test_the_screen_follows_the_room_and_is_calm_without_a_network(visit, held, world):
    screen = visit("office")
    page = screen.page
    page.goto(f"{screen.base}/meetings/{held.meeting.pk}/screen/")
    point = held.drafted.draft.provisions.get(text__contains="07 ngày")
    running.show_provision(held.meeting.pk, actor=world.office, key=point.key)
    expect(page.locator(".screen-text")).to_contain_text("07 ngày", timeout=ARRIVES)
    page.context.set_offline(True)
    expect(page.locator(".screen-lost")).to_contain_text("Đang chờ mạng", timeout=ARRIVES)
    expect(page.locator(".screen-text")).to_contain_text("07 ngày")
    page.context.set_offline(False)
    speaking.call_speaker(held.drafted.pk, held.seat(world.delegate).pk, actor=world.office)
    expect(page.locator(".screen-foot")).to_contain_text(str(world.delegate), timeout=ARRIVES)
    expect(page.locator(".screen-lost p:visible")).to_have_count(0)


def test_a_provision_longer_than_the_screen_is_scrolled_and_stays_where_it_was(
    visit, held, world, monkeypatch
):
    point = held.drafted.draft.provisions.get(text__contains="07 ngày")
    monkeypatch.setattr(Numbered, "text", " ".join([point.text] * 60))
    running.show_provision(held.meeting.pk, actor=world.office, key=point.key)
    screen = visit("office")
    page = screen.page
    page.goto(f"{screen.base}/meetings/{held.meeting.pk}/screen/")
    screen.look()
    shown = page.locator(".screen-provision")
    assert shown.evaluate("part => part.scrollHeight > part.clientHeight")
    shown.focus()
    shown.evaluate("part => part.scrollTo(0, 300)")
    speaking.call_speaker(held.drafted.pk, held.seat(world.delegate).pk, actor=world.office)
    expect(page.locator(".screen-foot")).to_contain_text(str(world.delegate), timeout=ARRIVES)
    assert shown.evaluate("part => part.scrollTop") > 200
    expect(shown).to_be_focused()
