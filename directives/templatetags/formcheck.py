"""The form check on other pages: `{% load formcheck %}{% formcheck_advice directive %}`."""

from typing import Any

from django import template

from directives.formcheck.review import review
from directives.models import Directive

register = template.Library()


@register.inclusion_tag("directives/formcheck_advice.html")
def formcheck_advice(directive: Directive) -> dict[str, Any]:
    return {"directive": directive, "count": len(review(directive).open)}
