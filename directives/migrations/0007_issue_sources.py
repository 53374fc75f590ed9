"""The canonical JSON and the Akoma Ntoso of an issued paper, without which none is issued.

What was issued before has its PDF alone: its other files are made from the frozen draft when they
are asked for, and nothing that was not stored then is called stored now.
"""

import django.db.models.deletion
from django.db import migrations, models

from directives.immutability import Refuse, refuse_changes

WITHOUT_SOURCES = (
    "NEW.issue_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM directives_issuesources"
    " WHERE directives_issuesources.issue_id = NEW.issue_id)"
)


class Migration(migrations.Migration):
    dependencies = [("directives", "0006_search_entry")]

    operations = [
        migrations.CreateModel(
            name="IssueSources",
            fields=[
                (
                    "issue",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="sources",
                        serialize=False,
                        to="directives.issue",
                    ),
                ),
                (
                    "akn",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directives.storedfile",
                    ),
                ),
                (
                    "canonical_json",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directives.storedfile",
                    ),
                ),
            ],
        ),
        *refuse_changes("directives_issuesources"),
        Refuse(
            "UPDATE",
            "directives_directive",
            WITHOUT_SOURCES,
            "a directive is issued with all its files",
            rule="without_sources",
        ),
    ]
