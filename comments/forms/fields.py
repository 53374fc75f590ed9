"""What several of these forms are made of."""

from typing import Any

from django import forms

from accounts.models import User
from comments.models import Source
from comments.said import Said

RECEIVED = [choice for choice in Source.choices if choice[0] != Source.ONLINE]


class People(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person: User) -> str:
        return line_of(person)


def line_of(person: User) -> str:
    return " · ".join(filter(None, [person.full_name, person.position]))


def comment_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def said_as_typed(typed: dict[str, Any], **more: str) -> Said:
    """What a comment says, from the fields that every form of one has, and from those it adds."""
    return Said(
        category=typed["category"],
        provision_key=typed["at"],
        quote=typed["quote"],
        quote_start=typed["quote_start"],
        body=typed["body"],
        proposal_kind=typed["proposal_kind"],
        **more,
    )
