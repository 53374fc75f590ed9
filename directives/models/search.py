"""What the search looks in: one row for each text that can be found, its words folded."""

from django.db import models
from django.db.models import Q

from accounts.models import User
from directives.models.works import Directive, Draft


class What(models.TextChoices):
    """Of which table `object_id` is an id. Comments are another app's, which tells their rows."""

    NUMBER = "number"
    PROVISION = "provision"
    COMMENT = "comment"


class SearchEntry(models.Model):
    """The words of a number, a provision or a comment, without tones, marks and case.

    The database's own index of these columns is kept by triggers on SQLite and is a generated
    column on PostgreSQL. `version` is that of the object when its words were taken.
    """

    what = models.CharField(max_length=10, choices=What.choices)
    object_id = models.BigIntegerField()
    directive = models.ForeignKey(Directive, models.CASCADE, related_name="+")
    draft = models.ForeignKey(Draft, models.CASCADE, related_name="+")
    author = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    version = models.PositiveIntegerField()
    title = models.TextField(blank=True)
    heading = models.TextField(blank=True)
    body = models.TextField(blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what", "object_id"], name="found_once"),
        ]
        indexes = [
            # Most rows have no author, which makes an index of all of them look as if of no use.
            models.Index(
                fields=["author"], condition=Q(author__isnull=False), name="comment_author"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.object_id}"
