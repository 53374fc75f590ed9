from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Notice
from accounts.notices.forms import PreferencesForm
from accounts.notices.telling import mark_read

PER_PAGE = 50


@require_GET
def notice_list(request: HttpRequest) -> HttpResponse:
    """A person's notices, the unread first, then the newest."""
    mine = Notice.objects.filter(person=request.user).annotate(unread=Q(read_at=None))
    notices = mine.order_by("-unread", "-created_at", "-pk")
    unread = mine.filter(unread=True).count()
    page = Paginator(notices, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/notices.html", {"page": page, "unread": unread})


@require_GET
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """To the page that the notice is about; it counts as read."""
    notice = get_object_or_404(Notice, pk=pk, person=request.user)
    mark_read(request.user, pk)
    return redirect(notice.url_name, *notice.url_args)


@require_POST
def notice_read(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(Notice, pk=pk, person=request.user)
    mark_read(request.user, pk)
    return redirect("notice_list")


@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    mark_read(request.user)
    return redirect("notice_list")


def notice_preferences(request: HttpRequest) -> HttpResponse:
    form = PreferencesForm(request.POST or None, instance=request.user)
    if form.is_valid():
        form.save()
        messages.success(request, _("Your choice has been saved."))
        return redirect("notice_list")
    context = {"form": form}
    return render(
        request, "accounts/notice_preferences.html", context, status=422 if form.is_bound else 200
    )
