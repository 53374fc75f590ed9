"""What people type about meetings, normalised before anything looks at it."""

from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, Role, User
from directives.forms import Moment, Paragraphs, PdfFile, PlainText
from directives.models import Directive
from directives.text.normalise import normalise
from meetings.models import Attendee, AttendeeRole, Meeting, Mode, Reply
from meetings.timetable import THROUGHOUT

MAX_TITLE = 1_000
MAX_NOTES = 2_000
USUAL_MINUTES, LONGEST = 30, 24 * 60
# Who may take the minutes.
RECORDING = (Role.OFFICE, Role.CLERK)
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


class MeetingForm(forms.Form):
    """When and where a meeting is, and what those invited are told of it."""

    starts_at = Moment(label=_("Day and hour"))
    place = PlainText(label=_("Place"), max_length=200)
    mode = forms.ChoiceField(
        label=_("Mode"),
        choices=Mode.choices,
        initial=Mode.AT_THE_TABLE,
        widget=forms.RadioSelect,
    )
    link = forms.URLField(
        label=_("Address for joining online"),
        max_length=400,
        required=False,
        assume_scheme="https",
        help_text=_("For whoever joins online; it stands on their invitation."),
    )
    recorder = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Who takes the minutes"),
        required=False,
        empty_label=_("Not named yet"),
    )
    notes = Paragraphs(
        label=_("Notes for those invited"),
        max_length=MAX_NOTES,
        required=False,
        help_text=_("Where to park, what to bring; it stands on the invitation."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, committees: Iterable[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        held = Q(role_grants__committee__in=committees, role_grants__role__in=RECORDING)
        self.fields["recorder"].queryset = User.objects.by_rank().filter(held).distinct()


class ConveneForm(MeetingForm):
    committee = forms.ModelChoiceField(
        Committee.objects.none(), label=_("Committee"), widget=forms.Select(attrs=SHOWS_TERM)
    )
    starts_at = Moment(label=_("Day and hour"), attrs=SHOWS_TERM)
    session_number = forms.IntegerField(
        label=_("Number of the meeting"), min_value=1, max_value=LAST_SESSION
    )

    field_order = ["committee", "starts_at", "session_number"]

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        committees = person.committees_as(Role.OFFICE)
        super().__init__(*args, committees=committees, **kwargs)
        offered = Committee.objects.filter(pk__in=committees)
        self.fields["committee"].queryset = offered
        if len(offered) == 1:
            self.fields["committee"].initial = offered[0].pk
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


class ItemFacts(forms.Form):
    """What an item is about, who presents it and how long."""

    title = Paragraphs(
        label=_("Title of the item"),
        max_length=MAX_TITLE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    presenter = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Presenter"),
        required=False,
        empty_label=_("Nobody named"),
        help_text=_("One of those on the list of the meeting."),
    )
    minutes = forms.IntegerField(
        label=_("Duration in minutes"), min_value=1, max_value=LONGEST, initial=USUAL_MINUTES
    )
    is_break = forms.BooleanField(label=_("This is a break"), required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = meeting.attendees.values("person")
        self.fields["presenter"].queryset = User.objects.by_rank().filter(pk__in=listed)


class PlanForm(ItemFacts):
    """With those who are called in for the item alone."""

    called = forms.ModelMultipleChoiceField(
        Attendee.objects.none(),
        label=_("Called in for this item"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Of the presenters and guests. Nobody ticked: all of them attend it. Members always do."
        ),
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, meeting=meeting, **kwargs)
        guests = meeting.attendees.exclude(role__in=THROUGHOUT).select_related("person")
        self.fields["called"].queryset = guests


class ItemForm(ItemFacts):
    directive = forms.ModelChoiceField(
        Directive.objects.none(),
        label=_("Draft directive"),
        required=False,
        empty_label=_("Another matter"),
    )

    field_order = ["directive", "title"]

    def __init__(self, *args: Any, directives: QuerySet[Directive], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["directive"].queryset = directives
        self.fields["title"].required = self.fields["minutes"].required = False
        self.fields["title"].help_text = _("Leave it empty to take the subject of the directive.")

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not self["minutes"].errors:
            said["minutes"] = said.get("minutes") or USUAL_MINUTES
        if said.get("is_break") and not said.get("directive"):
            said["title"] = said.get("title") or str(_("Break"))
        return said


class PaperForm(forms.Form):
    file = PdfFile(
        label=_("PDF of the paper"),
        help_text=_("Without a password and without scripts; up to 20 MB."),
    )
    title = PlainText(
        label=_("Title of the paper"),
        max_length=300,
        required=False,
        help_text=_("Leave it empty to take the name of the file."),
    )

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("file") and not said.get("title"):
            said["title"] = normalise(PurePath(said["file"].name).stem)[:300]
        return said


class CancelForm(forms.Form):
    reason = Paragraphs(
        label=_("Why it is cancelled"),
        max_length=MAX_NOTES,
        help_text=_("Everybody who was invited reads it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Say why the meeting is cancelled.")},
    )


class CirculateForm(forms.Form):
    deadline = Moment(label=_("Comments until"))
    shows_others = forms.BooleanField(
        label=_("Those asked see each other's comments"), required=False
    )


class ReplyForm(forms.Form):
    """What an invited person answers; which fields belong to which answer stands beside them."""

    reply = forms.ChoiceField(
        label=_("Reply"),
        choices=[(reply.value, reply.label) for reply in Reply if reply != Reply.NONE],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a reply.")},
    )
    reason = Paragraphs(
        label=_("Reason"),
        max_length=MAX_NOTES,
        required=False,
        help_text=_("Needed of whoever cannot come."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    substitute_name = PlainText(
        label=_("Who comes instead"),
        max_length=150,
        required=False,
        help_text=_("Needed of whoever sends somebody."),
    )
    substitute_position = PlainText(label=_("Their position"), max_length=200, required=False)
