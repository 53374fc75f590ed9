"""Proposals that differ little in their words, so that the office may answer them as one.

A number or a word of negation that differs is a difference in what is wanted, never in writing:
"05 ngày" and "07 ngày" are not alike, however few their letters. What is alike is only offered;
the office sees the difference and decides.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from rapidfuzz.distance import Indel

from comments.models import Comment, ProposalKind
from directives.text.tokens import words

ALIKE = 0.8
DECISIVE = frozenset({"không", "chưa", "chẳng", "cấm", "trừ", "bỏ"})


class Proposal(NamedTuple):
    """A comment with the syllables that its proposal brings in."""

    comment: Comment
    syllables: list[str]


def clusters(comments: Iterable[Comment]) -> dict[int, list[Comment]]:
    """For each first comment, by its id, the later ones whose proposals are nearly the same.

    Each is compared with the first ones before it: n·k comparisons of short lists for n comments
    and k different proposals.
    """
    found: dict[int, list[Comment]] = {}
    leaders: list[Proposal] = []
    for proposal in map(_proposal, comments):
        leader = next((one for one in leaders if _nearly_the_same(one, proposal)), None)
        if leader is None:
            leaders.append(proposal)
        else:
            found.setdefault(leader.comment.pk, []).append(proposal.comment)
    return found


def _proposal(comment: Comment) -> Proposal:
    new_words = (text for _start, _end, text in comment.edits)
    inserts = comment.proposal_kind == ProposalKind.INSERT_AFTER
    wanted = comment.proposed_text if inserts else " ".join(new_words)
    return Proposal(comment, [word.lower() for word in words(wanted)])


def _nearly_the_same(one: Proposal, other: Proposal) -> bool:
    """Whether both change the same words of a provision, and share four syllables in five.

    The share is the Indel similarity (0 to 1) of the syllables in their order.
    """
    kind = one.comment.proposal_kind
    if kind == ProposalKind.NONE or kind != other.comment.proposal_kind:
        return False
    if not _touch(one.comment.edits, other.comment.edits):
        return False
    if _decisive(one.syllables) != _decisive(other.syllables):
        return False
    return Indel.normalized_similarity(one.syllables, other.syllables) >= ALIKE


def _touch(edits: Sequence[Sequence[int]], others: Sequence[Sequence[int]]) -> bool:
    """Whether each edit of the one lies on an edit of the other, in order."""
    pairs = list(zip(edits, others, strict=False))
    return len(edits) == len(others) and all(a[0] <= b[1] and b[0] <= a[1] for a, b in pairs)


def _decisive(syllables: Iterable[str]) -> list[str]:
    return [one for one in syllables if one in DECISIVE or any(map(str.isdigit, one))]
