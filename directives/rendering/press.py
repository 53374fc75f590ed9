"""Papers that are made when they are asked for: typeset once, then kept."""

from django_tasks import task

from directives.rendering import shelf
from directives.rendering.typesetting import Manuscript, typeset


def printed(manuscript: Manuscript) -> bytes:
    """The paper as PDF: the very bytes of the last time, if its words and its form are the same."""
    content = shelf.take(manuscript.key)
    if content is None:
        content = typeset(manuscript)
        shelf.put(manuscript.key, content)
    return content


@task()
def print_later(html: str, stylesheet: str, rules: str) -> None:
    """Typeset a manuscript, so that it is there when it is asked for again."""
    printed(Manuscript(html, stylesheet, rules))
