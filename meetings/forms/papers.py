"""What people type into minutes and notices."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from directives.forms import Paragraphs, PlainText, draft_area
from meetings.models import SectionKind

KINDS = [
    ("paragraph", _("Paragraph")),
    ("line", _("Line of a list")),
    ("heading-2", _("Heading (a)")),
    ("heading-1", _("Heading (1.)")),
    ("heading-0", _("Heading (I-)")),
]


class SectionForm(forms.Form):
    text = Paragraphs(label=_("Wording"), required=False, widget=draft_area())
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewSectionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, initial="paragraph")
    text = Paragraphs(label=_("Wording"), required=False, widget=draft_area())
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean(self) -> dict[str, Any]:
        """The kind as a section has it: its kind, and the level of a heading."""
        said: dict[str, Any] = super().clean() or {}
        kind, _dash, level = said.get("kind", "").partition("-")
        return said | {"kind": kind or SectionKind.PARAGRAPH, "level": int(level or 0)}


class PlaceForm(forms.Form):
    """Where to take a section; nothing chosen is the head of the paper."""

    after = forms.TypedChoiceField(
        label=_("Move it behind"), coerce=int, required=False, empty_value=None
    )

    def offer(self, places: list[tuple[int, str]]) -> "PlaceForm":
        self.fields["after"].choices = [("", _("the head of the paper")), *places]
        return self


class SigningForm(forms.Form):
    authority = PlainText(label=_("Signing authority"), max_length=80)
    title = PlainText(label=_("Signer's title"), max_length=80)
    name = PlainText(
        label=_("Signer's name"),
        max_length=120,
        required=False,
        help_text=_("Needed before the notice goes to the chair."),
    )
    recipients = Paragraphs(
        label=_("Recipients"),
        required=False,
        help_text=_("One on each line, without dashes."),
        widget=draft_area(5),
    )


class NoticeForm(forms.Form):
    issued_on = forms.DateField(
        label=_("Date of issue"),
        initial=timezone.localdate,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    first_number = forms.IntegerField(
        label=_("First number of the register of notices"),
        min_value=1,
        help_text=_("It follows the last notice of this term that was numbered on paper."),
    )

    def __init__(self, *args: Any, register_is_open: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if register_is_open:
            del self.fields["first_number"]
