"""What proves an issued paper: its short address, and copies that carry a digital signature."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from directives.models.records import Issue, StoredFile


class ShortAddress(models.Model):
    """The code by which the facts of an issued paper are found: on the paper it may be a QR code.

    It is drawn at random, so that nobody can count through the register with it.
    """

    issue = models.OneToOneField(
        Issue, models.PROTECT, primary_key=True, related_name="short_address"
    )
    code = models.CharField(max_length=16, unique=True)

    def __str__(self) -> str:
        return self.code


class SignedHow(models.TextChoices):
    HERE = "here", _("In this system")
    IMPORTED = "imported", _("Elsewhere, then brought in")


class SignedCopy(models.Model):
    """The issued paper with one signature more; the unsigned one stays as it was.

    `level` is the PAdES level (ETSI EN 319 142-1): B-B, B-T, B-LT or B-LTA.
    """

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="signed_copies")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    level = models.CharField(max_length=5)
    signer = models.CharField(max_length=200)
    serial = models.CharField(max_length=64)
    how = models.CharField(max_length=8, choices=SignedHow.choices)
    kept_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    kept_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["issue", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["issue", "serial"], name="signed_once_by_a_certificate")
        ]

    def __str__(self) -> str:
        return f"{self.issue} · {self.signer}"
