"""A DOCX or ODT opened from its bytes; nothing is inflated before its size has been looked at.

Everything that could run, fetch or embed something is refused here, before any text is read.
"""

import io
import posixpath
import zipfile
from functools import cached_property
from typing import Literal

from lxml import etree

from .shapes import Unreadable

MAX_MEMBERS = 2_000
MAX_INFLATED = 120 * 1024 * 1024
MAX_PART = 30 * 1024 * 1024
# XML of a long text shrinks to a fortieth at the most; pictures hardly at all.
MAX_RATIO, RATIO_FROM = 150, 1024 * 1024

RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "[Content_Types].xml"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WRITER = "application/vnd.oasis.opendocument.text"
# What Word writes as "Strict Open XML": the same elements under other names.
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_USUAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_OTHERS = {b"%PDF": "pdf", b"{\\rtf": "rtf"}
_FORBIDDEN = ("<!DOCTYPE", "<!ENTITY")
_CODES = ("ascii", "utf-16-le", "utf-16-be")
_DECLARED = [word.encode(code) for word in _FORBIDDEN for code in _CODES]
_MACROS = ("vbaproject.bin", "vbadata.xml"), ("basic/", "scripts/")

Format = Literal["docx", "odt"]


class Package:
    """A file whose kind, size and parts have been checked. Raises Unreadable."""

    def __init__(self, content: bytes) -> None:
        _refuse_other_files(content)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as broken:
            raise Unreadable("broken") from broken
        self.names = _checked_names(self._zip.infolist())
        self.format: Format = self._format()
        _refuse_active(self)

    def _format(self) -> Format:
        if TYPES in self.names:
            return _word_format(self._bytes(TYPES))
        if "mimetype" in self.names and "content.xml" in self.names:
            return _writer_format(self._bytes("mimetype"))
        raise Unreadable("wrong_type")

    def xml(self, name: str) -> etree._Element | None:
        """A part as a tree; None where the file has none of that name."""
        return parse(self._bytes(name)) if name in self.names else None

    def _bytes(self, name: str) -> bytes:
        """Never more than the limit, whatever size the file claims for the part."""
        try:
            with self._zip.open(name) as part:
                content = part.read(MAX_PART + 1)
        except RuntimeError as locked:
            raise Unreadable("encrypted") from locked
        except Exception as broken:
            raise Unreadable("broken") from broken
        if len(content) > MAX_PART:
            raise Unreadable("bomb")
        return content

    @cached_property
    def document_name(self) -> str:
        """The main part of a DOCX."""
        main = [target for kind, target in self.relations("") if kind == "officeDocument"]
        return next((name for name in main if name in self.names), "word/document.xml")

    def relations(self, name: str) -> list[tuple[str, str]]:
        """What a part of a DOCX refers to inside the file: (kind, name of the part)."""
        tree = self.xml(relations_of(name))
        folder = posixpath.dirname(name)
        return [
            (one.get("Type", "").rsplit("/", 1)[-1], _target(folder, one.get("Target", "")))
            for one in ([] if tree is None else tree.iter(f"{RELATIONSHIPS}Relationship"))
            if one.get("TargetMode") != "External"
        ]


def parse(content: bytes) -> etree._Element:
    """A tree without entities, DTDs, network or giant nodes. Raises Unreadable."""
    if any(word in content for word in _DECLARED):
        raise Unreadable("entities")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        tree = etree.fromstring(content.replace(_STRICT, _USUAL), parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise Unreadable("broken") from broken
    if tree.getroottree().docinfo.doctype:
        raise Unreadable("entities")
    return tree


def relations_of(name: str) -> str:
    folder, part = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{part}.rels")


def _target(folder: str, target: str) -> str:
    joined = target if target.startswith("/") else posixpath.join(folder, target)
    return posixpath.normpath(joined).lstrip("/")


def _refuse_other_files(content: bytes) -> None:
    if not content:
        raise Unreadable("empty")
    if content.startswith(_OLD):
        raise Unreadable("encrypted" if _ENCRYPTED in content else "old_word")
    for magic, code in _OTHERS.items():
        if content.startswith(magic):
            raise Unreadable(code)
    if not content.startswith(b"PK\x03\x04"):
        raise Unreadable("wrong_type")


def _checked_names(members: list[zipfile.ZipInfo]) -> frozenset[str]:
    """The names, none of them leading elsewhere, of parts that are not too many nor too large."""
    if len(members) > MAX_MEMBERS or sum(one.file_size for one in members) > MAX_INFLATED:
        raise Unreadable("bomb")
    for one in members:
        if one.file_size > RATIO_FROM and one.file_size > MAX_RATIO * max(one.compress_size, 1):
            raise Unreadable("bomb")
        if one.flag_bits & 0x1:
            raise Unreadable("encrypted")
        if one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise Unreadable("broken")
        if _leads_elsewhere(one.filename):
            raise Unreadable("broken")
    names = [one.filename for one in members]
    if len(set(names)) < len(names):
        raise Unreadable("broken")
    return frozenset(names)


def _leads_elsewhere(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _word_format(types: bytes) -> Format:
    kinds = {one.get("ContentType", "") for one in parse(types)}
    if any("macroenabled" in kind.lower() or "vbaproject" in kind.lower() for kind in kinds):
        raise Unreadable("macros")
    if WORD not in kinds:
        raise Unreadable("wrong_type")
    return "docx"


def _writer_format(kind: bytes) -> Format:
    if kind.strip().decode("ascii", "replace") != WRITER:
        raise Unreadable("wrong_type")
    return "odt"


def _refuse_active(package: Package) -> None:
    for name in package.names:
        lower = name.lower()
        if lower.endswith(_MACROS[0]) or lower.startswith(_MACROS[1]):
            raise Unreadable("macros")
        if "/embeddings/" in lower or "/activex/" in lower:
            raise Unreadable("embedded", name.rsplit("/", 1)[-1])
    if package.format == "docx":
        _refuse_external(package)
    else:
        _refuse_encrypted(package)


def _refuse_external(package: Package) -> None:
    """A hyperlink does nothing by itself; anything else that points outside is fetched by Word."""
    for name in package.names:
        tree = package.xml(name) if name.endswith(".rels") else None
        for one in [] if tree is None else tree.iter(f"{RELATIONSHIPS}Relationship"):
            kind = one.get("Type", "").rsplit("/", 1)[-1]
            if one.get("TargetMode") == "External" and kind != "hyperlink":
                raise Unreadable("external", one.get("Target", ""))


def _refuse_encrypted(package: Package) -> None:
    manifest = package.xml("META-INF/manifest.xml")
    tags = () if manifest is None else (etree.QName(one).localname for one in manifest.iter())
    if "encryption-data" in tags:
        raise Unreadable("encrypted")
