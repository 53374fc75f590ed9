"""A round of comments on a frozen draft: who is asked, and what they think of it as a whole."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCCharField, NFCTextField
from accounts.models import User
from directives.models import Draft


class Position(models.TextChoices):
    """What a delegate thinks of the draft as a whole. Silence is never counted as agreement."""

    NO_REPLY = "", _("No reply")
    AGREES = "agrees", _("Fully agrees")
    AGREES_WITH_COMMENTS = "agrees_with_comments", _("Agrees in the main, with comments")
    DISAGREES = "disagrees", _("Does not agree")


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
