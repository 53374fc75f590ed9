"""Which comments the workbench shows: by category, delegate, answer, conflict, lack of a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from comments.consolidation import Piece, answer_to
from comments.models import Category, Comment, Outcome

UNANSWERED, CONFLICT, UNPLACED = "waiting", "conflict", "unplaced"
ANY = ("", _("All"))


class SieveForm(forms.Form):
    """What is chosen in the address; anything unknown is as if it were not there."""

    category = forms.ChoiceField(
        label=_("Category"), choices=[ANY, *Category.choices], required=False
    )
    delegate = forms.TypedChoiceField(
        label=_("Delegate"), coerce=int, empty_value=None, required=False
    )
    outcome = forms.ChoiceField(
        label=_("Answer"),
        choices=[ANY, (UNANSWERED, _("Without an answer")), *Outcome.choices],
        required=False,
    )
    only = forms.ChoiceField(
        label=_("Only"),
        choices=[ANY, (CONFLICT, _("In conflict")), (UNPLACED, _("Without a place"))],
        required=False,
    )

    def __init__(self, data: QueryDict, comments: Iterable[Comment]) -> None:
        super().__init__(data, auto_id="sieve-%s")
        authors = {comment.author for comment in comments}
        by_name = sorted(authors, key=lambda person: (person.rank, person.name_key))
        self.fields["delegate"].choices = [ANY, *((one.pk, one.full_name) for one in by_name)]


@dataclass
class Sieve:
    """A filter over comments and the provisions they hang on; empty, it lets everything pass."""

    form: SieveForm

    @cached_property
    def chosen(self) -> dict[str, Any]:
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def query(self) -> str:
        """For an address, to keep the filter: `category=form&outcome=waiting`."""
        found = QueryDict(mutable=True)
        found.update(self.chosen)
        return found.urlencode()

    def passes(self, comment: Comment) -> bool:
        """Whether the comment is to be seen; `only` asks about its place, not about it."""
        answer = answer_to(comment)
        answered = answer.outcome if answer else UNANSWERED
        facts = {"category": comment.category, "delegate": comment.author_id, "outcome": answered}
        return all(self.chosen.get(name, fact) == fact for name, fact in facts.items())

    def keeps(self, piece: Piece) -> bool:
        only = self.chosen.get("only")
        if only == UNPLACED or (only == CONFLICT and not piece.open_conflicts):
            return False
        return any(map(self.passes, piece.comments))

    def keeps_general(self, comments: Iterable[Comment]) -> bool:
        return self.chosen.get("only") != CONFLICT and any(map(self.passes, comments))
