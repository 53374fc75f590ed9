"""What is sent from the room."""

import uuid
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from comments.models import Category
from directives.forms import Paragraphs, PlainText
from meetings.holding.queue import VERBS, Sent
from meetings.models import AgendaItem, Attendee, Meeting


class SentForm(forms.Form):
    """One act. Fields that its verb does not need are left out or empty."""

    verb = forms.ChoiceField(choices=[(verb, verb) for verb in VERBS])
    token = forms.UUIDField()
    acted_at = forms.DateTimeField(required=False)
    attendee = forms.ModelChoiceField(
        Attendee.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("This person is not on the list any more.")},
    )
    item = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        required=False,
        error_messages={"invalid_choice": _("This item is not on the agenda any more.")},
    )
    ends = forms.IntegerField(required=False)
    seen = forms.IntegerField(required=False)
    reason = Paragraphs(required=False, max_length=1_000)
    text = Paragraphs(required=False)
    provision = PlainText(required=False, max_length=80)
    shown = forms.UUIDField(required=False)
    category = forms.ChoiceField(choices=Category.choices, required=False)

    def __init__(self, data: QueryDict, *, meeting: Meeting) -> None:
        super().__init__(_spelt_out(data))
        self.fields["attendee"].queryset = meeting.attendees.all()
        self.fields["item"].queryset = meeting.items.all()

    def act(self) -> dict[str, Any]:
        """The arguments for `queue.act`."""
        said = self.cleaned_data
        names = ("attendee", "item", "ends", "seen", "reason", "text", "provision", "shown")
        category = said["category"] or Category.CONTENT
        sent = Sent(category=category, **{name: said[name] for name in names})
        return {name: said[name] for name in ("verb", "token", "acted_at")} | {"sent": sent}


def _spelt_out(data: QueryDict) -> dict[str, str]:
    """A button of many in one form says in `do` what it does and to whom: "arrive:12".

    Each has a token of its own, so that two of them pressed on one page are two acts.
    """
    said = data.dict()
    if "do" not in said:
        return said
    verb, _colon, attendee = said["do"].partition(":")
    try:
        token = str(uuid.uuid5(uuid.UUID(said.get("token", "")), said["do"]))
    except ValueError:
        token = ""
    return said | {"verb": verb, "attendee": attendee, "token": token}


class ShownForm(forms.Form):
    """The provision on the screen; nothing for none."""

    provision = forms.UUIDField(required=False)
