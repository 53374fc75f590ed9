"""Tell whether the issued papers, the log and the registers are as they were written."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from directives import integrity


class Command(BaseCommand):
    help = (
        "Compare every stored file, issue, log and register with the hashes and counts that were "
        "written with them. Ends with 0 if all is whole, 1 if something was changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(integrity.faults())
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(_("Something was changed from outside."), returncode=1)
        self.stdout.write(_("All papers, logs and registers are as they were written."))
