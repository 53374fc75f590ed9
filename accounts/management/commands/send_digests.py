from typing import Any

from django.core.management.base import BaseCommand

from accounts.notices.mail import send_digests


class Command(BaseCommand):
    help = "Send the daily e-mails, and again what could not be sent before. For cron: once a day."

    def handle(self, **options: Any) -> None:
        self.stdout.write(f"{send_digests()} sent")
