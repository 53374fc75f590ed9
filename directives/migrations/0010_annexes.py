"""A provision may be the title of an annex."""

from django.db import migrations, models

from directives.immutability import KeepingTriggers

CHOICES = [
    ("subject", "Subject"),
    ("basis", "Legal basis"),
    ("preamble", "Preamble"),
    ("part", "Part (I-)"),
    ("clause", "Clause (1.)"),
    ("point", "Point (a)"),
    ("dash", "Dash (-)"),
    ("plus", "Plus (+)"),
    ("closing", "Closing"),
    ("recipients", "Recipients"),
    ("annex", "Annex"),
]


class Migration(migrations.Migration):
    dependencies = [("directives", "0009_signatures")]

    operations = [
        migrations.AlterField(
            model_name="lineage",
            name="other_key",
            field=models.UUIDField(help_text="split from, merged into, or deleted with", null=True),
        ),
        migrations.AlterField(
            model_name="historicalprovision",
            name="kind",
            field=models.CharField(choices=CHOICES, max_length=12),
        ),
        KeepingTriggers(
            "directives_provision",
            [
                migrations.AlterField(
                    model_name="provision",
                    name="kind",
                    field=models.CharField(choices=CHOICES, max_length=12),
                ),
                migrations.RemoveConstraint(model_name="provision", name="kind_known"),
                migrations.AddConstraint(
                    model_name="provision",
                    constraint=models.CheckConstraint(
                        condition=models.Q(kind__in=[kind for kind, _label in CHOICES]),
                        name="kind_known",
                    ),
                ),
            ],
        ),
    ]
