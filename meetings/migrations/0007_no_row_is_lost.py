"""No vote, paper or archived file of a meeting is lost past the triggers of DELETE."""

from django.db import migrations

from directives.immutability import RefuseLosing


class Migration(migrations.Migration):
    dependencies = [
        ("meetings", "0006_papers_edited"),
        ("directives", "0013_no_row_is_lost"),
    ]

    operations = [
        RefuseLosing("meetings_ballot"),
        RefuseLosing("meetings_voter"),
        RefuseLosing("meetings_meetingpaper"),
        RefuseLosing("meetings_papersection"),
        RefuseLosing("meetings_archive"),
    ]
