"""What happened to a round since a page of it was made, in words for whoever reads it there.

The log of the directive is the clock: every change of a round writes a line into it in the same
transaction, so that nothing which came after `mark` (a line's sequence number) can be missed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from comments.consolidation import Gist, Piece, Workbench
from comments.models import Comment, Consultation, Outcome
from directives.models import Event

ANSWERED: dict[str, Promise] = {
    Outcome.ACCEPTED: gettext_lazy("%(who)s has just accepted %(labels)s."),
    Outcome.ACCEPTED_IN_PART: gettext_lazy("%(who)s has just accepted %(labels)s in part."),
    Outcome.NOT_ACCEPTED: gettext_lazy("%(who)s has just kept the text and explained %(labels)s."),
    Outcome.NOTED: gettext_lazy("%(who)s has just noted %(labels)s."),
}
ABOUT_COMMENTS: dict[str, Promise] = {
    "withdraw_comment": gettext_lazy("%(who)s has just withdrawn %(labels)s."),
    "ask_author": gettext_lazy("%(who)s has just asked the author of %(labels)s."),
    "reply_to_office": gettext_lazy("%(who)s has just answered the office about %(labels)s."),
    "record_reply": gettext_lazy("%(who)s has just recorded the delegate's answer on %(labels)s."),
    "retract_answer": gettext_lazy("%(who)s has just taken back the answer to %(labels)s."),
    "place_comment": gettext_lazy("%(who)s has just given %(labels)s a place."),
    "unplace_comment": gettext_lazy("%(who)s has just taken the place of %(labels)s back."),
}
ABOUT_CONFLICTS: dict[str, Promise] = {
    "settle_conflict": gettext_lazy("%(who)s has just settled a conflict in %(where)s."),
    "unsettle_conflict": gettext_lazy("%(who)s has just taken back a choice in %(where)s."),
}
ABOUT_ROUND: dict[str, Promise] = {
    "close_round": gettext_lazy("%(who)s has just closed the round."),
    "start_draft": gettext_lazy("%(who)s has just made the next draft; the answers stand now."),
}
# They change nothing but what they are about. After any other event everything may look otherwise.
ELSEWHERE = {"submit_comment", "answer_comment", "retract_answer", "ask_author", "reply_to_office"}
ELSEWHERE |= {"record_reply", "give_position", "extend_deadline", *ABOUT_CONFLICTS}
SUBJECTS = ("comment", "provision", "key")


def since(mark: int, consultation: Consultation) -> list[Event]:
    """What the log holds after its line `mark`, in order."""
    events = Event.objects.filter(stream=consultation.draft.directive.stream, sequence__gt=mark)
    return list(events.select_related("actor", "on_behalf_of").order_by("sequence"))


def last_line(consultation: Consultation) -> int:
    """The mark of the round as it is now."""
    lines = Event.objects.filter(stream=consultation.draft.directive.stream)
    found = lines.order_by("-sequence").values_list("sequence", flat=True).first()
    return found or 0


def told(events: Iterable[Event], bench: Workbench, reader: User) -> list[str]:
    """Sentences on what others did."""
    theirs = [event for event in events if event.actor_id != reader.pk]
    return [*_arrivals(theirs, bench), *_answers(theirs), *_others(theirs, bench)]


def concerns(events: Iterable[Event], piece: Piece | None, comments: Iterable[Comment]) -> bool:
    """Whether the provision, with these comments on it, may look otherwise since the events."""
    here = {comment.label for comment in comments}
    here |= {piece.path, str(piece.provision.key)} if piece else set()
    return not all(event.verb in ELSEWHERE and not _names(event) & here for event in events)


def _names(event: Event) -> set[str]:
    """The comment or the provision that the event is about, the latter by its path or its key."""
    return {str(event.payload[name]) for name in SUBJECTS if name in event.payload}


def _arrivals(events: Iterable[Event], bench: Workbench) -> Iterator[str]:
    """A comment that came alone is told with its author and place; many are told together."""
    new = [event for event in events if event.verb == "submit_comment"]
    if len(new) == 1:
        yield _arrival(new[0], bench)
    elif new:
        labels = ", ".join(str(event.payload["comment"]) for event in new)
        yield _("%(count)s new comments: %(labels)s.") % {"count": len(new), "labels": labels}


def _arrival(event: Event, bench: Workbench) -> str:
    label = event.payload["comment"]
    said = {"who": event.on_behalf_of or event.actor, "label": label, "where": _place(label, bench)}
    return _("New comment %(label)s of %(who)s on %(where)s.") % said


def _place(label: str, bench: Workbench) -> str:
    for piece in bench.pieces:
        if _has(piece.comments, label):
            return piece.citation
    return _("the draft as a whole")


def _has(comments: Sequence[Gist], label: str) -> bool:
    return any(comment.label == label for comment in comments)


def _answers(events: Iterable[Event]) -> Iterator[str]:
    """The comments that one person answered alike are told in one sentence."""
    labels = defaultdict(list)
    for event in events:
        if event.verb == "answer_comment":
            labels[event.actor, event.payload["outcome"]].append(event.payload["comment"])
    for (who, outcome), found in labels.items():
        yield str(ANSWERED[outcome]) % {"who": who, "labels": ", ".join(dict.fromkeys(found))}


def _others(events: Iterable[Event], bench: Workbench) -> Iterator[str]:
    for event in events:
        words = ABOUT_COMMENTS.get(event.verb) or ABOUT_ROUND.get(event.verb)
        if words:
            yield str(words) % {"who": event.actor, "labels": event.payload.get("comment", "")}
        elif event.verb in ABOUT_CONFLICTS:
            where = _conflict_place(event, bench.pieces)
            yield str(ABOUT_CONFLICTS[event.verb]) % {"who": event.actor, "where": where}


def _conflict_place(event: Event, pieces: Iterable[Piece]) -> str:
    found = (one for one in pieces if {one.path, str(one.provision.key)} & _names(event))
    return next((one.citation for one in found), "")
