"""Drafts and issued directives as Akoma Ntoso 3.0 (OASIS LegalDocML)."""

from directives.rendering.akn.document import current_akn, draft_akn, issued_akn
from directives.rendering.akn.elements import NAMESPACE

__all__ = ["NAMESPACE", "current_akn", "draft_akn", "issued_akn"]
