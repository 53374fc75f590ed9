"""A round of comments: whom it asks, and until when."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.forms.fields import People
from directives.forms import Moment


class OpenForm(forms.Form):
    """Whom to ask, and until when. Who sits on the committee is ticked already."""

    members = People(User.objects.none(), label=_("Members of the committee"), required=False)
    invited = People(User.objects.none(), label=_("Also ask"), required=False)
    deadline = Moment(label=_("Comments until"))
    shows_others = forms.BooleanField(
        label=_("Those asked see each other's comments"),
        help_text=_("Otherwise each of them sees only their own."),
        required=False,
    )

    def __init__(self, *args: Any, members: Any, others: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["members"].queryset = members
        self.fields["invited"].queryset = others

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if not said.get("members") and not said.get("invited"):
            self.add_error("members", _("Choose at least one person to be asked."))
        return said

    @property
    def people(self) -> list[User]:
        chosen = [*self.cleaned_data["members"], *self.cleaned_data["invited"]]
        return sorted(chosen, key=lambda person: (person.rank, person.name_key))


class ExtendForm(forms.Form):
    deadline = Moment(label=_("New deadline"))
