"""What a PDF needs beyond the renderer to be kept for good: ISO 19005-3 level A and ISO 14289-1.

The renderer writes PDF/A-3a; here the identifier of PDF/UA is added, with the description that
PDF/A asks for of a schema it does not know, and what the renderer leaves short of either.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import chain
from typing import Any

import pydyf
from weasyprint import Attachment, Document

VARIANT = "pdf/a-3a"
SOURCE = "Source"
UA_NAMESPACE = "http://www.aiim.org/pdfua/ns/id/"
EXTENSION = "http://www.aiim.org/pdfa/ns"
UA_IDENTIFIER = f"""
<rdf:Description rdf:about="" xmlns:pdfuaid="{UA_NAMESPACE}" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="{EXTENSION}/extension/"
 xmlns:pdfaSchema="{EXTENSION}/schema#" xmlns:pdfaProperty="{EXTENSION}/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{UA_NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
""".encode()
END_OF_RDF = b"</rdf:RDF>"
Elements = list[pydyf.Dictionary]


@dataclass(frozen=True)
class Enclosure:
    """A file inside the PDF, from which the paper was made; `at` is aware."""

    name: str
    description: str
    content: bytes
    at: datetime


def attachments(enclosures: tuple[Enclosure, ...]) -> list[Attachment]:
    """The enclosures, by name as the list of a PDF's files goes; good for one rendering."""
    return [
        Attachment(
            string=one.content,
            name=one.name,
            description=one.description,
            created=one.at.astimezone(UTC),
            modified=one.at.astimezone(UTC),
            relationship=SOURCE,
        )
        for one in sorted(enclosures, key=lambda one: one.name)
    ]


def finish(document: Document, pdf: pydyf.PDF) -> None:
    """Complete the PDF right before it is written."""
    tree = pdf.objects[_number(pdf.catalog["StructTreeRoot"])]
    elements = [each for each in pdf.objects if _is_element(each)]
    _identify(pdf)
    _scope_headers(elements)
    _list_identified(pdf, tree, elements)
    _set_margins_apart(pdf, tree, elements)
    _name_each_file_once(pdf)


def _number(reference: Any) -> int:
    """The number of the object in "12 0 R"."""
    return int(reference.split()[0])


def _is_element(each: pydyf.Object) -> bool:
    return isinstance(each, pydyf.Dictionary) and each.get("Type") == "/StructElem"


def _identify(pdf: pydyf.PDF) -> None:
    metadata = pdf.objects[_number(pdf.catalog["Metadata"])]
    (xmp,) = metadata.stream
    metadata.stream = [xmp.replace(END_OF_RDF, UA_IDENTIFIER + END_OF_RDF)]


def _scope_headers(elements: Elements) -> None:
    """Every header of our tables heads its column."""
    for element in elements:
        if element["S"] == "/TH":
            element["A"]["Scope"] = "/Column"


def _list_identified(pdf: pydyf.PDF, tree: pydyf.Dictionary, elements: Elements) -> None:
    """Cells name their headers by identifiers, which want a list at the root."""
    identified = {each["ID"].string: each for each in elements if "ID" in each}
    if identified:
        pairs = ((pydyf.String(key), identified[key].reference) for key in sorted(identified))
        tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(chain.from_iterable(pairs))})


def _set_margins_apart(pdf: pydyf.PDF, tree: pydyf.Dictionary, elements: Elements) -> None:
    """The renderer leaves page numbers out of the tree, but marks them as if they were in it."""
    (root,) = tree["K"]
    held = set(pdf.objects[_number(root)]["K"])
    parents = pdf.objects[_number(tree["ParentTree"])]["Nums"]
    for element in elements:
        if element["P"] == root and element.reference not in held:
            for page, mark in _marks(pdf, element):
                _make_artifact(pdf.objects[_number(page["Contents"])].stream, mark)
                # Pages come first, each as its number and the list of its elements.
                parents[2 * page["StructParents"] + 1][mark] = "null"


def _marks(pdf: pydyf.PDF, element: pydyf.Dictionary) -> Iterator[tuple[pydyf.Dictionary, int]]:
    """The pieces of content under an element: the page, and the number of the piece on it."""
    for child in element["K"]:
        if isinstance(child, int):
            yield pdf.objects[_number(element["Pg"])], child
        else:
            yield from _marks(pdf, pdf.objects[_number(child)])


def _make_artifact(stream: list[Any], mark: int) -> None:
    place = next(
        place
        for place, command in enumerate(stream)
        if isinstance(command, pydyf.Dictionary) and command.get("MCID") == mark
    )
    stream[place - 1 : place + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]


def _name_each_file_once(pdf: pydyf.PDF) -> None:
    """The renderer lists a file twice: as it finds it by name and among all objects."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"] = pydyf.Array(dict.fromkeys(pdf.catalog["AF"]))
