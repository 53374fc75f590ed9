"""The exchange on a comment: rows that are only ever added."""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import accounts.fields
import comments.models
from directives.immutability import refuse_changes


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0005_read_marks_and_writers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("text", accounts.fields.NFCTextField()),
                (
                    "token",
                    models.CharField(
                        default=comments.models.form_token, editable=False, max_length=48
                    ),
                ),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "comment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="messages",
                        to="comments.comment",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("author", "token"), name="message_sent_once"),
                    models.CheckConstraint(condition=~models.Q(text=""), name="message_has_words"),
                ],
            },
        ),
        *refuse_changes("comments_message"),
    ]
