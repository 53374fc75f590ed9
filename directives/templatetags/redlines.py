"""Differences as HTML: `ins` and `del` with words for screen readers, readable without colour."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from directives.text.diff import Op, diff

register = template.Library()


@register.filter
def redline(ops: Sequence[Op]) -> SafeString:
    """The operations as one run of text with its changes marked."""
    return format_html_join("", "{}{}", ((_deleted(op), _left(op)) for op in ops))


@register.filter
def redline_before(ops: Sequence[Op]) -> SafeString:
    """The old text alone, with what was deleted from it marked."""
    return format_html_join("", "{}", ((_deleted(op) or op.old,) for op in ops))


@register.filter
def redline_after(ops: Sequence[Op]) -> SafeString:
    """The new text alone, with what was added to it marked."""
    return format_html_join("", "{}", ((_left(op),) for op in ops))


@register.simple_tag
def redline_between(old: str, new: str) -> SafeString:
    return redline(diff(old, new, readable=True))


def _deleted(op: Op) -> SafeString | str:
    if op.kind == "equal" or not op.old:
        return ""
    return format_html(
        '<del><span class="visually-hidden">{} </span>{}</del>', _("[deleted:]"), op.old
    )


def _left(op: Op) -> SafeString | str:
    if op.kind == "equal" or not op.new:
        return op.new
    return format_html(
        '<ins><span class="visually-hidden">{} </span>{}</ins>', _("[added:]"), op.new
    )
