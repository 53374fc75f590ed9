"""What people type about rounds and comments, normalised before anything looks at it.

How long a text may be is said by the domain: a limit of the field would cut what is pasted.
"""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, User
from comments.models import (
    Category,
    Consultation,
    Outcome,
    Position,
    ProposalKind,
    ReplyTemplate,
    Source,
)
from comments.said import Said
from comments.services import Opened
from directives.comparison import Numbered
from directives.forms import Moment, Paragraphs, PlainText, WordFile, draft_area
from directives.text import numbering
from directives.text.kinds import LEVELS, Kind

WORDS_IN_A_CHOICE = 70
WORDED = (ProposalKind.REPLACE, ProposalKind.INSERT_AFTER)
POSITIONS = [choice for choice in Position.choices if choice[0]]
RECEIVED = [choice for choice in Source.choices if choice[0] != Source.ONLINE]
KEPT_WHOLE = (ProposalKind.NONE, ProposalKind.REPLACE)


class People(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, person: User) -> str:
        return line_of(person)


def line_of(person: User) -> str:
    return " · ".join(filter(None, [person.full_name, person.position]))


def radios() -> forms.RadioSelect:
    return forms.RadioSelect(attrs={"class": "form-check-input"})


def comment_area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


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
        said = self.cleaned_data
        return Said(
            category=said["category"],
            provision_key=said["at"],
            quote=said["quote"],
            quote_start=said["quote_start"],
            body=said["body"],
            reason=said["reason"],
            proposal_kind=said["proposal_kind"],
            proposed_text=self.proposed,
        )


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


class AnswerForm(forms.Form):
    """One answer to a comment, or to several that propose the same."""

    outcome = forms.ChoiceField(choices=Outcome.choices)
    reply = Paragraphs(
        label=_("Reply to the delegate"),
        required=False,
        widget=comment_area(2),
    )
    office_text = Paragraphs(
        label=_("Wording that the office takes"),
        required=False,
        widget=draft_area(4),
    )


class PlaceForm(forms.Form):
    """A provision by its key; nothing for no provision at all."""

    provision = forms.UUIDField(required=False)


class MessageForm(forms.Form):
    """What is said in the exchange on a comment. What may be said is for the domain to refuse."""

    text = Paragraphs(label=_("Your answer to the office"), widget=comment_area(2))
    token = forms.CharField(widget=forms.HiddenInput, required=False, max_length=48)

    def said(self) -> dict[str, str]:
        """The arguments for `threads.ask` and `threads.reply`; a token of another make is none."""
        self.full_clean()
        return {name: self.cleaned_data.get(name, "") for name in self.fields}


class QuestionForm(MessageForm):
    text = Paragraphs(label=_("Question to the delegate"), widget=comment_area(2))


class RecordedReplyForm(MessageForm):
    """What the author of a comment answered at the table or on paper."""

    text = Paragraphs(label=_("What the delegate answered"), widget=comment_area(4))
    source = forms.ChoiceField(label=_("Received"), choices=RECEIVED, widget=forms.RadioSelect)

    field_order = ["source", "text", "token"]


ReplyTemplateFormSet = forms.inlineformset_factory(
    Committee,
    ReplyTemplate,
    fields=["title", "text"],
    extra=1,
    can_delete_extra=False,
    widgets={"text": comment_area(3)},
)


class SettleForm(forms.Form):
    """A choice in a conflict: the place of an alternative in its list, or words of one's own."""

    at = forms.UUIDField(widget=forms.HiddenInput)
    conflict_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    choice = forms.CharField(max_length=4)
    own = Paragraphs(label=_("Other words"), required=False, widget=draft_area(2))


class CopyForm(forms.Form):
    """A Word file in which a delegate has written, and whose it is."""

    author = forms.ModelChoiceField(User.objects.none(), label=_("Delegate"))
    file = WordFile(
        label=_("Word file with the changes and comments"),
        help_text=_("The draft in Word (.docx), with tracked changes or without."),
        allow_empty_file=True,
    )

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["author"].queryset = people
        self.fields["author"].label_from_instance = line_of
        if len(people) == 1:
            self.fields["author"].initial = people[0].pk
            self.fields["author"].widget = forms.HiddenInput()


class FoundForm(forms.Form):
    """A comment found in a Word file: what it says can be reworded, the proposal is as written."""

    keep = forms.BooleanField(label=_("Take this comment"), required=False)
    token = forms.CharField(widget=forms.HiddenInput, max_length=24)
    at = forms.UUIDField(widget=forms.HiddenInput, required=False)
    quote = PlainText(widget=forms.HiddenInput, required=False)
    quote_start = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0)
    proposal_kind = forms.ChoiceField(
        choices=ProposalKind.choices, required=False, widget=forms.HiddenInput
    )
    proposed_text = PlainText(widget=forms.HiddenInput, required=False)
    body = Paragraphs(label=_("Comment"), required=False, widget=comment_area(2))
    category = forms.ChoiceField(label=_("What the comment is about"), choices=Category.choices)
    names = forms.CharField(widget=forms.HiddenInput, required=False)
    tracked = forms.CharField(widget=forms.HiddenInput, required=False)

    def said(self) -> Said:
        said = self.cleaned_data
        return Said(
            category=said["category"],
            provision_key=said["at"],
            quote=said["quote"],
            quote_start=said["quote_start"],
            body=said["body"],
            proposal_kind=said["proposal_kind"],
            proposed_text=said["proposed_text"],
        )


class FoundFormSet(forms.BaseFormSet):
    @property
    def chosen(self) -> list[tuple[str, Said]]:
        kept = (form for form in self.forms if form.cleaned_data["keep"])
        return [(form.cleaned_data["token"], form.said()) for form in kept]

    def clean(self) -> None:
        if not any(form.cleaned_data.get("keep") for form in self.forms if form.is_valid()):
            raise forms.ValidationError(_("Choose at least one comment to take."))


FoundComments = forms.formset_factory(
    FoundForm, formset=FoundFormSet, extra=0, max_num=500, absolute_max=600
)
