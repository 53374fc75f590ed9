"""What the office and a delegate ask and answer about a comment."""

from django import forms
from django.utils.translation import gettext_lazy as _

from comments.forms.fields import RECEIVED, comment_area
from directives.forms import Paragraphs


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
