"""HTML to PDF, in one place for every paper: one typeface, nothing from outside, repeatable."""

from functools import cache
from pathlib import Path
from threading import Lock
from unicodedata import normalize

from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from . import archival
from .archival import Enclosure
from .typeface import STATIC, UnprintableText, unprintable

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
    return CSS(STATIC / "css/paper" / name, font_config=_fonts(), url_fetcher=_fetcher)


@cache
def _rules(css: str) -> CSS:
    return CSS(string=css, font_config=_fonts(), url_fetcher=_fetcher)


def typeset(
    html: str, *, stylesheet: str, rules: str = "", enclosures: tuple[Enclosure, ...] = ()
) -> bytes:
    """A PDF/A-3a of the page with PDF/UA's tags, the same bytes for the same input.

    `stylesheet` is a file in static/css/paper/, read once per process; `rules` is further CSS,
    of which there are only a few different ones. The page carries its own date of creation.
    Raises UnprintableText where the typeface lacks a character, ForbiddenResource where the page
    asks for anything outside static/.
    """
    html = normalize("NFC", html)
    if missing := unprintable(html):
        raise UnprintableText(missing)
    with _press:
        try:
            sheets = [_stylesheet("paper.css"), _stylesheet(stylesheet), _rules(rules)]
            page = HTML(string=html, url_fetcher=_fetcher)
            return page.write_pdf(
                stylesheets=sheets,
                font_config=_fonts(),
                pdf_variant=archival.VARIANT,
                attachments=archival.attachments(enclosures),
                finisher=archival.finish,
            )
        except FatalURLFetchingError as refusal:
            raise ForbiddenResource(str(refusal)) from refusal
