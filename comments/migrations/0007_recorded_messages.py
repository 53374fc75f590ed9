"""An answer of an author may be written down for them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from directives.immutability import KeepingTriggers

SOURCES = [("online", "In this system"), ("meeting", "At the meeting"), ("paper", "On paper")]


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0006_messages"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        KeepingTriggers(
            "comments_message",
            [
                migrations.AddField(
                    "message",
                    "recorded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                migrations.AddField(
                    "message",
                    "source",
                    models.CharField(choices=SOURCES, default="online", max_length=10),
                ),
                migrations.AddConstraint(
                    "message",
                    models.CheckConstraint(
                        condition=models.Q(source="online", recorded_by=None)
                        | models.Q(source__in=["meeting", "paper"], recorded_by__isnull=False),
                        name="recorded_message_was_received",
                    ),
                ),
            ],
        )
    ]
