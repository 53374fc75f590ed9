"""Asking the database's own index. Both give the rows newest first, as many as are asked for."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from directives.models import SearchEntry
from directives.search.query import Query, Term

TABLE = "directives_searchentry"


@dataclass(frozen=True)
class Index:
    """A table of FTS5 on SQLite, a column of vectors on PostgreSQL."""

    fts5: str
    vector: str


EVERYWHERE = Index("directives_searchfts", "vector")
HEADS = Index("directives_searchheads", "heads")  # of subjects, numbers and headings


def matching(
    entries: QuerySet[SearchEntry], query: Query, index: Index = EVERYWHERE
) -> QuerySet[SearchEntry]:
    """The rows which hold every term."""
    if connection.vendor == "sqlite":
        return entries.extra(  # noqa: S610 - the names are constants, the words are bound
            tables=[index.fts5],
            where=[f"{index.fts5}.rowid = {TABLE}.id", f"{index.fts5} MATCH %s"],
            params=[for_fts5(query)],
            order_by=[f"-{index.fts5}.rowid"],
        )
    return entries.extra(  # noqa: S610
        where=[f"{TABLE}.{index.vector} @@ to_tsquery('simple', %s)"], params=[for_tsquery(query)]
    ).order_by("-pk")


def for_fts5(query: Query) -> str:
    return " AND ".join(_phrase(term) for term in query.terms)


def _phrase(term: Term) -> str:
    return f'"{" ".join(term.words)}"' + (" *" if term.beginning else "")


def for_tsquery(query: Query) -> str:
    return " & ".join(_followed(term) for term in query.terms)


def _followed(term: Term) -> str:
    words = " <-> ".join(f"'{word}'" for word in term.words)
    return f"({words}{':*' if term.beginning else ''})"
