"""A comment with its proposal, and the position on the draft as a whole."""

from collections.abc import Sequence
from hashlib import blake2b

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.forms.fields import comment_area, said_as_typed
from comments.models import Category, Position, ProposalKind
from comments.said import Said
from comments.services import Opened
from directives.forms import Paragraphs, PlainText, draft_area
from directives.text.kinds import Kind

WORDED = (ProposalKind.REPLACE, ProposalKind.INSERT_AFTER)
POSITIONS = [choice for choice in Position.choices if choice[0]]
KEPT_WHOLE = (ProposalKind.NONE, ProposalKind.REPLACE)


def radios() -> forms.RadioSelect:
    return forms.RadioSelect(attrs={"class": "form-check-input"})


class CommentForm(forms.Form):
    """A comment on one provision, or on the draft as a whole.

    `seen` is the mark of the wording whose changes were shown to the writer; `writer` names this
    open form, and `version` is that of the comment when it was opened.
    """

    writer = forms.UUIDField(widget=forms.HiddenInput, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    token = forms.CharField(widget=forms.HiddenInput, max_length=24)
    at = forms.UUIDField(widget=forms.HiddenInput, required=False)
    quote = PlainText(widget=forms.HiddenInput, required=False)
    quote_start = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    body = Paragraphs(label=_("Comment"), required=False, widget=comment_area(3))
    proposal_kind = forms.ChoiceField(
        label=_("Proposal"), choices=ProposalKind.choices, required=False, widget=radios()
    )
    wording = Paragraphs(
        label=_("Change the wording here"),
        required=False,
        widget=draft_area(4),
    )
    addition = Paragraphs(
        label=_("Text of the new provision"),
        required=False,
        widget=draft_area(4),
    )
    reason = Paragraphs(label=_("Reason"), required=False, widget=comment_area(2))
    category = forms.ChoiceField(
        label=_("What the comment is about"),
        choices=Category.choices,
        initial=Category.CONTENT,
        widget=radios(),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def offer(self, kind: str | None) -> "CommentForm":
        """Only the proposals that this kind of provision can take; none for the whole draft."""
        offered = proposals_on(kind)
        self.fields["proposal_kind"].choices = [
            choice for choice in ProposalKind.choices if choice[0] in offered
        ]
        return self

    @property
    def proposed(self) -> str:
        """The wording that the chosen proposal is about."""
        said = self.cleaned_data
        names = {ProposalKind.REPLACE: "wording", ProposalKind.INSERT_AFTER: "addition"}
        return said.get(names.get(said.get("proposal_kind", ""), ""), "")

    @property
    def needs_a_look(self) -> bool:
        """Whether a wording goes out whose changes the writer has not been shown."""
        if self.cleaned_data["proposal_kind"] not in WORDED:
            return False
        return self.cleaned_data["seen"] != mark_of(self.proposed)

    @property
    def opened(self) -> Opened | None:
        form, version = self.cleaned_data["writer"], self.cleaned_data["version"]
        return Opened(form, version) if form and version is not None else None

    def said(self) -> Said:
        typed = self.cleaned_data
        return said_as_typed(typed, reason=typed["reason"], proposed_text=self.proposed)


def proposals_on(kind: str | None) -> Sequence[str]:
    """What can be proposed for a provision of this kind; without one, for the whole draft."""
    if not kind:
        return (ProposalKind.NONE,)
    if kind == Kind.ANNEX:
        return [one for one in ProposalKind.values if one != ProposalKind.DELETE]
    return KEPT_WHOLE if kind in (Kind.SUBJECT, Kind.RECIPIENTS) else ProposalKind.values


def mark_of(wording: str) -> str:
    return blake2b(wording.encode(), digest_size=8).hexdigest()


class PositionForm(forms.Form):
    position = forms.ChoiceField(
        label=_("Position on the draft as a whole"), choices=POSITIONS, widget=forms.RadioSelect
    )
    reason = Paragraphs(
        label=_("Reason"),
        required=False,
        help_text=_("Needed where you do not agree."),
        widget=comment_area(2),
    )
