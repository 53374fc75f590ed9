from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from accounts.notices.telling import remind


class Command(BaseCommand):
    help = "Remind people of what is nearly due, each once. For cron: every quarter of an hour."

    def handle(self, **options: Any) -> None:
        with transaction.atomic():
            reminded = remind()
        self.stdout.write(f"{reminded} reminded")
