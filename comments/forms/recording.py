"""What was said at the table or on paper, keyed in for somebody."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.forms.fields import RECEIVED, comment_area, line_of
from comments.forms.writing import POSITIONS, CommentForm, proposals_on
from comments.models import Consultation, Source
from directives.comparison import Numbered
from directives.forms import Paragraphs
from directives.text import numbering
from directives.text.kinds import LEVELS, Kind

WORDS_IN_A_CHOICE = 70


class ProvisionSelect(forms.Select):
    """Each choice carries the text of its provision and what can be proposed for it, so that the
    page has both at once for whoever types on (static/js/recording.js)."""

    rows: Mapping[str, Numbered] = {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        if row := self.rows.get(str(value)):
            offered = " ".join(proposals_on(row.provision.kind)).strip()
            option["attrs"] |= {"data-text": row.text, "data-offers": offered}
        return option


class RecordForm(CommentForm):
    """What a delegate said at the table or on paper, keyed in by the office or a clerk."""

    author = forms.ModelChoiceField(User.objects.none(), label=_("Delegate"))
    source = forms.ChoiceField(
        label=_("Received"),
        choices=RECEIVED,
        initial=Source.MEETING,
        widget=forms.RadioSelect,
    )
    at = forms.TypedChoiceField(
        label=_("Provision"),
        required=False,
        coerce=UUID,
        empty_value=None,
        widget=ProvisionSelect,
    )
    position = forms.ChoiceField(
        label=_("Position on the draft as a whole"),
        choices=[("", _("Not stated here")), *POSITIONS],
        required=False,
    )
    position_reason = Paragraphs(
        label=_("Why they do not agree"),
        required=False,
        widget=comment_area(2),
    )

    field_order = ["author", "source", "at", "body", "proposal_kind", "wording", "addition"]

    def __init__(
        self, *args: Any, consultation: Consultation, rows: list[Numbered], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        asked = consultation.delegates.values("person")
        self.fields["author"].queryset = User.objects.by_rank().filter(pk__in=asked)
        self.fields["author"].label_from_instance = line_of
        self.fields["at"].choices = [("", _("The draft as a whole")), *provision_choices(rows)]
        self.rows = self.fields["at"].widget.rows = {row.key: row for row in rows}

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        row = self.rows.get(str(said.get("at")))
        if said.get("proposal_kind", "") not in proposals_on(row and row.provision.kind):
            self.add_error("proposal_kind", _("This cannot be proposed here. Choose again."))
        return said

    @property
    def says_something(self) -> bool:
        return bool(self.cleaned_data["body"] or self.cleaned_data["proposal_kind"])


def provision_choices(rows: list[Numbered]) -> list[tuple[str, str]]:
    """By their paths ("2.a"), which find a choice when they are typed, with their first words."""
    paths = numbering.paths([Kind(row.provision.kind) for row in rows])
    words = [row.text.replace("\n", " ")[:WORDS_IN_A_CHOICE] for row in rows]
    names = [
        path if row.provision.kind in LEVELS else capfirst(row.citation)
        for row, path in zip(rows, paths, strict=True)
    ]
    return [(row.key, f"{names[at]} – {words[at]}") for at, row in enumerate(rows)]
