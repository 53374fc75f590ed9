"""How comments and what came of them look in a text: `{% load commented %}`."""

from collections.abc import Iterable, Iterator

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.templatetags.interface import icon
from comments.consolidation import Piece
from comments.models import Comment, Outcome, ProposalKind, Status
from comments.views.bench import GENERAL, Bench, Card
from comments.views.bench import versioned as as_versioned
from comments.views.sheet import Row
from comments.views.thread import Thread
from directives.templatetags.redlines import redline, redline_between
from directives.text.diff import Op, diff
from directives.text.merge import Merge, Span

register = template.Library()

WORDS_AROUND = 5
RAIL_WORDS = 7
LONG_NOTE = 360  # letters
FEW_LINES = 4

STATUS_TONES = {Status.DRAFT: "mine", Status.SUBMITTED: "info", Status.WITHDRAWN: "neutral"}
OUTCOME_TONES = {
    Outcome.ACCEPTED: "success",
    Outcome.ACCEPTED_IN_PART: "success",
    Outcome.NOT_ACCEPTED: "danger",
    Outcome.NOTED: "neutral",
}

# Of a provision in the rail: a sign where a class has none of its own, and the word beside it.
RAIL_STATES = {
    "conflict": ("exclamation-triangle-fill", gettext_lazy("conflict")),
    "waiting": ("", gettext_lazy("waiting")),
    "done": ("check-lg", gettext_lazy("done")),
}


@register.filter
def status_tone(comment: Comment) -> str:
    return STATUS_TONES[Status(comment.status)]


@register.filter
def is_long(comment: Comment) -> bool:
    """Whether a note of it is cut to its first lines until the reader asks for the whole."""
    said = (comment.quote, comment.body, comment.proposed_text, comment.reason)
    return sum(map(len, said)) > LONG_NOTE or comment.body.count("\n") > FEW_LINES


@register.filter
def outcome_tone(outcome: str) -> str:
    return OUTCOME_TONES[Outcome(outcome)]


@register.filter
def versioned(comment: Comment) -> str:
    """What a form says of a comment: its id and the version of the answer that was read."""
    return as_versioned(comment)


@register.filter
def thread_of(holder: Card | Row, comment: Comment) -> Thread | None:
    """The exchange on the comment, where the page shows it."""
    return holder.threads.get(comment.pk)


@register.simple_tag
def proposal(comment: Comment, text: str) -> SafeString | str:
    """What the comment would change in the provision, with a few unchanged words around."""
    if comment.proposal_kind == ProposalKind.REPLACE:
        return excerpts(text, comment.proposed_text)
    if comment.proposal_kind == ProposalKind.INSERT_AFTER:
        return redline_between("", comment.proposed_text)
    return ""


@register.simple_tag
def excerpts(old: str, new: str) -> SafeString:
    """The changes with the words next to them; the provision itself stands beside."""
    ops = diff(old, new, readable=True)
    return redline([_shortened(op, at, len(ops)) for at, op in enumerate(ops)])


def _shortened(op: Op, at: int, count: int) -> Op:
    """An unchanged stretch with its outer words only; at an end of the text with its inner ones."""
    words = op.new.split(" ")
    if op.kind != "equal" or len(words) <= 2 * WORDS_AROUND:
        return op
    head = " ".join(words[:WORDS_AROUND]) + " " if at > 0 else ""
    tail = " " + " ".join(words[-WORDS_AROUND:]) if at < count - 1 else ""
    return op._replace(new=f"{head}…{tail}")


def proposal_html(kind: str, text: str, proposed: str) -> SafeString | str:
    if kind == ProposalKind.REPLACE:
        return redline_between(text, proposed)
    if kind == ProposalKind.DELETE:
        return redline_between(text, "")
    return redline_between("", proposed) if kind == ProposalKind.INSERT_AFTER else ""


@register.simple_tag
def previewed(preview: dict[str, str]) -> SafeString | str:
    return proposal_html(preview["kind"], preview["old"], preview["new"])


@register.filter
def quoted_text(row: Row) -> SafeString:
    """The provision's text with the words marked that the reader's own comments quote."""
    provision, text = row.numbered.provision, row.text
    heading = len(provision.heading) if provision.headed else 0
    head = _marked(text, 0, heading, row.quotes)
    body = _marked(text, heading, len(text), row.quotes)
    return format_html("<strong>{}</strong>{}", head, body) if heading else body


def _marked(text: str, start: int, end: int, quotes: list[tuple[int, int]]) -> SafeString:
    pieces = ((text[a:b], inside) for a, b, inside in _pieces(start, end, quotes))
    return format_html_join("", "{}", ((_mark(words, inside),) for words, inside in pieces))


def _mark(words: str, inside: bool) -> SafeString | str:
    if not inside:
        return words
    said = _("[you commented on:]")
    return format_html('<mark><span class="visually-hidden">{} </span>{}</mark>', said, words)


def _pieces(start: int, end: int, quotes: list[tuple[int, int]]) -> Iterator[tuple[int, int, bool]]:
    """The stretch cut where quotes begin and end; those that overlap are one."""
    at = start
    for begins, ends in sorted(quotes):
        begins, ends = max(begins, at), min(ends, end)
        if begins < ends:
            yield at, begins, False
            yield begins, ends, True
            at = ends
    yield at, end, False


@register.simple_tag
def merged(merge: Merge, owners: dict[str, Comment]) -> SafeString:
    """The merged text: each changed stretch names its comments, each open conflict its card."""
    return format_html_join("", "{}", ((_span(span, owners),) for span in merge.spans))


def _span(span: Span, owners: dict[str, Comment]) -> SafeString | str:
    if span.conflict is not None:
        return format_html(
            '<a class="merged-conflict" href="#dispute-{}"><mark>{}</mark>'
            '<span class="edit-label">{}</span></a>',
            span.conflict.start,
            span.old or "…",
            _("conflict"),
        )
    if not span.ids:
        return span.text
    comments = [owners[pk] for pk in span.ids]
    return format_html(
        '<span class="edit" tabindex="0" role="group" title="{0}" aria-label="{0}">{1}'
        '<sup class="edit-label">{2}</sup></span>',
        "; ".join(f"{one.label} {one.author}" for one in comments),
        redline_between(span.old, span.text),
        comments[0].label + (f" +{len(comments) - 1}" if comments[1:] else ""),
    )


@register.simple_tag
def rail_row(bench: Bench, piece: Piece | None, *, apart: bool = False) -> SafeString:
    """A row of the rail, `apart` to take the place of the one that stands there.

    Drawn here, for a template takes eight times as long over three hundred of them.
    """
    at = str(piece.provision.key) if piece else GENERAL
    return format_html(
        '<li id="at-{}"{}><a href="{}" hx-push-url="true"{}><span class="contents-title">{}</span>'
        '<span class="contents-count">{} {}</span></a></li>',
        at,
        mark_safe(' hx-swap-oob="true"') if apart else "",
        bench.address_of(at),
        mark_safe(' aria-current="true"') if at == bench.at else "",
        _rail_title(piece),
        len(piece.comments if piece else bench.workbench.general),
        _rail_state(piece.state if piece else "waiting" if bench.general_waiting else "done"),
    )


def _rail_title(piece: Piece | None) -> SafeString | str:
    if piece is None:
        return _("The draft as a whole")
    if not piece.number:
        return capfirst(piece.citation)
    words = piece.provision.text.split(maxsplit=RAIL_WORDS)
    more = ["…"] if words[RAIL_WORDS:] else []
    return format_html("<strong>{}</strong> {}", piece.path, " ".join(words[:RAIL_WORDS] + more))


def _rail_state(state: str) -> SafeString | str:
    if state not in RAIL_STATES:
        return ""
    sign, word = RAIL_STATES[state]
    return format_html(
        '<span class="rail-state rail-state--{}">{}<span class="visually-hidden">{}</span></span>',
        state,
        icon(sign) if sign else "",
        word,
    )


@register.filter
def whose(ids: Iterable[str], owners: dict[str, Comment]) -> list[Comment]:
    return [owners[pk] for pk in ids]


@register.simple_tag
def legend(merge: Merge, owners: dict[str, Comment]) -> list[Comment]:
    """Whose words were taken, each once, in the order of the text."""
    return whose(dict.fromkeys(pk for span in merge.spans for pk in span.ids), owners)
