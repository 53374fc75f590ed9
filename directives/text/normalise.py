"""One form for every text that comes in: NFC, plain spaces, plain line breaks, nothing invisible.

Offsets, hashes and differences are all taken on this form.
"""

import html
import re
import unicodedata
from collections.abc import Iterator

_BREAKS = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")
# Controls, soft hyphen, zero-width and direction marks, BOM; lone surrogates cannot be stored.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ud800-\udfff]"
)


def lines(text: str) -> list[str]:
    """The lines of a text whatever breaks them (Word's soft break, a page break …)."""
    return _BREAKS.sub("\n", text).split("\n")


def normalise(text: str) -> str:
    """The stored form. Idempotent; spaces inside a line and at its start stay as they are."""
    plain = _SPACES.sub(" ", _INVISIBLE.sub("", "\n".join(lines(text))))
    kept = [line.rstrip(" ") for line in unicodedata.normalize("NFC", plain).split("\n")]
    return "\n".join(kept).strip("\n")


def fold(text: str) -> str:
    """For search and matching only: lower case without tones and marks; `hoà`, `hòa` → `hoa`."""
    bare = unicodedata.normalize("NFD", text.lower()).replace("đ", "d")
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


_BLOCKS = {
    "p", "div", "br", "tr", "table", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6",
    "body", "html", "blockquote", "hr",
}  # fmt: skip
_CELLS = {"td", "th"}
_HIDDEN = {"head", "style", "script", "title", "xml"}
_INLINE = {
    "a", "b", "i", "u", "s", "em", "strong", "span", "font", "sub", "sup", "meta", "link", "img",
    "tbody", "thead", "col", "colgroup", "center", "strike", "del", "ins",
}  # fmt: skip
_NAMES = "|".join(sorted(_BLOCKS | _CELLS | _HIDDEN | _INLINE))
# html.parser takes minutes on a few unclosed comments or tags; this reads each sign once.
_TAG = re.compile(
    rf"<(?P<end>/?)(?P<name>{_NAMES}|[a-z]+:[a-z]+)(?:\s[^<>]*)?/?>|<!(?:\[|doctype)[^<>]*>",
    re.IGNORECASE,
)
_SPACED = re.compile(r"[ \n\r\t]+")
_BULLET = re.compile(r"^[ \t\xa0]*(?:[·•●▪\uf0b7\uf0a7][ \t\xa0]*|§[ \t\xa0]+)", re.MULTILINE)
_SECOND_BULLET = re.compile(r"^[ \t\xa0]*o(?:\t|\xa0)[ \t\xa0]*", re.MULTILINE)


def strip_word_markup(text: str) -> str:
    """Plain lines from markup pasted out of Word; a text without markup keeps its `<` and `&`.

    Cells of a table row are parted by tabs; bullets become `- `, those of the second level `+ `.
    """
    if _TAG.search(text):
        rows = "".join(_pieces(_without_comments(text))).split("\n")
        text = "\n".join(filter(None, (row.strip(" \t") for row in rows)))
    return _SECOND_BULLET.sub("+ ", _BULLET.sub("- ", text))


def _without_comments(markup: str) -> str:
    """Word wraps what only it understands in comments; one that never ends is text."""
    shown, *commented = markup.split("<!--")
    pieces, open_comment = [shown], ""
    for piece in commented:
        _, closed, after = piece.partition("-->")
        open_comment = "" if closed else f"{open_comment}<!--{piece}"
        pieces.append(after)
    return "".join(pieces) + open_comment


def _pieces(markup: str) -> Iterator[str]:
    hidden, at = "", 0
    for tag in _TAG.finditer(markup):
        name = (tag["name"] or "").lower()
        yield "" if hidden else _data(markup[at : tag.start()])
        yield _break(name, bool(tag["end"]))
        at = tag.end()
        if name in _HIDDEN and hidden in ("", name):
            hidden = "" if tag["end"] else name
    yield "" if hidden else _data(markup[at:])


def _break(name: str, end: bool) -> str:
    if name in _CELLS:
        return "\t" if end else ""
    if name == "li" and not end:
        return "\n- "
    return "\n" if name in _BLOCKS else ""


def _data(text: str) -> str:
    """A line break in markup is a space."""
    return html.unescape(_SPACED.sub(" ", text))
