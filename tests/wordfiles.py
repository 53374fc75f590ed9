"""Word and OpenDocument files put together by hand, with whatever a test wants to be in them."""

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
SPACES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PARTS = ("styles", "numbering", "footnotes", "endnotes", "comments", "header1", "settings")
ODF = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def zipped(members: Mapping[str, str | bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as parts:
        for name, content in members.items():
            parts.writestr(name, content)
    return file.getvalue()


def docx(body: str, *, more: Mapping[str, str | bytes] | None = None, **parts: str) -> bytes:
    """A Word file with this body; `parts` by the name of their file: numbering=…, comments=…"""
    members = {
        "[Content_Types].xml": types(MAIN),
        "_rels/.rels": relations(("officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": relations(
            *((name.rstrip("1"), f"{name}.xml") for name in parts)
        ),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
    }
    members |= {f"word/{name}.xml": content for name, content in parts.items()}
    return zipped(members | dict(more or {}))


def types(main: str) -> str:
    space = "http://schemas.openxmlformats.org/package/2006/content-types"
    return (
        f'<Types xmlns="{space}"><Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
    )


def relations(*targets: tuple[str, str], mode: str = "Internal") -> str:
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    each = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}" TargetMode="{mode}"/>'
        for n, (kind, target) in enumerate(targets)
    )
    return f'<Relationships xmlns="{space}">{each}</Relationships>'


def p(*runs: str, properties: str = "") -> str:
    shape = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    return f"<w:p>{shape}{''.join(runs)}</w:p>"


def r(text: str, properties: str = "", *, deleted: bool = False) -> str:
    tag = "delText" if deleted else "t"
    return f'<w:r><w:rPr>{properties}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def ins(text: str, author: str = "Đại biểu") -> str:
    return f'<w:ins w:id="1" w:author="{author}" w:date="2026-06-01T08:00:00Z">{r(text)}</w:ins>'


def dele(text: str, author: str = "Đại biểu") -> str:
    run = r(text, deleted=True)
    return f'<w:del w:id="2" w:author="{author}" w:date="2026-06-01T08:00:00Z">{run}</w:del>'


def gone(change: str, author: str = "Đại biểu") -> str:
    """Properties of a paragraph whose mark is inserted ("ins") or deleted ("del")."""
    return f'<w:rPr><w:{change} w:id="3" w:author="{author}"/></w:rPr>'


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


def numbering(
    levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    return (
        f'<w:numbering {SPACES}><w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
        f"{nums}</w:numbering>"
    )


def level(place: int, format: str, shape: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{place}"><w:start w:val="1"/><w:numFmt w:val="{format}"/>{more}'
        f'<w:lvlText w:val="{shape}"/></w:lvl>'
    )


def comments(*said: tuple[int, str, str]) -> str:
    each = "".join(
        f'<w:comment w:id="{n}" w:author="{author}">{p(r(text))}</w:comment>'
        for n, author, text in said
    )
    return f"<w:comments {SPACES}>{each}</w:comments>"


def odt(body: str, *, styles: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    content = (
        f"<office:document-content {ODF}><office:automatic-styles>{styles}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    members = {"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}
    return zipped(members | dict(more or {}))
