"""What the chair concludes, and the tasks that come of it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCCharField, NFCTextField
from accounts.models import Unit, User
from directives.models import Draft
from meetings.models.gathering import AgendaItem, Attendee


class Decision(models.TextChoices):
    HAND_BACK = "hand_back", _("Hand back to the office to adjust")
    APPROVE = "approve", _("Approve")
    POSTPONE = "postpone", _("Postpone")
    NOTE = "note", _("Note")


class Conclusion(models.Model):
    """The chair's conclusion on an item; corrected, if need be, until the minutes are approved."""

    item = models.OneToOneField(AgendaItem, models.PROTECT, related_name="conclusion")
    decision = models.CharField(_("decision"), max_length=9, choices=Decision.choices)
    text = NFCTextField(_("conclusion"))
    # What stays in dispute, apart from what is concluded.
    remaining = NFCTextField(_("remaining disagreement"), blank=True)
    given_by = models.ForeignKey(Attendee, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    # The chair has read it as it stands; a later change takes this away.
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    # The directive's state has followed the decision.
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["item"]

    def __str__(self) -> str:
        return f"{self.get_decision_display()}: {self.text[:60]}"


class ConclusionPoint(models.Model):
    """One point of a conclusion, perhaps about a provision of the item's draft."""

    conclusion = models.ForeignKey(Conclusion, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    text = NFCTextField(_("point"))
    provision_key = models.UUIDField(_("provision"), null=True, blank=True)

    class Meta:
        ordering = ["conclusion", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class CarriedOut(models.TextChoices):
    YES = "yes", _("Carried out")
    PARTLY = "partly", _("Carried out in part")
    NO = "no", _("Not carried out")


class CarryingOut(models.Model):
    """What the office says a later draft makes of a point."""

    point = models.ForeignKey(ConclusionPoint, models.CASCADE, related_name="carryings")
    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    outcome = models.CharField(_("carried out"), max_length=6, choices=CarriedOut.choices)
    note = NFCTextField(_("note"), blank=True)
    said_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        ordering = ["point", "draft"]
        constraints = [
            models.UniqueConstraint(fields=["point", "draft"], name="carrying_once_per_draft"),
            models.CheckConstraint(
                condition=Q(outcome=CarriedOut.YES) | ~Q(note=""), name="shortfall_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.point} · {self.get_outcome_display()}"


class Task(models.Model):
    """A task as the chair gave it. What was not said stays empty; nothing is made up."""

    conclusion = models.ForeignKey(Conclusion, models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField()
    text = NFCTextField(_("task"))
    lead_unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead unit")
    )
    lead_person = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lead person")
    )
    co_operators = NFCCharField(_("co-operators"), max_length=400, blank=True)
    product = NFCCharField(_("product"), max_length=400, blank=True)
    deadline = models.DateField(_("deadline"), null=True, blank=True)
    # "before the next session", where the chair named no day.
    deadline_words = NFCCharField(_("deadline in words"), max_length=200, blank=True)
    reporting = NFCCharField(_("reports to"), max_length=400, blank=True)

    class Meta:
        ordering = ["conclusion", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
