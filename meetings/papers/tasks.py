"""Papers of meetings that wait for a person: to be read, changed, or given a number."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.tasks import Task
from meetings.models import Attendee, AttendeeRole, MeetingPaper, PaperKind
from meetings.papers.approving import returned


def paper_tasks(person: User) -> Iterator[Task]:
    """What was submitted to the person as the chair, or sent back by one; notices agreed to."""
    yield from map(_to_read, _before(person))
    if writer := person.committees_as(Role.OFFICE, Role.CLERK):
        yield from map(_to_change, _sent_back(writer))
    if clerk := person.committees_as(Role.CLERK):
        yield from map(_to_number, _without_number(clerk))


def _before(person: User) -> QuerySet[MeetingPaper]:
    """Of the meetings that the person chaired; of their committee's, where nobody was named."""
    chair = Attendee.objects.filter(meeting=OuterRef("meeting"), role=AttendeeRole.CHAIR)
    of_committee = Q(meeting__committee__in=person.committees_as(Role.CHAIR)) & ~Exists(chair)
    waiting = _open().filter(submitted_at__isnull=False, signing__agreed_sha256="")
    return waiting.filter(Exists(chair.filter(person=person)) | of_committee)


def _sent_back(writer: set[int]) -> list[MeetingPaper]:
    papers = list(_open().filter(submitted_at=None, meeting__committee__in=writer))
    why = returned(papers)
    return [paper for paper in papers if paper.pk in why]


def _without_number(clerk: set[int]) -> QuerySet[MeetingPaper]:
    agreed = _open().filter(kind=PaperKind.NOTICE).exclude(signing__agreed_sha256="")
    return agreed.filter(meeting__committee__in=clerk)


def _open() -> QuerySet[MeetingPaper]:
    return MeetingPaper.objects.filter(approved_at=None).select_related("meeting")


def _to_read(paper: MeetingPaper) -> Task:
    return Task(
        title=_title(paper),
        url=reverse("paper_approve", args=[paper.meeting_id, paper.kind]),
        action=_("Read and approve"),
        note=_("The paper has been submitted to you."),
    )


def _to_change(paper: MeetingPaper) -> Task:
    return Task(
        title=_title(paper),
        url=reverse("paper_edit", args=[paper.meeting_id, paper.kind]),
        action=_("Change the text"),
        note=_("The chair has returned it. The reason is on its page."),
    )


def _to_number(paper: MeetingPaper) -> Task:
    return Task(
        title=_title(paper),
        url=reverse("notice_issue", args=[paper.meeting_id]),
        action=_("Give number and date"),
        note=_("The chair has approved it."),
    )


def _title(paper: MeetingPaper) -> str:
    facts = {"paper": paper.get_kind_display(), "number": paper.meeting.session_number}
    return _("%(paper)s, meeting no. %(number)s") % facts
