"""Asking the database's own index. Both give the rows newest first, as many as are asked for."""

from django.db import connection
from django.db.models import QuerySet

from directives.models import SearchEntry
from directives.search.query import Query, Term

TABLE = "directives_searchentry"
INDEX = "directives_searchfts"  # SQLite's table; PostgreSQL has the column `vector`
# The columns of SearchEntry and the weights of PostgreSQL for them.
WEIGHTS = {"title": "A", "heading": "B", "body": "C", "comment": "D"}


def matching(
    entries: QuerySet[SearchEntry], query: Query, fields: tuple[str, ...]
) -> QuerySet[SearchEntry]:
    """The rows which hold every term in the fields."""
    if connection.vendor == "sqlite":
        return entries.extra(  # noqa: S610 - the names are constants, the words are bound
            tables=[INDEX],
            where=[f"{INDEX}.rowid = {TABLE}.id", f"{INDEX} MATCH %s"],
            params=[for_fts5(query, fields)],
            order_by=[f"-{INDEX}.rowid"],
        )
    return entries.extra(  # noqa: S610
        where=[f"{TABLE}.vector @@ to_tsquery('simple', %s)"], params=[for_tsquery(query, fields)]
    ).order_by("-pk")


def for_fts5(query: Query, fields: tuple[str, ...]) -> str:
    terms = " AND ".join(_phrase(term) for term in query.terms)
    return f"{{{' '.join(fields)}}} : ({terms})"


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.beginning else "")


def for_tsquery(query: Query, fields: tuple[str, ...]) -> str:
    weights = "".join(WEIGHTS[field] for field in fields)
    return " & ".join(_followed(term, weights) for term in query.terms)


def _followed(term: Term, weights: str) -> str:
    *whole, last = (f"'{word}':{weights}" for word in term.words)
    ending = last.replace("':", "':*") if term.beginning else last
    return f"({' <-> '.join([*whole, ending])})"
