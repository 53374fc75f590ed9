"""A Word file in which a delegate has written, and what was found in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.forms.fields import comment_area, line_of, said_as_typed
from comments.models import Category, ProposalKind
from comments.said import Said
from directives.forms import Paragraphs, PlainText, WordFile


class CopyForm(forms.Form):
    """A Word file in which a delegate has written, and whose it is."""

    author = forms.ModelChoiceField(User.objects.none(), label=_("Delegate"))
    file = WordFile(
        label=_("Word file with the changes and comments"),
        help_text=_("The draft in Word (.docx), with tracked changes or without."),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["author"].queryset = people
        self.fields["author"].label_from_instance = line_of
        if len(people) == 1:
            self.initial["author"] = people[0].pk
            self.fields["author"].widget = forms.HiddenInput()


class FoundForm(forms.Form):
    """A comment found in a Word file: what it says can be reworded, the proposal is as written."""

    keep = forms.BooleanField(label=_("Take this comment"), required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=24)
    at = forms.UUIDField(widget=forms.HiddenInput, required=False)
    quote = PlainText(widget=forms.HiddenInput, required=False)
    quote_start = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    proposal_kind = forms.ChoiceField(
        choices=ProposalKind.choices, required=False, widget=forms.HiddenInput
    )
    proposed_text = PlainText(widget=forms.HiddenInput, required=False)
    body = Paragraphs(label=_("Comment"), required=False, widget=comment_area(2))
    category = forms.ChoiceField(label=_("What the comment is about"), choices=Category.choices)
    names = forms.CharField(widget=forms.HiddenInput, required=False)
    tracked = forms.CharField(widget=forms.HiddenInput, required=False)

    def said(self) -> Said:
        typed = self.cleaned_data
        return said_as_typed(typed, proposed_text=typed["proposed_text"])


class FoundFormSet(forms.BaseFormSet):
    @property
    def chosen(self) -> list[tuple[str, Said]]:
        kept = (form for form in self.forms if form.cleaned_data["keep"])
        return [(form.cleaned_data["token"], form.said()) for form in kept]

    def clean(self) -> None:
        if not any(form.cleaned_data.get("keep") for form in self.forms if form.is_valid()):
            raise forms.ValidationError(_("Choose at least one comment to take."))


FoundComments = forms.formset_factory(
    FoundForm, formset=FoundFormSet, extra=0, max_num=500, absolute_max=600
)
