"""Papers of a meeting that are edited before they stand: minutes and the conclusion notice."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.fields import NFCCharField, NFCTextField
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


class PaperSigning(models.Model):
    """Who signs a paper and who receives it, and which content the chair has agreed to.

    The chair agrees to a notice, by its hash, before the clerk numbers it; an edit takes that away.
    """

    paper = models.OneToOneField(MeetingPaper, models.CASCADE, related_name="signing")
    authority = NFCCharField(_("signing authority"), max_length=80, blank=True)
    title = NFCCharField(_("signer's title"), max_length=80, blank=True)
    name = NFCCharField(_("signer's name"), max_length=120, blank=True)
    recipients = NFCTextField(_("recipients"), blank=True)
    agreed_sha256 = models.CharField(max_length=64, blank=True)
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["paper"]
        constraints = [
            models.CheckConstraint(
                condition=Q(agreed_sha256="", agreed_by=None, agreed_at=None)
                | ~Q(agreed_sha256="") & Q(agreed_by__isnull=False, agreed_at__isnull=False),
                name="agreement_names_a_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.title} {self.name}"


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
    # What of the record it was assembled from; empty where somebody wrote it.
    source = models.CharField(max_length=60, blank=True)
    # What would be assembled now, where the record has changed since somebody edited the text.
    offered = NFCTextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords(history_user_id_field=None)

    class Meta:
        ordering = ["paper", "position", "pk"]

    def __str__(self) -> str:
        return self.text[:80]
