"""Papers made when they are asked for: typeset once, the long ones by a worker."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from directives import drafting
from directives.rendering import press, shelf, tables, typesetting
from directives.rendering.papers import draft_paper
from tests import factories


@pytest.fixture
def pressed(monkeypatch) -> list[str]:
    """The keys of the manuscripts that were typeset, in order."""
    keys: list[str] = []

    def typeset(manuscript):
        keys.append(manuscript.key)
        return b"%PDF of " + manuscript.key.encode()

    monkeypatch.setattr(press, "typeset", typeset)
    return keys


@pytest.fixture
def long(monkeypatch):
    """Every paper is a long one."""
    monkeypatch.setattr(typesetting, "LONG", 100)


@pytest.fixture
def queued(settings):
    """Tasks wait for a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def work_off() -> None:
    """What a worker does with the task; a worker itself would close the tests' connection."""
    for waiting in DBTaskResult.objects.all():
        waiting.task.call(*waiting.args_kwargs["args"], **waiting.args_kwargs["kwargs"])
        waiting.set_successful(None)


def address(directive, number: int = 1) -> str:
    return reverse("draft_pdf", args=[directive.pk, number])


def test_a_draft_is_typeset_for_the_first_reader_only(world, directive, signed_in, pressed):
    first = signed_in(world.office).get(address(directive))
    again = signed_in(world.chair).get(address(directive))
    assert first.content == again.content
    assert len(pressed) == 1


def test_the_browser_that_has_the_paper_is_not_sent_it_again(world, directive, signed_in, pressed):
    browser = signed_in(world.office)
    etag = browser.get(address(directive))["ETag"]
    answer = browser.get(address(directive), headers={"If-None-Match": etag})
    assert answer.status_code == 304


def test_an_edit_makes_another_paper(world, directive, signed_in, pressed):
    browser = signed_in(world.office)
    browser.get(address(directive))
    point = factories.provision(directive, "07 ngày")
    drafting.save_provision(point.pk, actor=world.office, version=1, text="Trả lời ngay.")
    browser.get(address(directive))
    assert len(set(pressed)) == 2


def test_a_day_has_one_paper_of_a_working_draft_and_a_frozen_one_has_one_for_good(
    world, directive, time_machine
):
    draft = directive.latest_draft
    time_machine.move_to("2026-11-24T01:00:00+00:00")
    morning = draft_paper(draft).key
    time_machine.shift(timedelta(hours=8))
    assert draft_paper(draft).key == morning
    time_machine.shift(timedelta(days=1))
    assert draft_paper(draft).key != morning
    factories.consultation(world.office, directive, world.delegates)
    draft.refresh_from_db()
    frozen = draft_paper(draft).key
    time_machine.shift(timedelta(days=1))
    assert draft_paper(draft).key == frozen


def test_a_new_stylesheet_makes_another_paper(directive, monkeypatch):
    paper = draft_paper(directive.latest_draft)
    before = paper.key
    monkeypatch.setattr(typesetting, "_press_marks", lambda _sheet: "other rules of layout")
    assert paper.key != before


def test_without_a_worker_a_long_paper_comes_at_once(world, directive, signed_in, pressed, long):
    answer = signed_in(world.office).get(address(directive))
    assert answer.content.startswith(b"%PDF")
    assert len(pressed) == 1


def test_a_long_paper_is_typeset_by_the_worker_while_the_reader_sees_how_far_it_is(
    world, directive, signed_in, pressed, long, queued
):
    browser = signed_in(world.office)
    waiting = browser.get(address(directive))
    assert waiting.status_code == 302
    page = browser.get(waiting.url)
    assert page.context["begun"] is False
    assert 'http-equiv="refresh"' in page.content.decode()
    fragment = browser.get(waiting.url, headers={"HX-Request": "true"})
    assert "<html" not in fragment.content.decode()
    assert not pressed
    work_off()
    assert len(pressed) == 1
    assert browser.get(waiting.url, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    ready = browser.get(waiting.url)
    assert ready["Refresh"] == f"0; url={address(directive)}?now=1"
    paper = browser.get(f"{address(directive)}?now=1")
    assert paper.content.startswith(b"%PDF")
    assert browser.get(address(directive)).status_code == 200
    assert len(pressed) == 1


def test_a_paper_in_the_press_shows_since_when(world, directive, signed_in, pressed, long, queued):
    browser = signed_in(world.office)
    waiting = browser.get(address(directive))
    since = timezone.now() - timedelta(seconds=7)
    DBTaskResult.objects.update(status="RUNNING", started_at=since)
    page = browser.get(waiting.url)
    assert page.context["begun"]
    assert page.context["seconds"] >= 7
    assert page.context["pages"] >= 1


def test_a_worker_that_does_not_come_holds_nobody_up(
    world, directive, signed_in, pressed, long, queued
):
    browser = signed_in(world.office)
    waiting = browser.get(address(directive))
    DBTaskResult.objects.update(enqueued_at=timezone.now() - timedelta(minutes=1))
    onward = browser.get(waiting.url).context["of"]
    assert browser.get(onward).content.startswith(b"%PDF")


def test_a_table_has_fewer_words_on_a_page(world, directive, signed_in, pressed, long, queued):
    browser = signed_in(world.office)
    waiting = browser.get(address(directive))
    task = DBTaskResult.objects.get()
    pages = []
    for sheet in ("directive.css", tables.STYLESHEET):
        task.args_kwargs["kwargs"] |= {"html": "x" * 27_000, "stylesheet": sheet}
        task.save()
        pages.append(browser.get(waiting.url).context["pages"])
    assert pages == [10, 18]


def said_after(browser, waiting, **waited) -> str:
    """The words of the page when the task has waited so long."""
    since = timezone.now() - timedelta(**waited)
    DBTaskResult.objects.filter(status="READY").update(enqueued_at=since)
    return browser.get(waiting.url, headers={"HX-Request": "true"}).content.decode()


def test_that_no_worker_runs_is_said_with_what_the_administrator_does_about_it(
    world, directive, signed_in, pressed, long, queued
):
    browser = signed_in(world.office)
    waiting = browser.get(address(directive))
    assert "make worker" not in said_after(browser, waiting, seconds=3)
    text = said_after(browser, waiting, seconds=8)
    assert "make worker" in text
    assert "12 giây" in text


@pytest.mark.parametrize(("begun", "is_said"), [({"minutes": 1}, False), ({"hours": 1}, True)])
def test_a_worker_busy_with_something_else_is_one_and_one_that_was_killed_is_none(
    world, directive, signed_in, pressed, long, queued, begun, is_said
):
    browser = signed_in(world.office)
    other = browser.get(f"{address(directive)}?other=1")
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now() - timedelta(**begun))
    waiting = browser.get(address(directive))
    assert other.url != waiting.url
    assert ("make worker" in said_after(browser, waiting, seconds=8)) is is_said


def test_a_paper_that_the_worker_kept_on_another_disk_is_made_here(
    world, directive, signed_in, pressed, long, queued, settings, tmp_path
):
    browser = signed_in(world.office)
    waiting = browser.get(address(directive))
    work_off()
    settings.PAPERS_DIR = tmp_path / "another machine"
    onward = browser.get(waiting.url).context["of"]
    assert browser.get(onward).content.startswith(b"%PDF")


def test_the_page_that_waits_leads_nowhere_else(world, signed_in):
    asked = {"task": "no-such-task", "of": "https://example.org/x.pdf"}
    page = signed_in(world.office).get(reverse("paper_progress"), asked)
    assert page["Refresh"] == f"0; url={reverse('home')}"


def test_who_may_not_read_the_draft_may_not_have_what_was_kept_of_it(
    world, directive, signed_in, pressed
):
    signed_in(world.office).get(address(directive))
    assert shelf.has(pressed[0])
    assert signed_in(world.delegate).get(address(directive)).status_code == 403
