"""One form for every text that comes in: NFC, plain spaces, plain line breaks, nothing invisible.

Offsets, hashes and differences are all taken on this form.
"""

import re
import unicodedata
from html.parser import HTMLParser

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
_TAGS = "|".join(sorted(_BLOCKS | _CELLS | _HIDDEN | _INLINE))
_MARKUP = re.compile(
    rf"<(?:!--|!\[|!doctype|/?(?:{_TAGS}|[a-z]+:[a-z]+)(?:\s[^<>]*)?/?>)", re.IGNORECASE
)
_DECLARATION = re.compile(r"<!\[[^<>]*>")
_BULLET = re.compile(r"^[ \t\xa0]*(?:[·•●▪\uf0b7\uf0a7][ \t\xa0]*|§[ \t\xa0]+)", re.MULTILINE)
_SECOND_BULLET = re.compile(r"^[ \t\xa0]*o(?:\t|\xa0)[ \t\xa0]*", re.MULTILINE)


def strip_word_markup(text: str) -> str:
    """Plain lines from markup pasted out of Word; a text without markup keeps its `<` and `&`.

    Cells of a table row are parted by tabs; bullets become `- `, those of the second level `+ `.
    """
    if _MARKUP.search(text):
        text = _plain(text)
    return _SECOND_BULLET.sub("+ ", _BULLET.sub("- ", text))


def _plain(markup: str) -> str:
    reader = _Reader()
    # `<![if !supportLists]>` is Word's own: the parser stops at the ones it does not know.
    reader.feed(_DECLARATION.sub("", markup))
    reader.close()
    rows = (line.strip(" \t") for line in "".join(reader.pieces).split("\n"))
    return "\n".join(row for row in rows if row)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._hidden += 1
        elif tag in _BLOCKS:
            self.pieces.append("\n- " if tag == "li" else "\n")
        elif tag not in _CELLS | _INLINE and ":" not in tag:
            self.handle_data(self.get_starttag_text() or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _HIDDEN:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self._hidden = max(0, self._hidden - 1)
        elif tag in _BLOCKS:
            self.pieces.append("\n")
        elif tag in _CELLS:
            self.pieces.append("\t")

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            # A line break in markup is a space; Word's runs of no-break spaces only pad.
            self.pieces.append(re.sub(r"[ \n\r\t]+", " ", data))
