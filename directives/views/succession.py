"""A directive that corrects, amends, replaces or repeals an issued one."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directives import drafting, permissions
from directives.forms import SuccessorForm
from directives.models import Directive, RelationKind, State
from directives.refusals import Refused
from directives.register_forms import RelationForm
from directives.views.directives import form_status, suggestions
from directives.views.found import directive_for


def directive_succeed(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The form of a new directive, filled from the issued one; its draft 1 has the first words."""
    if kind not in RelationKind.values:
        raise Http404
    old = directive_for(request.user, pk, permissions.can_edit)
    if old.state != State.ISSUED:
        return redirect(old)
    act = RelationKind(kind)
    form = SuccessorForm(request.POST or None, initial=_initial(old, act))
    if request.method == "POST" and form.is_valid():
        try:
            new = drafting.create_successor(old, actor=request.user, kind=act, **form.cleaned_data)
        except Refused as refused:
            form.add_error("secrecy" if refused.code == "secrecy" else None, str(refused))
        else:
            return redirect("draft_edit", new.pk, 1)
    context = {"form": form, "old": old, "kind": kind} | suggestions(request.user)
    return render(request, "directives/directive_succeed.html", context, status=form_status(form))


def _initial(old: Directive, kind: RelationKind) -> dict[str, str]:
    details = {name: getattr(old, name) for name in drafting.DETAILS}
    return details | {
        "subject": drafting.first_subject(old, kind),
        "recipients": drafting.recipients_of(old),
    }


@require_POST
def relation_add(request: HttpRequest, pk: int) -> HttpResponse:
    """Say what the directive does to an issued one."""
    directive = directive_for(request.user, pk, permissions.can_edit)
    form = RelationForm(request.POST, directive=directive)
    if not form.is_valid():
        messages.error(request, _("Choose the issued directive and what this one does to it."))
        return redirect("directive_change_details", pk)
    drafting.relate(pk, actor=request.user, **form.cleaned_data)
    messages.success(request, _("The link is made. It takes effect when this directive is issued."))
    return redirect("directive_change_details", pk)


@require_POST
def relation_remove(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    directive_for(request.user, pk, permissions.can_edit)
    drafting.unrelate(pk, actor=request.user, relation_id=relation)
    messages.success(request, _("The link is taken away."))
    return redirect("directive_change_details", pk)
