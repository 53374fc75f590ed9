"""Bring an empty database to a stage of the demo, and export its papers."""

from argparse import ArgumentParser
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Committee, Role, User
from comments import papers
from comments.tracked import tracked_docx
from directives.models import Directive
from directives.rendering import papers as directive_papers
from directives.rendering.akn import current_akn
from directives.rendering.docx.drafts import current_docx
from directives.rendering.press import printed
from meetings.demo.people import PASSWORD, STAFF
from meetings.demo.story import STAGES, Story
from meetings.models import Meeting, PaperKind
from meetings.papers.agenda import agenda_paper
from meetings.papers.sheets import FILE_NAMES, paper_manuscript
from meetings.preparing import bundles
from meetings.preparing.binding import bound
from meetings.preparing.calendar_file import calendar_file


class Command(BaseCommand):
    help = "Load a fictional directive with its comments into an empty database, up to a stage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--stage", choices=STAGES, default="consultation")
        parser.add_argument(
            "--if-empty", action="store_true", help="only say how to sign in where data is"
        )
        parser.add_argument("--export", type=Path, metavar="DIR", help="write the papers there")
        parser.add_argument(
            "--on",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="the day on which the story ends; today where none is given",
        )

    def handle(self, *, stage: str, export: Path | None, on: date | None, **options: Any) -> None:
        if Committee.objects.exists():
            if not options["if_empty"]:
                raise CommandError("The database is not empty; the demo is for an empty one.")
            if User.objects.filter(username=STAFF[0][0]).exists():
                self.print_sign_ins()
            return
        ends = timezone.now()
        if on:
            ends = datetime.combine(on, time(15), tzinfo=timezone.get_current_timezone())
        story = Story(ends)
        with translation.override("vi"), transaction.atomic():
            story.tell(stage, report=self.stdout.write)
        self.print_sign_ins()
        if export:
            self.export(story, export)

    def meeting_files(self, story: Story) -> dict[str, bytes]:
        """What goes out before the meeting; the entry for a calendar is that of the chair."""
        meeting = Meeting.objects.select_related("committee", "term").get(pk=story.meeting.pk)
        office = story.cast["vanphong"]
        chair = meeting.attendees.select_related("person", "meeting__committee")[0]
        return {
            "giay-moi.pdf": bound(bundles.invitation_bundle(meeting)),
            "hoi-nghi.ics": calendar_file(chair).content,
            "chuong-trinh.pdf": printed(agenda_paper(meeting)),
            "tai-lieu.pdf": bound(bundles.pack_bundle(meeting, office)),
        }

    def written_files(self, story: Story) -> dict[str, bytes]:
        """The minutes and the notice, once they have been written."""
        written = story.meeting.papers.select_related("signing", "meeting__committee", "pdf")
        return {
            f"{FILE_NAMES[PaperKind(paper.kind)]}.pdf": bytes(paper.pdf.content)
            if paper.pdf
            else printed(paper_manuscript(paper))
            for paper in written
        }

    def print_sign_ins(self) -> None:
        """A sign-in for each role; every delegate has one made from their name."""
        people = [(username, name, roles) for username, name, _p, _r, roles in STAFF]
        people.append(("tran.quoc.an", "Trần Quốc Ân", (Role.DELEGATE,)))
        with translation.override("vi"):
            self.stdout.write(str(_("Sign in as one of these people; the password is the same:")))
            for username, name, roles in people:
                held = ", ".join(str(role.label) for role in roles)
                self.stdout.write(f"  {username:<14} {PASSWORD}   {name} ({held})")

    def export(self, story: Story, folder: Path) -> None:
        """The directive always; the reply table and the redline once there is something in them."""
        folder.mkdir(parents=True, exist_ok=True)
        directive = Directive.objects.get(pk=story.directive.pk)
        files = {
            "chi-thi.pdf": directive_papers.current_pdf(directive),
            "chi-thi.docx": current_docx(directive),
            "chi-thi.akn.xml": current_akn(directive),
        }
        if hasattr(story, "consultation"):
            story.consultation.refresh_from_db()
            files["bang-tong-hop.pdf"] = papers.reply_table_pdf(story.consultation)
            files["bang-tong-hop.docx"] = papers.reply_table_docx(story.consultation)
            files["bang-tong-hop.xlsx"] = papers.reply_table_xlsx(story.consultation)
            files |= self.meeting_files(story)
            files |= self.written_files(story)
        if len(drafts := list(directive.drafts.all())) > 1:
            redline = directive_papers.redline_paper(drafts[0], drafts[1])
            files["so-sanh.pdf"] = printed(redline)
            office = directive.created_by
            files["so-sanh.docx"] = tracked_docx(drafts[0], drafts[1], reader=office)
        for name, content in files.items():
            (folder / name).write_bytes(content)
            self.stdout.write(f"  {folder / name}")
