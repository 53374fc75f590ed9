"""The editor: a list of provisions, of which one may have a pane open.

Links and forms are plain; htmx boosts them, and then gets the row, or the list when numbers may
have changed. Whatever a pane holds comes back with it when the domain refuses.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from directives import drafting, outline
from directives.drafting import StaleVersion
from directives.forms import KindForm, NewProvisionForm, ProvisionForm, SplitForm
from directives.models import Draft, Provision
from directives.refusals import Refused
from directives.text.kinds import Kind
from directives.views.editor import (
    again,
    done,
    fragment,
    key_of,
    list_again,
    rows_of,
    whole_page,
)
from directives.views.found import draft_to_write
from directives.views.panes import Pane, adding, asked_for, stale_pane


@require_GET
def draft_edit(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The page; with `pane` and `at` one row of it open, alone when htmx asks."""
    draft = draft_to_write(request.user, pk, number)
    if not draft.is_working:
        messages.info(request, _("Draft %s is frozen and cannot be changed any more.") % number)
        return redirect(draft)
    rows = rows_of(draft)
    pane = asked_for(rows, request.GET.get("pane", ""), request.GET.get("at", ""))
    if request.htmx:
        return fragment(request, draft, rows, pane)
    return whole_page(request, draft, rows, pane)


@require_POST
def provision_save(request: HttpRequest, pk: int, number: int, provision: int) -> HttpResponse:
    draft = draft_to_write(request.user, pk, number, provision)
    form = ProvisionForm(request.POST)
    if not form.is_valid():
        return again(request, draft, Pane("edit", provision, form))
    said = form.cleaned_data
    try:
        saved = drafting.save_provision(provision, actor=request.user, **said)
    except StaleVersion as stale:
        return again(request, draft, stale_pane(stale, form), status=409)
    except Refused as refused:
        if refused.code == "gone":
            return _gone(request, draft, provision, refused, said["text"])
        form.add_error(None, str(refused))
        return again(request, draft, Pane("edit", provision, form))
    return done(request, draft, saved, row_only=True)


def _gone(
    request: HttpRequest, draft: Draft, provision: int, refused: Refused, text: str
) -> HttpResponse:
    """The text of a provision that a colleague deleted, offered as a new one."""
    form = adding(rows_of(draft), None, {"kind": Kind.CLAUSE, "text": text})
    form.add_error(None, str(refused))
    return again(request, draft, Pane("add", provision, form))


@require_POST
def provision_add(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    draft = draft_to_write(request.user, pk, number)
    form = NewProvisionForm(request.POST)
    after = request.POST.get("after", "")
    pane = Pane("add", int(after) if after.isdecimal() else None, form)
    if not form.is_valid():
        return again(request, draft, pane)
    try:
        added = drafting.add_provision(draft.pk, actor=request.user, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return again(request, draft, pane)
    return done(request, draft, added, then="add" if "more" in request.POST else "")


@require_POST
def provision_split(request: HttpRequest, pk: int, number: int, provision: int) -> HttpResponse:
    draft = draft_to_write(request.user, pk, number, provision)
    form = SplitForm(request.POST)
    if not form.is_valid():
        return again(request, draft, Pane("split", provision, form))
    said = form.cleaned_data
    try:
        new = drafting.split_provision(provision, actor=request.user, **said)
    except Refused as refused:
        if refused.code == "gone":
            return _gone(request, draft, provision, refused, f"{said['first']}\n{said['second']}")
        form.add_error(None, str(refused))
        return again(request, draft, Pane("split", provision, form))
    return done(request, draft, new)


@require_POST
def provision_delete(request: HttpRequest, pk: int, number: int, provision: int) -> HttpResponse:
    draft = draft_to_write(request.user, pk, number, provision)
    return _act(
        request, draft, lambda: drafting.delete_provision(provision, actor=request.user), gone=True
    )


@require_POST
def provision_restore(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    draft = draft_to_write(request.user, pk, number)

    def restore() -> Provision:
        key = key_of(request.POST.get("key", ""))
        if key is None:
            raise Refused(_("There is nothing to restore: the provision stands in the draft."))
        return drafting.restore_provision(draft.pk, actor=request.user, key=key)

    return _act(request, draft, restore)


@require_POST
def provision_move(request: HttpRequest, pk: int, number: int, provision: int) -> HttpResponse:
    """One place up or down (`direction`), or behind the provision `after`."""
    draft = draft_to_write(request.user, pk, number, provision)

    def move() -> Provision:
        after = _place(draft, provision, request.POST)
        return drafting.move_provision(provision, actor=request.user, after=after)

    return _act(request, draft, move)


def _place(draft: Draft, provision_id: int, said: Any) -> int:
    if str(said.get("after", "")).isdecimal():
        return int(said["after"])
    ordered = drafting.in_order(draft)
    provision = get_object_or_404(draft.provisions, pk=provision_id)
    step = outline.place_up if said.get("direction") == "up" else outline.place_down
    target = step(ordered, provision)
    if target is None:
        raise Refused(_("The provision cannot go further in this direction."), code="edge")
    return target.pk


@require_POST
def provision_indent(request: HttpRequest, pk: int, number: int, provision: int) -> HttpResponse:
    draft = draft_to_write(request.user, pk, number, provision)
    deeper = request.POST.get("direction") == "deeper"
    return _act(
        request,
        draft,
        lambda: drafting.indent_provision(provision, actor=request.user, deeper=deeper),
    )


@require_POST
def provision_change_kind(
    request: HttpRequest, pk: int, number: int, provision: int
) -> HttpResponse:
    draft = draft_to_write(request.user, pk, number, provision)
    form = KindForm(request.POST)
    if not form.is_valid():
        return again(request, draft, Pane("kind", provision, form))
    kind = Kind(form.cleaned_data["kind"])
    return _act(
        request, draft, lambda: drafting.change_kind(provision, actor=request.user, kind=kind)
    )


@require_POST
def provision_join(request: HttpRequest, pk: int, number: int, provision: int) -> HttpResponse:
    draft = draft_to_write(request.user, pk, number, provision)
    return _act(request, draft, lambda: drafting.join_provision(provision, actor=request.user))


def _act(
    request: HttpRequest, draft: Draft, change: Callable[[], Provision], gone: bool = False
) -> HttpResponse:
    """An act without typed text: done, or the list again with what was refused above it."""
    try:
        changed = change()
    except Refused as refused:
        if request.htmx:
            return list_again(request, draft, refused=str(refused))
        messages.error(request, str(refused))
        return redirect("draft_edit", draft.directive_id, draft.number)
    # Whoever moves a provision step by step finds the same button under the hand again.
    then = "acts" if "direction" in request.POST else ""
    return done(request, draft, changed, gone=gone, then=then)
