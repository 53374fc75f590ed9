"""What is looked for and the filters, as they stand in the address."""

import re
from datetime import date
from typing import Any

from django import forms
from django.db.models import BigIntegerField, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, Role, User
from directives.forms import PlainText
from directives.models import State
from directives.models.search import What
from directives.search.finding import Wanted, authors_for

WHATS = {"": tuple(What), "texts": (What.NUMBER, What.PROVISION), "comments": (What.COMMENT,)}
SEARCH_KINDS = [
    ("", _("Texts and comments")),
    ("texts", _("Texts only")),
    ("comments", _("Comments only")),
]
_SYMBOL = re.compile(r"(?<=\d)\s*-\s*ct\b.*$", re.IGNORECASE)
LOOKS = {forms.Select: "form-select", forms.CheckboxInput: "form-check-input"}


class IssueNumber(forms.IntegerField):
    """The number of an issued directive, alone or with its symbol: 14, 014, 14-CT/TU."""

    widget = forms.TextInput
    default_error_messages = {"invalid": _("Write the number alone, or as in 14-CT/TU.")}

    def to_python(self, value: Any) -> int | None:
        return super().to_python(_SYMBOL.sub("", value or ""))


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class SearchForm(forms.Form):
    """What is looked for, and the filters. A person is offered nothing they may not see."""

    q = PlainText(label=_("Words to look for"), max_length=200, required=False)
    kind = forms.ChoiceField(label=_("Look in"), choices=SEARCH_KINDS, required=False)
    number = IssueNumber(label=_("Number"), required=False, min_value=1, max_value=99_999)
    since = day_field(_("From"))
    until = day_field(_("To"))
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *State.choices]
    )
    committee = forms.ModelChoiceField(
        Committee.objects.none(), label=_("Committee"), required=False, empty_label=_("All")
    )
    delegate = forms.ModelChoiceField(
        User.objects.none(), label=_("Comments by"), required=False, empty_label=_("Everybody")
    )
    drafts = forms.BooleanField(label=_("In older drafts too"), required=False)
    directive = forms.IntegerField(
        label=_("Directive"),
        required=False,
        max_value=BigIntegerField.MAX_BIGINT,
        widget=forms.HiddenInput,
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committees = Committee.objects.filter(pk__in=person.committees_as(*Role))
        self.fields["committee"].queryset = committees
        if len({committee for committee, _role in person.roles}) < 2:
            del self.fields["committee"]
        self.fields["delegate"].queryset = authors_for(person)
        for field in self.fields.values():
            look = LOOKS.get(type(field.widget), "form-control")
            field.widget.attrs.setdefault("class", look)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("since") and said.get("until") and said["since"] > said["until"]:
            self.add_error("until", _("This day is before the first one."))
        return said

    @property
    def filters(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in ("q", "directive")]

    @property
    def is_filtered(self) -> bool:
        return any(field.data for field in self.filters)

    @property
    def wanted(self) -> Wanted:
        said = self.cleaned_data
        return Wanted(
            whats=WHATS[said["kind"]],
            directives=self._directives(),
            author=said["delegate"],
            every_draft=said["drafts"],
        )

    def _directives(self) -> Q:
        said = self.cleaned_data
        columns = {
            "directive": said["directive"],
            "directive__issue__number": said["number"],
            "directive__state": said["state"],
            "directive__committee": said.get("committee"),
        }
        chosen = Q(**{column: value for column, value in columns.items() if value})
        for said_day, comparison in ((said["since"], "gte"), (said["until"], "lte")):
            if said_day:
                chosen &= _dated(comparison, said_day)
        return chosen


def _dated(comparison: str, day: date) -> Q:
    """By the day of issue; what is not issued yet, by the day on which it was begun."""
    return Q(**{f"directive__issue__issued_on__{comparison}": day}) | Q(
        directive__issue=None, **{f"directive__created_at__date__{comparison}": day}
    )
