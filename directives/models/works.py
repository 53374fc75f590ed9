"""A directive, its drafts and their provisions."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_fsm import ConcurrentTransitionMixin, FSMField, transition
from simple_history.models import HistoricalRecords

from accounts.fields import NFCCharField, NFCTextField
from accounts.models import Committee, Role, User
from directives.text.kinds import Kind

KIND_LABELS = {
    Kind.SUBJECT: _("Subject"),
    Kind.BASIS: _("Legal basis"),
    Kind.PREAMBLE: _("Preamble"),
    Kind.PART: _("Part (I-)"),
    Kind.CLAUSE: _("Clause (1.)"),
    Kind.POINT: _("Point (a)"),
    Kind.DASH: _("Dash (-)"),
    Kind.PLUS: _("Plus (+)"),
    Kind.CLOSING: _("Closing"),
    Kind.RECIPIENTS: _("Recipients"),
    Kind.ANNEX: _("Annex"),
}


class State(models.TextChoices):
    DRAFTING = "drafting", _("Drafting")
    CONSULTING = "consulting", _("Consulting")
    CONSOLIDATING = "consolidating", _("Consolidating")
    SUBMITTED = "submitted", _("Submitted for approval")
    APPROVED = "approved", _("Approved")
    ISSUED = "issued", _("Issued")


class Secrecy(models.TextChoices):
    NONE = "", _("Not secret")
    SECRET = "MẬT", "MẬT"
    TOP_SECRET = "TỐI MẬT", "TỐI MẬT"
    ABSOLUTE = "TUYỆT MẬT", "TUYỆT MẬT"


class Urgency(models.TextChoices):
    NONE = "", _("Not urgent")
    URGENT = "KHẨN", "KHẨN"
    VERY_URGENT = "THƯỢNG KHẨN", "THƯỢNG KHẨN"
    EXPRESS = "HỎA TỐC", "HỎA TỐC"


class DirectiveQuerySet(models.QuerySet["Directive"]):
    def visible_to(self, person: User) -> "DirectiveQuerySet":
        """Those of committees the person works for, those circulated to them, those issued."""
        works_for = person.committees_as(Role.OFFICE, Role.CHAIR, Role.CLERK)
        belongs_to = person.committees_as(*Role)
        circulated = Circulation.objects.filter(person=person).values("draft__directive")
        return self.filter(
            Q(committee__in=works_for)
            | Q(pk__in=circulated)
            | Q(committee__in=belongs_to, state=State.ISSUED)
        )


class Directive(ConcurrentTransitionMixin, models.Model):
    """The work itself: from the first draft to the issued paper."""

    committee = models.ForeignKey(
        Committee, models.PROTECT, related_name="+", verbose_name=_("committee")
    )
    # The newest draft's subject provision, kept here by drafting.py for lists and titles.
    subject = NFCTextField(_("subject"))
    secrecy = models.CharField(
        _("secrecy"), max_length=20, choices=Secrecy.choices, default="", blank=True
    )
    urgency = models.CharField(
        _("urgency"), max_length=20, choices=Urgency.choices, default="", blank=True
    )
    signing_authority = NFCCharField(
        _("signing authority"), max_length=80, default="T/M BAN THƯỜNG VỤ"
    )
    signer_title = NFCCharField(_("signer's title"), max_length=80, default="BÍ THƯ")
    signer_name = NFCCharField(_("signer's name"), max_length=120, blank=True)
    state = FSMField(_("state"), choices=State.choices, default=State.DRAFTING, protected=True)
    issue = models.OneToOneField("Issue", models.PROTECT, null=True, editable=False)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = DirectiveQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=State.values), name="state_known"),
            models.CheckConstraint(
                condition=Q(state=State.ISSUED, issue__isnull=False)
                | (~Q(state=State.ISSUED) & Q(issue__isnull=True)),
                name="issued_means_numbered_dated_filed",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("directive_view", args=[self.pk])

    @property
    def stream(self) -> str:
        return f"directive:{self.pk}"

    @property
    def latest_draft(self) -> "Draft":
        return self.drafts.order_by("-number").first()

    @transition(field=state, source=[State.DRAFTING, State.CONSOLIDATING], target=State.CONSULTING)
    def circulated(self) -> None: ...

    @transition(field=state, source=State.CONSULTING, target=State.CONSOLIDATING)
    def round_closed(self) -> None: ...

    @transition(field=state, source=State.CONSOLIDATING, target=State.SUBMITTED)
    def submitted(self) -> None: ...

    @transition(field=state, source=State.SUBMITTED, target=State.APPROVED)
    def approved(self) -> None: ...

    @transition(field=state, source=[State.SUBMITTED, State.APPROVED], target=State.CONSOLIDATING)
    def reopened(self) -> None: ...

    @transition(field=state, source=State.APPROVED, target=State.ISSUED)
    def issued(self) -> None: ...


class Draft(models.Model):
    """One version of the text. Frozen, it can never change again."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    based_on = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    circulation_mark = NFCCharField(_("circulation mark"), max_length=60, blank=True)
    frozen_at = models.DateTimeField(null=True, editable=False)
    content = models.TextField(editable=False, default="", blank=True)
    sha256 = models.CharField(max_length=64, editable=False, default="", blank=True)
    created_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["directive", "number"]
        constraints = [
            models.UniqueConstraint(fields=["directive", "number"], name="draft_number_once"),
            models.UniqueConstraint(
                fields=["directive"], condition=Q(frozen_at=None), name="one_working_draft"
            ),
            models.CheckConstraint(
                condition=Q(frozen_at=None, sha256="", content="")
                | (Q(frozen_at__isnull=False) & ~Q(sha256="") & ~Q(content="")),
                name="frozen_means_hashed",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Draft %(number)s")) % {"number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("draft_view", args=[self.directive_id, self.number])

    @property
    def is_working(self) -> bool:
        return self.frozen_at is None


class Provision(models.Model):
    """One unit of a draft. Its number comes from its kind and place, never from its text.

    `text` may have several lines; `headed` says that the first one is a heading.
    """

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="provisions")
    key = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(k, KIND_LABELS[k]) for k in Kind])
    headed = models.BooleanField(_("the first line is a heading"), default=False)
    text = NFCTextField(_("text"), blank=True)
    version = models.PositiveIntegerField(default=1)

    history = HistoricalRecords(excluded_fields=["draft"], history_user_id_field=None)

    class Meta:
        ordering = ["draft", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["draft", "key"], name="key_once_in_a_draft"),
            models.CheckConstraint(condition=Q(kind__in=list(Kind)), name="kind_known"),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def heading(self) -> str:
        return self.text.partition("\n")[0] if self.headed else ""

    @property
    def body(self) -> str:
        return self.text.partition("\n")[2] if self.headed else self.text


class Lineage(models.Model):
    """How a provision came to be, or where it went; written by the edit itself, never guessed."""

    class Act(models.TextChoices):
        SPLIT = "split", _("Split")
        MERGED = "merged", _("Merged")
        MOVED = "moved", _("Moved")
        DELETED = "deleted", _("Deleted")
        RESTORED = "restored", _("Restored")

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="lineage")
    act = models.CharField(max_length=10, choices=Act.choices)
    key = models.UUIDField()
    other_key = models.UUIDField(null=True, help_text="split from, merged into, or deleted with")
    position = models.PositiveIntegerField()
    actor = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["draft", "pk"]
        indexes = [models.Index(fields=["draft", "key"])]

    def __str__(self) -> str:
        return f"{self.act} {self.key}"


class Circulation(models.Model):
    """A person to whom a frozen draft was sent, and who may therefore read it."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="circulations")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["draft", "person"], name="circulated_once")]

    def __str__(self) -> str:
        return f"{self.draft} → {self.person}"
