"""From a round in the database to its papers: the reply table and the opinion forms."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from textwrap import shorten

from django.utils import timezone
from django.utils.translation import override

from comments import threads
from comments.consolidation import Piece, Workbench, answer_to, whole, workbench
from comments.exports import positions
from comments.exports.opinion_form import OpinionForm, compose_opinion_forms
from comments.exports.reply_table import ReplyRow, ReplyTable
from comments.models import Comment, Consultation, Delegate, Message, Position, ProposalKind
from directives.rendering.docx.tables import table_docx
from directives.rendering.papers import start_of
from directives.rendering.press import printed
from directives.rendering.tables import compose_table
from directives.rendering.typesetting import Manuscript
from directives.rendering.workbook import table_xlsx
from directives.text.kinds import Kind

WHOLE = "Toàn văn dự thảo"
# Of a question or an answer, in characters.
MOST_OF_A_MESSAGE = 300
ON_PAPER = {
    Position.NO_REPLY: positions.NO_REPLY,
    Position.AGREES: positions.AGREES,
    Position.AGREES_WITH_COMMENTS: positions.AGREES_WITH_COMMENTS,
    Position.DISAGREES: positions.DISAGREES,
}


def reply_table_paper(consultation: Consultation, *, exchange: bool = False) -> Manuscript:
    """The table as it stands now: an answer that was not given yet is an empty cell.

    With the `exchange`, what the office asked and the author answered stands under each comment.
    """
    table = reply_table(consultation, exchange=exchange).paper
    return compose_table(table, created=start_of(timezone.localdate()))


def reply_table_pdf(consultation: Consultation) -> bytes:
    return printed(reply_table_paper(consultation))


def reply_table_docx(consultation: Consultation, *, exchange: bool = False) -> bytes:
    table = reply_table(consultation, exchange=exchange).paper
    return table_docx(table, created=timezone.now())


def reply_table_xlsx(consultation: Consultation, *, exchange: bool = False) -> bytes:
    table = reply_table(consultation, exchange=exchange).paper
    return table_xlsx(table, created=timezone.now())


@dataclass
class Sent:
    """What one member has sent."""

    by_provision: list[tuple[str, str]] = field(default_factory=list)
    other: list[str] = field(default_factory=list)


def opinion_forms_paper(consultation: Consultation, delegates: Sequence[Delegate]) -> Manuscript:
    """A form for each delegate, by which they sign what they have sent until now."""
    with override("vi"):
        sent = _sent_by_author(workbench(consultation))
    subject = _subject(consultation)
    forms = [_opinion_form(consultation, subject, one, sent[one.person_id]) for one in delegates]
    return compose_opinion_forms(forms, created=start_of(timezone.localdate()))


def _sent_by_author(bench: Workbench) -> defaultdict[int, Sent]:
    found: defaultdict[int, Sent] = defaultdict(Sent)
    words = {comment.pk: said(comment) for comment in whole(bench.comments)}
    for piece in bench.pieces:
        for comment in piece.comments:
            found[comment.author_id].by_provision.append((_place(piece), words[comment.pk]))
    for comment in bench.general:
        found[comment.author_id].other.append(words[comment.pk])
    return found


def _opinion_form(
    consultation: Consultation, subject: str, delegate: Delegate, sent: Sent
) -> OpinionForm:
    committee = consultation.draft.directive.committee
    return OpinionForm(
        committee_name=committee.letterhead,
        place=committee.place,
        draft_number=consultation.draft.number,
        subject=subject,
        deadline=consultation.deadline,
        member=str(delegate.person),
        title=delegate.title,
        position=ON_PAPER[Position(delegate.position)],
        reason=delegate.reason,
        by_provision=tuple(sent.by_provision),
        other=tuple(sent.other),
    )


def _subject(consultation: Consultation) -> str:
    text: str = consultation.draft.provisions.get(kind=Kind.SUBJECT).text
    return text


def reply_table(consultation: Consultation, *, exchange: bool = False) -> ReplyTable:
    with override("vi"):
        bench = workbench(consultation)
        return _reply_table(consultation, bench, tuple(_rows(bench, exchange)))


def _reply_table(
    consultation: Consultation, bench: Workbench, rows: tuple[ReplyRow, ...]
) -> ReplyTable:
    delegates = consultation.delegates.select_related("person")
    by_position: dict[str, list[str]] = {position: [] for position in Position.values}
    for delegate in delegates:
        by_position[delegate.position].append(str(delegate.person))
    directive = consultation.draft.directive
    return ReplyTable(
        committee_name=directive.committee.letterhead,
        draft_number=consultation.draft.number,
        subject=_subject(consultation),
        consulted=len(delegates),
        comments=len(bench.comments),
        agreed_fully=tuple(by_position[Position.AGREES]),
        agreed_with_comments=tuple(by_position[Position.AGREES_WITH_COMMENTS]),
        disagreed=tuple(by_position[Position.DISAGREES]),
        no_reply=tuple(by_position[Position.NO_REPLY]),
        rows=rows,
    )


def _rows(bench: Workbench, exchange: bool) -> Iterator[ReplyRow]:
    comments = whole(bench.comments)
    if exchange:
        threads.load(comments)
    words = {one.pk: said_and_exchanged(one) if exchange else said(one) for one in comments}
    by_pk = {comment.pk: comment for comment in comments}
    for piece in bench.pieces:
        yield from _alike(_place(piece), [by_pk[gist.pk] for gist in piece.comments], words)
    yield from _alike(WHOLE, [by_pk[gist.pk] for gist in bench.general], words)


def _place(piece: Piece) -> str:
    return piece.citation[:1].upper() + piece.citation[1:]


def _alike(place: str, comments: Iterable[Comment], words: dict[int, str]) -> Iterator[ReplyRow]:
    """The same words with the same reply stand once, with all who said them."""
    authors = defaultdict(list)
    for comment in comments:
        author = f"{comment.author}\n{comment.author.position}".strip()
        authors[words[comment.pk], replied(comment)].append(author)
    for (content, reply), people in authors.items():
        yield ReplyRow(place, ";\n".join(people), content, reply)


def said(comment: Comment) -> str:
    """The comment in words: what is proposed, then why."""
    lines = [_proposal(comment), comment.body, comment.reason]
    return "\n".join(line for line in lines if line)


def said_and_exchanged(comment: Comment) -> str:
    """The comment, and below it what the office asked and the author answered, in short."""
    return "\n".join([said(comment), *(_in_short(comment, one) for one in comment.messages.all())])


def _in_short(comment: Comment, message: Message) -> str:
    who = "Đại biểu trả lời" if message.author_id == comment.author_id else "Văn phòng hỏi"
    return f"{who}: {shorten(message.text, MOST_OF_A_MESSAGE, placeholder=' …')}"


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
