"""One tree of tags over papers of several makers, and every word of every page in it."""

import io
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from directives.rendering.typesetting import compose, typeset
from meetings.preparing.tags import Tags
from tests import factories

PAGE = """<!doctype html><html lang="vi"><title>{0}</title><body><h1>{0}</h1>
<table><thead><tr><th>Điều khoản</th><th>Ý kiến</th></tr></thead>
<tbody><tr><td>Khoản 1</td><td>Đồng ý</td></tr></tbody></table></body></html>"""
WORDS = b"BT /F1 12 Tf 72 700 Td (To trinh) Tj ET"


def ours(title: str) -> bytes:
    return typeset(compose(PAGE.format(title), stylesheet="table.css"))


def write_on(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    for page in pdf.pages:
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = pdf.make_stream(WORDS)


def untagged() -> bytes:
    return factories.pdf(pages=2, change=write_on)


def of_another_maker() -> bytes:
    """Tagged with a word of its own, one element at the root that is in no list, and a link."""

    def change(pdf: Pdf) -> None:
        write_on(pdf)
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(b"/Chapter <</MCID 0>> BDC " + WORDS + b" EMC")
        root = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9], StructParent=9)
        page.Annots, page.StructParents = Array([pdf.make_indirect(link)]), 4
        told = Dictionary(Type=Name.OBJR, Obj=page.Annots[0])
        chapter = pdf.make_indirect(Dictionary(S=Name.Chapter, P=root, Pg=page.obj))
        chapter.K = Array([0, told])
        root.K, root.RoleMap = chapter, Dictionary(Chapter=Name.P, P=Name.P)
        root.ParentTree = Dictionary(Nums=Array([4, Array([chapter]), 9, chapter]))
        pdf.Root.StructTreeRoot = root

    return factories.pdf(change=change)


@pytest.fixture
def bind() -> Iterator[Callable[..., Pdf]]:
    """The papers one after the other, as a bundle has them, saved and read again."""
    with ExitStack() as open_ones:

        def bind(*papers: tuple[str, bytes], ahead: bytes | None = None) -> Pdf:
            made, tags = open_ones.enter_context(pikepdf.new()), Tags()
            for title, content in papers:
                paper = open_ones.enter_context(pikepdf.open(io.BytesIO(content)))
                tags.take(title, paper)
                made.pages.extend(paper.pages)
            if ahead:
                cover = open_ones.enter_context(pikepdf.open(io.BytesIO(ahead)))
                tags.take("Bìa", cover, ahead=True)
                made.pages.insert(0, cover.pages[0])
            tags.write(made)
            file = io.BytesIO()
            made.save(file)
            return open_ones.enter_context(pikepdf.open(file))

        yield bind


def parts(pdf: Pdf) -> list[pikepdf.Object]:
    [whole] = pdf.Root.StructTreeRoot.K
    return list(whole.K)


def elements(parent: pikepdf.Object) -> Iterator[pikepdf.Object]:
    for kid in parent.get("/K", []):
        if isinstance(kid, Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


def marks(page: pikepdf.Page) -> set[int]:
    return {
        int(operands[1].MCID)
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC" and "/MCID" in operands[1]
    }


def assert_all_is_held(pdf: Pdf) -> None:
    """Each mark on a page leads to an element that is in the tree and names mark and page."""
    root = pdf.Root.StructTreeRoot
    held = {element.objgen for element in elements(root)}
    owners = pikepdf.NumberTree(root.ParentTree)
    for page in pdf.pages:
        for mark in marks(page):
            owner = owners[page.StructParents][mark]
            assert owner.objgen in held
            assert owner.Pg.objgen == page.objgen
            assert mark in owner.K


def test_every_paper_is_a_part_under_its_title_in_the_order_of_the_pages(bind):
    pdf = bind(("Chương trình", ours("A")), ("Dự thảo", ours("B")), ahead=ours("C"))
    assert [str(part.T) for part in parts(pdf)] == ["Bìa", "Chương trình", "Dự thảo"]
    assert [str(part.S) for part in parts(pdf)] == ["/Part"] * 3
    assert pdf.Root.MarkInfo.Marked


def test_every_mark_of_every_page_is_held_by_the_tree(bind):
    pdf = bind(
        ("Chương trình", ours("A")),
        ("Tờ trình", untagged()),
        ("Báo cáo", of_another_maker()),
        ("Dự thảo", ours("B")),
        ahead=ours("C"),
    )
    assert len(pdf.pages) == 6
    assert all(marks(page) for page in pdf.pages)
    assert_all_is_held(pdf)


def test_the_cells_of_each_table_name_the_headers_of_their_own(bind):
    pdf = bind(("Một", ours("A")), ("Hai", ours("B")))
    tables = []
    for part in parts(pdf):
        inside = list(elements(part))
        tables.append({bytes(one.ID) for one in inside if one.S == "/TH"})
        named = {bytes(name) for one in inside if one.S == "/TD" for name in one.A.Headers}
        assert named == tables[-1]
    assert not tables[0] & tables[1]
    listed = [bytes(name) for name in list(pdf.Root.StructTreeRoot.IDTree.Names)[::2]]
    assert listed == sorted(tables[0] | tables[1])


def test_a_paper_without_tags_is_read_page_by_page(bind):
    pdf = bind(("Tờ trình", untagged()), ("Dự thảo", ours("B")))
    assert [str(element.S) for element in parts(pdf)[0].K] == ["/P", "/P"]
    assert [marks(page) for page in pdf.pages][:2] == [{0}, {0}]


def test_tags_of_another_maker_keep_their_words_and_their_links(bind):
    pdf = bind(("Dự thảo", ours("B")), ("Báo cáo", of_another_maker()))
    root = pdf.Root.StructTreeRoot
    chapter = parts(pdf)[1]
    assert (chapter.S, dict(root.RoleMap)) == ("/Chapter", {"/Chapter": "/P"})
    [link] = pdf.pages[1].Annots
    assert pikepdf.NumberTree(root.ParentTree)[link.StructParent].objgen == chapter.objgen


def test_a_page_without_a_word_can_be_bound_too(bind):
    pdf = bind(("Trang trắng", factories.pdf()), ("Dự thảo", ours("B")))
    assert_all_is_held(pdf)
