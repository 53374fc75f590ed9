"""What people type about directives, normalised before anything looks at it."""

import re
from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee, Role, User
from directives.drafting import FIXED, MAX_SUBJECT
from directives.incoming.reading import too_large
from directives.models import (
    KIND_LABELS,
    Secrecy,
    State,
    Urgency,
)
from directives.text.kinds import Kind
from directives.text.normalise import normalise

MAX_PASTE = 300_000
MAX_REASON = 2_000
YEARS = range(1990, 2200)
# What the form of a signature rules out: "KT. BÍ THƯ", "BÍ THƯ TỈNH ỦY", "TS. Nguyễn Văn A".
FOR_SOMEBODY = re.compile(r"K\s*[/.]?\s*T\b")
OF_A_COMMITTEE = re.compile(r"\s(?:TỈNH|THÀNH|ĐẢNG|HUYỆN) (?:ỦY|UỶ)\b")
RANK = re.compile(
    r"(?:(?:PGS|GS|TSKH|TS|ThS|BS|KS|CN|LS)\b\.?"
    r"|(?:đại|thượng|trung|thiếu) (?:tướng|tá|úy|uỷ|uý)\b"
    r"|(?:giáo sư|phó giáo sư|tiến sĩ|thạc sĩ|kỹ sư|bác sĩ|cử nhân|luật sư)\b)",
    re.IGNORECASE,
)
NEW_KINDS = [(kind, KIND_LABELS[kind]) for kind in Kind if kind not in FIXED]
BODY_KINDS = [(kind, label) for kind, label in NEW_KINDS if kind != Kind.ANNEX]
ALL_KINDS = [(kind, KIND_LABELS[kind]) for kind in Kind]


class PlainText(forms.CharField):
    """Text in NFC, without control characters, so that no validator meets anything else."""

    def to_python(self, value: Any) -> str:
        return normalise(super().to_python(value))


class Paragraphs(PlainText):
    widget = forms.Textarea


class Pasted(forms.CharField):
    """Text of any origin with its tabs and markup, which the cut reads."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python((value or "").replace("\0", ""))


class Moment(forms.DateTimeField):
    """A day and an hour, in the browser's own field or as written: 17:00 01/06/2026."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "datetime-local"} | kwargs.pop("attrs", {})
        widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs=attrs)
        formats = ["%Y-%m-%dT%H:%M", "%d/%m/%Y %H:%M", "%H:%M %d/%m/%Y"]
        super().__init__(widget=widget, input_formats=formats, **kwargs)

    def clean(self, value: Any) -> datetime | None:
        moment = super().clean(value)
        if moment and moment.year not in YEARS:
            raise forms.ValidationError(_("Check the year of this date."), code="year")
        return moment


def draft_area(rows: int = 4) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, "class": "draft-text", "spellcheck": "false"})


class StateFilter(forms.Form):
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All states")), *State.choices]
    )


class DetailsForm(forms.Form):
    """The marks and the signature block of a directive."""

    urgency = forms.ChoiceField(label=_("Urgency"), choices=Urgency.choices, required=False)
    secrecy = forms.ChoiceField(label=_("Secrecy"), choices=Secrecy.choices, required=False)
    signing_authority = PlainText(
        label=_("Signing authority"),
        max_length=80,
        widget=forms.TextInput(attrs={"list": "authorities"}),
    )
    signer_title = PlainText(
        label=_("Signer's title"), max_length=80, widget=forms.TextInput(attrs={"list": "titles"})
    )
    signer_name = PlainText(
        label=_("Signer's name"),
        max_length=120,
        required=False,
        help_text=_("Needed before the draft goes to the chair."),
        widget=forms.TextInput(attrs={"list": "names", "autocomplete": "off"}),
    )

    def clean_signing_authority(self) -> str:
        authority: str = self.cleaned_data["signing_authority"].upper()
        if FOR_SOMEBODY.match(authority):
            raise forms.ValidationError(
                _("In a committee a deputy signs T/M like the secretary, without K/T.")
            )
        return authority

    def clean_signer_title(self) -> str:
        title: str = self.cleaned_data["signer_title"].upper()
        if OF_A_COMMITTEE.search(title):
            raise forms.ValidationError(
                _("Write the title alone: the committee stands in the head of the paper.")
            )
        return title

    def clean_signer_name(self) -> str:
        name: str = self.cleaned_data["signer_name"]
        if RANK.match(name):
            raise forms.ValidationError(_("The name stands without degree and rank."))
        return name


class SuccessorForm(DetailsForm):
    """A new directive of a committee that is known."""

    subject = Paragraphs(
        label=_("Subject"),
        max_length=MAX_SUBJECT,
        help_text=_("As printed under the words CHỈ THỊ; it begins with “về”."),
        widget=draft_area(3),
    )
    recipients = Paragraphs(
        label=_("Recipients"),
        required=False,
        help_text=_("One on each line, without dashes."),
        widget=draft_area(4),
    )

    field_order = ["committee", "subject", "recipients", "urgency", "secrecy"]


class DirectiveForm(SuccessorForm):
    """A new directive. Only committees in whose office the person works can be chosen."""

    committee = forms.ModelChoiceField(Committee.objects.none(), label=_("Committee"))

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        committees = Committee.objects.filter(pk__in=person.committees_as(Role.OFFICE))
        self.fields["committee"].queryset = committees
        if len(committees) == 1:
            self.fields["committee"].initial = committees[0]
            self.fields["committee"].widget = forms.HiddenInput()


class ProvisionForm(forms.Form):
    text = Paragraphs(label=_("Wording"), required=False, widget=draft_area())
    headed = forms.BooleanField(label=_("The first line is a heading"), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class NewProvisionForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=NEW_KINDS)
    text = Paragraphs(label=_("Wording"), required=False, widget=draft_area())
    headed = forms.BooleanField(label=_("The first line is a heading"), required=False)
    after = forms.IntegerField(widget=forms.HiddenInput, required=False)


class KindForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind"), choices=BODY_KINDS)


class SplitForm(forms.Form):
    version = forms.IntegerField(widget=forms.HiddenInput)
    first = Paragraphs(label=_("First part"), widget=draft_area(3))
    second = Paragraphs(label=_("Second part"), widget=draft_area(3))


class MoveForm(forms.Form):
    after = forms.TypedChoiceField(label=_("Behind which provision"), coerce=int)


class PasteForm(forms.Form):
    source = Pasted(
        label=_("The whole text"),
        widget=draft_area(16),
        help_text=_("Up to 300,000 characters. Text copied from Word or a web page will do."),
    )

    def clean_source(self) -> str:
        source = self.cleaned_data["source"]
        if len(source) > MAX_PASTE:
            raise forms.ValidationError(
                _("This text has %(length)s characters; the most is %(limit)s. Paste it in parts."),
                params={"length": len(source), "limit": MAX_PASTE},
            )
        return source


class BoundedFile(forms.FileField):
    """A file within the size that files may have."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if file and file.size > settings.WORD_FILE_LIMIT:
            raise forms.ValidationError(self.too_large(), code="too_large")
        return file

    def too_large(self) -> str:
        return too_large()


class WordFile(BoundedFile):
    """A DOCX or ODT; what is in it is looked at when it is read."""

    widget = forms.FileInput(attrs={"accept": ".docx,.odt"})


class WordFileForm(forms.Form):
    file = WordFile(
        label=_("Word file"),
        help_text=format_lazy(
            _(".docx or .odt, up to {limit} MB. A .doc is saved as .docx in Word first."),
            limit=settings.WORD_FILE_LIMIT // (1024 * 1024),
        ),
        allow_empty_file=True,
    )
    state = forms.ChoiceField(
        label=_("If changes are tracked in it"),
        choices=[
            ("accepted", _("Take the text with the changes")),
            ("original", _("Take the text before the changes")),
        ],
        initial="accepted",
        widget=forms.RadioSelect,
    )


class PdfFile(BoundedFile):
    widget = forms.FileInput(attrs={"accept": "application/pdf,.pdf"})

    def too_large(self) -> str:
        limit = settings.WORD_FILE_LIMIT // (1024 * 1024)
        return str(_("This file is larger than %s MB, which no issued paper is.") % limit)


class VerifyForm(forms.Form):
    file = PdfFile(
        label=_("PDF of the paper"),
        help_text=_("The file is looked at on this server and not kept."),
    )


class SignedFileForm(forms.Form):
    file = PdfFile(
        label=_("Signed PDF"),
        help_text=_("The issued paper as downloaded here, with a signature added by your program."),
    )


class UnitForm(forms.Form):
    """One provision in the preview of a pasted text."""

    kind = forms.ChoiceField(label=_("Kind"), choices=ALL_KINDS)
    text = Paragraphs(label=_("Wording"), required=False, widget=draft_area(2))
    headed = forms.BooleanField(label=_("The first line is a heading"), required=False)
    joined = forms.BooleanField(label=_("Join to the one above"), required=False)
    doubt = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        said = super().clean()
        if said.get("kind") == Kind.SUBJECT and len(said.get("text", "")) > MAX_SUBJECT:
            self.add_error("text", _("A subject has %s characters at the most.") % MAX_SUBJECT)
        return said


class UnitFormSet(forms.BaseFormSet):
    """The preview as a whole; a paper has one subject and one list of recipients."""

    def clean(self) -> None:
        kept = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        kinds = [said.get("kind") for said in kept if said.get("text") and not said.get("joined")]
        for kind in FIXED:
            if kinds.count(kind) > 1:
                raise forms.ValidationError(
                    _("“%(kind)s” is chosen more than once. Give the others another kind."),
                    params={"kind": KIND_LABELS[kind]},
                )


Units = forms.formset_factory(UnitForm, formset=UnitFormSet, extra=0, absolute_max=5_000)


class ReturnForm(forms.Form):
    reason = Paragraphs(
        label=_("What must be changed, and why"),
        max_length=MAX_REASON,
        error_messages={"required": _("Say why, so that the office knows what to change.")},
    )


class IssueForm(forms.Form):
    issued_on = forms.DateField(
        label=_("Date of issue"),
        initial=timezone.localdate,
        input_formats=["%Y-%m-%d", "%d/%m/%Y"],
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
