"""Rounds of comments on frozen drafts, the comments, and the answers to them.

A comment knows no meeting. It points at a provision by the key that the provision keeps through all
drafts, so a comment stays where it was made whatever becomes of the text.
"""

import secrets
import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCCharField, NFCTextField
from accounts.models import Committee, Role, User
from directives.models import Draft


class Position(models.TextChoices):
    """What a delegate thinks of the draft as a whole. Silence is never counted as agreement."""

    NO_REPLY = "", _("No reply")
    AGREES = "agrees", _("Fully agrees")
    AGREES_WITH_COMMENTS = "agrees_with_comments", _("Agrees in the main, with comments")
    DISAGREES = "disagrees", _("Does not agree")


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


class Outcome(models.TextChoices):
    ACCEPTED = "accepted", _("Accepted")
    ACCEPTED_IN_PART = "accepted_in_part", _("Accepted in part")
    NOT_ACCEPTED = "not_accepted", _("Not accepted, explained")
    NOTED = "noted", _("Noted")


class Consultation(models.Model):
    """One round on one frozen draft: who is asked, until when, at a meeting or in writing."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="+")
    at_meeting = models.BooleanField(_("at a meeting"), default=False)
    deadline = models.DateTimeField(_("deadline"))
    shows_others = models.BooleanField(_("delegates see each other's comments"), default=False)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)
    next_draft = models.OneToOneField(Draft, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-opened_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft"], name="one_round_per_draft"),
            models.CheckConstraint(
                condition=Q(next_draft=None) | Q(closed_at__isnull=False),
                name="next_draft_only_after_the_round",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Comments on %(draft)s")) % {"draft": self.draft}

    def get_absolute_url(self) -> str:
        return reverse("consultation_view", args=[self.pk])

    @property
    def is_open(self) -> bool:
        return self.closed_at is None and timezone.now() < self.deadline


class Delegate(models.Model):
    """A person who is asked, with rank and position as on that day, and what they answered."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="delegates")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    title = NFCCharField(max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField()
    voting = models.BooleanField(default=True)
    position = models.CharField(
        max_length=24, choices=Position.choices, default=Position.NO_REPLY, blank=True
    )
    reason = NFCTextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["consultation", "rank", "person__name_key"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="asked_once"),
            models.CheckConstraint(
                condition=~Q(position=Position.DISAGREES) | ~Q(reason=""),
                name="disagreement_has_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class ReadMark(models.Model):
    """A provision that a delegate has read in a round. Told to nobody but the delegate."""

    delegate = models.ForeignKey(Delegate, models.CASCADE, related_name="+")
    provision_key = models.UUIDField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["delegate", "provision_key"], name="read_once")
        ]

    def __str__(self) -> str:
        return f"{self.delegate} · {self.provision_key}"


class CommentQuerySet(models.QuerySet["Comment"]):
    def submitted(self) -> "CommentQuerySet":
        return self.filter(status=Status.SUBMITTED)

    def for_draft(self, draft: Draft) -> "CommentQuerySet":
        return self.filter(consultation__draft=draft)

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


class Presence(models.Model):
    """That a person has the workbench of a round open: `place` is a provision's key or "general".

    Rewritten with every beat of their page; it is of no use once the page is closed.
    """

    consultation = models.ForeignKey(Consultation, models.CASCADE, related_name="+")
    person = models.ForeignKey(User, models.CASCADE, related_name="+")
    place = models.CharField(max_length=36, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["consultation", "person"], name="present_once")
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def initials(self) -> str:
        """First letters of the family name and the given name, which stands last."""
        names = self.person.full_name.split()
        return "".join(name[0] for name in dict.fromkeys((names[0], names[-1])))


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
