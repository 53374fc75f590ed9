"""The list of directives, a new one, its details and its log."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Role, User
from directives import drafting, events, permissions
from directives.forms import DetailsForm, DirectiveForm, StateFilter
from directives.frame import frame
from directives.log import entries
from directives.models import Event, Relation, State
from directives.reading import directives_for
from directives.refusals import Refused
from directives.register_forms import RelationForm
from directives.views.found import directive_for

PER_PAGE = 25
EVENTS_PER_PAGE = 50
AUTHORITIES = ("T/M BAN THƯỜNG VỤ", "T/M TỈNH ỦY", "K/T BÍ THƯ")
TITLES = ("BÍ THƯ", "Q. BÍ THƯ", "PHÓ BÍ THƯ THƯỜNG TRỰC", "PHÓ BÍ THƯ")


def directive_list(request: HttpRequest) -> HttpResponse:
    """What the person may see, newest first."""
    wanted = StateFilter(request.GET)
    found = directives_for(request.user)
    if wanted.is_valid() and wanted.cleaned_data["state"]:
        found = found.filter(state=wanted.cleaned_data["state"])
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "form": wanted,
        "may_create": bool(request.user.committees_as(Role.OFFICE)),
    }
    return render(request, "directives/directive_list.html", context)


def directive_create(request: HttpRequest) -> HttpResponse:
    if not request.user.committees_as(Role.OFFICE):
        raise PermissionDenied
    initial = {"signing_authority": AUTHORITIES[0], "signer_title": TITLES[0]}
    initial["signer_name"] = _signers(request.user).first()
    form = DirectiveForm(request.POST or None, person=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            directive = drafting.create_directive(actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("secrecy" if refused.code == "secrecy" else None, str(refused))
        else:
            return redirect("draft_edit", directive.pk, 1)
    context = {"form": form} | suggestions(request.user)
    return render(request, "directives/directive_create.html", context, status=form_status(form))


def directive_change_details(request: HttpRequest, pk: int) -> HttpResponse:
    directive = directive_for(request.user, pk, permissions.can_edit)
    if not directive.latest_draft.is_working and request.method != "POST":
        return redirect(directive)
    initial = {name: getattr(directive, name) for name in drafting.DETAILS}
    form = DetailsForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            drafting.change_details(pk, actor=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error("secrecy" if refused.code == "secrecy" else None, str(refused))
        else:
            messages.success(request, _("The details are saved."))
            return redirect(directive)
    related = Relation.objects.filter(new=directive)
    context = {
        "form": form,
        "directive": directive,
        "related": related.select_related("old__issue__register__committee"),
        "relation_form": RelationForm(directive=directive),
        "voids": directive.state in (State.SUBMITTED, State.APPROVED),
    } | suggestions(request.user)
    return render(request, "directives/directive_details.html", context, status=form_status(form))


def suggestions(person: User) -> dict[str, Any]:
    return {"authorities": AUTHORITIES, "titles": TITLES, "names": _signers(person)}


def _signers(person: User) -> Any:
    """The names of those who chair the committees in whose office the person works."""
    chairs = User.objects.filter(
        role_grants__role=Role.CHAIR, role_grants__committee__in=person.committees_as(Role.OFFICE)
    )
    return chairs.order_by("rank", "name_key").values_list("full_name", flat=True).distinct()


def form_status(form: Any) -> int:
    return 422 if form.errors else 200


def directive_events(request: HttpRequest, pk: int) -> HttpResponse:
    """The log, newest first, and whether its chain is whole."""
    directive = directive_for(request.user, pk, permissions.can_view_events)
    stream = Event.objects.filter(stream=directive.stream)
    lines = stream.select_related("actor", "on_behalf_of").order_by("-sequence")
    page = Paginator(lines, EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = frame(directive, request.user, "events") | {
        "page": page,
        "entries": entries(directive, page.object_list),
        "broken": events.first_broken(stream),
    }
    return render(request, "directives/directive_events.html", context)
