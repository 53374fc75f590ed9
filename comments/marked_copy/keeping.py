"""The comments that were found and looked through, kept as a delegate's."""

from collections.abc import Sequence

from django.db import transaction

from accounts.models import User
from comments import services
from comments.models import Comment, Source
from comments.said import Said


@transaction.atomic
def keep(
    consultation_id: int, *, actor: User, author: User, comments: Sequence[tuple[str, Said]]
) -> list[Comment]:
    """All of them or none, each with its token. One's own are kept to be read and sent; what is
    recorded for somebody else came on paper, and is submitted at once."""
    own = actor == author
    made = [
        services.save_comment(
            consultation_id,
            actor=actor,
            author=author,
            said=said,
            source=Source.ONLINE if own else Source.PAPER,
            token=token,
        )
        for token, said in comments
    ]
    return made if own else [services.submit(comment.pk, actor=actor) for comment in made]
