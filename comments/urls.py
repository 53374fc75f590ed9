from django.urls import path

from comments.views import (
    exchange,
    figures,
    live,
    marked,
    nextdraft,
    papers,
    placing,
    reading,
    recording,
    replies,
    rounds,
    tracked,
    workbench,
    writing,
)

DIRECTIVE = "directives/<int:pk>/"
DRAFT = f"{DIRECTIVE}drafts/<int:number>/"
ROUND = "consultations/<int:pk>/"
COMMENT = "comments/<int:pk>/"

urlpatterns = [
    path(f"{DIRECTIVE}consult/", rounds.consultation_open, name="consultation_open"),
    path(f"{DIRECTIVE}comments/", rounds.directive_comments, name="directive_comments"),
    path(f"{DIRECTIVE}compare.docx", tracked.compare_docx, name="compare_docx"),
    path(f"{DIRECTIVE}consolidate/", rounds.directive_consolidate, name="directive_consolidate"),
    path(f"{DIRECTIVE}drafts/<int:number>/origins/", nextdraft.draft_origins, name="draft_origins"),
    path(
        f"{DIRECTIVE}drafts/<int:number>/comments/", placing.draft_comments, name="draft_comments"
    ),
    path(ROUND, rounds.consultation_view, name="consultation_view"),
    path(f"{ROUND}figures/", figures.consultation_figures, name="consultation_figures"),
    path(f"{ROUND}read/", reading.consultation_read, name="consultation_read"),
    path(f"{ROUND}read-marks/", reading.read_marks, name="read_marks"),
    path(f"{ROUND}write/", writing.comment_write, name="comment_write"),
    path(f"{ROUND}preview/", writing.comment_preview, name="comment_preview"),
    path(f"{ROUND}submit/", writing.comments_submit, name="comments_submit"),
    path(f"{ROUND}position/", writing.position_give, name="position_give"),
    path(f"{ROUND}record/", recording.comment_record, name="comment_record"),
    path(f"{ROUND}upload/", marked.copy_upload, name="copy_upload"),
    path(f"{ROUND}extend/", rounds.deadline_extend, name="deadline_extend"),
    path(f"{ROUND}close/", rounds.consultation_close, name="consultation_close"),
    path(f"{ROUND}workbench/", workbench.workbench, name="workbench"),
    path(f"{ROUND}workbench/pulse/", live.workbench_pulse, name="workbench_pulse"),
    path(f"{ROUND}reply-templates/", replies.reply_templates, name="reply_templates"),
    path(f"{ROUND}settle/", workbench.conflict_settle, name="conflict_settle"),
    path(
        f"{ROUND}consolidate/", nextdraft.consultation_consolidate, name="consultation_consolidate"
    ),
    path(f"{ROUND}reply-table.pdf", papers.reply_table_pdf, name="reply_table_pdf"),
    path(f"{ROUND}reply-table.docx", papers.reply_table_docx, name="reply_table_docx"),
    path(f"{ROUND}reply-table.xlsx", papers.reply_table_xlsx, name="reply_table_xlsx"),
    path(f"{ROUND}opinion-forms.pdf", papers.opinion_forms_pdf, name="opinion_forms_pdf"),
    path("delegates/<int:pk>/opinion-form.pdf", papers.opinion_form_pdf, name="opinion_form_pdf"),
    path(f"{COMMENT}edit/", writing.comment_edit, name="comment_edit"),
    path(f"{COMMENT}submit/", writing.comment_submit, name="comment_submit"),
    path(f"{COMMENT}withdraw/", writing.comment_withdraw, name="comment_withdraw"),
    path(f"{COMMENT}discard/", writing.comment_discard, name="comment_discard"),
    path(f"{COMMENT}answer/", workbench.comment_answer, name="comment_answer"),
    path(f"{COMMENT}retract/", workbench.comment_retract_answer, name="comment_retract_answer"),
    path(f"{COMMENT}messages/", exchange.comment_messages, name="comment_messages"),
    path(f"{COMMENT}record-reply/", exchange.comment_record_reply, name="comment_record_reply"),
    path(f"{COMMENT}ask/", workbench.comment_ask, name="comment_ask"),
    path(f"{COMMENT}reply/", exchange.comment_reply, name="comment_reply"),
    path(f"{COMMENT}place/", placing.comment_place, name="comment_place"),
    path(f"{COMMENT}unplace/", placing.comment_unplace, name="comment_unplace"),
    path("settlements/<int:pk>/undo/", workbench.conflict_unsettle, name="conflict_unsettle"),
]
