"""The words that an office often answers with, kept for all its rounds."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from comments import permissions
from comments.forms.answers import ReplyTemplateFormSet
from comments.views.found import consultation_for


def reply_templates(request: HttpRequest, pk: int) -> HttpResponse:
    """All of the committee's templates in one form: change, remove, add one."""
    consultation = consultation_for(request.user, pk, permissions.can_answer)
    committee = consultation.draft.directive.committee
    forms = ReplyTemplateFormSet(request.POST or None, instance=committee, prefix="words")
    if request.method == "POST" and forms.is_valid():
        forms.save()
        messages.success(request, _("The ready words are kept."))
        return redirect("reply_templates", pk)
    status = 422 if request.method == "POST" else 200
    context = {"consultation": consultation, "forms": forms}
    return render(request, "comments/reply_templates.html", context, status=status)
