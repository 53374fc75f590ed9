"""The report of a meeting: its photos, and the news of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from directives.refusals import Refused
from directives.views.exports import DOCX, attachment
from directives.views.sending import File, send
from meetings import permissions
from meetings.forms.reporting import NewsForm, PhotoForm, PhotoWordsForm
from meetings.frame import frame
from meetings.models import Meeting, News, Photo
from meetings.reporting import news, photos
from meetings.reporting.news import StaleNews
from meetings.views.fetching import meeting_for


def meeting_report(request: HttpRequest, pk: int) -> HttpResponse:
    """What is there of photos and news; those who report find the forms there too."""
    return _page(request, meeting_for(request.user, pk))


def _page(request: HttpRequest, meeting: Meeting, status: int = 200, **bound: Any) -> HttpResponse:
    reports = permissions.can_report(request.user, meeting)
    listed = list(meeting.photos.defer("image", "thumbnail"))
    context = frame(meeting, request.user, "report") | {
        "may_report": reports,
        "photos": listed,
        "room_for_more": len(listed) < photos.MOST,
        "most": photos.MOST,
        "news": News.objects.select_related("updated_by").filter(meeting=meeting).first(),
        "photo_form": PhotoForm(),
    }
    return render(request, "meetings/meeting_report.html", context | bound, status=status)


@require_POST
def photo_add(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_report)
    form = PhotoForm(request.POST, request.FILES)
    if form.is_valid():
        said = form.cleaned_data
        try:
            photos.add_photo(
                pk,
                actor=request.user,
                content=said["file"].read(),
                alt=said["alt"],
                caption=said["caption"],
            )
        except Refused as refused:
            form.add_error("alt" if refused.code == "alt" else "file", str(refused))
        else:
            messages.success(request, _("The photo has been added."))
            return redirect(f"{reverse('meeting_report', args=[pk])}#photos")
    return _page(request, meeting, 422, photo_form=form)


def photo_edit(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """A photo's words; taking it away is asked for once more."""
    meeting = meeting_for(request.user, pk, permissions.can_report)
    found = _photo(meeting, photo)
    form = PhotoWordsForm(
        request.POST or None, initial={"alt": found.alt, "caption": found.caption}
    )
    if request.method == "POST" and form.is_valid():
        photos.describe_photo(found.pk, actor=request.user, **form.cleaned_data)
        messages.success(request, _("The photo's words have been changed."))
        return redirect(f"{reverse('meeting_report', args=[pk])}#photo-{photo}")
    context = frame(meeting, request.user, "report") | {"photo": found, "form": form}
    status = 422 if form.errors else 200
    return render(request, "meetings/photo_edit.html", context, status=status)


@require_POST
def photo_move(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    found = _photo(meeting_for(request.user, pk, permissions.can_report), photo)
    photos.move_photo(found.pk, actor=request.user, up=request.POST.get("to") == "up")
    return redirect(f"{reverse('meeting_report', args=[pk])}#photo-{photo}")


def photo_remove(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_report)
    found = _photo(meeting, photo)
    if request.method == "POST":
        photos.remove_photo(found.pk, actor=request.user)
        messages.success(request, _("The photo has been removed."))
        return redirect(f"{reverse('meeting_report', args=[pk])}#photos")
    context = frame(meeting, request.user, "report") | {"photo": found}
    return render(request, "meetings/photo_remove.html", context)


def photo_view(request: HttpRequest, pk: int, photo: int, size: str) -> HttpResponse:
    """The picture itself, `image` or `thumbnail`, for whoever may see the meeting."""
    meeting = meeting_for(request.user, pk)
    found = _photo(meeting, photo)

    def read() -> bytes:
        return bytes(Photo.objects.values_list(size, flat=True).get(pk=found.pk))

    name = f"anh-{meeting.session_number}-{found.position:02}.jpg"
    return send(request, File(name, "image/jpeg", f"{found.sha256}-{size}", read))


def _photo(meeting: Meeting, photo: int) -> Photo:
    return get_object_or_404(meeting.photos.defer("image", "thumbnail"), pk=photo)


def news_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The news as saved, or as the facts would have it; `?again` puts the facts into the form."""
    meeting = meeting_for(request.user, pk, permissions.can_report)
    saved = News.objects.filter(meeting=meeting).first()
    words = saved if saved and "again" not in request.GET else news.assembled(meeting)
    initial = {
        "title": words.title,
        "body": words.body,
        "version": saved.version if saved else 0,
    }
    form, theirs = NewsForm(request.POST or None, initial=initial), None
    if request.method == "POST" and form.is_valid():
        try:
            news.save_news(pk, actor=request.user, **form.cleaned_data)
        except StaleNews as stale:
            theirs = stale.stored
            form = NewsForm(initial=form.cleaned_data | {"version": theirs.version})
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The news has been saved."))
            return redirect(f"{reverse('meeting_report', args=[pk])}#news")
    context = frame(meeting, request.user, "report") | {
        "form": form,
        "saved": saved,
        "theirs": theirs,
    }
    status = 409 if theirs else 422 if form.errors else 200
    return render(request, "meetings/news_edit.html", context, status=status)


def news_download(request: HttpRequest, pk: int) -> HttpResponse:
    meeting = meeting_for(request.user, pk, permissions.can_report)
    get_object_or_404(News, meeting=meeting)
    name = f"tin-hoi-nghi-{meeting.session_number}.docx"
    return attachment(news.news_docx(meeting), DOCX, name)
