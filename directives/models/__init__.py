"""A directive, its drafts and their provisions, and what was done with them.

A draft knows no comment and no meeting: those apps point here, nothing points back.
"""

from directives.models.records import (
    Approval,
    Event,
    FindingWaiver,
    Issue,
    IssueSources,
    StoredFile,
)
from directives.models.registers import NumberRegister, NumberStatus, RegisterEntry
from directives.models.relations import SUPERSEDING, Relation, RelationKind
from directives.models.search import SearchEntry
from directives.models.signatures import ShortAddress, SignedCopy, SignedHow
from directives.models.works import (
    KIND_LABELS,
    Circulation,
    Directive,
    Draft,
    Lineage,
    Provision,
    Secrecy,
    State,
    Urgency,
)

__all__ = [
    "KIND_LABELS",
    "SUPERSEDING",
    "Approval",
    "Circulation",
    "Directive",
    "Draft",
    "Event",
    "FindingWaiver",
    "Issue",
    "IssueSources",
    "Lineage",
    "NumberRegister",
    "NumberStatus",
    "Provision",
    "RegisterEntry",
    "Relation",
    "RelationKind",
    "SearchEntry",
    "Secrecy",
    "ShortAddress",
    "SignedCopy",
    "SignedHow",
    "State",
    "StoredFile",
    "Urgency",
]
