"""People, units, committees with their members by date, and roles.

A person may have no login: attendees of a meeting are people too. What a person may do comes from
their roles in a committee, never from their position or rank.
"""

from datetime import date

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCCharField, NFCTextField
from accounts.names import name_key


class Unit(models.Model):
    """A body or place that people belong to; levels change by law, so units have dates."""

    name = NFCCharField(_("name"), max_length=200, unique=True)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("belongs to"),
    )
    starts = models.DateField(_("starts"), null=True, blank=True)
    ends = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Role(models.TextChoices):
    OFFICE = "office", _("Office")
    DELEGATE = "delegate", _("Delegate")
    CHAIR = "chair", _("Chair")
    CLERK = "clerk", _("Clerk")
    ADMINISTRATOR = "administrator", _("Administrator")


class MailChoice(models.TextChoices):
    """How a person wants to be told by e-mail, beside the notices in the app."""

    AT_ONCE = "at_once", _("At once: one e-mail for each notice")
    DAILY = "daily", _("Once a day: all in one e-mail")
    NONE = "none", _("No e-mail: only here, in the system")


class PersonManager(UserManager["User"]):
    def by_rank(self) -> models.QuerySet["User"]:
        return self.order_by("rank", "name_key", "pk")


class User(AbstractUser):
    """A person. Without a user name nobody can sign in as them."""

    first_name = last_name = None  # type: ignore[assignment]
    username = NFCCharField(_("user name"), max_length=150, unique=True, null=True, blank=True)
    full_name = NFCCharField(_("full name"), max_length=150)
    name_key = models.CharField(max_length=400, editable=False, db_index=True)
    position = NFCCharField(_("position"), max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(
        _("rank"), default=999, help_text=_("Smaller stands first in every list of people.")
    )
    unit = models.ForeignKey(
        Unit, models.PROTECT, null=True, blank=True, related_name="people", verbose_name=_("unit")
    )
    mail_choice = models.CharField(
        _("e-mail about notices"),
        max_length=8,
        choices=MailChoice.choices,
        default=MailChoice.AT_ONCE,
    )

    REQUIRED_FIELDS = ["full_name"]
    objects = PersonManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["rank", "name_key", "pk"]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: object, **kwargs: object) -> None:
        self.name_key = name_key(self.full_name)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name.split()[-1] if self.full_name else ""

    @property
    def roles(self) -> frozenset[tuple[int, str]]:
        """Pairs of committee id and role, read once per instance."""
        if not hasattr(self, "_roles"):
            self._roles = frozenset(self.role_grants.values_list("committee_id", "role"))
        return self._roles

    def holds(self, role: Role, committee_id: int | None = None) -> bool:
        """Whether the person holds the role in the committee (in any, when none is named)."""
        return any(
            held == role and committee_id in (None, committee) for committee, held in self.roles
        )

    def committees_as(self, *roles: Role) -> set[int]:
        return {committee for committee, held in self.roles if held in roles}


class Committee(models.Model):
    """A Standing Committee that issues directives, and the words its papers carry."""

    name = NFCCharField(
        _("name"), max_length=200, unique=True, help_text=_("Ban Thường vụ Tỉnh ủy Lâm Đồng")
    )
    letterhead = NFCCharField(
        _("letterhead"), max_length=120, help_text=_("Left header of a paper: TỈNH ỦY LÂM ĐỒNG")
    )
    place = NFCCharField(_("place"), max_length=80)
    symbol = NFCCharField(
        _("symbol"), max_length=20, default="TU", help_text=_("After the dash: 35-CT/TU")
    )
    members = models.ManyToManyField(User, through="Membership", related_name="committees")

    class Meta:
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def term_on(self, day: date) -> "Term | None":
        return self.terms.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day).first()

    def sitting_on(self, day: date) -> models.QuerySet["Membership"]:
        """The memberships that hold on the day."""
        return self.memberships.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)

    def rules_on(self, day: date) -> "MeetingRules":
        """How the committee meets and decides on the day; the usual rules where it has none."""
        rules = self.meeting_rules.filter(starts__lte=day).order_by("-starts").first()
        return rules or MeetingRules(committee=self, starts=day)


class Term(models.Model):
    """A term of office (nhiệm kỳ). Numbers of documents run through a term, not a year."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="terms")
    name = NFCCharField(_("name"), max_length=80)
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        verbose_name = _("term")
        verbose_name_plural = _("terms")
        ordering = ["committee", "-starts"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="term_name_once"),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gt=F("starts")), name="term_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """Who sat on a committee, and from when to when."""

    committee = models.ForeignKey(Committee, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(
        User, models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    voting = models.BooleanField(_("votes"), default=True)
    position = NFCCharField(
        _("position"),
        max_length=200,
        blank=True,
        help_text=_("Held in this time; empty: the person's position."),
    )
    rank = models.PositiveSmallIntegerField(
        _("rank"), null=True, blank=True, help_text=_("In this time; empty: the person's rank.")
    )
    starts = models.DateField(_("starts"))
    ends = models.DateField(_("ends"), null=True, blank=True)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["committee", "person__rank", "person__name_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "person", "starts"], name="membership_once_per_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.committee}"


class MeetingRules(models.Model):
    """How a committee meets and decides from a day on, as shares of its members.

    The usual rules: a meeting needs two thirds of those summoned; a decision needs more than half
    of all voting members, present or not.
    """

    committee = models.ForeignKey(Committee, models.CASCADE, related_name="meeting_rules")
    starts = models.DateField(_("starts"))
    quorum_numerator = models.PositiveSmallIntegerField(_("quorum: parts present"), default=2)
    quorum_denominator = models.PositiveSmallIntegerField(_("quorum: of so many parts"), default=3)
    majority_numerator = models.PositiveSmallIntegerField(_("majority: more than parts"), default=1)
    majority_denominator = models.PositiveSmallIntegerField(
        _("majority: of so many parts"), default=2
    )
    source = NFCCharField(_("source of the rule"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("rules of meeting")
        verbose_name_plural = _("rules of meeting")
        ordering = ["committee", "-starts"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "starts"], name="rules_once_per_start"),
            models.CheckConstraint(
                condition=Q(quorum_numerator__gte=1)
                & Q(quorum_numerator__lte=F("quorum_denominator")),
                name="quorum_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(majority_numerator__gte=1)
                & Q(majority_numerator__lt=F("majority_denominator")),
                name="majority_is_a_share",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee} · {self.starts}"

    def quorum_of(self, summoned: int) -> int:
        """How many of those summoned must be there, rounded up."""
        return -(-summoned * self.quorum_numerator // self.quorum_denominator)

    def majority_of(self, voting: int) -> int:
        """The fewest votes that decide: more than the share of all voting members."""
        return voting * self.majority_numerator // self.majority_denominator + 1


class RoleGrant(models.Model):
    """What a person may do in a committee; a person may hold several roles."""

    committee = models.ForeignKey(
        Committee, models.CASCADE, related_name="role_grants", verbose_name=_("committee")
    )
    person = models.ForeignKey(User, models.CASCADE, related_name="role_grants")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [
            models.UniqueConstraint(fields=["committee", "person", "role"], name="role_once"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.get_role_display()}"


class NoticeKind(models.TextChoices):
    COMMENTS_ASKED = "comments_asked", _("Your comments are asked for")
    DEADLINE_NEAR = "deadline_near", _("The time for comments is nearly over")
    ROUND_CLOSED = "round_closed", _("The round of comments is closed")
    ANSWERS_READY = "answers_ready", _("Your comments have been answered")
    DEADLINE_MOVED = "deadline_moved", _("There is more time for comments")
    QUESTION_ASKED = "question_asked", _("The office asks you about your comment")
    QUESTION_ANSWERED = "question_answered", _("A delegate has answered the office")
    APPROVAL_ASKED = "approval_asked", _("Your approval is asked for")
    APPROVED = "approved", _("The chair has approved")
    RETURNED = "returned", _("The chair has returned this")
    ISSUED = "issued", _("The directive has been issued")
    SUPERSEDED = "superseded", _("An issued directive has been corrected or replaced")
    MEETING_CALLED = "meeting_called", _("You are invited to a meeting")
    MEETING_CHANGED = "meeting_changed", _("A meeting has been changed")
    MEETING_CANCELLED = "meeting_cancelled", _("A meeting has been cancelled")
    MINUTES_TO_APPROVE = "minutes_to_approve", _("A paper of a meeting waits for your approval")
    CONCLUSIONS_ISSUED = "conclusions_issued", _("The conclusions of a meeting have been issued")
    TASK_GIVEN = "task_given", _("A meeting has given you a task")


class Notice(models.Model):
    """One thing that one person should know: shown in the app, and mailed as they chose.

    `about` and `body` may be mailed, so they hold nothing of a draft's text. `url_name` with
    `url_args` is the page it opens.
    """

    person = models.ForeignKey(User, models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=20, choices=NoticeKind.choices)
    about = NFCTextField()
    body = NFCTextField(blank=True)
    url_name = models.CharField(max_length=60)
    url_args = models.JSONField(default=list)
    # Nobody is told twice under one key; empty where every call is news.
    once_key = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)
    # The choice on that day: who chooses e-mail later is not sent what is old.
    mail = models.CharField(max_length=8, choices=MailChoice.choices)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(
                fields=["mail", "created_at"], condition=Q(mailed_at=None), name="notice_unmailed"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "once_key"], condition=~Q(once_key=""), name="told_once_per_key"
            ),
            models.CheckConstraint(condition=Q(kind__in=NoticeKind.values), name="notice_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"
