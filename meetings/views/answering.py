"""How a form that was refused is shown again."""

from typing import Any

from directives.refusals import Refused


def field_of(refused: Refused, form: Any) -> str | None:
    """Where a refusal is shown: beside the field whose name it carries, else above the form."""
    name = {"date": "starts_at", "session": "session_number"}.get(refused.code, refused.code)
    return name if name in form.fields else None


def status_of(form: Any) -> int:
    return 422 if form.errors else 200
