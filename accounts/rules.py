"""Administrators manage people, units, committees, terms, rules of meeting and roles in the admin,
nothing else.

What the admin may do with a model is a rule here, not a row that somebody could forget to grant.
"""

import rules

from accounts.models import Role, User

MANAGED = ("user", "unit", "committee", "term", "membership", "meetingrules", "rolegrant")


@rules.predicate
def is_administrator(person: User) -> bool:
    return person.holds(Role.ADMINISTRATOR)


for _model in MANAGED:
    for _act in ("view", "add", "change", "delete"):
        rules.add_perm(f"accounts.{_act}_{_model}", is_administrator)
rules.add_perm("accounts", is_administrator)
