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


@pytest.mark.parametrize(("border", "told"), [("0.5pt solid #000000", ["Việc Hạn"]), ("none", [])])
def test_a_table_of_two_columns_is_told_where_lines_are_drawn(border, told):
    styles = (
        '<style:style style:name="C" style:family="table-cell"><style:table-cell-properties '
        f'fo:border-left="{border}"/></style:style>'
    )
    cell = lambda words: f'<table:table-cell table:style-name="C">{par(words)}</table:table-cell>'  # noqa: E731
    row = f"<table:table-row>{cell('Việc')}{cell('Hạn')}</table:table-row>"
    found = read(f"<table:table>{row}</table:table>", styles)
    assert [words for note in found.notes for words in note.words] == told


def test_old_fonts_are_found_by_the_style_of_the_words():
    styles = (
        '<style:style style:name="T1" style:family="text"><style:text-properties '
        'style:font-name="F1"/></style:style><style:font-face style:name="F1" '
        "svg:font-family=\"'.VnTime'\"/>"
    )
    body = par('1. <text:span text:style-name="T1">TØnh ñy</text:span> tỉnh')
    assert texts(body, styles) == ["1. Tỉnh ủy tỉnh"]


def test_the_default_style_may_name_an_old_font():
    styles = (
        '<style:default-style style:family="paragraph"><style:text-properties '
        'style:font-name=".VnTime"/></style:default-style>'
    )
    assert texts(par("1. TØnh ñy"), styles) == ["1. Tỉnh ủy"]


LOOKS = (
    '<style:style style:name="An" style:family="text"><style:text-properties '
    'text:display="none"/></style:style><style:style style:name="Hoa" style:family="text">'
    '<style:text-properties fo:text-transform="uppercase" style:font-name=".VnTime"/></style:style>'
)


def test_hidden_words_are_told_and_capitals_of_the_look_are_written():
    hidden = '<text:span text:style-name="An">ẩn </text:span>'
    body = par(f'1. {hidden}<text:span text:style-name="Hoa">TØnh ñy</text:span> họp')
    assert texts(body, LOOKS) == ["1. TỈNH ỦY họp"]
    assert {n.what: n.words for n in read(body, LOOKS).notes}["hidden"] == ["ẩn"]


def test_words_struck_out_by_hand_are_kept_and_told():
    styles = (
        '<style:style style:name="Gach" style:family="text"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
    )
    found = read(par('1. Việc <text:span text:style-name="Gach">cũ</text:span>'), styles)
    assert [line.text for line in found.accepted] == ["1. Việc cũ"]
    assert [(note.what, note.words) for note in found.notes] == [("struck", ["cũ"])]


def test_words_of_an_index_are_kept():
    index = f"<text:index-body><text:index-title>{par('Mục lục')}</text:index-title></text:index-body>"  # fmt: skip  # noqa: E501
    assert texts(f"<text:alphabetical-index>{index}</text:alphabetical-index>") == ["Mục lục"]


def test_a_remark_stands_beside_the_words_that_it_is_about():
    began = f'<office:annotation office:name="n1">{par("Quá ngắn.")}</office:annotation>'
    body = par(f'1. Trả lời trong {began}07 ngày<office:annotation-end office:name="n1"/>, đủ.')
    (remark,) = read(body).remarks
    assert (remark.words, remark.at) == ("07 ngày", len("1. Trả lời trong "))


def tracked(*regions: str) -> str:
    return f"<text:tracked-changes>{''.join(regions)}</text:tracked-changes>"


def region(name: str, kind: str, inside: str = "", author: str = "Lê A") -> str:
    info = f"<office:change-info><dc:creator>{author}</dc:creator></office:change-info>"
    change = f"<text:{kind}>{info}{inside}</text:{kind}>"
    return f'<text:changed-region xml:id="{name}" text:id="{name}">{change}</text:changed-region>'


def at(name: str, place: str = "") -> str:
    return f'<text:change{place} text:change-id="{name}"/>'


def put_in(name: str, words: str) -> str:
    return f"{at(name, '-start')}{words}{at(name, '-end')}"


def both(body: str, styles: str = "") -> tuple[list[str], list[str]]:
    found = read(body, styles)
    return [one.text for one in found.original], [one.text for one in found.accepted]


def test_words_put_in_and_taken_out_stand_each_in_one_state():
    regions = region("c1", "deletion", par("07")), region("c2", "insertion", author="Trần B")
    found = read(tracked(*regions) + par("Hạn " + at("c1") + put_in("c2", "05") + " ngày."))
    assert [one.text for one in found.original] == ["Hạn 07 ngày."]
    assert [one.text for one in found.accepted] == ["Hạn 05 ngày."]
    assert found.changes == 2
    assert found.authors == ["Lê A", "Trần B"]
    assert found.accepted[0].authors == ("Lê A", "Trần B")


def test_a_paragraph_put_in_is_not_in_the_original():
    body = par(f"Một.{at('c1', '-start')}") + par(f"Hai.{at('c1', '-end')}") + par("Ba.")
    assert both(tracked(region("c1", "insertion")) + body) == (
        ["Một.", "Ba."],
        ["Một.", "Hai.", "Ba."],
    )


def test_a_break_put_in_parts_a_paragraph_that_was_one():
    body = par(f"Một và {at('c1', '-start')}") + par(f"{at('c1', '-end')}hai.")
    assert both(tracked(region("c1", "insertion")) + body) == (
        ["Một và hai."],
        ["Một và ", "hai."],
    )


def test_paragraphs_taken_out_are_in_the_original():
    """From within a paragraph into another, and whole ones before the mark."""
    within = region("c1", "deletion", par(" hai.") + par("Ba.") + par("Bốn "))
    assert both(tracked(within) + par(f"Một{at('c1')}năm.")) == (
        ["Một hai.", "Ba.", "Bốn năm."],
        ["Mộtnăm."],
    )
    whole = region("c1", "deletion", par("Một.") + par("Hai.") + par(""))
    for body in (par(f"{at('c1')}Ba."), at("c1") + par("Ba.")):
        assert both(tracked(whole) + body) == (["Một.", "Hai.", "Ba."], ["Ba."])


def test_numbers_are_those_of_each_state():
    gone = region("c1", "deletion", lst(item(par("B")), item(par(""))))
    items = item(par("A")), item(par(f"{at('c1')}C")), item(par(f"D{at('c2', '-start')}"))
    more = item(par(f"E{at('c2', '-end')}")), item(par("F"))
    body = tracked(gone, region("c2", "insertion")) + lst(*items, *more)
    assert both(body, LISTS) == (
        ["1. A", "2. B", "3. C", "4. D", "5. F"],
        ["1. A", "2. C", "3. D", "4. E", "5. F"],
    )


def test_what_was_put_in_and_taken_out_again_is_in_neither_state():
    regions = region("c1", "insertion"), region("c2", "deletion", par("thừa "))
    assert both(tracked(*regions) + par("Một " + put_in("c1", at("c2")) + "hai.")) == (
        ["Một hai."],
        ["Một hai."],
    )


def test_a_deletion_is_read_once_and_a_mark_of_nothing_says_nothing():
    loop = region("c1", "deletion", par(f"hai {at('c1')}"))
    body = par(f"Một {at('c1')}{at('c1')}{put_in('c9', 'ba.')}")
    assert both(tracked(loop) + body) == (["Một hai ba."], ["Một ba."])


def test_changes_of_form_alone_are_told():
    body = tracked(region("c1", "format-change")) + par(f"1. {put_in('c1', 'Mới.')}")
    found = read(body)
    assert [line.text for line in found.original] == ["1. Mới."]
    assert found.changes == 0
    assert [(note.what, note.count) for note in found.notes] == [("format", 1)]


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


@pytest.mark.parametrize(
    "inside",
    [
        '<text:section><office:dde-source office:dde-application="excel"/></text:section>',
        '<text:dde-connection-decls><text:dde-connection-decl office:dde-application="excel"/>'
        "</text:dde-connection-decls>",
    ],
)
def test_what_another_program_would_work_out_is_refused(inside):
    with pytest.raises(Unreadable) as refused:
        read(inside)
    assert (refused.value.code, refused.value.detail) == ("external", "excel")


def test_what_calls_a_macro_is_refused():
    call = '<script:event-listener xlink:href="vnd.sun.star.script:a.b?language=Basic"/>'
    with pytest.raises(Unreadable) as refused:
        read(par("1. Việc") + f"<office:event-listeners>{call}</office:event-listeners>")
    assert refused.value.code == "macros"


def test_a_section_from_another_file_is_refused():
    source = '<text:section><text:section-source xlink:href="x.odt"/></text:section>'
    with pytest.raises(Unreadable) as refused:
        read(source)
    assert refused.value.code == "external"
