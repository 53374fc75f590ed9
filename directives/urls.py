from django.urls import path

from directives.views import (
    approval,
    directives,
    editing,
    exports,
    formcheck,
    issuing,
    pasting,
    reading,
)

DRAFT = "directives/<int:pk>/drafts/<int:number>/"
PROVISION = f"{DRAFT}provisions/<int:provision>/"

urlpatterns = [
    path("directives/", directives.directive_list, name="directive_list"),
    path("directives/new/", directives.directive_create, name="directive_create"),
    path("directives/<int:pk>/", reading.directive_view, name="directive_view"),
    path(
        "directives/<int:pk>/details/",
        directives.directive_change_details,
        name="directive_change_details",
    ),
    path("directives/<int:pk>/compare/", reading.draft_compare, name="draft_compare"),
    path("directives/<int:pk>/compare.pdf", reading.draft_compare_pdf, name="draft_compare_pdf"),
    path("directives/<int:pk>/log/", directives.directive_events, name="directive_events"),
    path("directives/<int:pk>/check/", formcheck.directive_check, name="directive_check"),
    path("directives/<int:pk>/check/fix/", formcheck.finding_fix, name="finding_fix"),
    path("directives/<int:pk>/check/waive/", formcheck.finding_waive, name="finding_waive"),
    path("directives/<int:pk>/check/reopen/", formcheck.finding_unwaive, name="finding_unwaive"),
    path("directives/<int:pk>/submit/", approval.directive_submit, name="directive_submit"),
    path("directives/<int:pk>/approve/", approval.directive_approve, name="directive_approve"),
    path("directives/<int:pk>/return/", approval.directive_return, name="directive_return"),
    path("directives/<int:pk>/issuing/", issuing.directive_issuing, name="directive_issuing"),
    path("directives/<int:pk>/issue/", issuing.directive_issue, name="directive_issue"),
    path("directives/<int:pk>/issued.pdf", issuing.issue_download, name="issue_download"),
    path(DRAFT, reading.draft_view, name="draft_view"),
    path(f"{DRAFT}pdf/", reading.draft_pdf, name="draft_pdf"),
    path(f"{DRAFT}docx/", exports.draft_docx, name="draft_docx"),
    path(f"{DRAFT}akn.xml", exports.draft_akn, name="draft_akn"),
    path(f"{DRAFT}edit/", editing.draft_edit, name="draft_edit"),
    path(f"{DRAFT}paste/", pasting.draft_paste, name="draft_paste"),
    path(f"{DRAFT}provisions/add/", editing.provision_add, name="provision_add"),
    path(f"{DRAFT}provisions/restore/", editing.provision_restore, name="provision_restore"),
    path(f"{PROVISION}save/", editing.provision_save, name="provision_save"),
    path(f"{PROVISION}delete/", editing.provision_delete, name="provision_delete"),
    path(f"{PROVISION}move/", editing.provision_move, name="provision_move"),
    path(f"{PROVISION}indent/", editing.provision_indent, name="provision_indent"),
    path(f"{PROVISION}kind/", editing.provision_change_kind, name="provision_change_kind"),
    path(f"{PROVISION}split/", editing.provision_split, name="provision_split"),
    path(f"{PROVISION}join/", editing.provision_join, name="provision_join"),
    path("register/", issuing.register_list, name="register_list"),
    path("register/open/", issuing.register_open, name="register_open"),
]
