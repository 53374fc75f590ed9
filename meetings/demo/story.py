"""The demo's road from draft 1 to the issued paper, taken through the domain functions.

Nothing is written past them: each act happens on its own day, as the person whose act it is, so
that deadlines, permissions and the log are those of a real case. The last act happens now.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from unittest import mock

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments import consolidation, services, threads
from comments.models import (
    Category,
    Comment,
    Consultation,
    Outcome,
    Position,
    ProposalKind,
    ReplyTemplate,
    Source,
)
from comments.said import Said
from directives import canonical, drafting, register, workflow
from directives.drafting import NewProvision
from directives.models import Directive
from directives.text.kinds import Kind
from meetings.deciding import concluding
from meetings.demo.decisions import carry_out
from meetings.demo.people import Cast, gather, read
from meetings.demo.preparing import prepare
from meetings.demo.session import Session
from meetings.demo.written import approve_papers, write_papers
from meetings.models import AgendaItem, AttendeeRole, Meeting, Mode
from meetings.preparing import gathering

STAGES = ("drafting", "consultation", "consolidation", "approval", "issued")
KINDS = {
    "mo_dau": Kind.PREAMBLE,
    "khoan": Kind.CLAUSE,
    "diem": Kind.POINT,
    "ket_thuc": Kind.CLOSING,
}
CATEGORIES = {
    "noi_dung": Category.CONTENT,
    "hinh_thuc": Category.FORM,
    "to_chuc_thuc_hien": Category.IMPLEMENTATION,
}
SOURCES = {"tai_hoi_nghi": Source.MEETING, "bang_van_ban": Source.PAPER}
OUTCOMES = {
    "tiep_thu": Outcome.ACCEPTED,
    "tiep_thu_mot_phan": Outcome.ACCEPTED_IN_PART,
    "giai_trinh_giu_nguyen": Outcome.NOT_ACCEPTED,
    "ghi_nhan": Outcome.NOTED,
}
# Where a part is taken, the words that the office puts for the delegate's, and the words they
# replace; and the choice in the one real conflict.
OFFICE_WORDS = {
    "YK02": ("ít nhất mỗi năm một lần", "ít nhất sáu tháng một lần"),
    "YK06": (
        "07 ngày làm việc",
        "05 ngày làm việc, trừ trường hợp pháp luật quy định thời hạn khác",
    ),
    "YK21": ("hoàn thành trong quý II năm 2024", "hoàn thành trước ngày 31/5/2024"),
}
CHOICE = "trước ngày 31/5/2024"
# Said in the reply to YK07, and written by the office into draft 2.
EXCEPTION = (
    "phải chịu trách nhiệm về nội dung được hỏi",
    "phải chịu trách nhiệm về nội dung được hỏi; quy định này không áp dụng với nội dung thuộc "
    "bí mật nhà nước",
)
# What the office asks about a comment before it takes a part of it, and what the delegate answers.
EXCHANGE = (
    "YK02",
    "Chi bộ nông thôn, tổ dân phố đông đảng viên cao tuổi nên mỗi quý một lần khó thực hiện. Đề "
    "nghị đồng chí cho biết: quy định sáu tháng một lần có bảo đảm việc nhắc nhở kịp thời không?",
    "Tôi nhất trí với mức sáu tháng một lần. Đề nghị giữ chữ “ít nhất” để nơi có điều kiện thực "
    "hiện thường xuyên hơn.",
)
OTHER_MATTER = "Lịch kiểm tra, giám sát và một số công việc trọng tâm quý tới"
FIRST_NUMBER = 35
# What an office often answers with; PLACE in it is where the comment stands.
READY_WORDS = {
    "Tiếp thu": "Văn phòng tiếp thu ý kiến của đồng chí, đã chỉnh sửa tại [khoản].",
    "Tiếp thu một phần": "Văn phòng tiếp thu nội dung chính, thể hiện lại lời văn tại [khoản].",
    "Giữ nguyên": "Xin giữ như dự thảo, vì nội dung này đã có trong quy định của Trung ương.",
    "Đưa vào kế hoạch": "Ý kiến của đồng chí sẽ được đưa vào kế hoạch tổ chức thực hiện Chỉ thị.",
}


class Story:
    """The demo up to a stage. `ends` is the moment of the last act."""

    def __init__(self, ends: datetime) -> None:
        self.ends = ends
        self.data = read("draft_directive.json")
        self.said = read("review_comments.json")["comments"]
        self.cast: Cast
        self.directive: Directive
        self.meeting: Meeting
        self.consultation: Consultation
        self.comments: dict[str, Comment] = {}

    def tell(self, stage: str, report: Callable[[str], None] = lambda line: None) -> None:
        """Play every chapter up to the stage."""
        last = STAGES.index(stage)
        for chapter in list(CHAPTERS)[: last + 1]:
            report(str(CHAPTERS[chapter]))
            chapter(self, open_round=stage == "consultation")

    @contextmanager
    def day(self, before: float) -> Iterator[None]:
        """The clock shows so many days before the end."""
        moment = self.ends - timedelta(days=before)
        with mock.patch.object(timezone, "now", return_value=moment):
            yield

    def draft_it(self, *, open_round: bool) -> None:
        """The office writes draft 1."""
        meta = self.data["meta"]
        with self.day(21):
            self.cast = gather(meta)
            office = self.cast["vanphong"]
            self.directive = drafting.create_directive(
                actor=office,
                committee=self.cast.committee,
                subject=meta["trich_yeu"],
                recipients="\n".join(meta["noi_nhan"]),
                signing_authority=meta["sign_authority"],
                signer_title=meta["sign_title"],
                signer_name=self.cast["chutri"].full_name,
            )
            draft = self.directive.latest_draft
            drafting.replace_body(draft.pk, actor=office, units=self._units())

    def _units(self) -> list[NewProvision]:
        return [_unit(facts) for facts in self.data["provisions"]]

    def consult(self, *, open_round: bool) -> None:
        """A meeting is convened, the draft is circulated, and 25 comments come in."""
        office, sent = self.cast["vanphong"], 4 if open_round else 14
        with self.day(sent):
            meeting = self.meeting = gathering.convene(
                actor=office,
                committee=self.cast.committee,
                session_number=42,
                place="Phòng họp số 1, Trụ sở Tỉnh ủy",
                starts_at=_at(8, days=6),
                mode=Mode.AT_THE_TABLE,
                recorder=self.cast["vanthu"],
            )
            self._invite(meeting.pk, office)
            item = gathering.add_item(meeting.pk, actor=office, directive=self.directive)
            gathering.add_item(meeting.pk, actor=office, title=OTHER_MATTER)
            deadline = _at(17, days=7)
            self.consultation = gathering.circulate(item.pk, actor=office, deadline=deadline)
            prepare(meeting, self.cast)
        ReplyTemplate.objects.bulk_create(
            ReplyTemplate(committee=self.cast.committee, title=title, text=text)
            for title, text in READY_WORDS.items()
        )
        for number, facts in enumerate(self.said):
            with self.day(sent - 1 - number * 0.05):
                self.comments[facts["id"]] = self._comment(facts)
        self._exchange(sent)

    def _exchange(self, sent: int) -> None:
        label, question, answer = EXCHANGE
        comment, office = self.comments[label], self.cast["vanphong"]
        with self.day(sent - 2.5):
            threads.ask(comment.pk, actor=office, text=question)
        with self.day(sent - 2.8):
            threads.reply(comment.pk, actor=comment.author, text=answer)

    def _invite(self, meeting_id: int, office: User) -> None:
        people, role = self.cast.by_name, AttendeeRole
        gathering.add_attendee(
            meeting_id, actor=office, person=self.cast["chutri"], role=role.CHAIR
        )
        gathering.add_attendee(meeting_id, actor=office, person=office, role=role.PRESENTER)
        for name in ("Nguyễn Thanh Bằng", "Đỗ Xuân Đông"):
            gathering.add_attendee(meeting_id, actor=office, person=people[name], role=role.INVITED)

    def _comment(self, facts: dict[str, Any]) -> Comment:
        """Said at the meeting or on paper: the clerk writes it down for the delegate."""
        author, clerk = self.cast.by_name[facts["delegate"]], self.cast["vanthu"]
        comment = services.save_comment(
            self.consultation.pk,
            actor=clerk,
            author=author,
            said=self._said(facts),
            source=SOURCES[facts["source"]],
        )
        services.give_position(
            self.consultation.pk,
            actor=clerk,
            person=author,
            position=Position.AGREES_WITH_COMMENTS,
        )
        return services.submit(comment.pk, actor=clerk)

    def _said(self, facts: dict[str, Any]) -> Said:
        base, key = self._provision(facts)
        changes = facts["stance"] != "tan_thanh"
        proposed = base.replace(facts["quote"], facts["replacement"], 1) if changes else ""
        return Said(
            category=CATEGORIES[facts["category"]],
            provision_key=key,
            quote=facts["quote"],
            body=facts["rationale"],
            proposal_kind=ProposalKind.REPLACE if changes else ProposalKind.NONE,
            proposed_text=proposed,
        )

    def _provision(self, facts: dict[str, Any]) -> tuple[str, Any]:
        """The frozen text that a comment is about, and its key."""
        draft = self.consultation.draft
        kinds = {"TRICH_YEU": Kind.SUBJECT, "NOI_NHAN": Kind.RECIPIENTS}
        if facts["provision"] in kinds:
            found = draft.provisions.get(kind=kinds[facts["provision"]])
        else:
            ids = [unit["id"] for unit in self.data["provisions"]]
            place = ids.index(facts["provision"])
            found = draft.provisions.exclude(kind__in=kinds.values()).order_by("position")[place]
        return found.text, found.key

    def close(self, *, open_round: bool) -> None:
        """The meeting is held; the round is closed as its chair concluded."""
        Session(self.meeting, self.cast).hold()
        with self.day(6.5):
            concluding.apply_conclusion(self._item().pk, actor=self.cast["vanphong"])
        with self.day(6):
            write_papers(self.meeting, self.cast)

    def _item(self) -> AgendaItem:
        return AgendaItem.objects.get(consultation=self.consultation)

    def consolidate(self, *, open_round: bool) -> None:
        """Every comment is answered, conflicts are settled, draft 2 goes to the chair."""
        office = self.cast["vanphong"]
        with self.day(5):
            for facts in self.said:
                self._answer(facts, office)
            self._settle(office)
            draft = consolidation.consolidate(self.consultation.pk, actor=office)
        with self.day(4):
            self._write_exception(draft, office)
            carry_out(self._item(), self.cast)
            workflow.submit_for_approval(self.directive.pk, actor=office)

    def _answer(self, facts: dict[str, Any], office: User) -> None:
        comment = self.comments[facts["id"]]
        words = OFFICE_WORDS.get(facts["id"])
        base, _key = self._provision(facts)
        consolidation.answer(
            comment.pk,
            actor=office,
            outcome=OUTCOMES[facts["suggested_outcome"]],
            reply=facts["suggested_reply"],
            office_text=base.replace(*words) if words else "",
        )

    def _settle(self, office: User) -> None:
        bench = consolidation.workbench(self.consultation)
        for piece, conflict in bench.open_conflicts:
            text = next(a.text for a in conflict.alternatives if CHOICE in a.text)
            consolidation.settle(
                self.consultation.pk,
                actor=office,
                provision_key=piece.provision.key,
                conflict_key=conflict.key,
                text=text,
            )

    def _write_exception(self, draft: Any, office: User) -> None:
        old, new = EXCEPTION
        provision = draft.provisions.get(text__contains=old)
        drafting.save_provision(
            provision.pk,
            actor=office,
            version=provision.version,
            text=provision.text.replace(old, new),
        )

    def issue(self, *, open_round: bool) -> None:
        """The chair approves, the clerk numbers and issues."""
        clerk = self.cast["vanthu"]
        with self.day(1):
            sha256 = canonical.content_hash(self.directive.latest_draft)
            workflow.approve(self.directive.pk, actor=self.cast["chutri"], sha256=sha256)
            approve_papers(self.meeting, self.cast, timezone.localdate())
        with self.day(0):
            term = self.cast.committee.term_on(timezone.localdate())
            register.open_register(actor=clerk, term=term, first_number=FIRST_NUMBER)
            workflow.issue(self.directive.pk, actor=clerk, issued_on=timezone.localdate())


CHAPTERS = {
    Story.draft_it: _("The office writes draft 1."),
    Story.consult: _("A meeting is convened, the draft is circulated, 25 comments come in."),
    Story.close: _("The meeting is held, then the round is closed."),
    Story.consolidate: _("Every comment is answered, draft 2 goes to the chair."),
    Story.issue: _("The chair approves, the clerk numbers and issues."),
}


def _at(hour: int, *, days: int) -> datetime:
    """A full hour of a later day, as people set them."""
    later = timezone.localtime() + timedelta(days=days)
    return later.replace(hour=hour, minute=0, second=0, microsecond=0)


def _unit(facts: dict[str, Any]) -> NewProvision:
    heading, text = facts["heading"], facts["text"]
    joined = "\n".join(line for line in (heading, text) if line)
    return NewProvision(KINDS[facts["kind"]], joined, headed=bool(heading))
