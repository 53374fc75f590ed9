"""The occasion: a meeting of the committee, who attends, and what is on its agenda."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCCharField, NFCTextField
from accounts.models import Committee, Term, User
from comments.models import Consultation
from directives.models import Directive, Draft, StoredFile


class Mode(models.TextChoices):
    AT_THE_TABLE = "at_the_table", _("At the table")
    ONLINE = "online", _("Online")
    BOTH = "both", _("At the table and online")


class MeetingState(models.TextChoices):
    CONVENED = "convened", _("Convened")
    UNDER_WAY = "under_way", _("Under way")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


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
    link = models.URLField(_("address for joining online"), max_length=400, blank=True)
    notes = NFCTextField(_("notes for those invited"), blank=True)
    recorder = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("recorder")
    )
    state = models.CharField(
        max_length=10, choices=MeetingState.choices, default=MeetingState.CONVENED
    )
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(null=True)
    cancel_reason = NFCTextField(blank=True)
    # What the room looks at: the item under discussion, and the provision shown on its screen.
    current_item = models.ForeignKey(
        "meetings.AgendaItem", models.SET_NULL, null=True, related_name="+"
    )
    shown_provision = models.UUIDField(null=True)
    # How often people's calendars were told of a change.
    calendar_sequence = models.PositiveIntegerField(default=0)
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
            models.CheckConstraint(
                condition=Q(state=MeetingState.CONVENED, opened_at=None, cancelled_at=None)
                | Q(state=MeetingState.UNDER_WAY, opened_at__isnull=False, closed_at=None)
                | Q(state=MeetingState.CLOSED, closed_at__gte=F("opened_at"))
                | (
                    Q(state=MeetingState.CANCELLED, cancelled_at__isnull=False)
                    & ~Q(cancel_reason="")
                ),
                name="meeting_state_has_its_facts",
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

    @property
    def calendar_uid(self) -> uuid.UUID:
        """The identity of the event in people's calendars, the same for good."""
        return uuid.uuid5(uuid.NAMESPACE_OID, f"{self.stream}:{self.convened_at.isoformat()}")


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
    """One item; where it is a directive, the frozen draft and its round are pinned to it.

    Its planned time follows from the meeting's beginning and the minutes of those before it.
    """

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    title = NFCTextField(_("title"))
    directive = models.ForeignKey(Directive, models.PROTECT, null=True, related_name="+")
    draft = models.ForeignKey(Draft, models.PROTECT, null=True, related_name="+")
    consultation = models.OneToOneField(Consultation, models.PROTECT, null=True, related_name="+")
    presenter = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("presenter")
    )
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=30)
    is_break = models.BooleanField(_("a break"), default=False)
    # Who is called in for this item alone; nobody named: everybody attends it.
    called = models.ManyToManyField(Attendee, related_name="called_for", blank=True)
    opened_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

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
            models.CheckConstraint(
                condition=Q(ended_at=None) | Q(ended_at__gte=F("opened_at")),
                name="item_ends_after_it_opened",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ItemPaper(models.Model):
    """A paper (PDF) handed out for an item, beside its draft."""

    item = models.ForeignKey(AgendaItem, models.CASCADE, related_name="papers")
    position = models.PositiveSmallIntegerField()
    title = NFCCharField(_("title"), max_length=300)
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField()
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["item", "position", "pk"]

    def __str__(self) -> str:
        return self.title


class Reply(models.TextChoices):
    NONE = "none", _("No reply yet")
    WILL_COME = "will_come", _("Will come")
    ABSENT = "absent", _("Cannot come")
    SENDS = "sends", _("Sends somebody")


class Invitation(models.Model):
    """What one attendee was sent, and what they answered."""

    attendee = models.OneToOneField(Attendee, models.CASCADE, related_name="invitation")
    sent_at = models.DateTimeField(null=True)
    sequence = models.PositiveIntegerField(default=0)
    reply = models.CharField(_("reply"), max_length=9, choices=Reply.choices, default=Reply.NONE)
    reason = NFCTextField(_("reason"), blank=True)
    substitute_name = NFCCharField(_("who comes instead"), max_length=150, blank=True)
    substitute_position = NFCCharField(_("their position"), max_length=200, blank=True)
    replied_at = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["attendee__rank", "attendee__person__name_key"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reply=Reply.ABSENT) | ~Q(reason=""), name="absence_has_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(reply=Reply.SENDS) | ~Q(substitute_name=""),
                name="substitute_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(reply=Reply.NONE) | Q(replied_at__isnull=False),
                name="reply_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.attendee}: {self.get_reply_display()}"
