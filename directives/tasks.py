"""What waits for a person among the directives they work on."""

from collections.abc import Iterator

from django.db.models import CharField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Role, User
from accounts.tasks import Task
from directives.models import Directive, Draft, Event, State

ISSUED_SHOWN = 10
TELLING = ("return", "void_approval", "start_draft")


def directive_tasks(person: User) -> Iterator[Task]:
    """The office writes and submits, the chair approves, the clerk issues; then it is done."""
    office = person.committees_as(Role.OFFICE)
    chairs = person.committees_as(Role.CHAIR)
    clerks = person.committees_as(Role.CLERK)
    if not office | chairs | clerks:
        return
    for directive in _on_the_way(office | chairs | clerks):
        task = _task(directive, office, chairs, clerks)
        if task:
            yield task
    issued = Directive.objects.filter(committee__in=office | chairs | clerks, state=State.ISSUED)
    shown = issued.select_related("issue__register__committee").order_by("-issue__issued_at")
    yield from (_issued(directive) for directive in shown[:ISSUED_SHOWN])


def _on_the_way(committees: set[int]) -> QuerySet[Directive]:
    """Not issued yet; `told` and `facts`: why the text is with the office."""
    drafts = Draft.objects.filter(directive=OuterRef("pk")).order_by("-number")
    stream = Concat(Value("directive:"), Cast(OuterRef("pk"), CharField()))
    told = Event.objects.filter(stream=stream, verb__in=TELLING).order_by("-sequence")
    return (
        Directive.objects.filter(committee__in=committees)
        .exclude(state=State.ISSUED)
        .annotate(
            draft_number=Subquery(drafts.values("number")[:1]),
            frozen_at=Subquery(drafts.values("frozen_at")[:1]),
            told=Subquery(told.values("verb")[:1]),
            facts=Subquery(told.values("payload")[:1]),
        )
    )


def _task(
    directive: Directive, office: set[int], chairs: set[int], clerks: set[int]
) -> Task | None:
    committee = directive.committee_id
    if committee in chairs and directive.state == State.SUBMITTED:
        note = _("The office asks you to approve draft %s.") % directive.draft_number
        return _waiting(directive, _("Read and approve"), "directive_approve", note)
    if committee in clerks and directive.state == State.APPROVED:
        note = _("Approved by the chair. It waits for number and date.")
        return _waiting(directive, _("Issue"), "directive_issue", note)
    if committee in office:
        return _of_the_office(directive)
    return None


def _of_the_office(directive: Directive) -> Task | None:
    """The rounds of comments have tasks of their own, told by their own app."""
    match directive.state:
        case State.DRAFTING:
            note = _("Draft %s is being written.") % directive.draft_number
            return _waiting(directive, _("Go on writing"), "draft_edit", note)
        case State.CONSOLIDATING if directive.frozen_at is None:
            return _waiting(
                directive, _("Submit for approval"), "directive_submit", _why(directive)
            )
        case State.SUBMITTED:
            return _followed(directive, _("It is before the chair."))
        case State.APPROVED:
            return _followed(directive, _("Approved by the chair. It waits for number and date."))
    return None


def _why(directive: Directive) -> str:
    if directive.told == "return":
        return _("Returned by the chair: %s") % directive.facts["reason"]
    if directive.told == "void_approval":
        return _("The text was changed: it must be submitted to the chair again.")
    return _("Draft %s is ready to go to the chair.") % directive.draft_number


def _waiting(directive: Directive, action: str, url_name: str, note: str) -> Task:
    args = [directive.pk, directive.draft_number] if url_name == "draft_edit" else [directive.pk]
    return Task(title=directive.subject, url=reverse(url_name, args=args), action=action, note=note)


def _followed(directive: Directive, note: str) -> Task:
    url = reverse("directive_issuing", args=[directive.pk])
    return Task(title=directive.subject, url=url, action=_("See"), note=note, waits_for_me=False)


def _issued(directive: Directive) -> Task:
    note = _("Issued as number %(number)s on %(day)s.") % {
        "number": directive.issue,
        "day": directive.issue.issued_on.strftime("%d/%m/%Y"),
    }
    url = directive.get_absolute_url()
    return Task(title=directive.subject, url=url, action=_("See"), note=note, done=True)
