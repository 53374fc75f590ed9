from django.urls import include, path

from meetings.views import (
    archive,
    bundling,
    changing,
    concluding,
    inviting,
    months,
    papers,
    planning,
    preparing,
    reporting,
    running,
    screen,
    voting,
)

called = [
    path("", preparing.meeting_view, name="meeting_view"),
    path("change/", changing.meeting_change, name="meeting_change"),
    path("cancel/", changing.meeting_cancel, name="meeting_cancel"),
    path("attendees/add/", preparing.attendee_add, name="attendee_add"),
    path("attendees/<int:attendee>/remove/", preparing.attendee_remove, name="attendee_remove"),
    path("agenda/pdf/", bundling.agenda_pdf, name="agenda_pdf"),
    path("agenda/word/", bundling.agenda_word, name="agenda_word"),
    path("pack/", bundling.meeting_pack, name="meeting_pack"),
    path("items/add/", preparing.item_add, name="item_add"),
    path("papers/<int:paper>/file/", planning.paper_view, name="paper_view"),
    path("papers/<int:paper>/remove/", planning.paper_remove, name="paper_remove"),
]

invitations = [
    path("", inviting.meeting_invitations, name="meeting_invitations"),
    path("send/", inviting.invitations_send, name="invitations_send"),
    path("print/", inviting.invitations_pdf, name="invitations_pdf"),
    path("<int:attendee>/paper/", inviting.invitation_pdf, name="invitation_pdf"),
    path("<int:attendee>/word/", inviting.invitation_word, name="invitation_word"),
    path("<int:attendee>/reply/", inviting.reply_record, name="reply_record"),
]

invited = [
    path("reply/", inviting.invitation_reply, name="invitation_reply"),
    path("calendar/", inviting.invitation_calendar, name="invitation_calendar"),
]

item = [
    path("plan/", planning.item_plan, name="item_plan"),
    path("move/", planning.item_move, name="item_move"),
    path("remove/", planning.item_remove, name="item_remove"),
    path("papers/add/", planning.paper_add, name="paper_add"),
    path("circulate/", preparing.item_circulate, name="item_circulate"),
    path("open/", running.matter_open, name="matter_open"),
    path("end/", running.matter_end, name="matter_end"),
    path("ballots/", voting.ballot_panel, name="ballot_panel"),
    path("ballots/open/", voting.ballot_open, name="ballot_open"),
    path("conclusion/", concluding.conclusion_edit, name="conclusion_edit"),
    path("conclusion/confirm/", concluding.conclusion_confirm, name="conclusion_confirm"),
    path("conclusion/apply/", concluding.conclusion_apply, name="conclusion_apply"),
    path("conclusion/carry/", concluding.conclusion_carry, name="conclusion_carry"),
    path("tasks/add/", concluding.task_add, name="task_add"),
]

room = [
    path("room/", running.meeting_room, name="meeting_room"),
    path("room/act/", running.meeting_act, name="meeting_act"),
    path("room/open/", running.meeting_open, name="meeting_open"),
    path("room/close/", running.meeting_close, name="meeting_close"),
    path("room/show/", running.provision_show, name="provision_show"),
    path("room/rest/", running.roll_rest, name="roll_rest"),
    path("room/replies/", running.roll_replies, name="roll_replies"),
    path("room/remarks/<int:remark>/take-back/", running.remark_take_back, name="remark_take_back"),
    path("chair/", running.meeting_chair, name="meeting_chair"),
    path("speak/", running.meeting_floor, name="meeting_floor"),
    path("screen/", screen.meeting_screen, name="meeting_screen"),
]

ballot = [
    path("", voting.ballot_view, name="ballot_view"),
    path("vote/", voting.ballot_vote, name="ballot_vote"),
    path("record/", voting.ballot_record, name="ballot_record"),
    path("agree/", voting.ballot_agree, name="ballot_agree"),
    path("close/", voting.ballot_close, name="ballot_close"),
    path("count/", voting.ballot_count, name="ballot_count"),
    path("paper.pdf", papers.ballot_paper_pdf, name="ballot_paper_pdf"),
    path("paper.docx", papers.ballot_paper_docx, name="ballot_paper_docx"),
]

concluded = [
    path("conclusions/", concluding.meeting_conclusions, name="meeting_conclusions"),
    path("tasks/<int:task>/", concluding.task_view, name="task_view"),
    path("tasks/<int:task>/edit/", concluding.task_edit, name="task_edit"),
    path("tasks/<int:task>/drop/", concluding.task_drop, name="task_drop"),
]

section = [
    path("save/", papers.section_save, name="section_save"),
    path("move/", papers.section_move, name="section_move"),
    path("delete/", papers.section_delete, name="section_delete"),
    path("settle/", papers.section_settle, name="section_settle"),
]

paper = [
    path("", papers.paper_edit, name="paper_edit"),
    path("assemble/", papers.paper_assemble, name="paper_assemble"),
    path("signing/", papers.paper_signing, name="paper_signing"),
    path("submit/", papers.paper_submit, name="paper_submit"),
    path("approve/", papers.paper_approve, name="paper_approve"),
    path("return/", papers.paper_return, name="paper_return"),
    path("pdf/", papers.paper_pdf, name="paper_pdf"),
    path("docx/", papers.paper_docx, name="paper_docx"),
    path("sections/add/", papers.section_add, name="section_add"),
    path("sections/restore/", papers.section_restore, name="section_restore"),
    path("sections/<int:section>/", include(section)),
]

written = [
    path("papers/", papers.meeting_papers, name="meeting_papers"),
    path("papers/roll.pdf", papers.roll_pdf, name="roll_pdf"),
    path("papers/roll.docx", papers.roll_docx, name="roll_docx"),
    path("papers/notice/issue/", papers.notice_issue, name="notice_issue"),
    path("papers/<str:kind>/", include(paper)),
]

photo = [
    path("edit/", reporting.photo_edit, name="photo_edit"),
    path("move/", reporting.photo_move, name="photo_move"),
    path("remove/", reporting.photo_remove, name="photo_remove"),
    path("image/", reporting.photo_view, {"size": "image"}, name="photo_image"),
    path("small/", reporting.photo_view, {"size": "thumbnail"}, name="photo_thumbnail"),
]

reported = [
    path("report/", reporting.meeting_report, name="meeting_report"),
    path("photos/add/", reporting.photo_add, name="photo_add"),
    path("photos/<int:photo>/", include(photo)),
    path("news/", reporting.news_edit, name="news_edit"),
    path("news/word/", reporting.news_download, name="news_download"),
    path("archive/", archive.meeting_archive, name="meeting_archive"),
    path("archive/<int:archive>/download/", archive.archive_download, name="archive_download"),
]

meeting = [
    *called,
    path("invitations/", include(invitations)),
    *invited,
    path("items/<int:item>/", include(item)),
    *room,
    path("ballots/<int:ballot>/", include(ballot)),
    *concluded,
    *written,
    *reported,
]

urlpatterns = [
    path("meetings/", preparing.meeting_list, name="meeting_list"),
    path("meetings/calendar/", months.meeting_calendar, name="meeting_calendar"),
    path("meetings/new/", preparing.meeting_convene, name="meeting_convene"),
    path("meetings/<int:pk>/", include(meeting)),
]
