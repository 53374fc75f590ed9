"""How the editor answers: a row, the list when numbers may have changed, or the page."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django_htmx.http import HttpResponseClientRefresh, reswap, retarget

from directives import drafting
from directives.comparison import Numbered, numbered
from directives.frame import frame
from directives.models import Draft, Lineage, Provision, State
from directives.text.kinds import Kind
from directives.views.panes import Pane, opened

IN_CONTENTS = (Kind.PART, Kind.CLAUSE, Kind.ANNEX)
UNAPPROVED_BY_EDIT = (State.SUBMITTED, State.APPROVED)


def rows_of(draft: Draft) -> list[Numbered]:
    return numbered(drafting.in_order(draft))


def done(
    request: HttpRequest,
    draft: Draft,
    changed: Provision,
    *,
    row_only: bool = False,
    gone: bool = False,
    then: str = "",
) -> HttpResponse:
    """Show the person where they were working, with the next pane open if they asked for one."""
    if draft.directive.state in UNAPPROVED_BY_EDIT:
        messages.warning(
            request, _("The text was changed: it must be submitted to the chair again.")
        )
        if request.htmx:
            return HttpResponseClientRefresh()
    if request.htmx and row_only:
        return fragment(request, draft, rows_of(draft), Pane(at=changed.pk))
    if request.htmx:
        return list_again(request, draft, changed=changed, gone=gone, then=then)
    query = {"deleted": str(changed.key)} if gone else {"at": changed.pk}
    if then:
        query["pane"] = then
    address = reverse("draft_edit", args=[draft.directive_id, draft.number])
    place = "deleted" if gone else f"p-{changed.key}"
    return redirect(f"{address}?{urlencode(query)}#{place}")


def again(request: HttpRequest, draft: Draft, pane: Pane, status: int = 422) -> HttpResponse:
    """The pane as it was sent, with what is wrong; at the end when its provision is gone."""
    rows = rows_of(draft)
    gone = pane.at is not None and all(row.provision.pk != pane.at for row in rows)
    if gone:
        pane.at = None
    if not request.htmx:
        return whole_page(request, draft, rows, pane, status=status)
    if gone:
        return list_again(request, draft, pane=pane, status=status)
    return fragment(request, draft, rows, pane, status=status)


def list_again(
    request: HttpRequest,
    draft: Draft,
    *,
    changed: Provision | None = None,
    gone: bool = False,
    then: str = "",
    pane: Pane | None = None,
    status: int = 200,
    **facts: Any,
) -> HttpResponse:
    """The list in place of the old one, whatever row was asked from."""
    rows = rows_of(draft)
    if then and changed:
        pane = opened(then, rows, next(row for row in rows if row.provision.pk == changed.pk))
        pressed = request.POST.get("direction", "")
        pane.facts["again"] = pressed if pane.facts.get("possible", {}).get(pressed) else ""
    context = _context(draft, rows, pane or Pane()) | facts
    context["focus"] = None if gone or then else changed and changed.pk
    context |= _undo(rows, changed if gone else None)
    response = render(request, "directives/_editor.html", context, status=status)
    return reswap(retarget(response, "#editor"), "outerHTML show:none")


def fragment(
    request: HttpRequest, draft: Draft, rows: list[Numbered], pane: Pane, status: int = 200
) -> HttpResponse:
    """One row, or the end of the list."""
    row = next((row for row in rows if row.provision.pk == pane.at), None)
    context = _context(draft, rows, pane) | {"row": row, "focus": pane.at}
    name = "directives/_provision.html" if row else "directives/_editor_end.html"
    return render(request, name, context, status=status)


def whole_page(
    request: HttpRequest, draft: Draft, rows: list[Numbered], pane: Pane, status: int = 200
) -> HttpResponse:
    context = frame(draft.directive, request.user, "text") | _context(draft, rows, pane)
    context["voids"] = draft.directive.state in UNAPPROVED_BY_EDIT
    context |= _undo(rows, _deleted(draft, request.GET.get("deleted", "")))
    return render(request, "directives/draft_edit.html", context, status=status)


def _context(draft: Draft, rows: list[Numbered], pane: Pane) -> dict[str, Any]:
    return {
        "directive": draft.directive,
        "draft": draft,
        "rows": rows,
        "pane": pane,
        "editor_url": reverse("draft_edit", args=[draft.directive_id, draft.number]),
        "contents": [row for row in rows if row.provision.kind in IN_CONTENTS],
        # Said in each of hundreds of rows, and therefore looked up once.
        "words": {"edit": _("Edit"), "more": _("More"), "empty": _("(empty)")},
        "written": len([row for row in rows if row.provision.kind not in drafting.FIXED]),
    }


def _undo(rows: list[Numbered], deleted: Any) -> dict[str, Any]:
    """What can be brought back, shown where it stood: below the last one before it."""
    if deleted is None:
        return {}
    above = [row.provision.pk for row in rows if row.provision.position < deleted.position]
    return {"deleted": deleted, "deleted_after": above[-1]}


def _deleted(draft: Draft, said: str) -> Any:
    """What was deleted last under this key, while it can still be brought back."""
    key = key_of(said)
    if key is None or draft.provisions.filter(key=key).exists():
        return None
    gone = draft.lineage.filter(key=key, act=Lineage.Act.DELETED).exists()
    history = Provision.history.filter(key=key, history_type="-")
    return history.order_by("-history_id").first() if gone else None


def key_of(said: str) -> UUID | None:
    try:
        return UUID(said)
    except ValueError:
        return None
