"""Concurrent clerks are processes of their own, as they are with several servers."""

from datetime import timedelta

import pytest
from django.utils import timezone

from comments import consolidation, services
from directives import canonical, register, workflow
from directives.models import Directive, Issue, NumberRegister
from directives.refusals import Refused
from tests import factories
from tests.acts import at_once

CLERKS = 4
PAPERS = 12


def test_a_register_opens_once_with_the_number_that_follows_the_paper_one(world):
    term = world.committee.terms.get()
    numbers = register.open_register(actor=world.clerk, term=term, first_number=35)
    assert (numbers.first_number, numbers.last_number) == (35, 34)
    with pytest.raises(Refused) as refused:
        register.open_register(actor=world.clerk, term=term, first_number=1)
    assert refused.value.code == "open"


def test_a_register_does_not_start_below_one(world):
    with pytest.raises(Refused):
        register.open_register(actor=world.clerk, term=world.committee.terms.get(), first_number=0)
    assert not NumberRegister.objects.exists()


def test_numbers_are_as_old_as_they_are_high(world, issued):
    other = factories.directive(world.office, world.committee)
    numbers = NumberRegister.objects.get()
    with pytest.raises(Refused) as refused:
        register.take_number(
            numbers,
            actor=world.clerk,
            directive=other,
            issued_on=timezone.localdate() - timedelta(days=1),
        )
    assert refused.value.code == "date"


@pytest.fixture
def papers(transactional_db, world):
    """Approved directives, and an open register."""
    made = []
    for n in range(PAPERS):
        one = factories.directive(world.office, world.committee, subject=f"về việc số {n}")
        consultation = factories.consultation(world.office, one, world.delegates)
        services.close_round(consultation.pk, actor=world.office)
        draft = consolidation.consolidate(consultation.pk, actor=world.office)
        workflow.submit_for_approval(one.pk, actor=world.office)
        sha256 = canonical.content_hash(draft)
        workflow.approve(one.pk, actor=world.chair, sha256=sha256)
        made.append(one.pk)
    term = world.committee.terms.get()
    register.open_register(actor=world.clerk, term=term, first_number=1)
    return made


def test_concurrent_clerks_leave_no_gap_and_no_double(world, papers):
    shares = [papers[n::CLERKS] for n in range(CLERKS)]
    numbers = at_once(*(("issue", world.clerk, share) for share in shares))
    assert sorted(numbers) == list(range(1, PAPERS + 1))
    assert sorted(Issue.objects.values_list("number", flat=True)) == sorted(numbers)
    assert NumberRegister.objects.get().last_number == PAPERS


def test_many_clicks_on_one_directive_issue_it_once(world, papers):
    results = at_once(*[("issue", world.clerk, papers[:1])] * CLERKS)
    assert sorted(results, key=str) == [1] + ["issued"] * (CLERKS - 1)
    assert Directive.objects.get(pk=papers[0]).issue.number == 1
    assert NumberRegister.objects.get().last_number == 1
