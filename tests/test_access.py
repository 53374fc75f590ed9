"""Every address × every role: who is let in, who is not, and what nobody may see by accident.

The table decides. An address without a line in it fails the walk, so a new one must be decided.
Whoever is denied is denied for GET and for POST; whoever is let in sees no word of what they may
not see. The data that could leak is there: drafts, comments of others, withdrawn and unfinished
comments, an issued directive, a meeting.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.models import Notice, NoticeKind, Role, User
from comments import consolidation, services, threads
from comments.models import Outcome, Settlement, Source
from comments.said import Said
from directives import canonical, drafting, record, register, workflow
from directives.drafting import NewProvision
from directives.models import (
    Directive,
    Issue,
    NumberRegister,
    ShortAddress,
    SignedCopy,
    SignedHow,
    StoredFile,
)
from directives.record import store
from directives.text.kinds import Kind
from meetings.deciding import concluding, voting
from meetings.models import (
    AgendaItem,
    Archive,
    Attendance,
    AttendeeRole,
    Ballot,
    Choice,
    Conclusion,
    Decision,
    Meeting,
    MeetingPaper,
    MeetingState,
    PaperKind,
    PaperSigning,
    Photo,
    Remark,
)
from meetings.papers import writing
from meetings.preparing import gathering, handouts, inviting
from meetings.reporting import news, photos
from tests import factories

ROLES = ("nobody", "office", "asked", "idle", "chair", "clerk", "admin", "stranger")

# `of`: what the address is about (see `things` in the scene). `how`: what it answers; a POST-only
# address is never let in by GET. + let in, – denied; nobody is denied by being sent to sign in.
# asked: a delegate who was sent the drafts and attends the meeting. idle: a delegate who was not.
# stranger: in the office of another committee.
TABLE = """
name                      of         how       nobody office asked idle chair clerk admin stranger
account_login             -          GET,POST  +      +      +     +    +     +     +     +
account_logout            -          GET       –      +      +     +    +     +     +     +
account_change_password   -          GET,POST  –      +      +     +    +     +     +     +
home                      -          GET       –      +      +     +    +     +     +     +
help                      -          GET       –      +      +     +    +     +     +     +
committee_members         committee  GET       –      +      +     +    +     +     +     –
notice_list               -          GET       –      +      +     +    +     +     +     +
notice_read_all           -          POST      –      +      +     +    +     +     +     +
notice_preferences        -          GET,POST  –      +      +     +    +     +     +     +
notice_open               notice     GET       –      –      +     –    –     –     –     –
notice_read               notice     POST      –      –      +     –    –     –     –     –

search                    -          GET       –      +      +     +    +     +     +     +
directive_list            -          GET       –      +      +     +    +     +     +     +
directive_create          -          GET,POST  –      +      –     –    –     –     –     +
directive_view            written    GET       –      +      –     –    +     +     –     –
directive_view            out        GET       –      +      +     –    +     +     –     –
directive_view            approved   GET       –      +      +     –    +     +     –     –
directive_view            issued     GET       –      +      +     +    +     +     +     –
directive_change_details  written    GET,POST  –      +      –     –    –     –     –     –
directive_events          out        GET       –      +      –     –    +     +     –     –
directive_events          issued     GET       –      +      –     –    +     +     –     –
directive_check           written    GET       –      +      –     –    +     +     –     –
finding_fix               written    POST      –      +      –     –    –     –     –     –
finding_unfix             written    POST      –      +      –     –    –     –     –     –
finding_waive             written    POST      –      +      –     –    –     –     –     –
finding_unwaive           written    POST      –      +      –     –    –     –     –     –
draft_compare             written    GET       –      +      –     –    +     +     –     –
draft_compare             approved   GET       –      +      +     –    +     +     –     –
draft_compare             issued     GET       –      +      +     +    +     +     +     –
compare_docx              written    GET       –      –      –     –    –     –     –     –
compare_docx              approved   GET       –      +      –     –    +     +     –     –
compare_docx              issued     GET       –      +      +     –    +     +     –     –
draft_compare_pdf         written    GET       –      –      –     –    –     –     –     –
draft_compare_pdf         approved   GET       –      +      –     –    +     +     –     –
draft_compare_pdf         issued     GET       –      +      +     –    +     +     –     –
draft_view                written    GET       –      +      –     –    +     +     –     –
draft_view                out        GET       –      +      +     –    +     +     –     –
draft_view                approved   GET       –      +      –     –    +     +     –     –
draft_view                issued     GET       –      +      +     +    +     +     +     –
draft_view                issued_1   GET       –      +      +     –    +     +     –     –
draft_pdf                 written    GET       –      +      –     –    +     +     –     –
draft_pdf                 out        GET       –      +      +     –    +     +     –     –
draft_pdf                 approved   GET       –      +      –     –    +     +     –     –
draft_docx                written    GET       –      +      –     –    +     +     –     –
draft_docx                out        GET       –      +      +     –    +     +     –     –
draft_docx                approved   GET       –      +      –     –    +     +     –     –
draft_docx                issued     GET       –      +      +     +    +     +     +     –
draft_layout              written    GET       –      +      –     –    +     +     –     –
draft_layout              out        GET       –      +      +     –    +     +     –     –
draft_layout              approved   GET       –      +      –     –    +     +     –     –
draft_layout              issued     GET       –      +      +     +    +     +     +     –
draft_page                written    GET       –      +      –     –    +     +     –     –
draft_page                out        GET       –      +      +     –    +     +     –     –
draft_page                approved   GET       –      +      –     –    +     +     –     –
draft_page                issued     GET       –      +      +     +    +     +     +     –
draft_akn                 written    GET       –      +      –     –    +     +     –     –
draft_akn                 out        GET       –      +      +     –    +     +     –     –
draft_akn                 approved   GET       –      +      –     –    +     +     –     –
draft_akn                 issued     GET       –      +      +     +    +     +     +     –
draft_comments            written    GET       –      +      –     –    +     +     –     –
draft_comments            approved   GET       –      +      –     –    +     +     –     –
draft_origins             written    GET       –      +      –     –    +     +     –     –
draft_origins             approved   GET       –      +      –     –    +     +     –     –
draft_edit                written    GET       –      +      –     –    –     –     –     –
draft_edit                out        GET       –      +      –     –    –     –     –     –
draft_paste               written    GET,POST  –      +      –     –    –     –     –     –
draft_upload              written    GET,POST  –      +      –     –    –     –     –     –
provision_add             written    POST      –      +      –     –    –     –     –     –
provision_restore         written    POST      –      +      –     –    –     –     –     –
provision_save            written    POST      –      +      –     –    –     –     –     –
provision_delete          written    POST      –      +      –     –    –     –     –     –
provision_move            written    POST      –      +      –     –    –     –     –     –
provision_indent          written    POST      –      +      –     –    –     –     –     –
provision_change_kind     written    POST      –      +      –     –    –     –     –     –
provision_split           written    POST      –      +      –     –    –     –     –     –
provision_join            written    POST      –      +      –     –    –     –     –     –
provision_save            crossed    POST      –      –      –     –    –     –     –     –
provision_delete          crossed    POST      –      –      –     –    –     –     –     –
directive_submit          ready      GET,POST  –      +      –     –    –     –     –     –
directive_approve         submitted  GET,POST  –      –      –     –    +     –     –     –
directive_return          submitted  GET,POST  –      –      –     –    +     –     –     –
directive_issuing         written    GET       –      +      –     –    +     +     –     –
directive_issuing         issued     GET       –      +      –     –    +     +     –     –
directive_issue           approved   GET,POST  –      –      –     –    –     +     –     –
signed_copies             issued     GET,POST  –      +      –     –    +     +     –     –
issue_sign                issued     POST      –      –      –     –    –     +     –     –
signed_copy               signed     GET       –      +      +     +    +     +     +     –
verify                    -          GET,POST  +      +      +     +    +     +     +     +
verify_code               on_paper   GET       +      +      +     +    +     +     +     +
issue_download            issued     GET       –      +      +     +    +     +     +     –
issue_json                issued     GET       –      +      +     +    +     +     +     –
issue_json                approved   GET       –      –      –     –    –     –     –     –
issue_akn                 issued     GET       –      +      +     +    +     +     +     –
issue_akn                 approved   GET       –      –      –     –    –     –     –     –
paper_progress            -          GET       –      +      +     +    +     +     +     +
issue_download            approved   GET       –      –      –     –    –     –     –     –
directive_succeed         issued     GET,POST  –      +      –     –    –     –     –     –
directive_succeed         approved   GET       –      +      –     –    –     –     –     –
relation_add              written    POST      –      +      –     –    –     –     –     –
relation_remove           successor  POST      –      +      –     –    –     –     –     –
directive_view            successor  GET       –      +      –     –    +     +     –     –
register_list             -          GET       –      +      –     –    –     +     –     +
register_open             -          GET,POST  –      +      –     –    –     +     –     +
register_view             numbers    GET       –      +      –     –    –     +     –     –
register_pdf              numbers    GET       –      +      –     –    –     +     –     –
register_xlsx             numbers    GET       –      +      –     –    –     +     –     –
number_reserve            numbers    GET,POST  –      –      –     –    –     +     –     –
number_cancel             reserved   GET,POST  –      –      –     –    –     +     –     –
number_record             reserved   GET,POST  –      –      –     –    –     +     –     –

directive_comments        written    GET       –      +      –     –    +     +     –     –
directive_comments        out        GET       –      +      +     –    +     +     –     –
directive_comments        issued     GET       –      +      +     +    +     +     +     –
directive_consolidate     written    GET       –      +      –     –    +     +     –     –
directive_consolidate     over       GET       –      +      –     –    +     +     –     –
consultation_open         written    GET,POST  –      +      –     –    –     –     –     –
consultation_view         round      GET       –      +      +     –    +     +     –     –
consultation_view         round_over GET       –      +      +     –    +     +     –     –
consultation_figures      round      GET       –      +      –     –    +     +     –     –
consultation_read         round      GET       –      –      +     –    –     –     –     –
consultation_read         round_over GET       –      –      +     –    –     –     –     –
read_marks                round      POST      –      –      +     –    –     –     –     –
read_marks                round_over POST      –      –      +     –    –     –     –     –
comment_write             round      GET,POST  –      –      +     –    –     –     –     –
comments_submit           round      POST      –      –      +     –    –     –     –     –
comment_preview           round      POST      –      +      +     –    +     +     –     –
comment_edit              unfinished GET       –      –      +     –    –     –     –     –
comment_submit            unfinished POST      –      –      +     –    –     –     –     –
comment_discard           unfinished POST      –      –      +     –    –     –     –     –
comment_withdraw          sent       POST      –      –      +     –    –     –     –     –
comment_edit              others     GET,POST  –      –      –     –    –     –     –     –
comment_withdraw          others     POST      –      –      –     –    –     –     –     –
position_give             round      POST      –      –      +     –    –     –     –     –
comment_record            round      GET,POST  –      +      –     –    –     +     –     –
copy_upload               round      GET,POST  –      +      +     –    –     +     –     –
consultation_close        round      GET,POST  –      +      –     –    –     –     –     –
deadline_extend           round      GET,POST  –      +      –     –    –     –     –     –
reply_table_pdf           round_over GET       –      +      –     –    +     +     –     –
reply_table_docx          round_over GET       –      +      –     –    +     +     –     –
reply_table_xlsx          round_over GET       –      +      –     –    +     +     –     –
opinion_forms_pdf         round      GET       –      +      –     –    +     +     –     –
opinion_form_pdf          own_form   GET       –      +      +     –    +     +     –     –
opinion_form_pdf          form_other GET       –      +      –     –    +     +     –     –
workbench                 round_over GET       –      +      –     –    +     +     –     –
workbench_pulse           round_over POST      –      +      –     –    +     +     –     –
comment_answer            received   POST      –      +      –     –    –     –     –     –
comment_retract_answer    received   POST      –      +      –     –    –     –     –     –
comment_place             received   POST      –      +      –     –    –     –     –     –
comment_unplace           received   POST      –      +      –     –    –     –     –     –
comment_messages          sent       GET       –      +      +     –    +     +     –     –
comment_messages          others     GET       –      +      –     –    +     +     –     –
comment_messages          unfinished GET       –      –      –     –    –     –     –     –
comment_ask               sent       POST      –      +      –     –    –     –     –     –
comment_ask               others     POST      –      +      –     –    –     –     –     –
comment_ask               unfinished POST      –      –      –     –    –     –     –     –
comment_record_reply      sent       GET,POST  –      +      –     –    –     +     –     –
comment_record_reply      others     GET,POST  –      +      –     –    –     +     –     –
comment_record_reply      unfinished GET,POST  –      –      –     –    –     –     –     –
comment_reply             sent       POST      –      –      +     –    –     –     –     –
comment_reply             others     POST      –      –      –     –    –     –     –     –
comment_reply             received   POST      –      –      +     –    –     –     –     –
reply_templates           round_over GET,POST  –      +      –     –    –     –     –     –
conflict_settle           round_over POST      –      +      –     –    –     –     –     –
conflict_unsettle         settlement POST      –      +      –     –    –     –     –     –
consultation_consolidate  round_over GET,POST  –      +      –     –    –     –     –     –

meeting_list              -          GET       –      +      +     +    +     +     +     +
meeting_calendar          -          GET       –      +      +     +    +     +     +     +
meeting_convene           -          GET,POST  –      +      –     –    –     –     –     +
meeting_view              meeting    GET       –      +      +     –    +     +     –     –
attendee_add              meeting    POST      –      +      –     –    –     –     –     –
attendee_remove           meeting    POST      –      +      –     –    –     –     –     –
item_add                  meeting    POST      –      +      –     –    –     –     –     –
item_remove               meeting    GET,POST  –      +      –     –    –     –     –     –
item_plan                 meeting    GET,POST  –      +      –     –    –     –     –     –
item_move                 meeting    POST      –      +      –     –    –     –     –     –
meeting_invitations       meeting    GET       –      +      –     –    +     +     –     –
invitations_send          meeting    GET,POST  –      +      –     –    –     –     –     –
invitations_pdf           meeting    GET       –      +      –     –    +     +     –     –
invitation_pdf            seat_asked GET       –      +      +     –    +     +     –     –
invitation_pdf            meeting    GET       –      +      –     –    +     +     –     –
invitation_word           meeting    GET       –      +      –     –    +     +     –     –
invitation_reply          meeting    GET,POST  –      –      +     –    +     –     –     –
invitation_calendar       meeting    GET       –      –      +     –    +     –     –     –
reply_record              meeting    GET,POST  –      +      –     –    –     +     –     –
agenda_pdf                meeting    GET       –      +      +     –    +     +     –     –
agenda_word               meeting    GET       –      +      +     –    +     +     –     –
meeting_pack              meeting    GET       –      +      +     –    +     +     –     –
meeting_change            meeting    GET,POST  –      +      –     –    –     –     –     –
meeting_cancel            meeting    GET,POST  –      +      –     –    –     –     –     –
paper_add                 meeting    POST      –      +      –     –    –     –     –     –
paper_view                handout    GET       –      +      +     –    +     +     –     –
paper_remove              handout    GET,POST  –      +      –     –    –     –     –     –
item_circulate            meeting    GET,POST  –      +      –     –    –     –     –     –
meeting_room              meeting    GET       –      +      –     –    –     +     –     –
meeting_act               meeting    POST      –      +      +     –    +     +     –     –
meeting_open              meeting    GET,POST  –      +      –     –    +     +     –     –
meeting_close             meeting    GET,POST  –      +      –     –    +     +     –     –
matter_open               meeting    POST      –      +      –     –    +     +     –     –
matter_end                meeting    POST      –      +      –     –    +     +     –     –
provision_show            meeting    POST      –      +      –     –    +     +     –     –
roll_rest                 meeting    POST      –      +      –     –    –     +     –     –
roll_replies              meeting    POST      –      +      –     –    –     +     –     –
remark_take_back          remark     POST      –      +      –     –    –     +     –     –
meeting_chair             meeting    GET       –      +      –     –    +     +     –     –
meeting_floor             meeting    GET       –      –      +     –    +     –     –     –
meeting_screen            meeting    GET       –      +      –     –    +     +     –     –
meeting_report            meeting    GET       –      +      +     –    +     +     –     –
photo_add                 meeting    POST      –      +      –     –    –     +     –     –
photo_edit                photo      GET,POST  –      +      –     –    –     +     –     –
photo_move                photo      POST      –      +      –     –    –     +     –     –
photo_remove              photo      GET,POST  –      +      –     –    –     +     –     –
photo_image               photo      GET       –      +      +     –    +     +     –     –
photo_thumbnail           photo      GET       –      +      +     –    +     +     –     –
news_edit                 meeting    GET,POST  –      +      –     –    –     +     –     –
meeting_archive           meeting    GET,POST  –      +      –     –    –     +     –     –
archive_download          archived   GET       –      +      –     –    –     +     –     –
news_download             photo      GET       –      +      –     –    –     +     –     –
ballot_panel              ballot     GET       –      +      +     –    +     +     –     –
ballot_panel              secret     GET       –      +      +     –    +     +     –     –
ballot_open               ballot     GET,POST  –      +      –     –    +     +     –     –
ballot_view               ballot     GET       –      +      +     –    +     +     –     –
ballot_view               secret     GET       –      +      +     –    +     +     –     –
ballot_vote               ballot     GET,POST  –      –      +     –    +     –     –     –
ballot_vote               secret     GET,POST  –      –      +     –    +     –     –     –
ballot_record             ballot     POST      –      +      –     –    +     +     –     –
ballot_agree              ballot     POST      –      +      –     –    +     +     –     –
ballot_close              ballot     GET,POST  –      +      –     –    +     +     –     –
ballot_count              secret     GET       –      +      +     –    +     +     –     –
meeting_conclusions       ballot     GET       –      +      +     –    +     +     –     –
conclusion_edit           concluded  GET,POST  –      +      –     –    +     +     –     –
conclusion_confirm        concluded  GET,POST  –      –      –     –    +     –     –     –
conclusion_apply          settled    GET,POST  –      +      –     –    –     –     –     –
conclusion_carry          settled    GET       –      +      –     –    +     +     –     –
task_add                  concluded  GET,POST  –      +      –     –    +     +     –     –
task_edit                 concluded  GET,POST  –      +      –     –    +     +     –     –
task_drop                 concluded  POST      –      +      –     –    +     +     –     –
task_view                 concluded  GET       –      +      –     –    +     +     –     –
task_view                 settled    GET       –      +      +     +    +     +     –     –
meeting_papers            minutes    GET       –      +      –     –    +     +     –     –
paper_edit                minutes    GET       –      +      –     –    +     +     –     –
paper_assemble            minutes    POST      –      +      –     –    –     +     –     –
section_add               minutes    POST      –      +      –     –    –     +     –     –
section_restore           minutes    POST      –      +      –     –    –     +     –     –
section_save              minutes    POST      –      +      –     –    –     +     –     –
section_move              minutes    POST      –      +      –     –    –     +     –     –
section_delete            minutes    POST      –      +      –     –    –     +     –     –
section_settle            minutes    POST      –      +      –     –    –     +     –     –
paper_signing             minutes    GET,POST  –      +      –     –    –     +     –     –
paper_submit              minutes    GET,POST  –      +      –     –    –     +     –     –
paper_approve             minutes    GET,POST  –      –      –     –    +     –     –     –
paper_return              minutes    GET,POST  –      –      –     –    +     –     –     –
notice_issue              minutes    GET,POST  –      –      –     –    –     +     –     –
paper_pdf                 minutes    GET       –      +      –     –    +     +     –     –
paper_pdf                 unissued   GET       –      +      –     –    +     +     –     –
paper_pdf                 concluding GET       –      +      +     –    +     +     –     –
paper_edit                concluding GET       –      +      –     –    +     +     –     –
paper_docx                minutes    GET       –      +      –     –    +     +     –     –
paper_docx                concluding GET       –      +      –     –    +     +     –     –
roll_pdf                  minutes    GET       –      +      –     –    +     +     –     –
roll_docx                 minutes    GET       –      +      –     –    +     +     –     –
ballot_paper_pdf          counted    GET       –      +      –     –    +     +     –     –
ballot_paper_docx         counted    GET       –      +      –     –    +     +     –     –
"""

STAFF = {"office", "chair", "clerk"}
EVERYBODY_HERE = STAFF | {"asked", "idle", "admin"}

# Words that stand in subjects, texts, comments and places, and the only ones who may meet them.
SECRETS = {
    "dâu tằm": STAFF,  # being written
    "chuối laba": STAFF | {"asked"},  # being written, and on the agenda of a meeting
    "cà phê": STAFF | {"asked"},  # out for comments
    "chè búp": STAFF | {"asked"},  # the round is over
    "hoa lan": STAFF | {"asked"},  # consolidated
    "hồ tiêu": STAFF | {"asked"},  # before the chair
    "sầu riêng": STAFF | {"asked"},  # approved
    "mắc ca": EVERYBODY_HERE,  # issued
    "sơ ri": STAFF,  # being written to replace what is issued
    "phở bò": STAFF | {"asked"},  # a comment that was sent
    "bún riêu": {"asked"},  # a comment being written
    "bánh mì": {"asked"},  # a comment withdrawn
    "cơm tấm": STAFF,  # a comment of another delegate
    "nem chua": STAFF | {"asked"},  # asked about a comment that was sent
    "mì quảng": STAFF,  # asked about a comment of another delegate
    "chả giò": {"clerk"},  # being written down by the clerk for a delegate
    "thanh long": {"office", "clerk"},  # a paper outside whose number is reserved
    "gỏi cuốn": STAFF,  # said at a meeting, written down for the minutes
    "rau muống": STAFF,  # written into the minutes
    "Hoa Lư": STAFF | {"asked"},  # the place of the meeting
    "củ dền": {"office", "clerk"},  # in the list of an archive
    "cá kho": STAFF | {"asked"},  # a paper handed out for an item of the meeting
    "bắp cải": STAFF | {"asked"},  # in a photo and in the news of the meeting
    "măng cụt": STAFF | {"asked"},  # voted on
    "bảo lưu vải thiều": STAFF,  # an opinion reserved in a ballot that is open
    "mận hậu": STAFF,  # concluded, and not confirmed by the chair yet
    "bơ sáp": STAFF | {"asked", "idle"},  # a task that was confirmed; idle leads it
    "sao la": {"stranger"},  # being written in another committee
}


# What is sent; nothing, unless a form would refuse that before anybody asks who sends it.
SAID = {"crossed": {"text": "Lời văn khác.", "version": "1"}}


@dataclass(frozen=True)
class Row:
    name: str
    of: str
    how: tuple[str, ...]
    let_in: frozenset[str]

    def __str__(self) -> str:
        return self.name if self.of == "-" else f"{self.name}-{self.of}"


def read_table() -> list[Row]:
    heading, *lines = filter(None, TABLE.splitlines())
    assert heading.split()[3:] == list(ROLES)
    return [_row(*line.split()) for line in lines]


def _row(name: str, of: str, how: str, *marks: str) -> Row:
    assert set(marks) <= {"+", "–"}
    assert len(marks) == len(ROLES)
    let_in = {role for role, mark in zip(ROLES, marks, strict=True) if mark == "+"}
    return Row(name, of, tuple(how.split(",")), frozenset(let_in))


ROWS = read_table()


def patterns(
    resolver: Any = None, space: str = "", above: frozenset[str] = frozenset()
) -> Iterator[tuple[str, URLPattern, frozenset[str]]]:
    """Every address as (name, pattern, what it takes); the unnamed ones by their route."""
    for entry in (resolver or get_resolver()).url_patterns:
        takes = above | entry.pattern.converters.keys()
        if isinstance(entry, URLPattern):
            yield space + (entry.name or str(entry.pattern)), entry, takes
        else:
            yield from patterns(entry, f"{entry.namespace}:" if entry.namespace else space, takes)


PATTERNS = list(patterns())
OURS = {name: takes for name, _pattern, takes in PATTERNS if not name.startswith("admin:")}


@dataclass
class Scene:
    """People signed in by role, and what the addresses are about."""

    people: dict[str, User] = field(default_factory=dict)
    cookies: dict[str, SimpleCookie] = field(default_factory=dict)
    things: dict[str, dict[str, Any]] = field(default_factory=dict)

    def ask(self, role: str, method: str, url: str, said: dict[str, str] | None = None) -> Any:
        """The answer, after which everything is as before."""
        client = Client(raise_request_exception=False)
        client.cookies = SimpleCookie(self.cookies[role].output(header="", sep=";"))
        with transaction.atomic():
            answer = getattr(client, method.lower())(url, said or {})
            transaction.set_rollback(True)
        return answer

    def url(self, row: Row) -> str:
        wanted = OURS[row.name]
        thing = self.things[row.of]
        return reverse(row.name, kwargs={name: thing[name] for name in wanted})


def meet() -> Scene:
    scene, committee = Scene(), factories.CommitteeFactory(name="Ban Thường vụ")
    elsewhere = factories.CommitteeFactory(name="Nơi khác")
    password = make_password(factories.PASSWORD)
    for name, place, *roles in (
        ("office", committee, Role.OFFICE),
        ("asked", committee, Role.DELEGATE),
        ("other", committee, Role.DELEGATE),
        ("idle", committee, Role.DELEGATE),
        ("chair", committee, Role.CHAIR),
        ("clerk", committee, Role.CLERK),
        ("admin", committee, Role.ADMINISTRATOR),
        ("stranger", elsewhere, Role.OFFICE),
    ):
        scene.people[name] = factories.person(place, *roles, username=name, password=password)
    for role in ROLES:
        client = Client()
        if role != "nobody":
            client.force_login(scene.people[role])
        scene.cookies[role] = client.cookies
    return scene


def written(scene: Scene, about: str, office: str = "office") -> Directive:
    """A directive with the word in its subject and in its text."""
    person = scene.people[office]
    committee = person.role_grants.get().committee
    text = NewProvision(Kind.CLAUSE, f"Lời văn riêng về {about} trong 07 ngày.")
    made = factories.directive(
        person, committee, (*factories.UNITS, text), subject=f"về phát triển {about}"
    )
    scene.things[about] = _address(made)
    return made


def _address(made: Directive) -> dict[str, Any]:
    draft = made.latest_draft
    provision = draft.provisions.filter(kind=Kind.CLAUSE).first()
    address = {"pk": made.pk, "number": draft.number, "provision": provision.pk}
    return address | {"page": 1, "kind": "replace"}


def asked_about(scene: Scene, made: Directive) -> Any:
    people = [scene.people["asked"], scene.people["other"]]
    return factories.consultation(scene.people["office"], made, people)


def round_over(scene: Scene, made: Directive) -> Any:
    """A round with one comment that proposes a change, closed."""
    consultation = asked_about(scene, made)
    text = consultation.draft.provisions.get(text__startswith="Lời văn riêng")
    factories.comment(consultation, scene.people["asked"], on=text, change=("07", "05"))
    services.close_round(consultation.pk, actor=scene.people["office"])
    return consultation


def consolidated(scene: Scene, about: str) -> Directive:
    office, made = scene.people["office"], written(scene, about)
    consultation = round_over(scene, made)
    comment = consultation.comments.get()
    consolidation.answer(comment.pk, actor=office, outcome=Outcome.ACCEPTED)
    consolidation.consolidate(consultation.pk, actor=office)
    return Directive.objects.get(pk=made.pk)


def submitted(scene: Scene, about: str) -> Directive:
    return workflow.submit_for_approval(consolidated(scene, about).pk, actor=scene.people["office"])


def approved(scene: Scene, about: str) -> Directive:
    made = submitted(scene, about)
    sha256 = canonical.content_hash(made.latest_draft)
    workflow.approve(made.pk, actor=scene.people["chair"], sha256=sha256)
    return Directive.objects.get(pk=made.pk)


def issued(scene: Scene, about: str) -> Directive:
    made, clerk = approved(scene, about), scene.people["clerk"]
    term = made.committee.terms.get()
    register.open_register(actor=clerk, term=term, first_number=35)
    workflow.issue(made.pk, actor=clerk, issued_on=timezone.localdate())
    return Directive.objects.get(pk=made.pk)


def reported(meeting: Meeting, office: User) -> Photo:
    """A meeting with a photo and news."""
    photo = photos.add_photo(
        meeting.pk, actor=office, content=factories.picture(), alt="Cả hội trường vẫy bắp cải."
    )
    news.save_news(meeting.pk, actor=office, title="Hội nghị", body="Hội nghị bàn về bắp cải.")
    return photo


def archived(meeting: Meeting, office: User) -> Archive:
    return Archive.objects.create(
        meeting=meeting,
        file=record.store("ho-so.zip", "application/zip", b"PK"),
        manifest={"files": [{"path": "a.pdf", "title": "Biên bản về củ dền"}]},
        made_by=office,
        made_at=timezone.now(),
    )


def signed(scene: Scene) -> SignedCopy:
    issue = Issue.objects.get()
    file = StoredFile.objects.create(
        name="ky.pdf", media_type="application/pdf", content=b"%PDF", sha256="0" * 64
    )
    return SignedCopy.objects.create(
        issue=issue,
        file=file,
        level="B-B",
        signer="Văn phòng",
        serial="1",
        how=SignedHow.HERE,
        kept_by=scene.people["clerk"],
    )


def successor(scene: Scene, old: Directive) -> dict[str, Any]:
    """A draft that replaces an issued directive, whose readers do not know of it yet."""
    made = drafting.create_successor(
        old, actor=scene.people["office"], kind="replace", subject="về phát triển sơ ri"
    )
    return _address(made) | {"relation": made.acts_on.get().pk}


def directives(scene: Scene) -> None:
    things = scene.things
    things["written"] = _address(written(scene, "dâu tằm"))
    things["ready"] = _address(consolidated(scene, "hoa lan"))
    things["submitted"] = _address(submitted(scene, "hồ tiêu"))
    things["approved"] = _address(approved(scene, "sầu riêng"))
    things["issued"] = _address(issued(scene, "mắc ca"))
    things["issued_1"] = things["issued"] | {"number": 1}
    things["on_paper"] = {"code": ShortAddress.objects.get().code}
    things["signed"] = things["issued"] | {"copy": signed(scene).pk}
    numbers = NumberRegister.objects.get()
    reserved = register.reserve(
        numbers.pk, actor=scene.people["clerk"], paper="Chỉ thị về thanh long", reason="Chờ ký"
    )
    things |= {"numbers": {"pk": numbers.pk}, "reserved": {"pk": reserved.pk}}
    things["successor"] = successor(scene, Directive.objects.get(pk=things["issued"]["pk"]))
    foreign = _address(written(scene, "sao la", office="stranger"))
    # The address of an own draft with the provision of a foreign one, and the other way round.
    things["crossed"] = foreign | {"provision": things["written"]["provision"]}


def comments(scene: Scene) -> None:
    people, things = scene.people, scene.things
    out, over = written(scene, "cà phê"), written(scene, "chè búp")
    consultation, finished = asked_about(scene, out), round_over(scene, over)
    asked, other, clerk = people["asked"], people["other"], people["clerk"]
    sent = factories.comment(consultation, asked, body="Đề nghị phở bò.")
    withdrawn = factories.comment(consultation, asked, body="Đề nghị bánh mì.")
    services.withdraw(withdrawn.pk, actor=asked)
    others = factories.comment(consultation, other, body="Đề nghị cơm tấm.")
    unfinished = services.save_comment(
        consultation.pk, actor=asked, author=asked, said=Said(body="Đề nghị bún riêu.")
    )
    services.save_comment(
        consultation.pk,
        actor=clerk,
        author=asked,
        said=Said(body="Đề nghị chả giò."),
        source=Source.PAPER,
    )
    for about, words in ((sent, "Có phải nem chua?"), (others, "Có phải mì quảng?")):
        threads.ask(about.pk, actor=people["office"], text=words)
    received = finished.comments.get()
    settlement = Settlement.objects.create(
        consultation=finished,
        provision_key=received.provision_key,
        conflict_key="0:1",
        text="05",
        decided_by=people["office"],
    )
    things |= {
        "out": _address(out),
        "over": _address(over),
        "round": {"pk": consultation.pk},
        "own_form": {"pk": consultation.delegates.get(person=asked).pk},
        "form_other": {"pk": consultation.delegates.get(person=other).pk},
        "round_over": {"pk": finished.pk},
        "sent": {"pk": sent.pk},
        "others": {"pk": others.pk},
        "unfinished": {"pk": unfinished.pk},
        "received": {"pk": received.pk},
        "settlement": {"pk": settlement.pk},
    }


def meeting(scene: Scene) -> None:
    office, agenda = scene.people["office"], written(scene, "chuối laba")
    called = gathering.convene(
        actor=office,
        committee=agenda.committee,
        session_number=42,
        place="Hội trường Hoa Lư",
        starts_at=timezone.now() + timedelta(days=9),
    )
    idle = called.attendees.get(person=scene.people["idle"])
    gathering.remove_attendee(idle.pk, actor=office)
    item = gathering.add_item(called.pk, actor=office, directive=agenda)
    attendee = called.attendees.get(person=scene.people["other"])
    scene.things["meeting"] = {"pk": called.pk, "attendee": attendee.pk, "item": item.pk}
    inviting.send_invitations(called.pk, actor=office)
    seat = called.attendees.get(person=scene.people["asked"])
    scene.things["seat_asked"] = {"pk": called.pk, "attendee": seat.pk}
    paper = handouts.add_paper(
        item.pk, actor=office, title="Giấy về cá kho", name="ca.pdf", content=factories.pdf()
    )
    scene.things["handout"] = {"pk": called.pk, "paper": paper.pk}
    said = Remark.objects.create(
        item=item,
        attendee=attendee,
        text="Xin gỏi cuốn.",
        said_at=timezone.now(),
        recorded_by=office,
    )
    scene.things["remark"] = {"pk": called.pk, "remark": said.pk}
    scene.things["committee"] = {"pk": agenda.committee_id}
    scene.things["photo"] = {"pk": called.pk, "photo": reported(called, office).pk}
    scene.things["archived"] = {"pk": called.pk, "archive": archived(called, office).pk}


def votes(scene: Scene) -> None:
    """An open and a secret ballot of a meeting that is under way, which idle does not attend."""
    people = scene.people
    office, clerk = people["office"], people["clerk"]
    called = gathering.convene(
        actor=office,
        committee=Meeting.objects.get().committee,
        session_number=43,
        place="Hội trường Hoa Lư",
        starts_at=timezone.now(),
    )
    gathering.remove_attendee(called.attendees.get(person=people["idle"]).pk, actor=office)
    chair, role = people["chair"], AttendeeRole.CHAIR
    gathering.add_attendee(called.pk, actor=office, person=chair, role=role)
    called.state, called.opened_at = MeetingState.UNDER_WAY, timezone.now()
    called.save()
    for name, secret in (("ballot", False), ("secret", True)):
        item = gathering.add_item(called.pk, actor=office, title="Trồng măng cụt")
        AgendaItem.objects.filter(pk=item.pk).update(opened_at=timezone.now())
        question = "Thông qua măng cụt"
        ballot = voting.open_ballot(item.pk, actor=office, question=question, secret=secret)
        scene.things[name] = {"pk": called.pk, "item": item.pk, "ballot": ballot.pk}
    other = called.attendees.get(person=people["other"])
    Attendance.objects.create(attendee=other, arrived_at=timezone.now(), recorded_by=clerk)
    voting.record_vote(
        scene.things["ballot"]["ballot"],
        actor=clerk,
        attendee_id=other.pk,
        choice=Choice.DISAGREES,
        reserved="Xin bảo lưu vải thiều.",
    )


def concluded_items(scene: Scene) -> None:
    """Two conclusions with a task each: one waits for the chair, one was confirmed."""
    people, office = scene.people, scene.people["office"]
    waiting = scene.things["ballot"]
    scene.things["concluded"] = _conclude(scene, waiting["item"], "Giao việc mận hậu")
    directive = Directive.objects.get(pk=scene.things["out"]["pk"])
    item = AgendaItem.objects.create(
        meeting_id=waiting["pk"],
        position=9,
        title="Dự thảo",
        directive=directive,
        draft=directive.latest_draft,
        opened_at=timezone.now(),
    )
    scene.things["settled"] = _conclude(scene, item.pk, "Trồng bơ sáp", people["idle"])
    concluding.confirm_conclusion(item.pk, actor=people["chair"], version=2)
    assert Conclusion.objects.get(item=item).recorded_by == office


def papers_of_it(scene: Scene) -> None:
    """Minutes and a notice, before nobody yet, and a ballot that was counted."""
    waiting, clerk = scene.things["ballot"], scene.people["clerk"]
    papers = [
        writing.assemble(waiting["pk"], actor=clerk, kind=kind)
        for kind in (PaperKind.MINUTES, PaperKind.NOTICE)
    ]
    section = papers[0].sections.first()
    writing.save_section(section.pk, actor=clerk, version=1, text="Bàn về rau muống.")
    counted = Ballot.objects.create(
        item_id=waiting["item"],
        question="Thông qua măng cụt",
        electorate=3,
        needed=2,
        opened_by=clerk,
        opened_at=timezone.now(),
        closed_at=timezone.now(),
        counts=dict.fromkeys(Choice.values, 0),
    )
    of_meeting = {"pk": waiting["pk"]}
    scene.things["unissued"] = of_meeting | {"kind": "notice"}
    scene.things["concluding"] = _issued_notice(scene)
    scene.things["minutes"] = of_meeting | {"kind": "minutes", "section": section.pk}
    scene.things["counted"] = of_meeting | {"ballot": counted.pk}


def _issued_notice(scene: Scene) -> dict[str, Any]:
    """Of a meeting that idle does not attend."""
    people, pk = scene.people, scene.things["meeting"]["pk"]
    made = MeetingPaper.objects.create(
        meeting_id=pk,
        kind=PaperKind.NOTICE,
        assembled_at=timezone.now(),
        assembled_by=people["clerk"],
        number=7,
        dated=timezone.localdate(),
    )
    PaperSigning.objects.create(paper=made)
    MeetingPaper.objects.filter(pk=made.pk).update(
        approved_at=timezone.now(),
        approved_by=people["chair"],
        sha256="0" * 64,
        pdf=store("thong-bao.pdf", "application/pdf", factories.pdf()),
    )
    return {"pk": pk, "kind": made.kind}


def _conclude(scene: Scene, item: int, task: str, lead: User | None = None) -> dict[str, Any]:
    office = scene.people["office"]
    said = concluding.Said(Decision.NOTE, f"Kết luận: {task}.")
    concluding.record_conclusion(item, actor=office, version=0, said=said)
    given = concluding.Given(task, lead_person=lead)
    made = concluding.give_task(item, actor=office, version=1, given=given)
    return {"pk": made.conclusion.item.meeting_id, "item": item, "task": made.pk}


def notice(scene: Scene) -> None:
    told = Notice.objects.create(
        person=scene.people["asked"],
        kind=NoticeKind.COMMENTS_ASKED,
        about="Về phát triển cà phê",
        url_name="directive_view",
        url_args=[scene.things["out"]["pk"]],
    )
    scene.things["notice"] = {"pk": told.pk}


@pytest.fixture
def scene(db) -> Scene:
    made = meet()
    made.things["-"] = {}
    for chapter in (directives, comments, meeting, votes, concluded_items, papers_of_it, notice):
        chapter(made)
    return made


def verdict(answer: Any) -> str:
    """`in`, `out`, `sign-in`, or what should never be answered."""
    if answer.status_code in (403, 404, 405):
        return "out"
    if answer.status_code == 302 and "/login/" in answer.url:
        return "sign-in"
    return "in" if answer.status_code in (200, 204, 302, 409, 422) else str(answer.status_code)


def told(answer: Any, role: str) -> str:
    """The verdict, and what was let slip."""
    return " ".join([verdict(answer), *sorted(leaks(answer, role))])


def leaks(answer: Any, role: str) -> set[str]:
    """Words of the answer, in its text or its address, that the role may not meet."""
    if not answer.get("Content-Type", "text/").startswith("text/"):
        return set()
    text = answer.content.decode() + answer.get("Location", "")
    return {word for word, may_meet in SECRETS.items() if word in text and role not in may_meet}


def answers(scene: Scene, row: Row) -> Iterator[tuple[str, str, str, str]]:
    """Each role and method with what was found and what the table says."""
    url = scene.url(row)
    for role in ROLES:
        for method in row.how if role in row.let_in else ("GET", "POST"):
            answer = scene.ask(role, method, url, SAID.get(row.of))
            denied = "sign-in" if role == "nobody" else "out"
            yield role, method, told(answer, role), "in" if role in row.let_in else denied


def test_each_address_lets_in_whom_the_table_says(scene: Scene) -> None:
    wrong = [
        f"{method} {row} as {role}: {found}, not {expected}"
        for row in ROWS
        for role, method, found, expected in answers(scene, row)
        if found != expected
    ]
    assert wrong == []


def test_what_changes_something_is_not_done_by_a_link(scene: Scene) -> None:
    rows = [row for row in ROWS if row.how == ("POST",)]
    followed = [
        f"{row} as {role}"
        for row in rows
        for role in row.let_in
        if verdict(scene.ask(role, "GET", scene.url(row))) != "out"
    ]
    assert followed == []


def test_every_address_is_decided_in_the_table() -> None:
    assert {row.name for row in ROWS} == set(OURS)


# The administration: one rule instead of a line for each of its addresses.

ADMIN = [(name, pattern) for name, pattern, _takes in PATTERNS if name.startswith("admin:")]
MANAGED = ("admin:accounts_user", "admin:accounts_committee", "admin:accounts_unit")
OPEN_TO_ALL = {"admin:login", "admin:logout", "admin:jsi18n"}


def admin_url(scene: Scene, name: str, pattern: URLPattern) -> str:
    person = scene.people["office"].pk
    facts = {"object_id": person, "id": person, "content_type_id": 1, "app_label": "accounts"}
    wanted = {*pattern.pattern.converters, *pattern.pattern.regex.groupindex}
    return reverse(name, kwargs={name: facts[name] for name in wanted})


def admin_addresses(scene: Scene) -> dict[str, str]:
    named = [(name, pattern) for name, pattern in ADMIN if pattern.name]
    return {name: admin_url(scene, name, pattern) for name, pattern in named}


def test_the_administration_is_open_to_the_administrator_alone(scene: Scene) -> None:
    wrong = [
        f"{method} {name} as {role}: {found}"
        for name, url in admin_addresses(scene).items()
        for role in set(ROLES) - {"admin"}
        for method in ("GET", "POST")
        if name not in OPEN_TO_ALL
        if (found := told(scene.ask(role, method, url), role)) not in ("sign-in", "out")
    ]
    assert wrong == []


def test_the_administrator_manages_people_and_committees_and_nothing_else(scene: Scene) -> None:
    lists = {
        name: told(scene.ask("admin", "GET", url), "admin")
        for name, url in admin_addresses(scene).items()
        if name.endswith("_changelist")
    }
    assert lists == {name: "in" if name.startswith(MANAGED) else "out" for name in lists}


def test_the_administrator_sees_no_draft_and_no_comment_there(scene: Scene) -> None:
    pages = {
        name: leaks(scene.ask("admin", "GET", url), "admin")
        for name, url in admin_addresses(scene).items()
    }
    assert {name: words for name, words in pages.items() if words} == {}
