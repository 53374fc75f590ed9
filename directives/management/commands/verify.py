"""Tell whether a file is an issued paper of this register, unchanged and signed."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from directives import verifying
from directives.relations import Standing
from directives.signing.checking import NoPdf


class Command(BaseCommand):
    help = (
        "Tell whether FILE is an issued paper of this register. Ends with 0 if it is unchanged, "
        "1 if it is not or a signature in it is not valid, 2 if it cannot be read."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            verdict = verifying.verify(options["file"].read_bytes())
        except (OSError, NoPdf) as error:
            raise CommandError(str(error), returncode=2) from error
        for line in _lines(verdict):
            self.stdout.write(line)
        if verdict.is_unchanged and not verdict.is_genuine:
            raise CommandError(_("A signature in it is not valid."), returncode=1)
        if not verdict.is_genuine:
            raise CommandError(_("This is not an unchanged issued paper."), returncode=1)


def _standing(standing: Standing) -> list[str]:
    if standing.superseded_by:
        return [_("No longer in force: %s") % standing.superseded_by]
    changes = [
        _("Changed in part by no. %(number)s of %(day)s")
        % {"number": issue, "day": issue.issued_on.strftime("%d/%m/%Y")}
        for issue in standing.changed_by
    ]
    return [_("Still in force"), *changes]


def _lines(verdict: verifying.Verdict) -> list[str]:
    lines = [str(verifying.WORDS[verdict.finding])]
    if issue := verdict.issue:
        day = issue.issued_on.strftime("%d/%m/%Y")
        lines.append(_("Directive no. %(number)s, of %(day)s") % {"number": issue, "day": day})
    if standing := verdict.standing:
        lines += _standing(standing)
    for one in verdict.signatures:
        at = one.at.strftime("%d/%m/%Y %H:%M") if one.at else ""
        lines.append(f"{one.signer} · {one.level} · {at} · {verifying.WORDS[one.standing]}")
    return lines
