"""What a file adds to the paper with whose bytes it begins: signatures, or more than that.

That it begins with them proves little, for a reader of PDF begins at the end: the last lists of
objects say what is shown. So these must continue the paper's own, and leave its objects as they
were.
"""

import io
from collections.abc import Iterator
from enum import Enum
from typing import Any, NamedTuple

import pdfplumber
from pyhanko.pdf_utils.generic import (
    DictionaryObject,
    IndirectObject,
    NullObject,
    Reference,
)
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import HistoricalResolver, PdfFileReader

# What reading a file that is none, or a damaged one, may end in.
UNREADABLE = (PdfError, ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError)
# What a signature adds to a PDF's catalogue, and to the list of its fields.
OF_CATALOGUE = {"/AcroForm", "/DSS", "/Extensions", "/Perms", "/Version"}
OF_FORM = {"/Fields", "/SigFlags", "/DR", "/DA", "/NeedAppearances"}
# What a field would do when the paper is opened or printed.
ACTS = {"/A", "/AA"}
# The largest field that is shown, a tenth of A4.
LARGEST_FIELD = 595 * 842 / 10


class Fault(Enum):
    CHANGED = "changed"  # something else than signatures and their proof was added
    COVERED = "covered"  # a visible signature stands over words


class Box(NamedTuple):
    left: float
    lower: float
    right: float
    upper: float


def fault_of(before: bytes, content: bytes) -> Fault | None:
    """Why a file that begins with `before` is not that paper with signatures; None if it is.

    What was added after each signature is judged with that signature.
    """
    try:
        was, now = _read(before), _read(content)
        if not (_continues(was, now) and _leaves_as_it_was(was, now) and _form_is_plain(now)):
            return Fault.CHANGED
        return Fault.COVERED if _covers_words(was, now, before) else None
    except UNREADABLE:
        return Fault.CHANGED


def _read(pdf: bytes) -> PdfFileReader:
    return PdfFileReader(io.BytesIO(pdf), strict=False)


def _continues(was: PdfFileReader, now: PdfFileReader) -> bool:
    """Whether the lists of objects go on from those of the paper, in a way that all readers take
    alike: the same catalogue, nothing set free, nothing under a second generation."""
    old = was.xrefs.total_revisions
    same = [now.xrefs.get_startxref_for_revision(n) for n in range(old)] == [
        was.xrefs.get_startxref_for_revision(n) for n in range(old)
    ]
    plain = not (now.xrefs.hybrid_xrefs_present or now.encrypted)
    return same and plain and now.root_ref == was.root_ref and all(_adds(was, now))


def _adds(was: PdfFileReader, now: PdfFileReader) -> Iterator[bool]:
    for revision in _added(was, now):
        yield not set(now.xrefs.get_xref_data(revision).freed) - {0}
        yield all(one.generation == 0 for one in now.xrefs.explicit_refs_in_revision(revision))


def _added(was: PdfFileReader, now: PdfFileReader) -> range:
    return range(was.xrefs.total_revisions, now.xrefs.total_revisions)


def _leaves_as_it_was(was: PdfFileReader, now: PdfFileReader) -> bool:
    old = _old(was, now)
    return all(_may_be_rewritten(old, now, one) for one in _rewritten(was, now))


def _rewritten(was: PdfFileReader, now: PdfFileReader) -> Iterator[Reference]:
    """The objects of the paper that the file writes anew."""
    old = _old(was, now)
    for revision in _added(was, now):
        for one in now.xrefs.explicit_refs_in_revision(revision):
            if not isinstance(old.get_object(one), NullObject):
                yield one


def _old(was: PdfFileReader, now: PdfFileReader) -> HistoricalResolver:
    return now.get_historical_resolver(was.xrefs.total_revisions - 1)


def _may_be_rewritten(old: HistoricalResolver, now: PdfFileReader, reference: Reference) -> bool:
    """Only the catalogue, the pages' lists of annotations and the metadata may be."""
    before, after = old.get_object(reference), now.get_object(reference)  # type: ignore[no-untyped-call]
    if reference == old.root_ref:
        return _same_but(before, after, OF_CATALOGUE)
    if isinstance(before, DictionaryObject) and before.get("/Type") == "/Page":
        return _same_but(before, after, {"/Annots"}) and _adds_only_fields(before, after)
    return reference in (_of(old.root, "/Metadata"), _of(old.trailer_view, "/Info"))


def _same_but(before: DictionaryObject, after: DictionaryObject, keys: set[str]) -> bool:
    kept = set(before) - keys
    return set(after) - keys == kept and all(before.raw_get(k) == after.raw_get(k) for k in kept)


def _adds_only_fields(before: DictionaryObject, after: DictionaryObject) -> bool:
    """Annotations that stood there stand, and the new ones are small fields for a signature."""
    stood, stands = _all(before, "/Annots"), _all(after, "/Annots")
    return stands[: len(stood)] == stood and all(map(_is_small_field, _new_fields(before, after)))


def _new_fields(before: DictionaryObject, after: DictionaryObject) -> list[DictionaryObject]:
    stood = len(_all(before, "/Annots"))
    return [one.get_object() for one in _all(after, "/Annots")[stood:]]


def _all(dictionary: DictionaryObject, key: str) -> list[Any]:
    return list(dictionary[key]) if key in dictionary else []


def _is_small_field(annotation: DictionaryObject) -> bool:
    box = _box(annotation)
    small = (box.right - box.left) * (box.upper - box.lower) <= LARGEST_FIELD
    return small and annotation.get("/Subtype") == "/Widget" and _is_signature(annotation)


def _is_signature(field: DictionaryObject) -> bool:
    return field.get("/FT") == "/Sig" and not ACTS & set(field)


def _form_is_plain(now: PdfFileReader) -> bool:
    """Whether the file's fields are there for signatures alone, and none is drawn by a form."""
    if "/AcroForm" not in now.root:
        return True
    form = now.root["/AcroForm"]
    fields = [one.get_object() for one in _all(form, "/Fields")]
    return not set(form) - OF_FORM and all(map(_is_signature, fields))


def _covers_words(was: PdfFileReader, now: PdfFileReader, before: bytes) -> bool:
    """Whether a new field lies over the middle of a word of the paper, and so could hide it."""
    boxes: dict[Any, list[Box]] = {
        one.idnum: list(_new_boxes(was, now, one)) for one in _rewritten(was, now)
    }
    if not any(boxes.values()):
        return False
    with pdfplumber.open(io.BytesIO(before)) as pdf:
        return any(
            _lies_in(word, box, page.height)
            for page in pdf.pages
            if boxes.get(page.page_obj.pageid)
            for word in page.extract_words()
            for box in boxes[page.page_obj.pageid]
        )


def _new_boxes(was: PdfFileReader, now: PdfFileReader, page: Reference) -> Iterator[Box]:
    before, after = _old(was, now).get_object(page), now.get_object(page)  # type: ignore[no-untyped-call]
    if isinstance(before, DictionaryObject) and before.get("/Type") == "/Page":
        boxes = map(_box, _new_fields(before, after))
        yield from (box for box in boxes if box.right > box.left and box.upper > box.lower)


def _lies_in(word: dict[str, float], box: Box, height: float) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, height - (word["top"] + word["bottom"]) / 2
    return box.left < x < box.right and box.lower < y < box.upper


def _box(annotation: DictionaryObject) -> Box:
    """Of the two corners, whichever are named."""
    x0, y0, x1, y1 = (float(number) for number in annotation["/Rect"])
    return Box(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _of(dictionary: DictionaryObject, key: str) -> Reference | None:
    value = dictionary.raw_get(key) if key in dictionary else None
    return value.reference if isinstance(value, IndirectObject) else None
