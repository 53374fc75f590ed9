"""Whether a later draft carries out what was concluded: read off its words, said by the office."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from directives import events, workflow
from directives.comparison import Numbered, numbered
from directives.drafting import clean, in_order
from directives.models import Directive, Draft
from directives.refusals import Refused
from directives.text.diff import Op, diff
from meetings import permissions
from meetings.models import AgendaItem, CarriedOut, CarryingOut, ConclusionPoint
from meetings.moments import held

MAX_NOTE = 2_000


@dataclass(frozen=True)
class Answer:
    """What the office says of a point."""

    point: int
    outcome: str
    note: str = ""


@dataclass(frozen=True)
class Carried:
    """A point beside the draft: its provision before and after, and the answer, if there is one."""

    point: ConclusionPoint
    before: Numbered | None
    after: Numbered | None
    answer: CarryingOut | None

    @property
    def is_changed(self) -> bool:
        return (self.before and self.before.text) != (self.after and self.after.text)

    @property
    def ops(self) -> list[Op]:
        old, new = (one.text if one else "" for one in (self.before, self.after))
        return diff(old, new, readable=True)

    @property
    def proposal(self) -> str:
        """Read off the words alone; of a point about no provision nothing can be read off."""
        if self.before is None:
            return ""
        return CarriedOut.YES if self.is_changed else CarriedOut.NO


def later_draft(item: AgendaItem) -> Draft | None:
    """The newest draft made after the one that was discussed; None while there is none."""
    if item.draft is None:
        return None
    later = Draft.objects.filter(directive=item.directive_id, number__gt=item.draft.number)
    return later.order_by("-number").defer("content").first()


def carried(item: AgendaItem, draft: Draft) -> list[Carried]:
    """Every point of the item's conclusion beside the later draft."""
    points = list(ConclusionPoint.objects.filter(conclusion__item=item))
    answers = {one.point_id: one for one in CarryingOut.objects.filter(draft=draft)}
    before, after = _by_key(item.draft), _by_key(draft)
    return [
        Carried(
            point,
            before.get(point.provision_key),
            after.get(point.provision_key),
            answers.get(point.pk),
        )
        for point in points
    ]


def _by_key(draft: Draft | None) -> dict[UUID | None, Numbered]:
    provisions: Sequence[Numbered] = numbered(in_order(draft)) if draft else []
    return {one.provision.key: one for one in provisions}


@transaction.atomic
def say_carried(item_id: int, *, actor: User, draft_number: int, answers: Iterable[Answer]) -> int:
    """The office says of points whether the draft carries them out; less than all takes a reason.

    Refused where a newer draft has been made since the page was opened. Gives how many were said.
    """
    item = AgendaItem.objects.select_related("draft").get(pk=item_id)
    meeting = held(item.meeting_id, actor, permissions.can_convene)
    draft = _current(item, draft_number)
    points = ConclusionPoint.objects.filter(conclusion__item=item).in_bulk()
    said = [one for one in answers if one.outcome]
    for one in said:
        if one.point not in points:
            raise Refused(_("This point is no longer in the conclusion."), code="gone")
        _say(points[one.point], draft, one, actor)
    events.record(
        meeting.stream,
        "say_carried",
        actor=actor,
        item=item.pk,
        draft=draft.number,
        said={str(one.point): one.outcome for one in said},
    )
    return len(said)


def _current(item: AgendaItem, number: int) -> Draft:
    if item.directive_id is not None:
        workflow.lock(item.directive_id)
    draft = later_draft(item)
    if draft is None:
        raise Refused(_("No draft has been made since the meeting."), code="no_draft")
    if draft.number != number:
        raise Refused(_("A newer draft has been made. Look at it first."), code="draft")
    return draft


def _say(point: ConclusionPoint, draft: Draft, answer: Answer, actor: User) -> None:
    if answer.outcome not in CarriedOut.values:
        raise Refused(_("Choose one of the answers."), code="outcome")
    note = clean(answer.note, limit=MAX_NOTE).strip()
    if answer.outcome != CarriedOut.YES and not note:
        raise Refused(
            _("Say why the point “%s” is not wholly carried out.") % point, code=str(point.pk)
        )
    facts = {"outcome": answer.outcome, "note": note, "said_by": actor, "said_at": timezone.now()}
    CarryingOut.objects.update_or_create(point=point, draft=draft, defaults=facts)


def open_points(directive: Directive, draft: Draft) -> QuerySet[ConclusionPoint]:
    """Points about earlier drafts of the directive of which the office has said nothing yet."""
    said = CarryingOut.objects.filter(point=OuterRef("pk"), draft=draft)
    return ConclusionPoint.objects.filter(
        ~Exists(said),
        conclusion__item__directive=directive,
        conclusion__item__draft__number__lt=draft.number,
    )


def obstacles_to_approval(directive: Directive) -> list[str]:
    """The meetings' say at the gate to the chair: the office has answered every point."""
    session = "conclusion__item__meeting__session_number"
    waiting = open_points(directive, directive.latest_draft).values(session)
    counted = waiting.annotate(n=Count("pk")).order_by(session)
    return [_obstacle(row[session], row["n"]) for row in counted]


def _obstacle(session: int, count: int) -> str:
    words = ngettext(
        "Of %(count)s point concluded by meeting no. %(session)s it is not said whether the draft "
        "carries it out.",
        "Of %(count)s points concluded by meeting no. %(session)s it is not said whether the draft "
        "carries them out.",
        count,
    )
    return words % {"count": count, "session": session}
