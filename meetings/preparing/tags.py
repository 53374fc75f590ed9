"""The tags of papers that are bound together: one tree, for whoever has a bundle read aloud.

Papers of other makers are among them: what is not as the standard has it is passed over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Name, NameTree, NumberTree, Object, Pdf, Stream

# By which number a page, or what lies on it, finds its tags.
PLACES = ("/StructParents", "/StructParent")
# What a tree says of its own about tags and attributes that are not the standard's.
OWN_WORDS = ("/RoleMap", "/ClassMap")


@dataclass(frozen=True)
class Tagged:
    """A paper with the first of the numbers by which its pages find their tags."""

    title: str
    paper: Pdf
    first: int


class Tags:
    """Takes in papers, then writes the tree."""

    def __init__(self) -> None:
        self.papers: list[Tagged] = []
        self.next = 0

    def take(self, title: str, paper: Pdf, *, ahead: bool = False) -> None:
        """To be called before the paper's pages are taken: their numbers change, and the names of
        cells. A paper without tags gets one for each page, for a reader passes over what has none
        where others have them."""
        if not _is_tagged(paper):
            _tag_pages(paper)
        for each in paper.objects:
            if isinstance(each, Dictionary | Stream):
                _move(each, self.next)
                _rename(each, b"%d." % len(self.papers))
        self.papers.insert(0 if ahead else len(self.papers), Tagged(title, paper, self.next))
        self.next += max(NumberTree(paper.Root.StructTreeRoot.ParentTree), default=-1) + 1

    def write(self, pdf: Pdf) -> None:
        """To be called when the pages of all papers are in their places."""
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        whole = _element(pdf, Name.Document, root)
        places: dict[int, Object] = {}
        names: dict[bytes, Object] = {}
        for one in self.papers:
            tree = pdf.copy_foreign(one.paper.Root.StructTreeRoot)
            whole.K.extend(_parts(tree, whole, one.title))
            places |= {one.first + n: held for n, held in NumberTree(tree.ParentTree).items()}
            names |= {bytes(element.ID): element for element in _named(tree)}
            for key in OWN_WORDS:
                root[key] = Dictionary({**_words(tree, key), **_words(root, key)})
        root.K, root.ParentTree = Array([whole]), Dictionary(Nums=_flat(places))
        root.IDTree = Dictionary(Names=_flat(names))
        pdf.Root.StructTreeRoot, pdf.Root.MarkInfo = root, Dictionary(Marked=True)


def _under(holder: Object, key: str) -> Dictionary:
    found = holder.get(key)
    return found if isinstance(found, Dictionary) else Dictionary()


def _words(tree: Object, key: str) -> dict[str, Object]:
    """LibreOffice explains some words by themselves, in which a reader could go round for ever."""
    return {word: said for word, said in _under(tree, key).items() if said != word}


def _is_tagged(paper: Pdf) -> bool:
    tree = _under(paper.Root, "/StructTreeRoot")
    return "/K" in tree and isinstance(tree.get("/ParentTree"), Dictionary)


def _tag_pages(paper: Pdf) -> None:
    root = paper.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = _element(paper, Name.Document, root)
    places: dict[int, Object] = {}
    for number, page in enumerate(paper.pages):
        page.contents_add(b"/P <</MCID 0>> BDC\n", prepend=True)
        page.contents_add(b"\nEMC")
        page.StructParents = number
        element = _element(paper, Name.P, whole)
        element.Pg, element.K = page.obj, Array([0])
        whole.K.append(element)
        places[number] = Array([element])
    root.K, root.ParentTree = Array([whole]), Dictionary(Nums=_flat(places))
    paper.Root.StructTreeRoot = root


def _element(pdf: Pdf, kind: Name, over: Object) -> Object:
    return pdf.make_indirect(Dictionary(Type=Name.StructElem, S=kind, P=over, K=Array()))


def _move(each: Object, first: int) -> None:
    for key in PLACES:
        if isinstance(each.get(key), int):
            each[key] = each[key] + first


def _rename(each: Object, before: bytes) -> None:
    """Cells name their headers; two papers use the same names."""
    if "/S" in each and "/ID" in each:
        each.ID = before + bytes(each.ID)
    for said in _said_inside(each):
        if isinstance(said.get("/Headers"), Array):
            said.Headers = Array([before + bytes(name) for name in said.Headers])


def _said_inside(each: Object) -> Iterator[Object]:
    """The dictionary, and its attributes that are not objects of their own."""
    yield each
    said = each.get("/A")
    for one in said if isinstance(said, Array) else [said]:
        if isinstance(one, Dictionary) and not one.is_indirect:
            yield one


def _parts(tree: Object, whole: Object, title: str) -> Iterator[Object]:
    """The elements at the root; a document among documents is a part."""
    for part in tree.K if isinstance(tree.K, Array) else [tree.K]:
        if isinstance(part, Dictionary):
            part.P = whole
            if part.get("/S") == "/Document":
                part.S, part.T = Name.Part, title
            yield part


def _named(tree: Object) -> Iterator[Object]:
    if isinstance(tree.get("/IDTree"), Dictionary):
        for one in NameTree(tree.IDTree).values():
            if isinstance(one, Dictionary) and "/ID" in one:
                yield one


def _flat(held: dict[Any, Any]) -> Array:
    return Array([part for key in sorted(held) for part in (key, held[key])])
