"""What people type about votes and conclusions."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from directives.forms import Paragraphs
from meetings.models import Choice
from meetings.voting import MAX_QUESTION, HandCount

MOST_PAPERS = 1_000


class How(TextChoices):
    OPEN = "open", _("Open: the secretary keys in, or each votes on a device")
    SECRET = "secret", _("Secret, on devices")
    PAPER = "paper", _("Secret, on paper, counted by tellers")


class BallotForm(forms.Form):
    question = Paragraphs(
        label=_("Question that is voted on"),
        max_length=MAX_QUESTION,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    how = forms.ChoiceField(
        label=_("How it is voted"),
        choices=How.choices,
        initial=How.OPEN,
        widget=forms.RadioSelect,
    )
    tellers = Paragraphs(
        label=_("Tellers"),
        required=False,
        max_length=MAX_QUESTION,
        help_text=_("Of a ballot on paper: who counts, one name on each line."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("how") == How.PAPER and not said.get("tellers"):
            self.add_error("tellers", _("Name those who count the papers."))
        return said

    def said(self) -> dict[str, Any]:
        how, typed = self.cleaned_data["how"], self.cleaned_data
        return {
            "question": typed["question"],
            "secret": how != How.OPEN,
            "tellers": typed["tellers"] if how == How.PAPER else "",
        }


class _Papers(forms.IntegerField):
    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            min_value=0,
            max_value=MOST_PAPERS,
            widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
        )


class CountForm(forms.Form):
    """What the tellers found."""

    given_out = _Papers(_("Papers given out"))
    handed_in = _Papers(_("Papers handed in"))
    spoiled = _Papers(_("Spoiled papers"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for choice, label in Choice.choices:
            self.fields[choice] = _Papers(label)
        self.order_fields(["given_out", "handed_in", *Choice.values, "spoiled"])

    def count(self) -> HandCount:
        said = self.cleaned_data
        return HandCount(
            given_out=said["given_out"],
            handed_in=said["handed_in"],
            votes={choice: said[choice] for choice in Choice.values},
            spoiled=said["spoiled"],
        )
