"""Papers of a meeting that are edited before they stand: minutes and the conclusion notice."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCTextField
from accounts.models import User
from directives.models import StoredFile
from meetings.models.gathering import AgendaItem, Meeting


class PaperKind(models.TextChoices):
    MINUTES = "minutes", _("Minutes")
    NOTICE = "notice", _("Conclusion notice")


class SectionKind(models.TextChoices):
    HEADING = "heading", _("Heading")
    PARAGRAPH = "paragraph", _("Paragraph")
    LINE = "line", _("Line of a list")


class MeetingPaper(models.Model):
    """Minutes or a notice: assembled from what was recorded, edited, approved and frozen.

    Approved (`sha256` of its canonical content, the PDF, by whom and when) it refuses every change.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=8, choices=PaperKind.choices)
    assembled_at = models.DateTimeField()
    assembled_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    # Number and day of a notice (TB/TU); minutes have none.
    number = models.PositiveIntegerField(null=True)
    dated = models.DateField(null=True)
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    pdf = models.OneToOneField(StoredFile, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["meeting", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind"], name="one_paper_of_a_kind"),
            models.CheckConstraint(
                condition=Q(approved_at=None, sha256="", pdf=None)
                | Q(approved_at__isnull=False, approved_by__isnull=False, pdf__isnull=False)
                & ~Q(sha256=""),
                name="approved_paper_is_frozen",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.meeting}"


class PaperSection(models.Model):
    """One piece of the paper, edited by itself as a provision of a draft is."""

    paper = models.ForeignKey(MeetingPaper, models.CASCADE, related_name="sections")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=9, choices=SectionKind.choices)
    level = models.PositiveSmallIntegerField(default=0)
    item = models.ForeignKey(AgendaItem, models.PROTECT, null=True, related_name="+")
    text = NFCTextField(_("text"), blank=True)
    # As it was assembled: what somebody changed since is shown, and can be taken back.
    assembled = NFCTextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["paper", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
