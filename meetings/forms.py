"""What people type about meetings, normalised before anything looks at it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, Role, User
from directives.forms import Moment, Paragraphs, PlainText
from directives.models import Directive
from meetings.models import AttendeeRole, Mode

MAX_TITLE = 1_000
LAST_SESSION = 9_999


# The term and the next free number follow the date as soon as it is chosen.
SHOWS_TERM = {
    "hx-get": reverse_lazy("meeting_convene"),
    "hx-trigger": "change",
    "hx-target": "#term",
    "hx-select": "#term",
    "hx-swap": "outerHTML",
    "hx-include": "[name=starts_at],[name=committee]",
}


class ConveneForm(forms.Form):
    committee = forms.ModelChoiceField(
        Committee.objects.none(), label=_("Committee"), widget=forms.Select(attrs=SHOWS_TERM)
    )
    starts_at = Moment(label=_("Day and hour"), attrs=SHOWS_TERM)
    session_number = forms.IntegerField(
        label=_("Number of the meeting"), min_value=1, max_value=LAST_SESSION
    )
    place = PlainText(label=_("Place"), max_length=200)
    mode = forms.ChoiceField(
        label=_("Mode"),
        choices=Mode.choices,
        initial=Mode.AT_THE_TABLE,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committees = Committee.objects.filter(pk__in=person.committees_as(Role.OFFICE))
        self.fields["committee"].queryset = committees
        if len(committees) == 1:
            self.fields["committee"].initial = committees[0].pk
            self.fields["committee"].widget = forms.HiddenInput()

    def typed(self, name: str) -> Any:
        """What stands in a field, read; None while it cannot be read."""
        try:
            return self.fields[name].clean(self[name].value())
        except ValidationError:
            return None


class AttendeeForm(forms.Form):
    """One of the people found and the role to give them; `who` keeps the words searched for."""

    person = forms.ModelChoiceField(
        User.objects.filter(is_active=True),
        label=_("Person"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a person from the list.")},
    )
    role = forms.ChoiceField(
        label=_("Role at the meeting"),
        choices=AttendeeRole.choices,
        initial=AttendeeRole.INVITED,
        widget=forms.RadioSelect,
    )
    who = forms.CharField(required=False, widget=forms.HiddenInput)

    def offer(self, people: list[User]) -> "AttendeeForm":
        """Show these people only; a single one is chosen already."""
        self.fields["person"].choices = [(person.pk, _line(person)) for person in people]
        if len(people) == 1:
            self.fields["person"].initial = people[0].pk
        return self


def _line(person: User) -> str:
    parts = [person.full_name, person.position, str(person.unit or "")]
    return " · ".join(filter(None, parts))


class ItemForm(forms.Form):
    directive = forms.ModelChoiceField(
        Directive.objects.none(),
        label=_("Draft directive"),
        required=False,
        empty_label=_("Another matter"),
    )
    title = Paragraphs(
        label=_("Title of the item"),
        max_length=MAX_TITLE,
        required=False,
        help_text=_("Leave it empty to take the subject of the directive."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, directives: QuerySet[Directive], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["directive"].queryset = directives


class CirculateForm(forms.Form):
    deadline = Moment(label=_("Comments until"))
    shows_others = forms.BooleanField(
        label=_("Those asked see each other's comments"), required=False
    )
