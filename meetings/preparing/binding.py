"""Papers bound into one PDF, with bookmarks and page labels; bound once and kept by its content."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from itertools import count, groupby

import pikepdf
from pikepdf import Name

from directives.models import StoredFile
from directives.rendering import shelf
from directives.rendering.press import printed
from directives.rendering.typesetting import LONG, Manuscript
from meetings.preparing.tags import Tags

# What binding itself may change of the result.
FORMAT = "2"


@dataclass(frozen=True)
class Stored:
    """A PDF in the database, read only when it is bound."""

    pk: int
    sha256: str

    @property
    def key(self) -> str:
        return self.sha256


@dataclass(frozen=True)
class Leaf:
    """A paper of a bundle; `group` is the heading over it."""

    title: str
    source: Manuscript | Stored
    group: str = ""

    def read(self) -> bytes:
        if isinstance(self.source, Manuscript):
            return printed(self.source)
        return bytes(StoredFile.objects.get(pk=self.source.pk).content)


@dataclass(frozen=True)
class Bound:
    """A leaf with the page of the bundle on which it begins; the first page is 1."""

    leaf: Leaf
    page: int
    pages: int


# From the leaves in place: what stands before them, and what is laid over each of their pages.
Front = Callable[[Sequence[Bound]], Manuscript]
Stamps = Callable[[int], Manuscript]


@dataclass(frozen=True)
class Bundle:
    title: str
    leaves: tuple[Leaf, ...]
    front: Front | None = None
    stamps: Stamps | None = None

    @property
    def key(self) -> str:
        """A hash of everything that the PDF depends on, in hexadecimal."""
        parts = [(leaf.group, leaf.title, leaf.source.key) for leaf in self.leaves]
        return sha256(repr((FORMAT, self.title, parts)).encode()).hexdigest()

    @property
    def is_long(self) -> bool:
        """Whether what is not typeset yet takes a second or more."""
        return sum(len(one.html) for one in self.manuscripts if not shelf.has(one.key)) > LONG

    @property
    def manuscripts(self) -> list[Manuscript]:
        sources = [leaf.source for leaf in self.leaves]
        return [source for source in sources if isinstance(source, Manuscript)]


def bound(bundle: Bundle) -> bytes:
    """The bundle as PDF: the very bytes of the last time, if its leaves are the same."""
    content = shelf.take(bundle.key)
    if content is None:
        content = _bind(bundle)
        shelf.put(bundle.key, content)
    return content


def _bind(bundle: Bundle) -> bytes:
    with pikepdf.new() as pdf:
        # What pages are taken from has to stay open until they are saved.
        sources = [pikepdf.open(BytesIO(leaf.read())) for leaf in bundle.leaves]
        placed, tags = list(_placed(bundle.leaves, sources)), Tags()
        for leaf, source in zip(bundle.leaves, sources, strict=True):
            tags.take(leaf.title, source)
            pdf.pages.extend(source.pages)
        if bundle.stamps:
            sources.append(_stamp(pdf, bundle.stamps))
        before = 0
        if bundle.front:
            sources.append(pikepdf.open(BytesIO(printed(bundle.front(placed)))))
            tags.take(bundle.title, sources[-1], ahead=True)
            before = _put_before(pdf, sources[-1])
        _label(pdf, before)
        _bookmark(pdf, placed, before)
        tags.write(pdf)
        if len(bundle.manuscripts) == len(bundle.leaves) > 0:
            _claim(pdf, sources[0])
        return _saved(pdf, bundle.title)


def _placed(leaves: Sequence[Leaf], sources: Sequence[pikepdf.Pdf]) -> Iterator[Bound]:
    page = 1
    for leaf, source in zip(leaves, sources, strict=True):
        yield Bound(leaf, page, len(source.pages))
        page += len(source.pages)


def _stamp(pdf: pikepdf.Pdf, stamps: Stamps) -> pikepdf.Pdf:
    """Lay the number of each page into its lower right corner."""
    source = pikepdf.open(BytesIO(printed(stamps(len(pdf.pages)))))
    for page, stamp in zip(pdf.pages, source.pages, strict=True):
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        _x, _y, width, height = (float(edge) for edge in stamp.mediabox)
        corner = pikepdf.Rectangle(right - width, bottom, right, bottom + height)
        if width < right - left and height < top - bottom:
            _lay_over(page, pdf.copy_foreign(stamp.as_form_xobject()), corner)
    return source


def _lay_over(page: pikepdf.Page, slip: pikepdf.Object, corner: pikepdf.Rectangle) -> None:
    """As the library's own overlay, which takes a name by chance: no two bundles would be equal."""
    held = page.resources.get("/XObject", pikepdf.Dictionary())
    name = next(Name(f"/Slip{n}") for n in count() if f"/Slip{n}" not in held)
    page.add_resource(slip, Name.XObject, name=name)
    drawn = page.calc_form_xobject_placement(slip, name, corner)
    page.contents_add(b"q\n", prepend=True)
    page.contents_add(b"\nQ\n" + drawn)


def _put_before(pdf: pikepdf.Pdf, cover: pikepdf.Pdf) -> int:
    for place, page in enumerate(cover.pages):
        pdf.pages.insert(place, page)
    return len(cover.pages)


def _label(pdf: pikepdf.Pdf, before: int) -> None:
    """What stands before is numbered i, ii, iii; the papers from 1."""
    roman, arabic = (pikepdf.Dictionary(S=pikepdf.Name(style)) for style in ("/r", "/D"))
    labels = [0, roman, before, arabic] if before else [0, arabic]
    pdf.Root.PageLabels = pikepdf.Dictionary(Nums=pikepdf.Array(labels))


def _bookmark(pdf: pikepdf.Pdf, placed: Sequence[Bound], before: int) -> None:
    with pdf.open_outline() as outline:
        for group, run in groupby(placed, lambda one: one.leaf.group):
            entries = [pikepdf.OutlineItem(one.leaf.title, before + one.page - 1) for one in run]
            if group:
                heading = pikepdf.OutlineItem(group, entries[0].destination)
                heading.children.extend(entries)
                entries = [heading]
            outline.root.extend(entries)


def _claim(pdf: pikepdf.Pdf, paper: pikepdf.Pdf) -> None:
    """Of our papers alone, the bundle is what each of them says that it is."""
    pdf.Root.Metadata = pdf.copy_foreign(paper.Root.Metadata)
    profile = paper.make_indirect(paper.Root.OutputIntents)
    pdf.Root.OutputIntents = pdf.copy_foreign(profile)


def _saved(pdf: pikepdf.Pdf, title: str) -> bytes:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as said:
        said["dc:title"] = title
    pdf.Root.Lang = pikepdf.String("vi-VN")
    pdf.Root.PageMode = pikepdf.Name.UseOutlines
    pdf.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
    file = BytesIO()
    pdf.save(
        file,
        min_version="1.7",
        deterministic_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
    )
    return file.getvalue()
