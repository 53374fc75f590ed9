"""The numbers of documents, and what became of each."""

from datetime import date

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCCharField, NFCTextField
from accounts.models import Committee, Term, User

TITLES = {"CT": _("Register of directives"), "TB": _("Register of notices")}


class NumberRegister(models.Model):
    """The numbers of one document type in one term: continuous, never reused."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="+")
    term = models.ForeignKey(Term, models.PROTECT, related_name="+")
    document_type = models.CharField(max_length=10, default="CT")
    first_number = models.PositiveIntegerField(_("first number"))
    last_number = models.PositiveIntegerField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["committee", "-term__starts", "document_type"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "term", "document_type"], name="one_register_per_type_and_term"
            ),
            models.CheckConstraint(
                condition=Q(first_number__gte=1) & Q(last_number__gte=models.F("first_number") - 1),
                name="register_counts_up",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_type} · {self.term}"

    @property
    def stream(self) -> str:
        return f"register:{self.pk}"

    @property
    def title(self) -> str:
        """What it numbers, in the words of its page and of its papers."""
        known = TITLES.get(self.document_type)
        return str(known) if known else gettext("Register of papers %s") % self.document_type

    def covers(self, day: date) -> bool:
        """Whether the day lies in its term; on others it gives no number."""
        return self.term.starts <= day and (self.term.ends is None or day <= self.term.ends)

    def symbol(self, number: int) -> str:
        """A number as printed; numbers under ten are padded (HD 36 and HD 05)."""
        return f"{number:02d}-{self.document_type}/{self.committee.symbol}"


class NumberStatus(models.TextChoices):
    ISSUED = "issued", _("Number given")
    RESERVED = "reserved", _("Reserved")
    CANCELLED = "cancelled", _("Cancelled")


class RegisterEntry(models.Model):
    """One number and what became of it. A register has an entry for each number it has counted.

    A number is given to a directive, or to a paper issued outside the system, which has a name.
    """

    register = models.ForeignKey(NumberRegister, models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=NumberStatus.choices)
    directive = models.ForeignKey(
        "Directive", models.PROTECT, null=True, related_name="register_entries"
    )
    paper = NFCCharField(_("name of the paper"), max_length=500, blank=True)
    reason = NFCTextField(_("reason"), blank=True)
    issued_on = models.DateField(null=True)
    taken_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now, editable=False)
    cancelled_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = NFCTextField(blank=True)

    class Meta:
        ordering = ["register", "number"]
        constraints = [
            models.UniqueConstraint(fields=["register", "number"], name="one_entry_per_number"),
            models.UniqueConstraint(
                fields=["directive"],
                condition=Q(status__in=[NumberStatus.ISSUED, NumberStatus.RESERVED]),
                name="one_standing_number_per_directive",
            ),
            models.CheckConstraint(
                condition=Q(status__in=NumberStatus.values), name="number_status_known"
            ),
            models.CheckConstraint(
                condition=Q(directive__isnull=False, paper="") | (Q(directive=None) & ~Q(paper="")),
                name="number_is_of_one_paper",
            ),
            models.CheckConstraint(
                condition=Q(status=NumberStatus.ISSUED, issued_on__isnull=False)
                | (~Q(status=NumberStatus.ISSUED) & Q(issued_on=None)),
                name="given_number_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(status=NumberStatus.ISSUED) | ~Q(reason=""),
                name="reservation_has_a_reason",
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        status=NumberStatus.CANCELLED,
                        cancelled_by__isnull=False,
                        cancelled_at__isnull=False,
                    )
                    & ~Q(cancel_reason="")
                )
                | (
                    ~Q(status=NumberStatus.CANCELLED)
                    & Q(cancelled_by=None, cancelled_at=None, cancel_reason="")
                ),
                name="cancelled_means_by_whom_when_why",
            ),
        ]

    def __str__(self) -> str:
        return self.symbol

    @property
    def symbol(self) -> str:
        return self.register.symbol(self.number)

    @property
    def is_outside(self) -> bool:
        """Kept for a paper outside the system; one that was numbered here had none to wait for."""
        return bool(self.paper and self.reason)

    @property
    def about(self) -> str:
        """The subject of the directive, or the name of the paper outside."""
        return self.directive.subject if self.directive else self.paper
