"""The comparison of two drafts as Word's tracked changes: whose words they are, and what was said.

The writer of Word files knows no comment; here a comment becomes a hand and a remark.
"""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence

from django.utils.translation import override

from accounts.models import User
from comments import provenance
from comments.models import Comment, Consultation, Origin
from comments.papers import replied, said
from directives.models import Draft
from directives.rendering.docx.drafts import redline_docx
from directives.rendering.docx.flow import Authorship, Claim, Hand, Remark
from directives.text.provenance import SourceSpan


def tracked_docx(old: Draft, new: Draft, *, reader: User) -> bytes:
    """The redline as DOCX: a delegate's words under their name, their comments beside them.

    Comments that the reader may not see are left out, and the words they brought are the office's.
    """
    with override("vi"):
        return redline_docx(old, new, authorship(old, new, reader=reader))


def authorship(old: Draft, new: Draft, *, reader: User) -> Authorship:
    """Whose the changes from one draft to the other are, as far as the reader may know."""
    comments = _comments(old, new, reader)
    shown = {comment.pk: comment for comment in comments}
    remarks: dict[uuid.UUID | None, list[Remark]] = defaultdict(list)
    for comment in comments:
        remarks[comment.provision_key].append(_remark(comment))
    claims = {
        key: [claim for span, origin in found if (claim := _claim(span, origin, shown))]
        for key, found in provenance.origins_now(new).items()
    }
    office = Hand(new.created_by.full_name, new.frozen_at or new.created_at)
    return Authorship(office, claims, remarks)


def _comments(old: Draft, new: Draft, reader: User) -> list[Comment]:
    """Those submitted on the drafts from the old one up to the new one."""
    rounds = Consultation.objects.filter(
        draft__directive=new.directive,
        draft__number__gte=old.number,
        draft__number__lt=new.number,
    ).select_related("draft__directive")
    related = ("author", "disposition")
    return [
        comment
        for consultation in rounds.order_by("draft__number")
        for comment in Comment.objects.visible_to(reader, consultation)
        .submitted()
        .select_related(*related)
        .order_by("number")
    ]


def _claim(span: SourceSpan, origin: Origin, shown: dict[int, Comment]) -> Claim | None:
    behind = [shown[one.pk] for one in origin.comments.all() if one.pk in shown]
    if not behind:
        return None
    remarks = tuple(_remark(comment) for comment in behind)
    return Claim(span.start, span.end, _hand(behind), remarks)


def _hand(comments: Sequence[Comment]) -> Hand:
    """Who asked for the same words is named together, at the hour of the first."""
    authors = dict.fromkeys(comment.author.full_name for comment in comments)
    return Hand("; ".join(authors), min(comment.submitted_at for comment in comments))


def _remark(comment: Comment) -> Remark:
    lines: Iterable[str] = (f"{comment.label}. {said(comment)}", replied(comment))
    return Remark(_hand([comment]), "\n".join(line for line in lines if line))
