"""Notices of more time for comments, and of the exchange on a comment."""

from django.db import migrations, models

KINDS = [
    ("comments_asked", "Your comments are asked for"),
    ("deadline_near", "The time for comments is nearly over"),
    ("round_closed", "The round of comments is closed"),
    ("answers_ready", "Your comments have been answered"),
    ("deadline_moved", "There is more time for comments"),
    ("question_asked", "The office asks you about your comment"),
    ("question_answered", "A delegate has answered the office"),
    ("approval_asked", "Your approval is asked for"),
    ("approved", "The chair has approved"),
    ("returned", "The chair has returned the draft"),
    ("issued", "The directive has been issued"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_notices")]

    operations = [
        migrations.RemoveConstraint("notice", "notice_known"),
        migrations.AlterField("notice", "kind", models.CharField(max_length=20, choices=KINDS)),
        migrations.AddConstraint(
            "notice",
            models.CheckConstraint(
                condition=models.Q(kind__in=[kind for kind, _words in KINDS]), name="notice_known"
            ),
        ),
    ]
