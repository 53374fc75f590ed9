"""The fictional people of the demo, and the committee they work for."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.models import Committee, Membership, Role, RoleGrant, Term, Unit, User
from directives.text.normalise import fold

DATA = Path(__file__).parent
PASSWORD = "Chithi@2026"  # noqa: S105 - the demo's own, printed at its start

STAFF = (
    # user name, name, position, rank, roles
    ("chutri", "Hoàng Minh Trực", "Q. Bí thư Tỉnh ủy", 1, (Role.CHAIR, Role.DELEGATE)),
    (
        "vanphong",
        "Lâm Thị Quỳnh",
        "Phó Trưởng phòng Tổng hợp, Văn phòng Tỉnh ủy",
        60,
        (Role.OFFICE,),
    ),
    ("vanphong2", "Vũ Đình Khôi", "Chuyên viên Văn phòng Tỉnh ủy", 61, (Role.OFFICE,)),
    ("vanthu", "Mai Thị Ngọc", "Văn thư, Văn phòng Tỉnh ủy", 70, (Role.CLERK,)),
    ("quantri", "Phan Quốc Huy", "Quản trị hệ thống", 90, (Role.ADMINISTRATOR,)),
)


def read(name: str) -> Any:
    return json.loads((DATA / name).read_text(encoding="utf-8"))


@dataclass
class Cast:
    """Who plays what."""

    committee: Committee
    by_name: dict[str, User]

    def __getitem__(self, username: str) -> User:
        return next(p for p in self.by_name.values() if p.username == username)


def gather(meta: dict[str, Any]) -> Cast:
    """Create the committee with its term, the staff and the delegates with their roles."""
    committee = Committee.objects.create(
        name="Ban Thường vụ Tỉnh ủy Lâm Đồng",
        letterhead=meta["issuer_left"][0],
        place=meta["place"],
    )
    today = timezone.localdate()
    term = Term.objects.create(
        committee=committee, name="Nhiệm kỳ thứ XI", starts=date(today.year - 2, 1, 1)
    )
    unit = Unit.objects.create(name="Văn phòng Tỉnh ủy")
    people = [_person(committee, unit, *facts) for facts in STAFF]
    delegates = read("review_comments.json")["delegates"]
    people += [_delegate(committee, facts) for facts in delegates]
    voting = {facts["name"] for facts in delegates if facts["voting_member"]}
    for person in people:
        if person.full_name in voting or person.username == "chutri":
            Membership.objects.create(committee=committee, person=person, starts=term.starts)
    return Cast(committee, {person.full_name: person for person in people})


def _person(
    committee: Committee,
    unit: Unit | None,
    username: str,
    name: str,
    position: str,
    rank: int,
    roles: tuple[Role, ...],
) -> User:
    person = User(username=username, full_name=name, position=position, rank=rank, unit=unit)
    person.set_password(PASSWORD)
    person.save()
    RoleGrant.objects.bulk_create(
        RoleGrant(committee=committee, person=person, role=role) for role in roles
    )
    return person


def _delegate(committee: Committee, facts: dict[str, Any]) -> User:
    username = fold(facts["name"]).replace("'", "").replace(" ", ".")
    return _person(
        committee,
        None,
        username,
        facts["name"],
        facts["title"],
        facts["seniority"],
        (Role.DELEGATE,),
    )
