"""From a round in the database to its reply table on paper."""

from collections.abc import Iterator

from django.utils import timezone
from django.utils.translation import override

from comments.consolidation import Workbench, answer_to, workbench
from comments.exports.pdf import render_reply_table
from comments.exports.reply_table import ReplyRow, ReplyTable
from comments.models import Comment, Consultation, Position, ProposalKind

WHOLE = "Toàn văn dự thảo"


def reply_table_pdf(consultation: Consultation) -> bytes:
    """The table as it stands now: an answer that was not given yet is an empty cell."""
    with override("vi"):
        return render_reply_table(reply_table(consultation), created=timezone.now())


def reply_table(consultation: Consultation) -> ReplyTable:
    bench = workbench(consultation)
    delegates = consultation.delegates.select_related("person")
    by_position = {position: [] for position in Position.values}
    for delegate in delegates:
        by_position[delegate.position].append(str(delegate.person))
    directive = consultation.draft.directive
    return ReplyTable(
        committee_name=directive.committee.letterhead,
        draft_number=consultation.draft.number,
        subject=consultation.draft.provisions.get(kind="subject").text,
        consulted=len(delegates),
        comments=len(bench.comments),
        agreed_fully=tuple(by_position[Position.AGREES]),
        agreed_with_comments=tuple(by_position[Position.AGREES_WITH_COMMENTS]),
        disagreed=tuple(by_position[Position.DISAGREES]),
        no_reply=tuple(by_position[Position.NO_REPLY]),
        rows=tuple(_rows(bench)),
    )


def _rows(bench: Workbench) -> Iterator[ReplyRow]:
    for piece in bench.pieces:
        for comment in piece.comments:
            citation = piece.citation[:1].upper() + piece.citation[1:]
            yield _row(citation, comment)
    for comment in bench.general:
        yield _row(WHOLE, comment)


def _row(provision: str, comment: Comment) -> ReplyRow:
    author = f"{comment.author}\n{comment.author.position}".strip()
    return ReplyRow(provision, author, said(comment), replied(comment))


def said(comment: Comment) -> str:
    """The comment in words: what is proposed, then why."""
    lines = [_proposal(comment), comment.body, comment.reason]
    return "\n".join(line for line in lines if line)


def _proposal(comment: Comment) -> str:
    if comment.proposal_kind == ProposalKind.DELETE:
        return "Đề nghị bỏ."
    if comment.proposal_kind == ProposalKind.INSERT_AFTER:
        return f"Đề nghị bổ sung: “{comment.proposed_text}”"
    if comment.proposal_kind == ProposalKind.REPLACE:
        return f"Đề nghị sửa thành: “{comment.proposed_text}”"
    return ""


def replied(comment: Comment) -> str:
    answer = answer_to(comment)
    if answer is None:
        return ""
    words = [f"{answer.get_outcome_display()}.", answer.reply]
    return " ".join(word for word in words if word)
