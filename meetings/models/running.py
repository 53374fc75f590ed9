"""What happens at the table: who is there, who speaks, and what they say."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCTextField
from accounts.models import User
from comments.models import Comment
from meetings.models.gathering import AgendaItem, Attendee, Meeting


class Attendance(models.Model):
    """A stretch of time for which an attendee is there; who leaves and comes back has two."""

    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="attendances")
    arrived_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)
    online = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["attendee", "arrived_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["attendee"], condition=Q(left_at=None), name="there_once_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(left_at=None) | Q(left_at__gte=F("arrived_at")),
                name="leaves_after_arriving",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendee} · {self.arrived_at}"


class Absence(models.Model):
    """That somebody is away, and why, as it was said at the roll call."""

    attendee = models.OneToOneField(Attendee, models.CASCADE, related_name="absence")
    reason = NFCTextField(_("reason"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ["attendee"]

    def __str__(self) -> str:
        return f"{self.attendee} · {self.reason}"


class Speech(models.Model):
    """A place on the list of speakers of an item: asked for, called, ended, or taken back."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="speeches")
    attendee = models.ForeignKey(Attendee, models.CASCADE, related_name="speeches")
    position = models.PositiveSmallIntegerField()
    registered_at = models.DateTimeField()
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name_plural = "speeches"
        ordering = ["item", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=Q(called_at__isnull=False, ended_at=None),
                name="one_speaks_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["item", "attendee"],
                condition=Q(ended_at=None, withdrawn_at=None),
                name="waits_to_speak_once",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("called_at")),
                name="speech_ends_after_the_call",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendee} · {self.item}"


class Remark(models.Model):
    """What an attendee said about an item, keyed in at the table.

    About a directive whose round is open it is also a comment of the round (source: at the
    meeting); then the words stand in the comment.
    """

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="remarks")
    attendee = models.ForeignKey(Attendee, models.PROTECT, related_name="remarks")
    speech = models.ForeignKey(Speech, models.SET_NULL, null=True, related_name="remarks")
    text = NFCTextField(_("what was said"))
    comment = models.OneToOneField(Comment, models.PROTECT, null=True, related_name="+")
    said_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["item", "said_at", "pk"]

    def __str__(self) -> str:
        return f"{self.attendee}: {self.words[:60]}"

    @property
    def words(self) -> str:
        """What was said, wherever it stands."""
        return self.comment.body if self.comment else self.text


class DoneAction(models.Model):
    """An action sent from the room, by the token given there: done once, however often sent."""

    token = models.UUIDField(primary_key=True, default=uuid.uuid4)
    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="done_actions")
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=40)
    # When it was done in the room, which is not when it arrived here.
    acted_at = models.DateTimeField()
    received_at = models.DateTimeField(auto_now_add=True)
    refusal = NFCTextField(blank=True)

    class Meta:
        ordering = ["meeting", "received_at"]

    def __str__(self) -> str:
        return f"{self.verb} · {self.token}"
