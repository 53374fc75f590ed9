"""The events of a directive in words, one sentence for each verb.

An event's verb is written by whichever app did the act; here they are all told in one voice.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from directives.models import Directive, Event, Provision
from directives.text import numbering
from directives.text.kinds import Kind

SENTENCES = {
    "create": gettext_lazy("created the directive"),
    "change_details": gettext_lazy("changed the marks or the signature block"),
    "edit_provision": gettext_lazy("edited %(provision)s in draft %(draft)s"),
    "add_provision": gettext_lazy("added %(provision)s to draft %(draft)s"),
    "delete_provision": gettext_lazy("deleted a provision from draft %(draft)s"),
    "restore_provision": gettext_lazy("brought back %(provision)s in draft %(draft)s"),
    "move_provision": gettext_lazy("moved %(provision)s in draft %(draft)s"),
    "indent_provision": gettext_lazy("changed the level of %(provision)s in draft %(draft)s"),
    "paste_provision": gettext_lazy(
        "replaced the text of draft %(draft)s by a pasted one of %(provisions)s provisions"
    ),
    "start_draft": gettext_lazy("made draft %(number)s"),
    "circulate": gettext_lazy("circulated draft %(draft)s; it is frozen from here"),
    "extend_deadline": gettext_lazy("extended the deadline for comments to %(deadline)s"),
    "submit_comment": gettext_lazy("submitted comment %(comment)s"),
    "withdraw_comment": gettext_lazy("withdrew comment %(comment)s"),
    "ask_author": gettext_lazy("asked the author about comment %(comment)s"),
    "reply_to_office": gettext_lazy("answered the office about comment %(comment)s"),
    "record_reply": gettext_lazy("recorded the author's answer about comment %(comment)s"),
    "give_position": gettext_lazy("gave a position on the draft"),
    "close_round": gettext_lazy("closed the round of comments"),
    "answer_comment": gettext_lazy("answered comment %(comment)s"),
    "retract_answer": gettext_lazy("took back the answer to comment %(comment)s"),
    "settle_conflict": gettext_lazy("settled a conflict in %(provision)s"),
    "unsettle_conflict": gettext_lazy("took back the choice for a conflict"),
    "place_comment": gettext_lazy("said where comment %(comment)s belongs"),
    "unplace_comment": gettext_lazy("took back the place of comment %(comment)s"),
    "submit": gettext_lazy("submitted draft %(draft)s for approval"),
    "approve": gettext_lazy("approved draft %(draft)s"),
    "return": gettext_lazy("returned the draft to the office: %(reason)s"),
    "void_approval": gettext_lazy("changed the text, and with that voided the approval"),
    "conclude_hand_back": gettext_lazy("followed meeting no. %(meeting)s: back to be adjusted"),
    "conclude_approve": gettext_lazy("followed meeting no. %(meeting)s, which approved it"),
    "conclude_postpone": gettext_lazy("followed meeting no. %(meeting)s, which postponed it"),
    "conclude_note": gettext_lazy("followed meeting no. %(meeting)s, which noted it"),
    "waive_finding": gettext_lazy("let “%(quote)s” stand in the form check: “%(reason)s”"),
    "unwaive_finding": gettext_lazy("opened a finding again that stood because: “%(reason)s”"),
    "relate_correct": gettext_lazy("wrote that it corrects number %(number)s"),
    "relate_amend": gettext_lazy("wrote that it amends number %(number)s"),
    "relate_replace": gettext_lazy("wrote that it replaces number %(number)s"),
    "relate_repeal": gettext_lazy("wrote that it repeals number %(number)s"),
    "unrelate": gettext_lazy("took away the link to number %(number)s"),
    "correct_by": gettext_lazy("corrected it by number %(number)s of %(issued_on)s"),
    "amend_by": gettext_lazy("amended it by number %(number)s of %(issued_on)s"),
    "replace_by": gettext_lazy("replaced it by number %(number)s of %(issued_on)s"),
    "repeal_by": gettext_lazy("repealed it by number %(number)s of %(issued_on)s"),
    "sign": gettext_lazy("signed the issued paper in the name of %(signer)s (%(level)s)"),
    "bring_in_signed": gettext_lazy("kept the copy signed by %(signer)s (%(level)s)"),
    "issue": gettext_lazy("issued the directive as number %(number)s on %(issued_on)s"),
}


@dataclass(frozen=True)
class Entry:
    event: Event
    sentence: str
    sha256: str


def entries(directive: Directive, events: Iterable[Event]) -> list[Entry]:
    """Each event with its sentence; one query however many there are."""
    cited = _citations(directive)
    return [
        Entry(event, _sentence(event, cited), str(event.payload.get("sha256", "")))
        for event in events
    ]


def _citations(directive: Directive) -> dict[tuple[int, str], str]:
    """Where a provision stands now in its draft, by draft number and key."""
    found: dict[int, list[tuple[str, str]]] = {}
    rows = Provision.objects.filter(draft__directive=directive)
    for number, key, kind in rows.order_by("draft__number", "position", "pk").values_list(
        "draft__number", "key", "kind"
    ):
        found.setdefault(number, []).append((str(key), kind))
    return {
        (number, key): cited
        for number, ordered in found.items()
        for (key, _kind), cited in zip(
            ordered, numbering.citations([Kind(kind) for _key, kind in ordered]), strict=True
        )
    }


class _Facts(dict[str, str]):
    """What an event says; a line changed from outside may lack what its verb needs."""

    def __missing__(self, name: str) -> str:
        return "…"


def _sentence(event: Event, cited: dict[tuple[int, str], str]) -> str:
    facts = _Facts((name, _shown(value)) for name, value in event.payload.items())
    if "key" in facts:
        place = (event.payload.get("draft", 0), facts["key"])
        facts["provision"] = cited.get(place, _("a provision that was deleted later"))
    sentence = SENTENCES.get(event.verb)
    return str(sentence) % facts if sentence else event.verb


def _shown(value: Any) -> str:
    """A day or a moment in the order people read them; anything else as it is."""
    if not isinstance(value, str):
        return str(value)
    try:
        if len(value) == len("2026-01-31"):
            return date.fromisoformat(value).strftime("%d/%m/%Y")
        at = datetime.fromisoformat(value)
    except ValueError:
        return value
    return timezone.localtime(at).strftime("%H:%M %d/%m/%Y") if at.tzinfo else value
