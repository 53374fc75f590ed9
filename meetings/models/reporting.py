"""After the meeting: its photos, the news of it, and its file for the records office."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCCharField, NFCTextField
from accounts.models import User
from directives.models import StoredFile
from meetings.models.gathering import Meeting


class Photo(models.Model):
    """A picture of the meeting, made smaller and freed of what the camera wrote into it.

    `image` and `thumbnail` are JPEGs kept here, not among the stored files, which are for good: a
    picture that should not have been taken can be taken away.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()
    caption = NFCCharField(_("caption"), max_length=300, blank=True)
    alt = NFCCharField(_("what the picture shows"), max_length=300)
    image = models.BinaryField()
    thumbnail = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["meeting", "position", "pk"]

    def __str__(self) -> str:
        return self.caption or self.alt


class News(models.Model):
    """The news of a meeting: put together from facts, then edited."""

    meeting = models.OneToOneField(Meeting, models.CASCADE, related_name="news")
    title = NFCCharField(_("title"), max_length=300)
    body = NFCTextField(_("text"))
    version = models.PositiveIntegerField(default=1)
    updated_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "news"
        ordering = ["meeting"]

    def __str__(self) -> str:
        return self.title


class Archive(models.Model):
    """The meeting's file as it was handed over: one archive with its manifest."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="archives")
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    manifest = models.JSONField()
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["meeting", "-made_at"]

    def __str__(self) -> str:
        return f"{self.meeting} · {self.made_at}"
