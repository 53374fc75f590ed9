"""What stands above every page about one directive: its title, its road, its tabs."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives import permissions, relations
from directives.models import Directive, State

STEPS = (
    (State.DRAFTING, _("Drafting")),
    (State.CONSULTING, _("Consulting")),
    (State.CONSOLIDATING, _("Consolidating")),
    (State.SUBMITTED, _("Submitted for approval")),
    (State.ISSUED, _("Issue")),
)


def frame(directive: Directive, person: User, tab: str) -> dict[str, Any]:
    """Context of a page about a directive: `directive`, `steps`, `tabs` (see components).

    `relations`: what it does to earlier directives and later ones did to it, where the page is of
    the directive itself.
    """
    related = getattr(directive, "is_related", False)
    return {
        "directive": directive,
        "relations": relations.lines(directive, person) if related else [],
        "steps": _steps(directive),
        "tabs": _tabs(directive, person, tab),
    }


def _steps(directive: Directive) -> list[dict[str, str]]:
    """Approved is the end of the fourth step; the fifth is to come."""
    order = [state for state, _label in STEPS]
    approved = directive.state == State.APPROVED
    now = order.index(State.ISSUED if approved else State(directive.state))
    finished = directive.state == State.ISSUED
    return [
        {"label": label, "state": _step_state(place, now, finished)}
        for place, (_state, label) in enumerate(STEPS)
    ]


def _step_state(place: int, now: int, finished: bool) -> str:
    if place < now or finished:
        return "done"
    return "current" if place == now else "todo"


def _tabs(directive: Directive, person: User, current: str) -> list[dict[str, Any]]:
    tabs = [
        ("text", _("Text"), "directive_view"),
        ("comments", _("Comments"), "directive_comments"),
        ("compare", _("Compare"), "draft_compare"),
    ]
    if permissions.is_staff(person, directive):
        tabs += [
            ("consolidate", _("Consolidation"), "directive_consolidate"),
            ("issue", _("Issue"), "directive_issuing"),
            ("events", _("Log"), "directive_events"),
        ]
    return [
        {"label": label, "url": reverse(name, args=[directive.pk]), "current": tab == current}
        for tab, label, name in tabs
    ]
