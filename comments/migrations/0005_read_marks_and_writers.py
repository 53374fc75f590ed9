from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("comments", "0004_presence")]

    operations = [
        # Null and without a default, so that SQLite adds a column and rebuilds no table.
        migrations.AddField(
            "comment", "writer", models.UUIDField(null=True, editable=False)
        ),
        migrations.CreateModel(
            name="ReadMark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("provision_key", models.UUIDField()),
                ("delegate", models.ForeignKey(on_delete=models.CASCADE, related_name="+", to="comments.delegate")),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("delegate", "provision_key"), name="read_once")
                ],
            },
        ),
    ]
