"""What the office answers, settles and places, and the words it often answers with."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Committee
from comments.forms.fields import comment_area
from comments.models import Outcome, ReplyTemplate
from directives.forms import Paragraphs, draft_area


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


class SettleForm(forms.Form):
    """A choice in a conflict: the place of an alternative in its list, or words of one's own."""

    at = forms.UUIDField(widget=forms.HiddenInput)
    conflict_key = forms.CharField(widget=forms.HiddenInput, max_length=64)
    seen = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    choice = forms.CharField(max_length=4)
    own = Paragraphs(label=_("Other words"), required=False, widget=draft_area(2))


class PlaceForm(forms.Form):
    """A provision by its key; nothing for no provision at all."""

    provision = forms.UUIDField(required=False)


ReplyTemplateFormSet = forms.inlineformset_factory(
    Committee,
    ReplyTemplate,
    fields=["title", "text"],
    extra=1,
    can_delete_extra=False,
    widgets={"text": comment_area(3)},
)
