"""A round from its opening to its end, as the office sees it."""

from datetime import datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Membership, User
from comments import permissions, services
from comments.forms.rounds import ExtendForm, OpenForm
from comments.models import Consultation, Delegate, Position, Status
from comments.services import Asked
from comments.views.found import consultation_for, newest_round
from directives import permissions as of_directives
from directives.frame import frame
from directives.models import Directive, Draft, State
from directives.refusals import Refused
from directives.views.found import directive_for

DAYS_TO_ANSWER = 7
CLOSE_OF_WORK = time(17)


def directive_comments(request: HttpRequest, pk: int) -> HttpResponse:
    """The newest round, or why there is none."""
    directive = directive_for(request.user, pk)
    newest = newest_round(request.user, directive)
    if newest is not None:
        return redirect("consultation_view", newest.pk)
    return _no_round(request, directive, "comments")


def directive_consolidate(request: HttpRequest, pk: int) -> HttpResponse:
    directive = directive_for(request.user, pk, of_directives.is_staff)
    newest = newest_round(request.user, directive)
    if newest is not None:
        return redirect("workbench", newest.pk)
    return _no_round(request, directive, "consolidate")


def _no_round(request: HttpRequest, directive: Directive, tab: str) -> HttpResponse:
    context = frame(directive, request.user, tab) | {
        "may_open": of_directives.can_circulate(request.user, directive)
        and _may_go_out(directive, directive.latest_draft),
    }
    return render(request, "comments/no_round.html", context)


def _may_go_out(directive: Directive, draft: Draft) -> bool:
    return draft.is_working and directive.state in (State.DRAFTING, State.CONSOLIDATING)


def consultation_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Whom to ask and until when; then what will happen and to whom; then it is sent."""
    directive = directive_for(request.user, pk, of_directives.can_circulate)
    draft = directive.latest_draft
    if not _may_go_out(directive, draft):
        messages.info(request, _("This draft cannot be circulated now."))
        return redirect(directive)
    members = sitting_members(directive)
    form = OpenForm(
        request.POST or None,
        members=members,
        others=_others(members),
        initial={"members": members, "deadline": _next_week()},
    )
    valid = request.method == "POST" and form.is_valid()
    if valid and "confirmed" in request.POST:
        try:
            consultation = _open(request.user, directive, form)
        except Refused as refused:
            form.add_error("deadline" if refused.code == "deadline" else None, str(refused))
        else:
            messages.success(request, _("Sent. Comments come in from now on."))
            return redirect(consultation)
    if valid and not form.errors and form.cleaned_data["deadline"] <= timezone.now():
        form.add_error("deadline", _("The deadline has already passed. Choose a later one."))
    asks = valid and not form.errors and "change" not in request.POST
    name = "consultation_confirm" if asks else "consultation_open"
    context = {"directive": directive, "draft": draft, "form": form}
    status = 422 if form.errors else 200
    return render(request, f"comments/{name}.html", context, status=status)


def sitting_members(directive: Directive) -> QuerySet[User]:
    """Who sits on the committee today, by rank."""
    sitting = _sitting(directive).values("person")
    return User.objects.by_rank().filter(pk__in=sitting, is_active=True)


def _sitting(directive: Directive) -> QuerySet[Membership]:
    return directive.committee.sitting_on(timezone.localdate())


def _others(members: QuerySet[User]) -> QuerySet[User]:
    return User.objects.by_rank().filter(is_active=True).exclude(pk__in=members.values("pk"))


def _next_week() -> datetime:
    day = timezone.localtime() + timedelta(days=DAYS_TO_ANSWER)
    return datetime.combine(day.date(), CLOSE_OF_WORK, tzinfo=day.tzinfo)


def _open(actor: User, directive: Directive, form: OpenForm) -> Consultation:
    voting = set(_sitting(directive).filter(voting=True).values_list("person", flat=True))
    asked = [Asked(one, one.position, one.rank, one.pk in voting) for one in form.people]
    said = form.cleaned_data
    return services.open_consultation(
        directive.pk,
        actor=actor,
        asked=asked,
        deadline=said["deadline"],
        shows_others=said["shows_others"],
    )


def consultation_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Who was asked and what came of it; those who are only asked go to their own page."""
    consultation = consultation_for(request.user, pk)
    if not permissions.is_staff(request.user, consultation):
        return redirect("consultation_read", pk)
    directive = consultation.draft.directive
    delegates = delegates_of(consultation)
    earlier = Consultation.objects.filter(draft__directive=directive).exclude(pk=pk)
    context = frame(directive, request.user, "comments") | {
        "consultation": consultation,
        "draft": consultation.draft,
        "delegates": delegates,
        "silent": [one for one in delegates if not one.has_answered],
        "counts": position_counts(delegates),
        "submitted": sum(one.submitted for one in delegates),
        "asked_me": any(one.person_id == request.user.pk for one in delegates),
        "rounds": earlier.select_related("draft").defer("draft__content"),
    }
    return render(request, "comments/consultation_view.html", context)


def delegates_of(consultation: Consultation) -> list[Delegate]:
    """By rank, each with `submitted`, the number of their comments, and `has_answered`."""
    comments = consultation.comments.filter(status=Status.SUBMITTED).order_by()
    by_author = dict(
        comments.values("author").annotate(count=Count("pk")).values_list("author", "count")
    )
    delegates = list(consultation.delegates.select_related("person", "recorded_by"))
    for delegate in delegates:
        delegate.submitted = by_author.get(delegate.person_id, 0)
        delegate.has_answered = bool(delegate.position or delegate.submitted)
    return delegates


def position_counts(delegates: list[Delegate]) -> list[tuple[str, int]]:
    """How many took each position. Silence is counted by itself."""
    return [
        (label, sum(one.position == position for one in delegates))
        for position, label in Position.choices
    ]


def deadline_extend(request: HttpRequest, pk: int) -> HttpResponse:
    consultation = consultation_for(request.user, pk, permissions.can_close)
    if consultation.closed_at and request.method != "POST":
        return redirect(consultation)
    form = ExtendForm(request.POST or None, initial={"deadline": _later(consultation)})
    if request.method == "POST" and form.is_valid():
        try:
            services.extend_deadline(pk, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("deadline" if refused.code == "deadline" else None, str(refused))
        else:
            messages.success(request, _("The deadline has been moved."))
            return redirect(consultation)
    context = {"consultation": consultation, "form": form}
    status = 422 if form.errors else 200
    return render(request, "comments/deadline_extend.html", context, status=status)


def _later(consultation: Consultation) -> datetime:
    from_then = max(consultation.deadline, timezone.now()) + timedelta(days=1)
    day = timezone.localtime(from_then)
    return datetime.combine(day.date(), CLOSE_OF_WORK, tzinfo=day.tzinfo)


def consultation_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has not answered and what is still being written, then the end of the round."""
    consultation = consultation_for(request.user, pk, permissions.can_close)
    if request.method == "POST":
        services.close_round(pk, actor=request.user)
        messages.success(request, _("The round is over. Answer the comments now."))
        return redirect("workbench", pk)
    if consultation.closed_at:
        return redirect(consultation)
    delegates = delegates_of(consultation)
    context: dict[str, Any] = {
        "consultation": consultation,
        "silent": [one for one in delegates if not one.has_answered],
        "submitted": sum(one.submitted for one in delegates),
        "being_written": consultation.comments.filter(status=Status.DRAFT).count(),
        "early": consultation.is_open,
    }
    return render(request, "comments/consultation_close.html", context)
