"""What a person can do next with a directive: buttons by state and role, the first one foremost."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from directives import permissions
from directives.models import Directive, Draft, State


@dataclass(frozen=True)
class Act:
    label: str
    url: str
    icon: str


def next_acts(person: User, directive: Directive, latest: Draft | None) -> list[Act]:
    """`latest` is the newest draft the person may read."""
    acts: list[Act] = []
    if directive.state == State.ISSUED:
        return [_act(_("Download the issued paper"), "issue_download", "download", directive)]
    if permissions.is_chair(person, directive) and directive.state == State.SUBMITTED:
        acts.append(_act(_("Read and approve"), "directive_approve", "patch-check", directive))
    if permissions.is_clerk(person, directive) and directive.state == State.APPROVED:
        acts.append(_act(_("Issue"), "directive_issue", "send-check", directive))
    if permissions.is_office(person, directive) and latest is not None:
        acts += _of_the_office(directive, latest)
    if directive.state == State.CONSULTING and not acts:
        acts.append(_act(_("Give comments"), "directive_comments", "chat-left-text", directive))
    return acts


def _of_the_office(directive: Directive, latest: Draft) -> list[Act]:
    write = Act(
        _("Go on writing"), reverse("draft_edit", args=[directive.pk, latest.number]), "pencil"
    )
    circulate = _act(_("Circulate for comments"), "consultation_open", "send", directive)
    match directive.state:
        case State.DRAFTING:
            return [write, circulate]
        case State.CONSULTING:
            return [_act(_("See the comments"), "directive_comments", "chat-left-text", directive)]
        case State.CONSOLIDATING if not latest.is_working:
            return [_act(_("Consolidate"), "directive_consolidate", "sign-merge-right", directive)]
        case State.CONSOLIDATING:
            submit = _act(_("Submit for approval"), "directive_submit", "send-check", directive)
            return [submit, write, circulate]
    return []


def _act(label: str, url_name: str, icon: str, directive: Directive) -> Act:
    return Act(label, reverse(url_name, args=[directive.pk]), icon)
