"""The member's page: the draft as printed, each provision with what was said about it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.db.models import Q
from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.models import User
from comments.forms.messages import MessageForm
from comments.forms.writing import CommentForm, PositionForm, mark_of
from comments.models import (
    Comment,
    Consultation,
    Delegate,
    Origin,
    ProposalKind,
    Status,
    form_token,
)
from comments.readmarks import keys_read
from comments.views.overtaken import Overtaken
from comments.views.thread import Thread, threads_of
from directives.comparison import Numbered, numbered
from directives.drafting import in_order
from directives.refusals import Refused
from directives.text.kinds import Kind

WHOLE = "whole"
KEPT_IN_FORM = (
    *("token", "version", "quote", "quote_start"),
    *("body", "reason", "category", "proposal_kind"),
)


@dataclass
class Row:
    """A provision, or without one the draft as a whole, with the comments on it.

    `marked`: the person has been seen to read it, by themselves alone.
    `form` is open where the person is writing; `editing` is the id of the comment it changes,
    `preview` what its wording changes. `refused` says why an act on a comment was not done.
    `result` is what the next draft made of a provision the person commented on, where it changed
    it, `added` the new provisions that came of their comments.
    """

    numbered: Numbered | None = None
    mine: list[Comment] = field(default_factory=list)
    others: list[Comment] = field(default_factory=list)
    marked: bool = False
    form: CommentForm | None = None
    editing: int | None = None
    preview: dict[str, str] = field(default_factory=dict)
    refused: Refused | None = None
    overtaken: Overtaken | None = None
    result: str = ""
    added: list[str] = field(default_factory=list)
    threads: dict[int, Thread] = field(default_factory=dict)

    @property
    def key(self) -> str:
        return self.numbered.key if self.numbered else WHOLE

    @property
    def at(self) -> str:
        """What the forms say for the place: a provision's key, or nothing."""
        return self.numbered.key if self.numbered else ""

    @property
    def kind(self) -> str:
        return self.numbered.provision.kind if self.numbered else ""

    @property
    def title(self) -> str:
        if self.numbered is None:
            return _("The draft as a whole")
        return self.numbered.citation[:1].upper() + self.numbered.citation[1:]

    @property
    def text(self) -> str:
        return self.numbered.text if self.numbered else ""

    @property
    def quotes(self) -> list[tuple[int, int]]:
        """Where the words stand that the person quoted."""
        return [
            (comment.quote_start, comment.quote_start + len(comment.quote))
            for comment in self.mine
            if comment.quote_start is not None and comment.status != Status.WITHDRAWN
        ]

    @property
    def progress(self) -> str:
        """ "commented", "read" or "unread": who has commented has read."""
        if any(comment.status != Status.WITHDRAWN for comment in self.mine):
            return "commented"
        return "read" if self.marked or self.mine else "unread"

    @property
    def mark(self) -> str:
        """ "draft" while something waits to be sent, "sent", or nothing."""
        said = {comment.status for comment in self.mine}
        if Status.DRAFT in said:
            return "draft"
        return "sent" if Status.SUBMITTED in said else ""


@dataclass
class Sheet:
    consultation: Consultation
    delegate: Delegate
    rows: list[Row]
    position_form: PositionForm

    @property
    def whole(self) -> Row:
        return self.rows[0]

    @property
    def provisions(self) -> list[Row]:
        return self.rows[1:]

    @property
    def read(self) -> int:
        return sum(row.progress != "unread" for row in self.provisions)

    @property
    def commented(self) -> int:
        return sum(row.progress == "commented" for row in self.provisions)

    @property
    def mine(self) -> list[Comment]:
        return [comment for row in self.rows for comment in row.mine]

    @property
    def asked_back(self) -> list[Comment]:
        """The comments about which the office waits for an answer."""
        threads = (thread for row in self.rows for thread in row.threads.values())
        return [thread.comment for thread in threads if thread.waits]

    @property
    def sent(self) -> int:
        return sum(comment.status == Status.SUBMITTED for comment in self.mine)

    @property
    def unsent(self) -> int:
        return sum(comment.status == Status.DRAFT for comment in self.mine)

    def row(self, key: str) -> Row | None:
        return next((row for row in self.rows if row.key == (key or WHOLE)), None)


def sheet_of(person: User, consultation: Consultation) -> Sheet:
    """Everything on the page, in a fixed number of queries."""
    delegate = consultation.delegates.select_related("person").get(person=person)
    provisions = numbered(in_order(consultation.draft))
    seen = keys_read(delegate)
    rows = [Row(), *(Row(one, marked=one.provision.key in seen) for one in provisions)]
    by_key = {row.numbered and row.numbered.provision.key: row for row in rows}
    for comment in _comments(person, consultation):
        row = by_key[comment.provision_key]
        (row.mine if comment.author_id == person.pk else row.others).append(comment)
    _open_threads(person, consultation, rows)
    _show_results(consultation, rows)
    initial = {"position": delegate.position, "reason": delegate.reason}
    return Sheet(consultation, delegate, rows, PositionForm(initial=initial))


def _open_threads(person: User, consultation: Consultation, rows: Iterable[Row]) -> None:
    """The person's own comments with what the office asks about them."""
    mine = [one for row in rows for one in row.mine if one.status != Status.DRAFT]
    goes_on = consultation.next_draft_id is None

    def may_answer(one: Comment) -> bool:
        return goes_on and one.status == Status.SUBMITTED and bool(one.messages.all())

    threads = threads_of(person, mine, MessageForm, may_answer)
    for row in rows:
        row.threads = {one.pk: threads[one.pk] for one in row.mine if one.pk in threads}


def _show_results(consultation: Consultation, rows: list[Row]) -> None:
    """As the next draft was when it was made: what the office writes into it later is its own."""
    if consultation.next_draft_id is None:
        return
    origins = Origin.objects.filter(draft=consultation.next_draft)
    found = list(origins.values_list("provision_key", "text", "comments"))
    known, texts = {row.key for row in rows}, {str(key): text for key, text, _pk in found}
    new = {pk: text for key, text, pk in found if str(key) not in known}
    for row in rows:
        row.result = texts.get(row.key, "") if row.mine else ""
        row.added = [new[one.pk] for one in row.mine if one.pk in new]


def _comments(person: User, consultation: Consultation) -> Iterable[Comment]:
    """What the person may see; of what is still being written only their own writing."""
    visible = Comment.objects.visible_to(person, consultation)
    related = ("author", "recorded_by", "disposition__decided_by")
    unsent_by_others = Q(status=Status.DRAFT) & ~Q(recorded_by=person)
    return visible.exclude(unsent_by_others).select_related(*related)


def open_form(request: HttpRequest, sheet: Sheet) -> Row | None:
    """The row that the address names, with its form open when it asks for one."""
    row = sheet.row(request.GET.get("at", "")) if "at" in request.GET else None
    if row is None:
        return None
    pane = request.GET.get("pane", "")
    if pane == "edit":
        wanted = request.GET.get("comment", "")
        comment = next((one for one in row.mine if str(one.pk) == wanted), None)
        if comment is not None and comment.status == Status.DRAFT:
            edit_in(row, comment)
    elif pane == "write":
        quote = {"quote": request.GET.get("quote", ""), "quote_start": request.GET.get("start")}
        write_in(row, quote)
    return row


def write_in(row: Row, said: dict[str, Any]) -> None:
    begun = {"token": form_token(), "writer": uuid4(), "version": 0}
    initial = begun | {"at": row.at, "wording": row.text} | said
    row.form = CommentForm(initial=initial, auto_id=f"w-{row.key}-%s").offer(row.kind or None)


def edit_in(row: Row, comment: Comment) -> None:
    """The comment's own words in the form; its token makes it the same comment again."""
    said = {name: getattr(comment, name) for name in KEPT_IN_FORM}
    if comment.proposal_kind == ProposalKind.REPLACE:
        said["wording"] = comment.proposed_text
    elif comment.proposal_kind == ProposalKind.INSERT_AFTER:
        said["addition"] = comment.proposed_text
    row.preview = preview_of(row.text, comment.proposal_kind, comment.proposed_text)
    write_in(row, said | {"seen": row.preview["seen"]})
    row.editing = comment.pk


def bind_in(row: Row, data: Any) -> CommentForm:
    """The token says which comment the form is about, if it has been saved before."""
    row.form = CommentForm(data, auto_id=f"w-{row.key}-%s").offer(row.kind or None)
    saved = (one.pk for one in row.mine if one.token == data.get("token"))
    row.editing = next(saved, None)
    return row.form


def preview_of(text: str, kind: str, proposed: str) -> dict[str, str]:
    """kind, old and new text of a proposal, and the mark that says its changes were seen."""
    old = "" if kind == ProposalKind.INSERT_AFTER else text
    return {"kind": kind, "old": old, "new": proposed, "seen": mark_of(proposed)}


def contents_of(sheet: Sheet) -> list[Row]:
    """What the table of contents lists: the provisions, less the two that stand apart."""
    apart = (Kind.SUBJECT, Kind.RECIPIENTS)
    return [row for row in sheet.rows if row.mark or row.kind not in apart]


def key_of(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
