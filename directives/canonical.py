"""The canonical content of a draft: what is hashed, frozen, approved and printed.

Canonical JSON: keys sorted, no spaces, UTF-8, NFC. Numbers of provisions are not part of it, for
they follow from kinds and order; nor is the draft's own number, so that the same text in two drafts
has the same hash.
"""

import hashlib
import json
from typing import Any

from directives.models import Draft

FORMAT = 1


def content(draft: Draft) -> dict[str, Any]:
    """What the draft says: header facts and provisions in order, as plain data."""
    return {
        **_facts_now(draft),
        "provisions": [
            {"key": str(p.key), "kind": p.kind, "headed": p.headed, "text": p.text}
            for p in draft.provisions.order_by("position", "pk")
        ],
    }


def facts(draft: Draft) -> dict[str, Any]:
    """The header facts: those it was frozen with, whatever became of the directive's since."""
    return dict(json.loads(draft.content)) if draft.content else _facts_now(draft)


def _facts_now(draft: Draft) -> dict[str, Any]:
    directive = draft.directive
    return {
        "format": FORMAT,
        "type": "chi-thi",
        "letterhead": directive.committee.letterhead,
        "place": directive.committee.place,
        "symbol": directive.committee.symbol,
        "secrecy": directive.secrecy,
        "urgency": directive.urgency,
        "signature": {
            "authority": directive.signing_authority,
            "title": directive.signer_title,
            "name": directive.signer_name,
        },
    }


def canonical_json(draft: Draft) -> str:
    return json.dumps(content(draft), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sha256(content: str | bytes) -> str:
    """The hash, in hexadecimal, of a text in UTF-8 or of a file."""
    raw = content.encode() if isinstance(content, str) else content
    return hashlib.sha256(raw).hexdigest()


def content_hash(draft: Draft) -> str:
    """SHA-256 of the canonical content: stored when frozen, computed while it can change."""
    return draft.sha256 or sha256(canonical_json(draft))
