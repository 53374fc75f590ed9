"""Two windows on one comment: what each of them holds, for its writer to choose from."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from comments.models import Category, Comment, ProposalKind, Status
from comments.said import Said, said_in


@dataclass(frozen=True)
class Difference:
    """One thing that the two windows say differently."""

    label: str
    here: str
    there: str


@dataclass(frozen=True)
class Overtaken:
    """What stands in the form and what another window saved meanwhile; `at`: of the provision."""

    at: str
    said: Said
    stored: Comment

    @property
    def differences(self) -> list[Difference]:
        here, there = _shown(self.said), _shown(said_in(self.stored))
        return [
            Difference(label, here[label], there[label])
            for label in here
            if here[label] != there[label]
        ]

    @property
    def key(self) -> str:
        return self.at or "whole"

    @property
    def can_replace(self) -> bool:
        """What was sent meanwhile stays as it was sent."""
        return self.stored.status == Status.DRAFT


def _shown(said: Said) -> dict[str, str]:
    proposal = f"{ProposalKind(said.proposal_kind).label}\n{said.proposed_text}"
    return {
        _("Comment"): said.body,
        _("Proposal"): proposal.strip(),
        _("Reason"): said.reason,
        _("What the comment is about"): str(Category(said.category).label),
        _("Quoted words"): said.quote,
    }
