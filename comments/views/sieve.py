"""Which comments the workbench shows: by category, delegate, answer, conflict, lack of a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from comments.consolidation import Gist, Piece
from comments.models import Category, Outcome

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

    def __init__(self, data: QueryDict, comments: Iterable[Gist]) -> None:
        super().__init__(data, auto_id="sieve-%s")
        self.fields["delegate"].choices = cache(partial(_authors, comments))


def _authors(comments: Iterable[Gist]) -> list[tuple[Any, Any]]:
    """Asked for where the filter is drawn or names a delegate."""
    people = User.objects.filter(pk__in={comment.author_id for comment in comments})
    by_name = people.order_by("rank", "name_key").values_list("pk", "full_name")
    return [ANY, *by_name]


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

    def passes(self, comment: Gist) -> bool:
        """Whether the comment is to be seen; `only` asks about its place, not about it."""
        answered = comment.outcome or UNANSWERED
        facts = {"category": comment.category, "delegate": comment.author_id, "outcome": answered}
        return all(self.chosen.get(name, fact) == fact for name, fact in facts.items())

    def keeps(self, piece: Piece) -> bool:
        only = self.chosen.get("only")
        if only == UNPLACED or (only == CONFLICT and not piece.open_conflicts):
            return False
        return any(map(self.passes, piece.comments))

    def keeps_general(self, comments: Iterable[Gist]) -> bool:
        return self.chosen.get("only") != CONFLICT and any(map(self.passes, comments))
