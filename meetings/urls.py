from django.urls import path

from meetings.views import preparing

MEETING = "meetings/<int:pk>/"

urlpatterns = [
    path("meetings/", preparing.meeting_list, name="meeting_list"),
    path("meetings/new/", preparing.meeting_convene, name="meeting_convene"),
    path(MEETING, preparing.meeting_view, name="meeting_view"),
    path(f"{MEETING}attendees/add/", preparing.attendee_add, name="attendee_add"),
    path(
        f"{MEETING}attendees/<int:attendee>/remove/",
        preparing.attendee_remove,
        name="attendee_remove",
    ),
    path(f"{MEETING}items/add/", preparing.item_add, name="item_add"),
    path(f"{MEETING}items/<int:item>/remove/", preparing.item_remove, name="item_remove"),
    path(f"{MEETING}items/<int:item>/circulate/", preparing.item_circulate, name="item_circulate"),
]
