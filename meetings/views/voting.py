"""Votes: put a question, vote on one's own device, key votes in, close, and recount."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from accounts.models import User
from directives.permissions import require
from directives.refusals import Refused
from meetings import permissions
from meetings.deciding import ballots, voting
from meetings.forms.deciding import BallotForm, CountForm
from meetings.frame import frame
from meetings.holding import rollcall
from meetings.models import AgendaItem, Ballot, Choice
from meetings.views.fetching import meeting_for

TAB = "conclusions"


def _item(person: User, pk: int, item: int, predicate: Any) -> AgendaItem:
    meeting = meeting_for(person, pk, predicate)
    found = get_object_or_404(meeting.items.select_related("directive"), pk=item)
    found.meeting = meeting
    require(permissions.can_read_item, person, found)
    return found


def _ballot(person: User, pk: int, ballot: int, predicate: Any) -> Ballot:
    meeting = meeting_for(person, pk, predicate)
    among = ballots.ballots().select_related("item")
    found = get_object_or_404(among, pk=ballot, item__meeting=meeting)
    found.item.meeting = meeting
    require(permissions.can_see_ballot, person, found)
    return found


def ballot_open(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The question and how it is voted on, with who will vote."""
    asked = _item(request.user, pk, item, permissions.can_put_to_vote)
    form = BallotForm(request.POST or None, initial={"question": _proposed(asked)})
    if request.method == "POST" and form.is_valid():
        try:
            ballot = voting.open_ballot(item, actor=request.user, **form.said())
        except Refused as refused:
            form.add_error("question" if refused.code == "question" else None, str(refused))
        else:
            messages.success(request, _("The ballot is open."))
            return redirect("ballot_view", pk, ballot.pk)
    context = frame(asked.meeting, request.user, TAB) | {
        "item": asked,
        "form": form,
        "voting": asked.meeting.attendees.filter(voting=True).count(),
        "there": voting.present(asked.meeting).filter(voting=True).count(),
        "quorum": rollcall.quorum_at(asked.meeting, timezone.now()),
    }
    status = 422 if form.errors else 200
    return render(request, "meetings/ballot_open.html", context, status=status)


def _proposed(item: AgendaItem) -> str:
    if item.directive_id:
        return _("Approve the draft directive %s") % item.directive.subject
    return _("Approve: %s") % item.title


@require_GET
def ballot_view(request: HttpRequest, pk: int, ballot: int) -> HttpResponse:
    """How many have voted; once closed the result. The secretary's list while it is open."""
    found = _ballot(request.user, pk, ballot, permissions.can_view_meeting)
    return render(request, "meetings/ballot_view.html", _viewing(request, found))


def _viewing(request: HttpRequest, ballot: Ballot) -> dict[str, Any]:
    shown = ballots.shown([ballot], ballot.item.meeting, request.user)[0]
    named = not ballot.secret and ballot.closed_at is not None
    context = frame(ballot.item.meeting, request.user, TAB) | {
        "item": ballot.item,
        "ballot": ballot,
        "shown": shown,
        "choices": Choice.choices,
        "at": request.GET.get("at", ""),
    }
    if shown.result:
        context["chart"] = ballots.chart_of(ballot, shown.result)
    if named or (shown.may_put and not ballot.tellers):
        context["seats"] = ballots.seats(ballot)
    return context


@never_cache
def ballot_vote(request: HttpRequest, pk: int, ballot: int) -> HttpResponse:
    """Four answers, then the question whether one is sure, then done.

    The choice travels in the body of a request alone, and the receipt of a secret vote is shown in
    the answer to it: an address, a session or a message would keep them beside the person.
    """
    found = _ballot(request.user, pk, ballot, permissions.can_view_meeting)
    require(permissions.can_vote, request.user, found)
    choice = request.POST.get("choice", "")
    if request.method != "POST" or "sure" not in request.POST:
        chosen = choice if choice in Choice.values else ""
        return _voting(request, found, chosen=chosen)
    reserved = request.POST.get("reserved", "")
    try:
        receipt = voting.vote(ballot, actor=request.user, choice=choice, reserved=reserved)
    except Refused as refused:
        return _voting(request, found, status=409, refused=refused)
    if receipt:
        return _voting(request, found, receipt=receipt)
    messages.success(request, _("Your vote has been recorded: %s.") % Choice(choice).label)
    return redirect("ballot_view", pk, ballot)


def _voting(request: HttpRequest, ballot: Ballot, status: int = 200, **said: Any) -> HttpResponse:
    chosen = said.get("chosen", "")
    context = {
        "meeting": ballot.item.meeting,
        "item": ballot.item,
        "ballot": ballot,
        "shown": ballots.shown([ballot], ballot.item.meeting, request.user)[0],
        "choices": Choice.choices,
        "chosen_label": Choice(chosen).label if chosen else "",
    } | said
    return render(request, "meetings/ballot_vote.html", context, status=status)


@require_POST
def ballot_record(request: HttpRequest, pk: int, ballot: int) -> HttpResponse:
    """The secretary keys in what somebody present votes."""
    found = _ballot(request.user, pk, ballot, permissions.can_put_to_vote)
    attendee = request.POST.get("attendee", "")
    try:
        voter = voting.record_vote(
            found.pk,
            actor=request.user,
            attendee_id=int(attendee) if attendee.isdecimal() else 0,
            choice=request.POST.get("choice", ""),
            reserved=request.POST.get("reserved", ""),
        )
    except Refused as refused:
        return _not_recorded(request, found, refused)
    return redirect(f"{_address(found)}#v-{voter.pk}")


@require_POST
def ballot_agree(request: HttpRequest, pk: int, ballot: int) -> HttpResponse:
    """All who are present and have not voted agree."""
    found = _ballot(request.user, pk, ballot, permissions.can_put_to_vote)
    try:
        agreed = voting.record_agreement(found.pk, actor=request.user)
    except Refused as refused:
        return _not_recorded(request, found, refused)
    words = ngettext("%d vote recorded: agrees.", "%d votes recorded: agrees.", agreed)
    messages.success(request, words % agreed)
    return redirect(f"{_address(found)}#voters")


def _not_recorded(request: HttpRequest, ballot: Ballot, refused: Refused) -> HttpResponse:
    context = _viewing(request, ballot) | {"refused": refused}
    return render(request, "meetings/ballot_view.html", context, status=409)


def _address(ballot: Ballot) -> str:
    return ballot.get_absolute_url()


def ballot_close(request: HttpRequest, pk: int, ballot: int) -> HttpResponse:
    """What closing means; of a ballot on paper also what the tellers counted."""
    found = _ballot(request.user, pk, ballot, permissions.can_put_to_vote)
    if found.closed_at:
        return redirect(found)
    form = CountForm(request.POST or None) if found.tellers else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            voting.close_ballot(ballot, actor=request.user, by_hand=form.count() if form else None)
        except Refused as refused:
            if form is None:
                return _not_recorded(request, found, refused)
            form.add_error(refused.code if refused.code in form.fields else None, str(refused))
        else:
            messages.success(request, _("The ballot is closed. Its result stands."))
            return redirect(found)
    context = {
        "meeting": found.item.meeting,
        "item": found.item,
        "ballot": found,
        "form": form,
        "silent": found.electorate - found.voted,
    }
    status = 422 if form is not None and form.errors else 200
    return render(request, "meetings/ballot_close.html", context, status=status)


@require_GET
def ballot_count(request: HttpRequest, pk: int, ballot: int) -> HttpResponse:
    """The papers of a secret ballot by receipt, for each to find theirs and anybody to recount."""
    found = _ballot(request.user, pk, ballot, permissions.can_view_meeting)
    if not found.secret or found.tellers or found.closed_at is None:
        return redirect(found)
    result = voting.result_of(found)
    context = frame(found.item.meeting, request.user, TAB) | {
        "item": found.item,
        "ballot": found,
        "result": result,
        "papers": [(receipt, Choice(choice).label) for receipt, choice in found.urn],
        "sums": [(label, result.votes[choice]) for choice, label in Choice.choices],
    }
    return render(request, "meetings/ballot_count.html", context)


@require_GET
def ballot_panel(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """The ballots of an item, for other pages to include."""
    asked = _item(request.user, pk, item, permissions.can_view_meeting)
    context = {
        "meeting": asked.meeting,
        "item": asked,
        "ballots": ballots.of_item(asked, request.user),
        "may_put": permissions.can_put_to_vote(request.user, asked.meeting),
    }
    return render(request, "meetings/_ballot_panel.html", context)
