"""A comment of a round, where it is put, and the exchange on it."""

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCTextField
from accounts.models import Role, User
from comments.models.rounds import Consultation


class Category(models.TextChoices):
    CONTENT = "content", _("Content")
    FORM = "form", _("Form")
    IMPLEMENTATION = "implementation", _("Implementation")


class ProposalKind(models.TextChoices):
    NONE = "", _("No change of wording")
    REPLACE = "replace", _("Change the wording")
    DELETE = "delete", _("Delete the provision")
    INSERT_AFTER = "insert_after", _("Add a new provision after it")


class Source(models.TextChoices):
    ONLINE = "online", _("In this system")
    MEETING = "meeting", _("At the meeting")
    PAPER = "paper", _("On paper")


class Status(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Submitted")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CommentQuerySet(models.QuerySet["Comment"]):
    def submitted(self) -> "CommentQuerySet":
        return self.filter(status=Status.SUBMITTED)

    def visible_to(self, person: User, consultation: Consultation) -> "CommentQuerySet":
        """Staff see what was submitted; a delegate their own, and others' where the round says."""
        own = Q(author=person)
        committee = consultation.draft.directive.committee_id
        staff = committee in person.committees_as(Role.OFFICE, Role.CLERK, Role.CHAIR)
        others = Q(status=Status.SUBMITTED) if staff or consultation.shows_others else Q()
        return self.filter(consultation=consultation).filter(own | others if others else own)


def form_token() -> str:
    return secrets.token_urlsafe(12)


def label_of(number: int | None) -> str:
    """YK01, as in the reply table; empty while the comment is being written."""
    return f"YK{number:02d}" if number else ""


class Comment(models.Model):
    """What one delegate says in one round: where, of what kind, why, and perhaps a new wording.

    `provision_key` is null for the draft as a whole. `edits` are the word-level changes of the
    proposal on the frozen text, as [start, end, text] triples, computed when it is submitted.
    """

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="comments")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.ONLINE)
    number = models.PositiveIntegerField(null=True)
    provision_key = models.UUIDField(null=True)
    quote_start = models.PositiveIntegerField(null=True)
    quote = NFCTextField(blank=True)
    category = models.CharField(max_length=20, choices=Category.choices, default=Category.CONTENT)
    body = NFCTextField(_("comment"), blank=True)
    reason = NFCTextField(_("reason"), blank=True)
    proposal_kind = models.CharField(
        max_length=12, choices=ProposalKind.choices, default=ProposalKind.NONE, blank=True
    )
    proposed_text = NFCTextField(blank=True)
    edits = models.JSONField(default=list)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    # Made with the form: the same form sent twice is one comment.
    token = models.CharField(max_length=24, default=form_token, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)
    # The open form that saved this version: what it sends again is no stale save.
    writer = models.UUIDField(null=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)
    submitted_at = models.DateTimeField(null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["consultation", "number", "pk"]
        indexes = [models.Index(fields=["consultation", "provision_key"])]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "number"], name="comment_number_once"),
            models.CheckConstraint(
                condition=Q(status=Status.DRAFT, number=None, submitted_at=None)
                | (~Q(status=Status.DRAFT) & Q(number__isnull=False, submitted_at__isnull=False)),
                name="submitted_means_numbered",
            ),
            models.CheckConstraint(
                condition=Q(proposal_kind=ProposalKind.NONE) | Q(provision_key__isnull=False),
                name="proposal_has_a_provision",
            ),
        ]

    def __str__(self) -> str:
        return self.label or self.body[:40]

    @property
    def label(self) -> str:
        return label_of(self.number)

    @property
    def place(self) -> uuid.UUID | None:
        """The provision it hangs on: its own, else the one that the office gave it."""
        given = getattr(self, "placing", None)
        return self.provision_key or (given.provision_key if given else None)

    @property
    def open_question(self) -> "Message | None":
        """The office's last words to the author, as long as these have not answered."""
        said = list(self.messages.all()) if self.status == Status.SUBMITTED else []
        return said[-1] if said and said[-1].author_id != self.author_id else None


class Message(models.Model):
    """One line of the exchange on a submitted comment: its author's, or else the office's.

    `recorded_by`: who wrote down what the author said at the table or on paper.
    """

    comment = models.ForeignKey(Comment, models.PROTECT, related_name="messages")
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.ONLINE)
    text = NFCTextField()
    # Of the form: sent twice it is one message.
    token = models.CharField(max_length=48, default=form_token, editable=False)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["author", "token"], name="message_sent_once"),
            models.CheckConstraint(condition=~Q(text=""), name="message_has_words"),
            models.CheckConstraint(
                condition=Q(source=Source.ONLINE, recorded_by=None)
                | Q(source__in=[Source.MEETING, Source.PAPER], recorded_by__isnull=False),
                name="recorded_message_was_received",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class Placing(models.Model):
    """Where the office puts a comment that has no place of its own, or has lost it.

    Without a provision: the comment has no place in the text any more, and the office has seen it.
    """

    comment = models.OneToOneField(Comment, models.CASCADE, related_name="placing")
    provision_key = models.UUIDField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.comment} → {self.provision_key or '–'}"
