"""What people type about the photos and the news of a meeting."""

from django import forms
from django.utils.translation import gettext_lazy as _

from directives.forms import BoundedFile, Paragraphs, PlainText


class PhotoWordsForm(forms.Form):
    alt = PlainText(
        label=_("What the picture shows"),
        max_length=300,
        help_text=_("For those who cannot see it: who, where, doing what."),
    )
    caption = PlainText(label=_("Caption"), max_length=300, required=False)


class PhotoForm(PhotoWordsForm):
    file = BoundedFile(
        label=_("Photo"),
        help_text=_("JPEG, PNG or WebP. It is made smaller; place and camera are taken out."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )

    field_order = ["file"]


class NewsForm(forms.Form):
    title = PlainText(label=_("Title"), max_length=300)
    body = Paragraphs(
        label=_("Text"),
        widget=forms.Textarea(attrs={"rows": 18, "class": "draft-text"}),
        help_text=_("An empty line begins a new paragraph."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
