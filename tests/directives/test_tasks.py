"""What waits for whom among the directives."""

import pytest
from django.urls import reverse

from directives import workflow
from directives.tasks import directive_tasks
from tests import factories


def waiting(person) -> list[str]:
    return [task.url for task in directive_tasks(person) if task.waits_for_me and not task.done]


def followed(person) -> list[str]:
    return [task.url for task in directive_tasks(person) if not task.waits_for_me]


def url(name: str, directive, *more) -> str:
    return reverse(name, args=[directive.pk, *more])


def test_a_working_draft_waits_for_the_office(world, directive):
    assert waiting(world.office) == [url("draft_edit", directive, 1)]
    assert waiting(world.chair) == waiting(world.clerk) == []


def test_a_directive_with_the_delegates_waits_for_nobody_here(world, consultation):
    assert waiting(world.office) == []


def test_a_consolidated_draft_waits_to_be_submitted(world, consolidated):
    assert waiting(world.office) == [url("directive_submit", consolidated)]


def test_a_submitted_draft_waits_for_the_chair_and_the_office_follows(world, submitted):
    assert waiting(world.chair) == [url("directive_approve", submitted)]
    assert waiting(world.office) == []
    assert followed(world.office) == [url("directive_issuing", submitted)]


def test_a_returned_draft_waits_for_the_office_with_the_reason(world, submitted):
    workflow.return_to_office(submitted.pk, actor=world.chair, reason="Bổ sung căn cứ.")
    (task,) = directive_tasks(world.office)
    assert "Bổ sung căn cứ." in task.note
    assert waiting(world.chair) == []


def test_an_approved_draft_waits_for_the_clerk(world, approved):
    assert waiting(world.clerk) == [url("directive_issue", approved)]
    assert waiting(world.chair) == []


def test_an_issued_directive_is_done_for_all_who_worked_on_it(world, issued):
    for person in (world.office, world.chair, world.clerk):
        (task,) = directive_tasks(person)
        assert task.done
        assert "35-CT/TU" in task.note


@pytest.mark.parametrize("role", ["delegate", "administrator"])
def test_others_have_no_such_tasks(world, directive, submitted, role):
    assert list(directive_tasks(getattr(world, role))) == []


def test_many_directives_ask_as_much_as_one(world, directive, django_assert_num_queries):
    with django_assert_num_queries(2):
        list(directive_tasks(world.office))
    for number in range(10):
        factories.directive(world.office, world.committee, subject=f"về việc {number}")
    with django_assert_num_queries(2):
        assert len(waiting(world.office)) == 11
