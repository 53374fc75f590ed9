"""The workbench of a round while several people have it open.

The page asks every few seconds with the state that it shows. The answer is nothing, or the parts of
the page as they are now; the page leaves alone what is being typed (static/js/live.js).
"""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from comments import news, permissions, presence
from comments.models import Consultation, Presence
from comments.views.bench import GENERAL, Bench, bench_of
from comments.views.found import consultation_for
from directives.text import numbering
from directives.text.kinds import Kind

PLACE = re.compile(rf"[0-9a-f-]{{36}}|{GENERAL}")


@dataclass(frozen=True)
class Neighbour:
    """Somebody else at the workbench, and how a letter cites the place they look at."""

    presence: Presence
    where: str


@require_POST
def workbench_pulse(request: HttpRequest, pk: int) -> HttpResponse:
    """204 when the page shows `state` already. A page without a bench is loaded anew at need."""
    consultation = consultation_for(request.user, pk, permissions.is_staff)
    at, shown = request.POST.get("at", ""), request.POST.get("state", "")
    presence.beat(consultation, request.user, at if PLACE.fullmatch(at) else "")
    present = presence.others(consultation, request.user)
    if state_of(consultation, present) == shown:
        return HttpResponse(status=204)
    mark = shown.partition(".")[0]
    if mark == _mark(consultation):
        return _answer(request, consultation, present)
    bench = bench_of(request.user, consultation, at, request.GET)
    if not at and bench.workbench.comments:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return _answer(request, consultation, present, _changes(mark, bench, request.user))


def _changes(mark: str, bench: Bench, reader: User) -> dict[str, Any]:
    """Context of what happened since: `bench`, `news`, and whether the chosen place changed."""
    if not mark.isdecimal():
        return {"bench": bench, "place_changed": True}
    events = news.since(int(mark), bench.consultation)
    return {
        "bench": bench,
        "news": news.told(events, bench.workbench, reader),
        "place_changed": news.concerns(events, bench.piece, bench.owners.values()),
    }


def _answer(
    request: HttpRequest,
    consultation: Consultation,
    present: Sequence[Presence],
    changes: dict[str, Any] | None = None,
) -> HttpResponse:
    context = {"draft": consultation.draft, "piecewise": True, **(changes or {})}
    context |= neighbourhood(consultation, present)
    return render(request, "comments/_bench_pulse.html", context)


def neighbourhood(consultation: Consultation, present: Sequence[Presence]) -> dict[str, Any]:
    """Context of the parts that tell who else is there: `consultation`, `state`, `neighbours`."""
    cited = _citations(consultation) if present else {}
    neighbours = [Neighbour(one, cited.get(one.place, "")) for one in present]
    state = state_of(consultation, present)
    return {"consultation": consultation, "state": state, "neighbours": neighbours}


def state_of(consultation: Consultation, present: Sequence[Presence]) -> str:
    """What a page shows, in short: the mark of the round, and a digest of who is where."""
    where = " ".join(f"{one.person_id}@{one.place}" for one in present)
    return f"{_mark(consultation)}.{hashlib.sha256(where.encode()).hexdigest()[:12]}"


def state_after(consultation: Consultation, shown: str, acts: int) -> str:
    """What the page shows once it has the answer to acts that wrote so many lines into the log.

    Empty where somebody else wrote one since the page was made: the pulse brings it what they did.
    """
    mark, _dot, present = shown.partition(".")
    last = news.last_line(consultation)
    up_to_date = mark.isdecimal() and int(mark) + acts == last
    return f"{last}.{present}" if up_to_date else ""


def _mark(consultation: Consultation) -> str:
    """Once the next draft is made nothing changes here, whatever the log goes on to say."""
    return "done" if consultation.next_draft_id else str(consultation.mark)


def _citations(consultation: Consultation) -> dict[str, str]:
    provisions = consultation.draft.provisions.order_by("position", "pk")
    rows = list(provisions.values_list("key", "kind"))
    cited = numbering.citations([Kind(kind) for _key, kind in rows])
    places = zip((str(key) for key, _kind in rows), cited, strict=True)
    return {GENERAL: _("the draft as a whole"), **dict(places)}
