"""The blocks that every Party paper shares: its two headings and who signs it."""

from collections.abc import Iterable

from directives.rendering.paper import Signature

from . import styles
from .flow import Para

PARTY = "ĐẢNG CỘNG SẢN VIỆT NAM"


def issuer(committee: str, number: str = "", marks: Iterable[str] = ()) -> list[Para]:
    """The committee, its star and, where there are any, the number and what marks the paper."""
    lines = [Para(styles.ISSUER, committee), Para(styles.STAR, "*")]
    if number:
        lines.append(Para(styles.NUMBER, number))
    return lines + [Para(styles.SECRET, mark) for mark in marks if mark]


def party(place_and_date: str = "") -> list[Para]:
    """The name of the Party over its rule, then place and date where the paper has them."""
    lines = [Para(styles.PARTY, PARTY), Para(styles.RULE, "")]
    return [*lines, Para(styles.DATE, place_and_date)] if place_and_date else lines


def signature(who: Signature) -> list[Para]:
    title = [Para(styles.TITLE, who.title)] if who.title else []
    return [Para(styles.AUTHORITY, who.authority), *title, Para(styles.SIGNER, who.name)]
