"""From the answers to the next draft: what is applied, what is in conflict, what it becomes."""

from comments.consolidation.deciding import answer, retract_answer, settle, unsettle
from comments.consolidation.gists import TAKEN, Gist
from comments.consolidation.making import consolidate, obstacles_to_approval
from comments.consolidation.reading import (
    Addition,
    Piece,
    Workbench,
    answer_to,
    submitted_comments,
    whole,
    workbench,
)

__all__ = [
    "TAKEN",
    "Addition",
    "Gist",
    "Piece",
    "Workbench",
    "answer",
    "answer_to",
    "consolidate",
    "obstacles_to_approval",
    "retract_answer",
    "settle",
    "submitted_comments",
    "unsettle",
    "whole",
    "workbench",
]
