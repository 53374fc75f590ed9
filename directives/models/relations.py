"""What a new directive does to one that was issued."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.models.works import Directive


class RelationKind(models.TextChoices):
    CORRECT = "correct", _("Correction")
    AMEND = "amend", _("Amendment")
    REPLACE = "replace", _("Replacement")
    REPEAL = "repeal", _("Repeal of")


SUPERSEDING = (RelationKind.REPLACE, RelationKind.REPEAL)


class Relation(models.Model):
    """The new directive corrects, amends, replaces or repeals the old one once it is issued.

    An issued directive is never changed: a new one says what holds instead.
    """

    kind = models.CharField(max_length=8, choices=RelationKind.choices)
    new = models.ForeignKey(Directive, models.PROTECT, related_name="acts_on")
    old = models.ForeignKey(Directive, models.PROTECT, related_name="acted_on_by")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["new", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["new", "old"], name="related_once"),
            models.CheckConstraint(
                condition=Q(kind__in=RelationKind.values), name="relation_known"
            ),
            models.CheckConstraint(condition=~Q(new=F("old")), name="related_to_another"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.old}"

    @property
    def supersedes(self) -> bool:
        """Whether the old directive is no longer in force when the new one is issued."""
        return self.kind in SUPERSEDING
