"""Who wrote something that can be found: an index of the rows that have an author."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("directives", "0011_search_heads")]

    operations = [
        migrations.AddIndex(
            model_name="searchentry",
            index=models.Index(
                fields=["author"],
                condition=models.Q(author__isnull=False),
                name="comment_author",
            ),
        ),
    ]
