from django.urls import path

from meetings import views

MEETING = "meetings/<int:pk>/"

urlpatterns = [
    path("meetings/", views.meeting_list, name="meeting_list"),
    path("meetings/new/", views.meeting_convene, name="meeting_convene"),
    path(MEETING, views.meeting_view, name="meeting_view"),
    path(f"{MEETING}attendees/add/", views.attendee_add, name="attendee_add"),
    path(
        f"{MEETING}attendees/<int:attendee>/remove/", views.attendee_remove, name="attendee_remove"
    ),
    path(f"{MEETING}items/add/", views.item_add, name="item_add"),
    path(f"{MEETING}items/<int:item>/remove/", views.item_remove, name="item_remove"),
    path(f"{MEETING}items/<int:item>/circulate/", views.item_circulate, name="item_circulate"),
]
