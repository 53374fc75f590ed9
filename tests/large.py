"""A round of the largest size that the pages must hold, in words that read like a directive."""

import random
from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from accounts.models import Committee, Role, RoleGrant, User
from comments.models import (
    Category,
    Comment,
    Consultation,
    Delegate,
    Disposition,
    Outcome,
    Position,
    ProposalKind,
    Status,
)
from directives.drafting import NewProvision
from directives.models import Provision
from directives.text.kinds import Kind
from directives.text.merge import edits
from tests import factories
from tests.benchmarks import vietnamese

PROVISIONS, DELEGATES, COMMENTS, ON_ONE = 300, 60, 1_000, 60
SECTIONS = 10
FAMILIES = ("Nguyễn Thị Phương", "Trần Quốc", "K'Brêu Hoàng", "Lê Đình", "Phạm Thị Hồng")
GIVEN = (
    "Anh",
    "Bình",
    "Châu",
    "Dũng",
    "Giang",
    "Hà",
    "Khánh",
    "Liên",
    "Minh",
    "Nga",
    "Phú",
)
POSITIONS = (Position.AGREES_WITH_COMMENTS, Position.AGREES, Position.NO_REPLY)


def large_round(
    office: User,
    committee: Committee,
    *,
    provisions: int = PROVISIONS,
    comments: int = COMMENTS,
    on_one: int = ON_ONE,
) -> Consultation:
    """An open round with DELEGATES delegates. The first `on_one` comments stand on `crowded()`, the
    others are spread over all provisions; two of three propose a wording, four of seven have an
    answer.

    Rows are written at once to save time.
    """
    chance = random.Random(provisions)
    units = [_unit(chance, n) for n in range(provisions)]
    directive = factories.directive(office, committee, units=units)
    people = _people(committee)
    consultation = factories.consultation(office, directive, people[:1])
    Delegate.objects.bulk_create(
        Delegate(consultation=consultation, person=one, rank=one.rank, position=POSITIONS[n % 3])
        for n, one in enumerate(people[1:])
    )
    places = _places(consultation)
    stands = [places[1] if n < on_one else places[n % len(places)] for n in range(comments)]
    said = Comment.objects.bulk_create(
        _comment(chance, consultation, people[n % DELEGATES], place, n)
        for n, place in enumerate(stands)
    )
    Disposition.objects.bulk_create(_answer(office, one) for one in said if one.number % 7 < 4)
    return consultation


def crowded(consultation: Consultation) -> Provision:
    """The provision that most comments stand on."""
    return _places(consultation)[1]


def _places(consultation: Consultation) -> Sequence[Provision]:
    body = consultation.draft.provisions.filter(kind__in=(Kind.PART, Kind.CLAUSE, Kind.POINT))
    return list(body.order_by("position"))


def _unit(chance: random.Random, n: int) -> NewProvision:
    """Parts with clauses, every clause with four points."""
    at = n % (PROVISIONS // SECTIONS)
    if at == 0:
        return NewProvision(Kind.PART, " ".join(vietnamese.words(chance, 9)).upper())
    kind = Kind.CLAUSE if at % 5 == 1 else Kind.POINT
    return NewProvision(kind, vietnamese.provision(chance))


def _people(committee: Committee) -> list[User]:
    people = User.objects.bulk_create(
        User(
            username=f"daibieu{committee.pk}-{n}",
            full_name=f"{FAMILIES[n % 5]} {GIVEN[n % 11]}",
            position="Ủy viên Ban Chấp hành Đảng bộ tỉnh",
            rank=100 + n,
        )
        for n in range(DELEGATES)
    )
    RoleGrant.objects.bulk_create(
        RoleGrant(committee=committee, person=one, role=Role.DELEGATE) for one in people
    )
    return people


def _comment(
    chance: random.Random, consultation: Consultation, author: User, place: Provision, n: int
) -> Comment:
    proposed = vietnamese.lightly_edited(chance, place.text) if n % 3 else ""
    return Comment(
        consultation=consultation,
        author=author,
        recorded_by=author,
        number=n + 1,
        provision_key=place.key,
        category=Category.values[n % 3],
        body=" ".join(["Đề nghị", *vietnamese.words(chance, 18)]) + ".",
        reason=" ".join(vietnamese.words(chance, 12)) if n % 4 == 0 else "",
        proposal_kind=ProposalKind.REPLACE if proposed else ProposalKind.NONE,
        proposed_text=proposed,
        edits=[[e.start, e.end, e.text] for e in edits(place.text, proposed)] if proposed else [],
        status=Status.SUBMITTED,
        submitted_at=timezone.now() - timedelta(hours=1),
    )


def _answer(office: User, comment: Comment) -> Disposition:
    if comment.number % 5 == 0:
        outcome, reply = Outcome.NOT_ACCEPTED, "Nội dung này đã có trong quy định của Trung ương."
    elif comment.proposal_kind:
        outcome, reply = Outcome.ACCEPTED, ""
    else:
        outcome, reply = Outcome.NOTED, "Xin ghi nhận ý kiến của đồng chí."
    return Disposition(comment=comment, outcome=outcome, reply=reply, decided_by=office)
