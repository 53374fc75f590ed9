"""What people type about votes and conclusions."""

from typing import Any
from uuid import UUID

from django import forms
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit, User
from comments.forms.fields import line_of
from directives.forms import Paragraphs, PlainText
from meetings.deciding.concluding import MAX_CONCLUSION, MAX_POINT, Given, Point
from meetings.deciding.voting import MAX_QUESTION, HandCount
from meetings.models import Choice, Decision

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


class ConclusionForm(forms.Form):
    """`version` is the one that the form began with; 0 for a conclusion that is new."""

    decision = forms.ChoiceField(
        label=_("Decision"), choices=Decision.choices, widget=forms.RadioSelect
    )
    text = Paragraphs(
        label=_("Conclusion of the chair"),
        max_length=MAX_CONCLUSION,
        widget=forms.Textarea(attrs={"rows": 6, "class": "draft-text"}),
    )
    remaining = Paragraphs(
        label=_("Where opinions still differ"),
        required=False,
        max_length=MAX_CONCLUSION,
        help_text=_("Apart from the conclusion: what remains in dispute, and between whom."),
        widget=forms.Textarea(attrs={"rows": 3, "class": "draft-text"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)


class PointForm(forms.Form):
    """One point; left empty it is none."""

    text = Paragraphs(
        label=_("Point"),
        required=False,
        max_length=MAX_POINT,
        widget=forms.Textarea(attrs={"rows": 2, "class": "draft-text"}),
    )
    provision = forms.ChoiceField(label=_("About which provision"), required=False)
    pk = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, provisions: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["provision"].choices = [("", _("None in particular")), *provisions]

    def point(self) -> Point:
        said = self.cleaned_data
        key = UUID(said["provision"]) if said["provision"] else None
        return Point(said["text"], key, said["pk"] or 0)


Points = forms.formset_factory(PointForm, extra=0, max_num=200, absolute_max=200)


class TaskForm(forms.Form):
    """A task as the chair gave it: what was not said is left empty."""

    text = Paragraphs(
        label=_("What is to be done"),
        max_length=MAX_POINT,
        widget=forms.Textarea(attrs={"rows": 3, "class": "draft-text"}),
    )
    lead_unit = forms.ModelChoiceField(
        Unit.objects.all(), label=_("Lead unit"), required=False, empty_label=_("not stated")
    )
    lead_person = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        label=_("Lead person"),
        required=False,
        empty_label=_("not stated"),
        help_text=_("Is told when the chair has confirmed the conclusion."),
    )
    co_operators = PlainText(label=_("Co-operating"), required=False, max_length=400)
    product = PlainText(label=_("Product"), required=False, max_length=400)
    deadline = forms.DateField(
        label=_("Deadline, a day"),
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    deadline_words = PlainText(
        label=_("Or the deadline in words"),
        required=False,
        max_length=200,
        help_text=_("Where the chair named no day: “before the next session”."),
    )
    reporting = PlainText(label=_("Reports to"), required=False, max_length=400)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_person"].queryset = User.objects.by_rank().filter(is_active=True)
        self.fields["lead_person"].label_from_instance = line_of

    def given(self) -> Given:
        said = dict(self.cleaned_data)
        said.pop("version")
        return Given(**said)
