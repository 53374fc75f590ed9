"""The occasion: a meeting of the committee, who attends, and what is on its agenda."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCCharField, NFCTextField
from accounts.models import Committee, Term, User
from comments.models import Consultation
from directives.models import Directive, Draft


class Mode(models.TextChoices):
    AT_THE_TABLE = "at_the_table", _("At the table")
    ONLINE = "online", _("Online")
    BOTH = "both", _("At the table and online")


class AttendeeRole(models.TextChoices):
    CHAIR = "chair", _("Chair")
    MEMBER = "member", _("Member")
    PRESENTER = "presenter", _("Presenter")
    INVITED = "invited", _("Invited")


class Meeting(models.Model):
    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="+", verbose_name=_("committee")
    )
    term = models.ForeignKey(Term, models.PROTECT, related_name="+", verbose_name=_("term"))
    session_number = models.PositiveSmallIntegerField(_("session number"))
    place = NFCCharField(_("place"), max_length=200)
    starts_at = models.DateTimeField(_("starts at"))
    mode = models.CharField(
        _("mode"), max_length=14, choices=Mode.choices, default=Mode.AT_THE_TABLE
    )
    convened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    convened_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["term", "session_number"], name="session_once_per_term"
            ),
            models.CheckConstraint(
                condition=Q(session_number__gte=1), name="session_counts_from_1"
            ),
        ]

    def __str__(self) -> str:
        return str(_("Meeting no. %(number)s, %(committee)s, %(term)s")) % {
            "number": self.session_number,
            "committee": self.committee,
            "term": self.term,
        }

    def get_absolute_url(self) -> str:
        return reverse("meeting_view", args=[self.pk])

    @property
    def stream(self) -> str:
        return f"meeting:{self.pk}"


class Attendee(models.Model):
    """A person at a meeting, with rank and position as on that day."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendees")
    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=10, choices=AttendeeRole.choices)
    title = NFCCharField(max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField()
    voting = models.BooleanField(default=False)

    class Meta:
        ordering = ["meeting", "rank", "person__name_key"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="attends_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(role=AttendeeRole.CHAIR), name="one_chair"
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)


class AgendaItem(models.Model):
    """One item; where it is a directive, the frozen draft and its round are pinned to it."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = NFCTextField(_("title"))
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="+")
    draft = models.ForeignKey(Draft, models.PROTECT, null=True, related_name="+")
    consultation = models.OneToOneField(Consultation, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["meeting", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "directive"], name="directive_once_on_an_agenda"
            ),
            models.CheckConstraint(
                condition=Q(consultation=None) | Q(draft__isnull=False),
                name="round_has_its_draft",
            ),
        ]

    def __str__(self) -> str:
        return self.title
