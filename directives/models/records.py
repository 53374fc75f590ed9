"""What was done with a directive: approvals, the log, the issued paper."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCTextField
from accounts.models import User
from directives.models.registers import NumberRegister
from directives.models.works import Directive, Draft


class Approval(models.Model):
    """The chair's approval of a content, by its hash. An edit voids it."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="approvals")
    sha256 = models.CharField(max_length=64)
    approved_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(auto_now_add=True)
    voided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["draft", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["draft"], condition=Q(voided_at=None), name="one_standing_approval"
            ),
            models.CheckConstraint(condition=~Q(sha256=""), name="approval_names_a_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.draft} · {self.approved_by}"


class FindingWaiver(models.Model):
    """A finding of the form check that the office lets stand, by its stable key, and why."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="+")
    key = models.CharField(max_length=16)
    rule = models.CharField(max_length=40)
    reason = NFCTextField(_("reason"))
    waived_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    waived_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["directive", "key"], name="finding_waived_once"),
            models.CheckConstraint(condition=~Q(reason=""), name="waiver_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule} · {self.reason}"


class Event(models.Model):
    """What was done, by whom, when; each line chained to the one before it in its stream."""

    stream = models.CharField(max_length=40)
    sequence = models.PositiveIntegerField()
    verb = models.CharField(max_length=40)
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    on_behalf_of = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    payload = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["stream", "sequence"]
        constraints = [
            models.UniqueConstraint(fields=["stream", "sequence"], name="event_once_in_a_stream")
        ]

    def __str__(self) -> str:
        return f"{self.stream} {self.sequence} {self.verb}"


class StoredFile(models.Model):
    """A file kept in the database, so that it stands or falls with the facts about it."""

    name = models.CharField(max_length=120)
    media_type = models.CharField(max_length=80)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(sha256=""), name="stored_file_is_hashed")
        ]

    def __str__(self) -> str:
        return self.name


class Issue(models.Model):
    """A directive as issued: its number, date, file and hash, for good."""

    draft = models.OneToOneField(Draft, models.PROTECT, related_name="+")
    register = models.ForeignKey(NumberRegister, models.PROTECT, related_name="issues")
    number = models.PositiveIntegerField()
    issued_on = models.DateField()
    pdf = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    issued_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    issued_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["register", "number"]
        constraints = [models.UniqueConstraint(fields=["register", "number"], name="number_once")]

    def __str__(self) -> str:
        return self.symbol

    @property
    def symbol(self) -> str:
        return self.register.symbol(self.number)


class IssueSources(models.Model):
    """What an issued paper was made of and encloses, kept beside it.

    A directive issued before these were kept has none; the database lets no other be issued
    without them.
    """

    issue = models.OneToOneField(Issue, models.PROTECT, primary_key=True, related_name="sources")
    canonical_json = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    akn = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.issue} · JSON, AKN"
