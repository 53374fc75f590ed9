"""Positions and votes: what is asked, who votes, and how it was counted."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.fields import NFCTextField
from accounts.models import User
from meetings.models.gathering import AgendaItem, Attendee


class Choice(models.TextChoices):
    AGREES = "agrees", _("Agrees")
    AGREES_WITH_COMMENTS = "agrees_with_comments", _("Agrees, with comments")
    DISAGREES = "disagrees", _("Does not agree")
    ABSTAINS = "abstains", _("Does not vote")


class Ballot(models.Model):
    """One question put to all voting members about an item; once closed it is for good.

    `electorate` and the majority needed are those of the day. `counts` holds the number of votes by
    `Choice`, set when it closes. `urn` holds a secret ballot's papers, [receipt, choice] sorted by
    receipt and written anew with each vote, so that no order tells who voted what.
    """

    item = models.ForeignKey(AgendaItem, models.PROTECT, related_name="ballots")
    question = NFCTextField(_("question"))
    secret = models.BooleanField(_("secret ballot"), default=False)
    electorate = models.PositiveSmallIntegerField()
    needed = models.PositiveSmallIntegerField()
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    urn = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    # Papers counted by hand at the table, and by whom.
    tellers = NFCTextField(_("counted by"), blank=True)

    class Meta:
        ordering = ["item", "opened_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_at=None) | ~Q(counts={}), name="closed_ballot_is_counted"
            ),
            models.UniqueConstraint(
                fields=["item"], condition=Q(closed_at=None), name="one_open_ballot_of_an_item"
            ),
        ]

    def __str__(self) -> str:
        return self.question

    def get_absolute_url(self) -> str:
        return reverse("ballot_view", args=[self.item.meeting_id, self.pk])


class Voter(models.Model):
    """A voting member of the day at a ballot. In a secret one only that they voted is known."""

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="voters")
    attendee = models.ForeignKey(Attendee, models.PROTECT, related_name="+")
    voted = models.BooleanField(default=False)
    choice = models.CharField(max_length=20, choices=Choice.choices, blank=True)
    # A minority may reserve its opinion.
    reserved_opinion = NFCTextField(_("reserved opinion"), blank=True)
    recorded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["ballot", "attendee__rank", "attendee__person__name_key"]
        constraints = [
            models.UniqueConstraint(fields=["ballot", "attendee"], name="votes_once"),
            models.CheckConstraint(condition=Q(choice="") | Q(voted=True), name="choice_is_a_vote"),
        ]

    def __str__(self) -> str:
        return f"{self.attendee} · {self.ballot}"
