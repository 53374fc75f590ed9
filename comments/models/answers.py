"""What the office makes of the comments: answers, settled conflicts, words of the next draft."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCCharField, NFCTextField
from accounts.models import Committee, User
from comments.models.rounds import Consultation
from comments.models.said import Comment
from directives.models import Draft


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    ACCEPTED_IN_PART = "accepted_in_part", _("Accepted in part")
    NOT_ACCEPTED = "not_accepted", _("Not accepted, explained")
    NOTED = "noted", _("Noted")


class Disposition(models.Model):
    """The office's answer to a comment (tiếp thu, giải trình). One per submitted comment."""

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="disposition")
    outcome = models.CharField(max_length=20, choices=Outcome.choices)
    reply = NFCTextField(blank=True)
    # Accepted in part: the whole provision as the office would have it.
    office_text = NFCTextField(blank=True)
    edits = models.JSONField(default=list)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(outcome=Outcome.NOT_ACCEPTED) | ~Q(reply=""),
                name="refusal_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.comment}: {self.get_outcome_display()}"


class ReplyTemplate(models.Model):
    """Words that an office often answers with. `[khoản]` in it stands for the provision."""

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="+")
    title = NFCCharField(_("name"), max_length=80)
    text = NFCTextField(_("words of the reply"))

    class Meta:
        ordering = ["committee", "title"]

    def __str__(self) -> str:
        return self.title


class Settlement(models.Model):
    """The office's choice between conflicting wordings, on the frozen text of a provision.

    It stands only while the conflict has the same `conflict_key`, which is made from its place and
    its alternatives: a new alternative asks for a new choice.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="settlements")
    provision_key = models.UUIDField()
    conflict_key = models.CharField(max_length=64)
    text = NFCTextField(blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["consultation", "provision_key", "conflict_key"], name="settled_once"
            )
        ]

    def __str__(self) -> str:
        return self.text


class Origin(models.Model):
    """Where the words of a consolidated draft came from: a span and the comments behind it.

    Offsets are into `text`, the provision as it was when the draft was made; an edit of the working
    draft moves them through the difference, never by search.
    """

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    provision_key = models.UUIDField()
    text = models.TextField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    old_text = models.TextField(blank=True)
    comments = models.ManyToManyField(Comment, related_name="origins")

    class Meta:
        ordering = ["draft", "provision_key", "start"]
        indexes = [models.Index(fields=["draft", "provision_key"])]

    def __str__(self) -> str:
        return self.text[self.start : self.end]
