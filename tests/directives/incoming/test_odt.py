"""What an OpenDocument text says, line by line."""

import pytest

from directives.incoming import odt
from directives.incoming.package import Package
from directives.incoming.shapes import Document, Unreadable
from tests import wordfiles as made

LISTS = (
    '<text:list-style style:name="L1">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="•"/>'
    "</text:list-style>"
)


def read(body: str, styles: str = "") -> Document:
    return odt.read(Package(made.odt(body, styles=styles)))


def texts(body: str, styles: str = "") -> list[str]:
    return [line.text for line in read(body, styles).accepted]


def item(*inside: str, start: str = "") -> str:
    begins = f' text:start-value="{start}"' if start else ""
    return f"<text:list-item{begins}>{''.join(inside)}</text:list-item>"


def par(words: str) -> str:
    return f"<text:p>{words}</text:p>"


def lst(*items: str, more: str = 'text:style-name="L1"') -> str:
    return f"<text:list {more}>{''.join(items)}</text:list>"


def test_lists_are_numbered_level_by_level():
    inner = lst(item(par("C")), item(par("D"), lst(item(par("E")), more="")), more="")
    body = lst(item(par("A")), item(par("B"), par("tiếp"), inner), item(par("F")))
    assert texts(body, LISTS) == ["1. A", "2. B", "tiếp", "a) C", "b) D", "- E", "3. F"]


def test_a_list_goes_on_where_it_says_so_and_begins_again_where_it_does_not():
    body = (
        lst(item(par("A")), more='xml:id="l1" text:style-name="L1"')
        + par("Xen giữa")
        + lst(item(par("B")), more='text:continue-numbering="true" text:style-name="L1"')
        + lst(item(par("C")), more='text:continue-list="l1" text:style-name="L1"')
        + lst(item(par("D")), item(par("E"), start="7"))
    )
    assert texts(body, LISTS) == ["1. A", "Xen giữa", "2. B", "3. C", "1. D", "7. E"]


def test_spaces_tabs_breaks_and_links_are_words():
    body = par('1.<text:tab/>Việc<text:s text:c="2"/>một<text:line-break/>tiếp <text:a xlink:href="http://x">luật</text:a>')  # fmt: skip  # noqa: E501
    assert texts(body) == ["1.\tViệc  một", "tiếp luật"]


def test_cells_boxes_notes_and_remarks():
    cell = lambda words: f"<table:table-cell>{par(words)}</table:table-cell>"  # noqa: E731
    body = (
        f"<table:table><table:table-row>{cell('TT')}{cell('Việc')}{cell('Hạn')}</table:table-row></table:table>"
        + par(
            "1. Việc<text:note><text:note-citation>1</text:note-citation><text:note-body>"
            f"{par('Xem NQ.')}</text:note-body></text:note>"
            f"<office:annotation><dc:creator>Lê A</dc:creator>{par('Xem lại.')}</office:annotation>"
            f"<draw:frame><draw:text-box>{par('Trong khung.')}</draw:text-box></draw:frame>"
        )
    )
    found = read(body)
    assert [line.text for line in found.accepted] == ["TT | Việc | Hạn", "1. Việc", "Trong khung."]
    notes = {note.what: note.words for note in found.notes}
    assert notes == {"table": ["TT Việc Hạn"], "footnote": ["Xem NQ."], "box": ["Trong khung."]}
    assert [(one.author, one.text) for one in found.remarks] == [("Lê A", "Xem lại.")]


def test_old_fonts_are_found_by_the_style_of_the_words():
    styles = (
        '<style:style style:name="T1" style:family="text"><style:text-properties '
        'style:font-name="F1"/></style:style><style:font-face style:name="F1" '
        "svg:font-family=\"'.VnTime'\"/>"
    )
    body = par('1. <text:span text:style-name="T1">TØnh ñy</text:span> tỉnh')
    assert texts(body, styles) == ["1. Tỉnh ủy tỉnh"]


def test_tracked_changes_are_told_and_taken_as_accepted():
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        f"{par('Cũ.')}</text:deletion></text:changed-region></text:tracked-changes>{par('1. Mới.')}"
    )
    found = read(body)
    assert [line.text for line in found.accepted] == ["1. Mới."]
    assert [(note.what, note.count) for note in found.notes] == [("accepted_only", 1)]


@pytest.mark.parametrize(
    ("inside", "code"),
    [
        (
            '<draw:frame><draw:image xlink:href="http://example.org/x.png"/></draw:frame>',
            "external",
        ),
        ('<draw:frame><draw:image xlink:href="../x.png"/></draw:frame>', "external"),
        ('<draw:frame><draw:object-ole xlink:href="./Object 1"/></draw:frame>', "embedded"),
    ],
)
def test_what_is_fetched_or_embedded_is_refused(inside, code):
    with pytest.raises(Unreadable) as refused:
        read(par(f"1. A{inside}"))
    assert refused.value.code == code


def test_a_section_from_another_file_is_refused():
    source = '<text:section><text:section-source xlink:href="x.odt"/></text:section>'
    with pytest.raises(Unreadable) as refused:
        read(source)
    assert refused.value.code == "external"
