"""What several of these forms are made of."""

from django import forms

from accounts.models import User
from comments.models import Source

RECEIVED = [choice for choice in Source.choices if choice[0] != Source.ONLINE]


class People(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person: User) -> str:
        return line_of(person)


def line_of(person: User) -> str:
    return " · ".join(filter(None, [person.full_name, person.position]))


def comment_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})
