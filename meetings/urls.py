from django.urls import path

from meetings.views import (
    archive,
    changing,
    concluding,
    months,
    planning,
    preparing,
    reporting,
    running,
    screen,
    voting,
)

MEETING = "meetings/<int:pk>/"
PHOTO = f"{MEETING}photos/<int:photo>/"
ITEM = f"{MEETING}items/<int:item>/"
BALLOT = f"{MEETING}ballots/<int:ballot>/"

urlpatterns = [
    path("meetings/", preparing.meeting_list, name="meeting_list"),
    path("meetings/calendar/", months.meeting_calendar, name="meeting_calendar"),
    path("meetings/new/", preparing.meeting_convene, name="meeting_convene"),
    path(MEETING, preparing.meeting_view, name="meeting_view"),
    path(f"{MEETING}attendees/add/", preparing.attendee_add, name="attendee_add"),
    path(
        f"{MEETING}attendees/<int:attendee>/remove/",
        preparing.attendee_remove,
        name="attendee_remove",
    ),
    path(f"{MEETING}items/add/", preparing.item_add, name="item_add"),
    path(f"{MEETING}change/", changing.meeting_change, name="meeting_change"),
    path(f"{MEETING}cancel/", changing.meeting_cancel, name="meeting_cancel"),
    path(f"{MEETING}items/<int:item>/plan/", planning.item_plan, name="item_plan"),
    path(f"{MEETING}items/<int:item>/move/", planning.item_move, name="item_move"),
    path(f"{MEETING}items/<int:item>/remove/", planning.item_remove, name="item_remove"),
    path(f"{MEETING}items/<int:item>/papers/add/", planning.paper_add, name="paper_add"),
    path(f"{MEETING}papers/<int:paper>/file/", planning.paper_view, name="paper_view"),
    path(f"{MEETING}papers/<int:paper>/remove/", planning.paper_remove, name="paper_remove"),
    path(f"{MEETING}items/<int:item>/circulate/", preparing.item_circulate, name="item_circulate"),
    # The report: photos and news.
    path(f"{MEETING}report/", reporting.meeting_report, name="meeting_report"),
    path(f"{MEETING}photos/add/", reporting.photo_add, name="photo_add"),
    path(f"{PHOTO}edit/", reporting.photo_edit, name="photo_edit"),
    path(f"{PHOTO}move/", reporting.photo_move, name="photo_move"),
    path(f"{PHOTO}remove/", reporting.photo_remove, name="photo_remove"),
    path(f"{PHOTO}image/", reporting.photo_view, {"size": "image"}, name="photo_image"),
    path(f"{PHOTO}small/", reporting.photo_view, {"size": "thumbnail"}, name="photo_thumbnail"),
    path(f"{MEETING}news/", reporting.news_edit, name="news_edit"),
    path(f"{MEETING}news/word/", reporting.news_download, name="news_download"),
    path(f"{MEETING}archive/", archive.meeting_archive, name="meeting_archive"),
    path(
        f"{MEETING}archive/<int:archive>/download/",
        archive.archive_download,
        name="archive_download",
    ),
    # Votes.
    path(f"{ITEM}ballots/", voting.ballot_panel, name="ballot_panel"),
    path(f"{ITEM}ballots/open/", voting.ballot_open, name="ballot_open"),
    path(BALLOT, voting.ballot_view, name="ballot_view"),
    path(f"{BALLOT}vote/", voting.ballot_vote, name="ballot_vote"),
    path(f"{BALLOT}record/", voting.ballot_record, name="ballot_record"),
    path(f"{BALLOT}agree/", voting.ballot_agree, name="ballot_agree"),
    path(f"{BALLOT}close/", voting.ballot_close, name="ballot_close"),
    path(f"{BALLOT}count/", voting.ballot_count, name="ballot_count"),
    # Conclusions and tasks.
    path(f"{MEETING}conclusions/", concluding.meeting_conclusions, name="meeting_conclusions"),
    path(f"{ITEM}conclusion/", concluding.conclusion_edit, name="conclusion_edit"),
    path(f"{ITEM}conclusion/confirm/", concluding.conclusion_confirm, name="conclusion_confirm"),
    path(f"{ITEM}conclusion/apply/", concluding.conclusion_apply, name="conclusion_apply"),
    path(f"{ITEM}conclusion/carry/", concluding.conclusion_carry, name="conclusion_carry"),
    path(f"{ITEM}tasks/add/", concluding.task_add, name="task_add"),
    path(f"{MEETING}tasks/<int:task>/", concluding.task_view, name="task_view"),
    path(f"{MEETING}tasks/<int:task>/edit/", concluding.task_edit, name="task_edit"),
    path(f"{MEETING}tasks/<int:task>/drop/", concluding.task_drop, name="task_drop"),
    # In the room.
    path(f"{MEETING}room/", running.meeting_room, name="meeting_room"),
    path(f"{MEETING}room/act/", running.meeting_act, name="meeting_act"),
    path(f"{MEETING}room/open/", running.meeting_open, name="meeting_open"),
    path(f"{MEETING}room/close/", running.meeting_close, name="meeting_close"),
    path(f"{MEETING}room/show/", running.provision_show, name="provision_show"),
    path(f"{MEETING}room/rest/", running.roll_rest, name="roll_rest"),
    path(f"{MEETING}room/replies/", running.roll_replies, name="roll_replies"),
    path(f"{MEETING}items/<int:item>/open/", running.matter_open, name="matter_open"),
    path(f"{MEETING}items/<int:item>/end/", running.matter_end, name="matter_end"),
    path(
        f"{MEETING}room/remarks/<int:remark>/take-back/",
        running.remark_take_back,
        name="remark_take_back",
    ),
    path(f"{MEETING}chair/", running.meeting_chair, name="meeting_chair"),
    path(f"{MEETING}speak/", running.meeting_floor, name="meeting_floor"),
    path(f"{MEETING}screen/", screen.meeting_screen, name="meeting_screen"),
]
