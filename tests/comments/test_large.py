"""The sizes that the pages must hold: 300 provisions, 60 delegates, 1,000 comments, 60 on one."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, RoleGrant, User
from comments import consolidation, services
from comments.models import Comment, Delegate, Disposition, Outcome, ProposalKind, Status
from directives.drafting import NewProvision
from directives.text.kinds import Kind
from directives.text.merge import edits
from tests import factories

PROVISIONS, DELEGATES, COMMENTS = 300, 60, 1_000
QUERIES = 11
WORDS = [
    "cơ",
    "quan",
    "đơn",
    "vị",
    "phải",
    "trả",
    "lời",
    "bằng",
    "văn",
    "bản",
    "trong",
    "thời",
    "hạn",
    "bảy",
    "ngày",
    "làm",
    "việc",
]


def text_of(n: int) -> str:
    return " ".join(f"{word} {n + at}" for at, word in enumerate(WORDS * 2))


@pytest.fixture
def large(world):
    """A round of that size, every comment answered; rows are written at once to save time."""
    units = [NewProvision(Kind.CLAUSE, text_of(n)) for n in range(PROVISIONS)]
    directive = factories.directive(world.office, world.committee, units=units)
    consultation = factories.consultation(world.office, directive, world.delegates)
    people = User.objects.bulk_create(
        User(username=f"dai{n}", full_name=f"Đại Biểu {n}", rank=100 + n) for n in range(DELEGATES)
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(committee=world.committee, person=one, role=Role.DELEGATE) for one in people
    )
    Delegate.objects.bulk_create(
        Delegate(consultation=consultation, person=one, rank=one.rank) for one in people
    )
    clauses = list(consultation.draft.provisions.filter(kind=Kind.CLAUSE))
    comments = Comment.objects.bulk_create(
        _comment(consultation, people, clauses, n) for n in range(COMMENTS)
    )
    Disposition.objects.bulk_create(
        Disposition(comment=one, outcome=Outcome.ACCEPTED, decided_by=world.office)
        for one in comments
    )
    return consultation


def _comment(consultation, people, clauses, n: int) -> Comment:
    """The first sixty stand on one provision; the rest are spread over all."""
    clause = clauses[0] if n < DELEGATES else clauses[n % PROVISIONS]
    words = clause.text.split()
    words[2 * (n % len(WORDS))] += f"-{n % 3}"
    proposed = " ".join(words)
    author = people[n % DELEGATES]
    return Comment(
        consultation=consultation,
        author=author,
        recorded_by=author,
        number=n + 1,
        provision_key=clause.key,
        proposal_kind=ProposalKind.REPLACE,
        proposed_text=proposed,
        edits=[[edit.start, edit.end, edit.text] for edit in edits(clause.text, proposed)],
        status=Status.SUBMITTED,
        submitted_at=timezone.now(),
    )


def test_the_workbench_opens_in_few_queries(client, world, large, django_assert_num_queries):
    client.force_login(world.office)
    with django_assert_num_queries(QUERIES):
        response = client.get(reverse("workbench", args=[large.pk]))
    assert response.status_code == 200
    assert response.headers["Server-Timing"].startswith("engine;dur=")
    assert len(response.context["bench"].workbench.comments) == COMMENTS


def test_the_next_draft_is_made_of_a_thousand_comments(world, large):
    services.close_round(large.pk, actor=world.office)
    bench = consolidation.workbench(large)
    for piece, conflict in bench.open_conflicts:
        consolidation.settle(
            large.pk,
            actor=world.office,
            provision_key=piece.provision.key,
            conflict_key=conflict.key,
            text=conflict.alternatives[0].text,
        )
    draft = consolidation.consolidate(large.pk, actor=world.office)
    assert draft.provisions.filter(kind=Kind.CLAUSE).count() == PROVISIONS
