"""What the chair returns is a draft or a paper of a meeting: the notice names it."""

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
    ("returned", "The chair has returned this"),
    ("issued", "The directive has been issued"),
    ("superseded", "An issued directive has been corrected or replaced"),
    ("meeting_called", "You are invited to a meeting"),
    ("meeting_changed", "A meeting has been changed"),
    ("meeting_cancelled", "A meeting has been cancelled"),
    ("minutes_to_approve", "A paper of a meeting waits for your approval"),
    ("conclusions_issued", "The conclusions of a meeting have been issued"),
    ("task_given", "A meeting has given you a task"),
]


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_conclusions_issued")]

    operations = [
        migrations.AlterField("notice", "kind", models.CharField(max_length=20, choices=KINDS)),
    ]
