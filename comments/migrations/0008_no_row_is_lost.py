"""No row of what was asked, said and answered is lost past the triggers of DELETE."""

from django.db import migrations

from directives.immutability import RefuseLosing


class Migration(migrations.Migration):
    dependencies = [
        ("comments", "0007_recorded_messages"),
        ("directives", "0013_no_row_is_lost"),
    ]

    operations = [
        RefuseLosing("comments_consultation"),
        RefuseLosing("comments_comment"),
        RefuseLosing("comments_disposition"),
    ]
