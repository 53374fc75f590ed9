"""HTML to PDF, in one place for every paper: one typeface, nothing from outside, repeatable."""

from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from threading import Lock
from unicodedata import normalize

import weasyprint
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from . import archival
from .archival import Enclosure
from .typeface import STATIC, UnprintableText, unprintable

STYLES = STATIC / "css/paper"
# Characters of HTML; some twenty pages.
LONG = 60_000
# Pango's font map may not be used by two threads at once.
_press = Lock()


class ForbiddenResource(Exception):
    """A paper asked for something that is not a file of ours."""


class OwnFilesOnly(URLFetcher):
    """Opens files under static/ and nothing else; a refusal stops the rendering."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols={"file"}, allow_redirects=False)

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        path = URLFetcherResponse(url).path
        if not path or not _is_ours(Path(path)):
            raise FatalURLFetchingError(url)
        return super().fetch(url, headers)


def _is_ours(path: Path) -> bool:
    path = path.resolve()
    return path.is_relative_to(STATIC.resolve()) and path.is_file()


_fetcher = OwnFilesOnly()


@cache
def _fonts() -> FontConfiguration:
    return FontConfiguration()


@cache
def _stylesheet(name: str) -> CSS:
    return CSS(STYLES / name, font_config=_fonts(), url_fetcher=_fetcher)


@lru_cache(maxsize=64)  # the columns of a letter's table are rules of their own
def _rules(css: str) -> CSS:
    return CSS(string=css, font_config=_fonts(), url_fetcher=_fetcher)


@dataclass(frozen=True)
class Manuscript:
    """A page ready for the press; it carries its own date of creation.

    `stylesheet` is a file in static/css/paper/, read once per process; `rules` is further CSS.
    """

    html: str
    stylesheet: str
    rules: str

    @property
    def key(self) -> str:
        """A hash of everything that the PDF depends on, in hexadecimal."""
        parts = (self.html, self.rules, self.stylesheet, _press_marks(self.stylesheet))
        return sha256("\0".join(parts).encode()).hexdigest()

    @property
    def is_long(self) -> bool:
        """Whether typesetting takes a second or more."""
        return len(self.html) > LONG


@cache
def _press_marks(stylesheet: str) -> str:
    """What of the press itself may change the PDF: its version and the stylesheets."""
    sheets = ((STYLES / name).read_text() for name in ("paper.css", stylesheet))
    return "\0".join((weasyprint.__version__, *sheets))


def compose(html: str, *, stylesheet: str, rules: str = "") -> Manuscript:
    """Raises UnprintableText where the typeface lacks a character of the page."""
    html = normalize("NFC", html)
    if missing := unprintable(html):
        raise UnprintableText(missing)
    return Manuscript(html, stylesheet, rules)


def typeset(manuscript: Manuscript, enclosures: tuple[Enclosure, ...] = ()) -> bytes:
    """A PDF/A-3a of the page with PDF/UA's tags, the same bytes for the same input.

    Raises ForbiddenResource where the page asks for anything outside static/.
    """
    with _press:
        try:
            own, rules = _stylesheet(manuscript.stylesheet), _rules(manuscript.rules)
            sheets = [_stylesheet("paper.css"), own, rules]
            page = HTML(string=manuscript.html, url_fetcher=_fetcher)
            return page.write_pdf(
                stylesheets=sheets,
                font_config=_fonts(),
                pdf_variant=archival.VARIANT,
                attachments=archival.attachments(enclosures),
                finisher=archival.finish,
            )
        except FatalURLFetchingError as refusal:
            raise ForbiddenResource(str(refusal)) from refusal
