"""The office's own signature: from a PKCS#12 file or a PKCS#11 token, at the level that is set."""

import io
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from pyhanko.pdf_utils.font.api import FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.metadata.model import XmpStructure
from pyhanko.pdf_utils.metadata.xmp_xml import MetadataStream
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.pdf_utils.xref import ObjectStream
from pyhanko.sign import fields, signers
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.stamp import TextStampStyle
from pyhanko_certvalidator.errors import PathError

from directives.refusals import Refused
from directives.rendering.archival import EXTENSION, UA_NAMESPACE
from directives.rendering.typeface import STATIC
from directives.signing import trust
from directives.signing.clock import clock

LEVELS = ("B-B", "B-T", "B-LT", "B-LTA")
FACE = STATIC / "fonts/liberation-serif/LiberationSerif-Regular.ttf"
# The identifier of PDF/UA, and the only schema that our papers have to describe.
OF_ACCESSIBILITY = (UA_NAMESPACE, f"{EXTENSION}/extension/")
# Points from the lower left corner of the last page: in the lower margin, over no word.
STAMP_BOX = (85, 14, 365, 46)
STAMP_SIZE = 9


def is_at_hand() -> bool:
    """Whether the operator has set up anything to sign with."""
    return bool(settings.SIGNING_PKCS12 or settings.SIGNING_PKCS11_MODULE)


def sign(pdf: bytes, *, field: str) -> bytes:
    """The PDF with one signature more, as an incremental update: its own bytes come first.

    A field that is signed has no place among the tags that PDF/UA asks for: the signed copy stays
    PDF/A and no longer says that it is PDF/UA. The paper without a signature says so.
    Raises Refused where the key, the clock or the trust that the level needs is not there.
    """
    out = io.BytesIO()
    try:
        with _signer() as signer:
            writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
            _claim_no_accessibility(writer)
            _pdf_signer(signer, field).sign_pdf(writer, output=out)
    except (SigningError, PathError, OSError, ValueError) as error:
        raise Refused(
            _("The paper could not be signed: %s. Nothing was stored.") % error, code="signing"
        ) from error
    return out.getvalue()


def _claim_no_accessibility(writer: IncrementalPdfFileWriter) -> None:
    """Take the identifier of PDF/UA, and the description of it, out of the copy's metadata."""
    if "/Metadata" not in writer.root:
        return
    metadata = writer.root["/Metadata"]
    if isinstance(metadata, MetadataStream):
        # The writer renews the metadata from this list when it writes.
        metadata.xmp[:] = [
            XmpStructure({name: value for name, value in one if name.ns not in OF_ACCESSIBILITY})
            for one in metadata.xmp
        ]


def _pdf_signer(signer: Signer, field: str) -> PdfSigner:
    level = LEVELS.index(settings.SIGNING_LEVEL)
    metadata = PdfSignatureMetadata(
        field_name=field,
        md_algorithm="sha256",
        subfilter=fields.SigSeedSubFilter.PADES,
        embed_validation_info=level >= LEVELS.index("B-LT"),
        use_pades_lta=settings.SIGNING_LEVEL == "B-LTA",
        validation_context=trust.context() if level >= LEVELS.index("B-LT") else None,
    )
    box = STAMP_BOX if settings.SIGNING_STAMP else None
    return PdfSigner(
        metadata,
        signer,
        timestamper=clock() if level >= LEVELS.index("B-T") else None,
        stamp_style=_stamp() if settings.SIGNING_STAMP else None,
        new_field_spec=fields.SigFieldSpec(field, on_page=-1, box=box),
    )


@contextmanager
def _signer() -> Iterator[Signer]:
    if settings.SIGNING_PKCS12:
        yield _from_file()
    elif settings.SIGNING_PKCS11_MODULE:
        with _from_token() as signer:
            yield signer
    else:
        raise Refused(_("No certificate to sign with is set up here."), code="certificate")


def _from_file() -> Signer:
    signer: Signer = signers.SimpleSigner.load_pkcs12_data(
        Path(settings.SIGNING_PKCS12).read_bytes(),
        other_certs=trust.roots(),
        passphrase=settings.SIGNING_PASSPHRASE.encode(),
    )
    if signer.signing_cert is None:
        raise Refused(_("The file holds no certificate to sign with."), code="certificate")
    return signer


def _from_token() -> AbstractContextManager[Signer]:
    try:
        from directives.signing import token
    except ImportError as error:
        raise Refused(
            _("The program for tokens (python-pkcs11) is not installed on this server."),
            code="token",
        ) from error
    return token.signer()


class _Face(FontEngineFactory):
    """The typeface of our papers, as the library can set it."""

    def create_font_engine(
        self, writer: BasePdfFileWriter, obj_stream: ObjectStream | None = None
    ) -> GlyphAccumulator:
        face = io.BytesIO(_thousand_to_the_em())
        return GlyphAccumulator(writer, face, STAMP_SIZE, obj_stream=obj_stream)


@cache
def _thousand_to_the_em() -> bytes:
    """The library takes a font's units for thousandths, as PDF counts: of 2048 it would make
    letters that stand apart, and widths that are not those of the font."""
    file = io.BytesIO()
    with TTFont(FACE) as face:
        scale_upem(face, 1000)
        del face["FFTM"]  # when the font was made: what subsets it would warn that it must drop it
        face.save(file)
    return file.getvalue()


@cache
def _stamp() -> TextStampStyle:
    """A frame with the signer's name and the time, in black: nothing that looks like a seal."""
    return TextStampStyle(
        border_width=1,
        stamp_text="Ký số bởi: %(signer)s\nThời gian: %(ts)s",
        text_box_style=TextBoxStyle(font=_Face(), font_size=STAMP_SIZE),
        timestamp_format="%d/%m/%Y %H:%M:%S %z",
        background=None,
    )
