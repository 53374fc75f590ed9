"""What the workbench asks of every comment of a round: where it stands, and what was taken of it.

A thousand comments are counted and merged where sixty are shown. To read these few columns takes a
quarter of the time that whole comments with their answers and people take.
"""

import uuid
from typing import NamedTuple

from django.db.models import Q
from django.db.models.functions import Coalesce

from comments.models import Consultation, Outcome, ProposalKind, Status, label_of
from directives.text.merge import Edit

TAKEN = (Outcome.ACCEPTED, Outcome.ACCEPTED_IN_PART)
PLACE = Coalesce("provision_key", "placing__provision_key")
_Stored = list[tuple[int, int, str]]


class Gist(NamedTuple):
    """A submitted comment in short; `outcome` and the office's words are None without an answer."""

    pk: int
    author_id: int
    number: int
    place: uuid.UUID | None
    category: str
    proposal_kind: str
    proposed_text: str
    edits: _Stored
    outcome: str | None
    office_text: str | None
    office_edits: _Stored | None

    @property
    def label(self) -> str:
        return label_of(self.number)

    @property
    def is_answered(self) -> bool:
        return self.outcome is not None

    @property
    def is_taken(self) -> bool:
        return self.outcome in TAKEN

    @property
    def adds(self) -> bool:
        """Whether a new provision of its words is to stand behind its own."""
        return self.is_taken and self.proposal_kind == ProposalKind.INSERT_AFTER

    @property
    def wording(self) -> str:
        return self.office_text or self.proposed_text

    @property
    def edits_taken(self) -> list[Edit]:
        """What of it goes into the text: the office's wording where it wrote one."""
        if not self.is_taken or self.proposal_kind == ProposalKind.INSERT_AFTER:
            return []
        if self.office_text:
            return [Edit(*stored) for stored in self.office_edits or ()]
        if self.outcome == Outcome.ACCEPTED_IN_PART:
            return []
        return [Edit(*stored) for stored in self.edits]


COLUMNS = (
    "pk",
    "author_id",
    "number",
    PLACE,
    "category",
    "proposal_kind",
    "proposed_text",
    "edits",
    "disposition__outcome",
    "disposition__office_text",
    "disposition__edits",
)


def gists_of(consultation: Consultation, *which: Q) -> list[Gist]:
    """By number, in one query."""
    comments = consultation.comments.filter(*which, status=Status.SUBMITTED)
    return [Gist(*row) for row in comments.order_by("number").values_list(*COLUMNS)]
