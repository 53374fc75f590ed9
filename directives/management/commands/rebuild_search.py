"""Make the index of the search anew, after an upgrade or a restored copy."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from directives.models import SearchEntry
from directives.search.index import rebuild


class Command(BaseCommand):
    help = "Make the index of the search anew from the numbers, provisions and comments."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="only where there is none")

    def handle(self, **options: Any) -> None:
        if options["if_empty"] and SearchEntry.objects.exists():
            return
        self.stdout.write(f"{rebuild()} rows")
