from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meetings", "0004_confirmed_conclusions")]

    operations = [
        migrations.RemoveField("photo", "image"),
        migrations.RemoveField("photo", "thumbnail"),
        migrations.AddField("photo", "image", models.BinaryField(default=b""), preserve_default=False),
        migrations.AddField(
            "photo", "thumbnail", models.BinaryField(default=b""), preserve_default=False
        ),
        migrations.AddField(
            "photo", "sha256", models.CharField(default="", max_length=64), preserve_default=False
        ),
    ]
