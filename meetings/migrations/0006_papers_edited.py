"""A section of a paper knows where it came from and what it was; a paper knows who signs it."""

import uuid

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import accounts.fields
from directives.immutability import KeepingTriggers, Refuse

SIGNING, MESSAGE = "meetings_papersigning", "an approved paper is immutable"
APPROVED = (
    "EXISTS (SELECT 1 FROM meetings_meetingpaper p WHERE p.id = {row}.paper_id"
    " AND p.approved_at IS NOT NULL)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0005_photos_keep_their_files"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        KeepingTriggers(
            "meetings_papersection",
            [
                migrations.AddField(
                    model_name="papersection",
                    name="offered",
                    field=accounts.fields.NFCTextField(blank=True),
                ),
                migrations.AddField(
                    model_name="papersection",
                    name="source",
                    field=models.CharField(blank=True, max_length=60),
                ),
            ],
        ),
        migrations.CreateModel(
            name="HistoricalPaperSection",
            fields=[
                (
                    "id",
                    models.BigIntegerField(
                        auto_created=True, blank=True, db_index=True, verbose_name="ID"
                    ),
                ),
                ("key", models.UUIDField(db_index=True, default=uuid.uuid4, editable=False)),
                ("position", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("heading", "Heading"),
                            ("paragraph", "Paragraph"),
                            ("line", "Line of a list"),
                        ],
                        max_length=9,
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(default=0)),
                ("text", accounts.fields.NFCTextField(blank=True, verbose_name="text")),
                ("assembled", accounts.fields.NFCTextField(blank=True)),
                ("source", models.CharField(blank=True, max_length=60)),
                ("offered", accounts.fields.NFCTextField(blank=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("history_id", models.AutoField(primary_key=True, serialize=False)),
                ("history_date", models.DateTimeField(db_index=True)),
                ("history_change_reason", models.CharField(max_length=100, null=True)),
                (
                    "history_type",
                    models.CharField(
                        choices=[("+", "Created"), ("~", "Changed"), ("-", "Deleted")], max_length=1
                    ),
                ),
                (
                    "history_user",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.agendaitem",
                    ),
                ),
                (
                    "paper",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="meetings.meetingpaper",
                    ),
                ),
            ],
            options={
                "verbose_name": "historical paper section",
                "verbose_name_plural": "historical paper sections",
                "ordering": ("-history_date", "-history_id"),
                "get_latest_by": ("history_date", "history_id"),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name="PaperSigning",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "authority",
                    accounts.fields.NFCCharField(
                        blank=True, max_length=80, verbose_name="signing authority"
                    ),
                ),
                (
                    "title",
                    accounts.fields.NFCCharField(
                        blank=True, max_length=80, verbose_name="signer's title"
                    ),
                ),
                (
                    "name",
                    accounts.fields.NFCCharField(
                        blank=True, max_length=120, verbose_name="signer's name"
                    ),
                ),
                ("recipients", accounts.fields.NFCTextField(blank=True, verbose_name="recipients")),
                ("agreed_sha256", models.CharField(blank=True, max_length=64)),
                ("agreed_at", models.DateTimeField(null=True)),
                (
                    "agreed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "paper",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="signing",
                        to="meetings.meetingpaper",
                    ),
                ),
            ],
            options={
                "ordering": ["paper"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("agreed_at", None), ("agreed_by", None), ("agreed_sha256", "")
                            ),
                            models.Q(
                                models.Q(("agreed_sha256", ""), _negated=True),
                                ("agreed_at__isnull", False),
                                ("agreed_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="agreement_names_a_hash",
                    )
                ],
            },
        ),
        Refuse("INSERT", SIGNING, APPROVED.format(row="NEW"), MESSAGE),
        Refuse("UPDATE", SIGNING, APPROVED.format(row="OLD"), MESSAGE),
        Refuse("DELETE", SIGNING, APPROVED.format(row="OLD"), MESSAGE),
    ]
