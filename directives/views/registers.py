"""The number registers: every number of one, and what the clerk does with it."""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from accounts.models import Role, User
from directives import permissions, register, register_papers
from directives.forms import IssueForm
from directives.models import Directive, NumberRegister, RegisterEntry
from directives.refusals import Refused
from directives.register_forms import (
    CancelNumberForm,
    EntryFilter,
    RegisterForm,
    ReserveForm,
    terms_without_register,
)
from directives.text.normalise import fold
from directives.views.exports import XLSX, attachment
from directives.views.printing import send_paper

PER_PAGE = 50


@require_GET
def register_list(request: HttpRequest) -> HttpResponse:
    """The newest register of the person's committees, of directives before others, or the way to
    the first one."""
    newest = _registers(request.user).order_by("-term__starts", "document_type", "-pk").first()
    if newest is not None:
        return redirect("register_view", newest.pk)
    context = {"may_open": terms_without_register(request.user).exists()}
    return render(request, "directives/register_list.html", context)


@require_GET
def register_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Every number in order with what became of it; opens where the newest ones stand."""
    numbers = _register_for(request.user, pk)
    facts = list(numbers.entries.values_list("status", "issued_on", "taken_at"))
    years = sorted({_year(*dates) for _status, *dates in facts}, reverse=True)
    wanted = EntryFilter(request.GET, years=years)
    per_page = PER_PAGE if "all" not in request.GET else len(facts) or 1
    paginator = Paginator(_entries(numbers, wanted), per_page)
    context = {
        "numbers": numbers,
        "registers": _registers(request.user),
        "page": paginator.get_page(request.GET.get("page") or paginator.num_pages),
        "form": wanted,
        "counts": Counter(status for status, *_dates in facts),
        "may_keep": (may_keep := permissions.can_keep_register(request.user, numbers)),
        "may_reserve": may_keep and numbers.covers(timezone.localdate()),
        "may_open": terms_without_register(request.user).exists(),
    }
    return render(request, "directives/register_view.html", context)


def _year(issued_on: date | None, taken_at: datetime) -> int:
    return issued_on.year if issued_on else timezone.localtime(taken_at).year


def _entries(numbers: NumberRegister, wanted: EntryFilter) -> QuerySet[RegisterEntry]:
    entries = register_papers.register_entries(numbers)
    said = wanted.cleaned_data if wanted.is_valid() else {}
    if said.get("status"):
        entries = entries.filter(status=said["status"])
    if said.get("year"):
        year = int(said["year"])
        entries = entries.filter(Q(issued_on__year=year) | Q(issued_on=None, taken_at__year=year))
    return entries


@require_GET
def register_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """Every number of the register as a paper."""
    numbers = _register_for(request.user, pk)
    paper = register_papers.register_paper(numbers)
    return send_paper(request, paper, name=_file_name(numbers, "pdf"))


@require_GET
def register_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    """Every number of the register as a workbook."""
    numbers = _register_for(request.user, pk)
    return attachment(register_papers.register_xlsx(numbers), XLSX, _file_name(numbers, "xlsx"))


def _file_name(numbers: NumberRegister, ending: str) -> str:
    return f"{slugify(fold(f'{numbers.title} {numbers.term}'))}.{ending}"


def number_reserve(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the next number; `for` names the directive that waits for it."""
    numbers = _register_for(request.user, pk, permissions.can_keep_register)
    check = partial(register.refuse_ended, numbers)
    if stopped := _stopped(request, numbers.pk, check):
        return stopped
    form = ReserveForm(
        request.POST or None,
        numbers=numbers,
        initial={"directive": request.GET.get("for")},
    )
    if request.method == "POST" and form.is_valid():
        try:
            entry = register.reserve(pk, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Number %s is reserved.") % entry)
            return _back(entry)
    context = {"form": form, "numbers": numbers, "next": numbers.symbol(numbers.last_number + 1)}
    return render(request, "directives/number_reserve.html", context, status=_status(form))


def number_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel a reserved number with a reason, after a question."""
    entry = _entry_for(request.user, pk)
    check = partial(register.refuse_settled, entry)
    if stopped := _stopped(request, entry.register_id, check):
        return stopped
    form = CancelNumberForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            register.cancel(pk, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request, _("Number %s is cancelled and stays in the register.") % entry
            )
            return redirect("register_view", entry.register_id)
    context = {"form": form, "entry": entry}
    return render(request, "directives/number_cancel.html", context, status=_status(form))


def number_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the day on which the paper outside was issued under its number."""
    entry = _entry_for(request.user, pk)
    check = partial(register.refuse_unless_outside, entry)
    if stopped := _stopped(request, entry.register_id, check):
        return stopped
    form = IssueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            register.record_paper(pk, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("issued_on", str(refused))
        else:
            messages.success(request, _("The day of number %s is entered.") % entry)
            return redirect("register_view", entry.register_id)
    context = {"form": form, "entry": entry}
    return render(request, "directives/number_record.html", context, status=_status(form))


def register_open(request: HttpRequest) -> HttpResponse:
    """Open the register of a term; `for` names the directive that waits to be issued."""
    _registers(request.user)
    waiting = request.GET.get("for", "")
    form = RegisterForm(request.POST or None, person=request.user, initial=_newest_term(request))
    if request.method == "POST" and form.is_valid():
        try:
            register.open_register(actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The register is open."))
            if waiting.isdecimal() and Directive.objects.filter(pk=int(waiting)).exists():
                return redirect("directive_issue", int(waiting))
            return redirect("register_list")
    context = {"form": form, "waiting": waiting if waiting.isdecimal() else ""}
    return render(request, "directives/register_open.html", context, status=_status(form))


def _newest_term(request: HttpRequest) -> dict[str, Any]:
    term = terms_without_register(request.user).order_by("-starts").first()
    return {"term": term and term.pk}


def _registers(person: User) -> QuerySet[NumberRegister]:
    committees = person.committees_as(Role.CLERK, Role.OFFICE)
    if not committees:
        raise PermissionDenied
    registers = NumberRegister.objects.filter(committee__in=committees)
    return registers.select_related("committee", "term")


def _register_for(
    person: User, pk: int, predicate: Any = permissions.can_view_register
) -> NumberRegister:
    registers = NumberRegister.objects.select_related("committee", "term")
    numbers = get_object_or_404(registers, pk=pk)
    permissions.require(predicate, person, numbers)
    return numbers


def _entry_for(person: User, pk: int) -> RegisterEntry:
    """An entry for whoever keeps its register."""
    entries = RegisterEntry.objects.select_related("register__committee", "directive", "taken_by")
    entry = get_object_or_404(entries, pk=pk)
    permissions.require(permissions.can_keep_register, person, entry.register)
    return entry


def _stopped(request: HttpRequest, numbers: int, check: Callable[[], None]) -> HttpResponse | None:
    """Back to the register with the words of what refuses, before anything is typed in vain."""
    if request.method == "POST":
        return None
    try:
        check()
    except Refused as refused:
        messages.warning(request, str(refused))
        return redirect("register_view", numbers)
    return None


def _back(entry: RegisterEntry) -> HttpResponse:
    """To the directive that has its number now, or to the register."""
    if entry.directive_id:
        return redirect("directive_issuing", entry.directive_id)
    return redirect("register_view", entry.register_id)


def _status(form: Any) -> int:
    return 422 if form.errors else 200
