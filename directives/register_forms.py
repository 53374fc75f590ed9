"""What people type about numbers, and about what a directive does to issued ones."""

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from accounts.models import Role, Term, User
from directives.forms import MAX_REASON, Paragraphs, PlainText
from directives.models import (
    Directive,
    NumberRegister,
    NumberStatus,
    RegisterEntry,
    RelationKind,
    State,
)
from directives.register import DIRECTIVE


class RegisterForm(forms.Form):
    term = forms.ModelChoiceField(Term.objects.none(), label=_("Term"))
    first_number = forms.IntegerField(
        label=_("First number"),
        min_value=1,
        max_value=99_999,
        initial=1,
        help_text=_("The number after the last directive that was issued on paper in this term."),
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = terms_without_register(person)
        self.fields["term"].label_from_instance = lambda term: f"{term} · {term.committee}"


class RelationForm(forms.Form):
    """What a directive does to an issued one of its committee."""

    kind = forms.ChoiceField(label=_("What this directive does"), choices=RelationKind.choices)
    old = forms.ModelChoiceField(
        Directive.objects.none(),
        label=_("To the issued directive"),
        empty_label=_("Choose a directive"),
    )

    def __init__(self, *args: Any, directive: Directive, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        issued = Directive.objects.filter(committee=directive.committee_id, state=State.ISSUED)
        issued = issued.exclude(acted_on_by__new=directive).order_by("-issue__issued_on", "-issue")
        self.fields["old"].queryset = issued.select_related("issue__register__committee")
        self.fields["old"].label_from_instance = lambda old: f"{old.issue} · {old.subject}"[:120]


class EntryFilter(forms.Form):
    """Which numbers of a register are shown."""

    status = forms.ChoiceField(
        label=_("Numbers"), required=False, choices=[("", _("All numbers")), *NumberStatus.choices]
    )
    year = forms.ChoiceField(label=_("Year"), required=False)

    def __init__(self, *args: Any, years: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [("", _("All years")), *[(str(year), year) for year in years]]


class ReserveForm(forms.Form):
    """A directive of the register's committee that has no number, or the name of a paper."""

    directive = forms.ModelChoiceField(
        Directive.objects.none(),
        label=_("For the directive"),
        required=False,
        empty_label=_("A paper outside the system, named below"),
    )
    paper = PlainText(
        label=_("Name of the paper outside the system"),
        max_length=500,
        required=False,
        help_text=_("Only when no directive is chosen."),
    )
    reason = Paragraphs(
        label=_("Why the number is reserved"),
        max_length=MAX_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Say why the number is reserved.")},
    )

    def __init__(self, *args: Any, numbers: NumberRegister, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        numbered = RegisterEntry.objects.filter(
            directive=OuterRef("pk"), status=NumberStatus.RESERVED
        )
        waiting = Directive.objects.filter(committee=numbers.committee).exclude(state=State.ISSUED)
        self.fields["directive"].queryset = waiting.exclude(Exists(numbered))
        if numbers.document_type != DIRECTIVE:
            del self.fields["directive"]
            self.fields["paper"].required = True
            self.fields["paper"].help_text = ""


class CancelNumberForm(forms.Form):
    reason = Paragraphs(
        label=_("Why the number is cancelled"),
        max_length=MAX_REASON,
        error_messages={"required": _("Say why the number is cancelled.")},
    )


def terms_without_register(person: User) -> Any:
    """Terms of the person's committees in which no number has been given here yet."""
    opened = NumberRegister.objects.filter(term=OuterRef("pk"), document_type=DIRECTIVE)
    return (
        Term.objects.filter(committee__in=person.committees_as(Role.CLERK, Role.OFFICE))
        .exclude(Exists(opened))
        .select_related("committee")
    )
