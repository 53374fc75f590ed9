"""Whether what is never to change is as it was written, for whoever keeps the database.

The triggers refuse a change; whoever owns the tables can take them away. What was changed then no
longer fits the hashes and the log, and the log no longer fits itself.
"""

from collections.abc import Iterator

from django.db.models import Min
from django.utils.translation import gettext as _

from directives import canonical, events
from directives.models import Event, Issue, NumberRegister, StoredFile
from directives.record import hashes_of


def faults() -> Iterator[str]:
    """What does not fit, in words; nothing where all is whole."""
    yield from _changed_files()
    yield from _changed_issues()
    yield from _broken_logs()
    yield from _gaps()


def _changed_files() -> Iterator[str]:
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=20):
        if canonical.sha256(bytes(stored.content)) != stored.sha256:
            yield _("The file %(name)s (row %(row)s) is not the one that was stored.") % {
                "name": stored.name,
                "row": stored.pk,
            }


def _changed_issues() -> Iterator[str]:
    """The hashes of an issue beside those that the log knows."""
    related = ("draft__directive", "register__committee", "pdf", "sources__canonical_json")
    issues = Issue.objects.select_related(*related, "sources__akn").defer(
        "draft__content",
        "pdf__content",
        "sources__canonical_json__content",
        "sources__akn__content",
    )
    for issue in issues.iterator(chunk_size=20):
        logged = Event.objects.filter(stream=issue.draft.directive.stream, verb="issue")
        said = logged.values_list("payload", flat=True).first() or {}
        if any(said.get(name) != found for name, found in hashes_of(issue).items()):
            yield _("The record of number %s is not the one that the log tells of.") % issue


def _broken_logs() -> Iterator[str]:
    for stream in Event.objects.order_by("stream").values_list("stream", flat=True).distinct():
        if broken := events.first_broken(Event.objects.filter(stream=stream)):
            yield _("The log %(stream)s was changed: line %(number)s does not follow.") % {
                "stream": stream,
                "number": broken.sequence,
            }


def _gaps() -> Iterator[str]:
    for numbers in NumberRegister.objects.select_related("term"):
        first = numbers.entries.aggregate(first=Min("number"))["first"]
        count = numbers.last_number - numbers.first_number + 1
        if numbers.entries.count() != count or (count and first != numbers.first_number):
            yield _("The register “%s” does not hold every number that it has counted.") % numbers
