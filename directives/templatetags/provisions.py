"""How a provision looks: `{% load provisions %}`."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from directives.models import Provision
from directives.rendering.pdf import date_in_words
from directives.text.kinds import LEVELS, Kind

register = template.Library()


@register.filter
def provision_class(kind: str) -> str:
    """The modifier of `.provision`: of a level, of an annex, or of a paragraph without a number."""
    if kind == Kind.BASIS:
        return "provision--paragraph provision--basis"
    return f"provision--{kind}" if kind in (*LEVELS, Kind.ANNEX) else "provision--paragraph"


@register.filter
def day_in_words(day: date) -> str:
    return date_in_words(day)


@register.filter
def provision_text(provision: Provision) -> SafeString | str:
    """The text, its first line strong where it is a heading."""
    if not provision.headed:
        return provision.text
    body = f"\n{provision.body}" if provision.body else ""
    return format_html("<strong>{}</strong>{}", provision.heading, body)
