"""A delegate's Word file: read, shown as comments, and kept as such once they were looked through.

Everything travels in the form; the file is kept nowhere.
"""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from comments import marked_copy, permissions
from comments.forms.copies import CopyForm, FoundComments
from comments.marked_copy import MarkedCopy
from comments.models import Consultation, ProposalKind, form_token
from comments.views.found import consultation_for
from directives.comparison import Numbered, numbered
from directives.drafting import in_order
from directives.frame import frame
from directives.incoming import reading
from directives.refusals import Refused


def copy_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Two stages at one address: the file, and the comments found in it."""
    consultation = consultation_for(request.user, pk, permissions.can_upload_copy)
    if consultation.closed_at:
        messages.info(request, _("The office has closed this round of comments."))
        return redirect(consultation)
    if "form-TOTAL_FORMS" in request.POST:
        return _keep(request, consultation)
    form = _form(request, consultation)
    if request.method == "POST" and form.is_valid():
        try:
            document = reading.read(form.cleaned_data["file"].read())
            copy = marked_copy.read_copy(document, consultation.draft)
            if not copy.found and not copy.unplaced:
                raise Refused(_("Nothing is changed in this file and nothing is said in it."))
            return _preview(request, consultation, form, copy)
        except Refused as refused:
            form.add_error("file", str(refused))
    return _page(request, consultation, "comments/copy_upload.html", form=form)


def _form(request: HttpRequest, consultation: Consultation) -> CopyForm:
    """For oneself, or by the office and a clerk for whoever is asked."""
    records = permissions.can_record(request.user, consultation)
    asked = consultation.delegates.values("person")
    people = User.objects.by_rank().filter(pk__in=asked)
    people = people if records else people.filter(pk=request.user.pk)
    return CopyForm(
        request.POST or None,
        request.FILES or None,
        people=people,
        initial={"author": request.GET.get("author", "")},
    )


def _preview(
    request: HttpRequest, consultation: Consultation, form: CopyForm, copy: MarkedCopy
) -> HttpResponse:
    said = [
        {
            "keep": one.tracked,
            "token": form_token(),
            "at": one.said.provision_key,
            "quote": one.said.quote,
            "quote_start": one.said.quote_start,
            "body": one.said.body,
            "proposal_kind": one.said.proposal_kind,
            "proposed_text": one.said.proposed_text,
            "category": one.said.category,
            "names": ", ".join(one.authors),
            "tracked": one.tracked,
        }
        for one in copy.found
    ]
    unplaced = [f"{one.why}: “{one.words}”" for one in copy.unplaced] + copy.lost
    return _show(request, consultation, form, FoundComments(initial=said), unplaced)


def _show(
    request: HttpRequest,
    consultation: Consultation,
    form: CopyForm,
    comments: FoundComments,
    unplaced: list[str],
) -> HttpResponse:
    rows = {row.key: row for row in numbered(in_order(consultation.draft))}
    return _page(
        request,
        consultation,
        "comments/copy_preview.html",
        form=form,
        author=form.cleaned_data["author"],
        own=form.cleaned_data["author"] == request.user,
        comments=comments,
        cards=[_card(one, rows) for one in comments],
        unplaced=unplaced,
    )


def _card(form: Any, rows: dict[str, Numbered]) -> dict[str, Any]:
    """A found comment as it is shown: what it says of which provision."""
    row = rows.get(str(form["at"].value() or ""))
    kind = form["proposal_kind"].value() or ""
    whole = kind == ProposalKind.INSERT_AFTER or row is None
    citation = row.citation if row else _("the draft as a whole")
    return {
        "form": form,
        "kind": kind,
        "where": citation[:1].upper() + citation[1:],
        "old": "" if whole else row.text,
        "new": form["proposed_text"].value() or "",
        "untracked": not form["tracked"].value() or form["tracked"].value() == "False",
    }


def _keep(request: HttpRequest, consultation: Consultation) -> HttpResponse:
    form = _form(request, consultation)
    form.fields["file"].required = False
    comments = FoundComments(request.POST)
    unplaced = request.POST.getlist("unplaced")
    if not form.is_valid():
        return _page(request, consultation, "comments/copy_upload.html", form=form)
    if not comments.is_valid():
        return _show(request, consultation, form, comments, unplaced)
    author = form.cleaned_data["author"]
    try:
        made = marked_copy.keep(
            consultation.pk, actor=request.user, author=author, comments=comments.chosen
        )
    except Refused as refused:
        comments.non_form_errors().append(str(refused))
        return _show(request, consultation, form, comments, unplaced)
    return _done(request, consultation, author, len(made))


def _done(
    request: HttpRequest, consultation: Consultation, author: User, count: int
) -> HttpResponse:
    if author == request.user:
        words = ngettext(
            "%s comment is kept, not sent yet. Read it and send it.",
            "%s comments are kept, not sent yet. Read them and send them.",
            count,
        )
        messages.success(request, words % count)
        return redirect("consultation_read", consultation.pk)
    words = ngettext("%(count)s comment recorded.", "%(count)s comments recorded.", count)
    messages.success(request, f"{author}: " + words % {"count": count})
    return redirect(consultation)


def _page(
    request: HttpRequest, consultation: Consultation, template: str, **facts: Any
) -> HttpResponse:
    bad = facts["form"].errors or ("comments" in facts and facts["comments"].is_bound)
    context = frame(consultation.draft.directive, request.user, "comments") | {
        "consultation": consultation,
        "draft": consultation.draft,
        **facts,
    }
    return render(request, template, context, status=422 if bad else 200)
