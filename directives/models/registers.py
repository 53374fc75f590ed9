"""The numbers of documents."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, Term, User


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
