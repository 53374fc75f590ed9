"""A draft from a Word file: read apart, then looked through like a pasted text."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from directives.forms import MAX_PASTE, WordFileForm
from directives.incoming import reading
from directives.incoming.notes import told
from directives.incoming.shapes import Document, Line
from directives.refusals import Refused
from directives.views.found import draft_to_write
from directives.views.pasting import Brought, context_of, preview


def draft_upload(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    draft = draft_to_write(request.user, pk, number)
    if not draft.is_working:
        return redirect(draft)
    form = WordFileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            document = reading.read(form.cleaned_data["file"].read())
            state = form.cleaned_data["state"]
            return preview(request, draft, _text(document, state), _brought(document, state))
        except Refused as refused:
            form.add_error("file", str(refused))
    context = context_of(draft) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "directives/draft_upload.html", context, status=status)


def _text(document: Document, state: str) -> str:
    text = _joined(document.original if state == "original" else document.accepted)
    if len(text) > MAX_PASTE:
        raise Refused(
            _("This text has %(length)s characters; the most is %(limit)s. Send it in parts.")
            % {"length": len(text), "limit": MAX_PASTE},
            code="too_long",
        )
    return text


def _joined(lines: list[Line]) -> str:
    return "\n".join(line.text for line in lines)


def _brought(document: Document, state: str) -> Brought:
    lost, changed = told(document)
    if not document.changes:
        return Brought(lost, changed)
    original = state == "original"
    taken = _("They are left out here.") if original else _("They are taken as accepted here.")
    other = "accepted" if original else "original"
    return Brought(
        lost,
        changed,
        f"{_tracked(document)} {taken}",
        _text(document, other),
        _("Take the text with the changes") if original else _("Take the text before the changes"),
    )


def _tracked(document: Document) -> str:
    words = ngettext(
        "The file has %(count)s change that nobody has accepted yet (by %(names)s).",
        "The file has %(count)s changes that nobody has accepted yet (by %(names)s).",
        document.changes,
    )
    names = ", ".join(document.authors) or _("somebody unnamed")
    return words % {"count": document.changes, "names": names}
