from django import forms

from accounts.models import MailChoice, User


class PreferencesForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["mail_choice"]
        widgets = {"mail_choice": forms.RadioSelect(choices=MailChoice.choices)}
