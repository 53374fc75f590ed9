"""The exchange on a comment as a page shows it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from accounts.models import User
from comments import threads
from comments.forms.messages import MessageForm
from comments.models import Comment, Message
from directives.refusals import Refused


@dataclass
class Thread:
    """What was said about a comment; where the reader may add to it, `begin` makes the form."""

    comment: Comment
    begin: Callable[[], MessageForm] | None = None

    @property
    def may_add(self) -> bool:
        return self.begin is not None

    @cached_property
    def form(self) -> MessageForm | None:
        return self.begin() if self.begin else None

    @property
    def is_refused(self) -> bool:
        """Whether what was sent came back with something to correct."""
        return "form" in vars(self) and self.form is not None and self.form.is_bound

    @property
    def messages(self) -> list[Message]:
        return list(self.comment.messages.all())

    @property
    def waits(self) -> bool:
        return self.comment.open_question is not None


def threads_of(
    reader: User,
    comments: Sequence[Comment],
    form: type[MessageForm],
    may_add: Callable[[Comment], bool],
) -> dict[int, Thread]:
    """The exchanges by comment, in one query."""
    threads.load(comments)
    return {
        one.pk: Thread(one, partial(_begin, form, reader, one) if may_add(one) else None)
        for one in comments
    }


def _begin(form: type[MessageForm], reader: User, comment: Comment) -> MessageForm:
    """The token says which message of the exchange this reader is about to write."""
    token = f"{comment.pk}.{reader.pk}.{len(comment.messages.all())}"
    return form(initial={"token": token}, auto_id=auto_id(comment))


def auto_id(comment: Comment) -> str:
    return f"m{comment.pk}-%s"


def refuse_in(thread: Thread | None, form: MessageForm, refused: Refused) -> None:
    """What was typed, open again in its thread; raised where nothing can be added any more."""
    if thread is None or thread.form is None:
        raise refused
    if refused.code == "sent":
        form.data = form.data.copy()
        form.data["token"] = thread.form.initial["token"]
    if not form.errors:
        form.add_error("text", str(refused))
    thread.form = form
