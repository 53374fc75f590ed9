"""The calendar of meetings, month by month."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Role
from meetings import months


def meeting_calendar(request: HttpRequest) -> HttpResponse:
    """The month in the address (?month=2026-11), or this one."""
    month = months.month_of(request.user, months.month_named(request.GET.get("month", "")))
    context = {
        "month": month,
        "today": timezone.localdate(),
        "may_convene": bool(request.user.committees_as(Role.OFFICE)),
    }
    return render(request, "meetings/meeting_calendar.html", context)
