"""The child process: bounded, apart, and answered with words."""

import shutil
import subprocess
from pathlib import Path

import pytest

from directives import drafting
from directives.drafting import NewProvision
from directives.incoming import __main__ as child
from directives.incoming import reading
from directives.incoming.reading import read
from directives.refusals import Refused
from directives.rendering.docx.drafts import draft_docx
from directives.text import provisions
from directives.text.kinds import Kind
from directives.text.numbering import letters
from meetings.demo import story
from tests import factories
from tests import wordfiles as made
from tests.wordfiles import p, r


def code_of(content: bytes) -> str:
    with pytest.raises(Refused) as refused:
        read(content)
    assert str(refused.value)
    return refused.value.code


def test_a_file_comes_back_as_it_was_read():
    content = made.docx(p(r("1. Việc "), made.dele("07"), made.ins("05")))
    document = read(content)
    assert document == child.docx.read(child.Package(content))
    assert document.accepted[0].text == "1. Việc 05"


def test_each_refusal_has_words_of_its_own():
    assert code_of(b"") == "empty"
    assert code_of(b"abc") == "wrong_type"
    assert code_of(made.docx("<w:p/>", more={"word/vbaProject.bin": b""})) == "macros"


def test_what_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.001)
    assert code_of(made.docx(p(r("1. A")))) == "slow"


def test_a_text_without_end_is_refused():
    assert code_of(made.docx(p(r("".join(map(str, range(90_000))))))) == "too_long"
    assert code_of(made.docx(p() * 11_000)) == "too_long"


def test_tangled_markup_does_not_break_the_reader():
    deep = "<w:sdt><w:sdtContent>" * 100 + p(r("1. A")) + "</w:sdtContent></w:sdt>" * 100
    assert read(made.docx(deep)).accepted[0].text == "1. A"
    assert code_of(made.docx("<w:ins>" * 300 + "</w:ins>" * 300)) == "broken"
    ring = (
        f'<w:styles {made.SPACES}><w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
        '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    body = p(r("1. A"), properties='<w:pStyle w:val="A"/>')
    assert read(made.docx(body, styles=ring)).accepted[0].text == "1. A"


def test_the_child_knows_nothing_of_the_server(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "rieng")
    seen = {}

    def run(command, **how):
        seen.update(how)
        return subprocess.CompletedProcess(command, 0, b'{"code": "empty", "detail": ""}', b"")

    monkeypatch.setattr(reading.subprocess, "run", run)
    assert code_of(b"x") == "empty"
    assert "rieng" not in str(seen["env"])
    assert seen["timeout"] == reading.SECONDS


def test_the_readers_import_no_django():
    command = (
        "import sys, directives.incoming.__main__;"
        "sys.exit(any(name.split('.')[0] == 'django' for name in sys.modules))"
    )
    assert subprocess.run([reading.sys.executable, "-c", command]).returncode == 0


# The draft goes out and comes back.

UNITS = (
    NewProvision(Kind.BASIS, "Căn cứ Điều lệ Đảng;"),
    NewProvision(Kind.PREAMBLE, "Ban Thường vụ Tỉnh ủy yêu cầu:"),
    NewProvision(Kind.PART, "Mục tiêu", headed=True),
    *(NewProvision(Kind.CLAUSE, f"Việc thứ {letters(n)}.") for n in range(1, 4)),
    NewProvision(Kind.PART, "Nhiệm vụ", headed=True),
    NewProvision(Kind.CLAUSE, "Siết chặt kỷ luật\nRõ người, rõ việc.", headed=True),
    *(NewProvision(Kind.POINT, f"Điểm về việc {n}.") for n in range(1, 9)),
    NewProvision(Kind.DASH, "Gạch đầu dòng một;"),
    NewProvision(Kind.PLUS, "Dấu cộng một."),
    NewProvision(Kind.CLOSING, "Chỉ thị này phổ biến đến chi bộ."),
)


def provisions_of(draft) -> list[tuple[str, str, bool]]:
    return [(one.kind, one.text, one.headed) for one in drafting.in_order(draft)]


def cut_of(document) -> list[tuple[str, str, bool]]:
    cut = provisions.cut("\n".join(line.text for line in document.accepted))
    assert not [unit for unit in cut.units if unit.doubt]
    return [(unit.kind, unit.text, unit.headed) for unit in cut.units]


def converted(content: bytes, to: str, folder: Path) -> bytes:
    (folder / "du-thao.docx").write_bytes(content)
    command = ["soffice", f"-env:UserInstallation={(folder / 'ho-so').as_uri()}", "--headless"]
    command += ["--convert-to", to, "--outdir", str(folder / "ra"), str(folder / "du-thao.docx")]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return (folder / "ra" / f"du-thao.{to}").read_bytes()


@pytest.fixture(params=["all levels", "demo"])
def draft(request, world):
    if request.param == "demo":
        return demo_draft(world)
    return factories.directive(world.office, world.committee, units=UNITS).latest_draft


def demo_draft(world):
    facts = story.read("draft_directive.json")
    units = [story._unit(one) for one in facts["provisions"]]
    subject = facts["meta"]["trich_yeu"]
    return factories.directive(
        world.office, world.committee, units=units, subject=subject
    ).latest_draft


def test_an_exported_draft_is_read_back_as_it_was(draft):
    assert cut_of(read(draft_docx(draft))) == provisions_of(draft)


needs_libreoffice = pytest.mark.skipif(
    not shutil.which("soffice"), reason="LibreOffice is not installed"
)


@needs_libreoffice
@pytest.mark.parametrize("format", ["odt", "docx"])
def test_what_libreoffice_makes_of_it_is_read_back_as_it_was(draft, format, tmp_path):
    document = read(converted(draft_docx(draft), format, tmp_path))
    assert cut_of(document) == provisions_of(draft)


@needs_libreoffice
def test_automatic_numbers_are_the_same_in_both_formats(tmp_path):
    levels = (
        made.level(0, "upperRoman", "%1.")
        + made.level(1, "decimal", "%2.")
        + made.level(2, "lowerLetter", "%3)")
        + made.level(3, "bullet", "-")
    )
    rows = [(0, "A"), (1, "B"), (2, "C"), (2, "D"), (3, "E"), (1, "G"), (2, "H"), (0, "I"), (1, "K")]  # fmt: skip  # noqa: E501
    body = "".join(p(r(words), properties=made.listed(1, at)) for at, words in rows)
    content = made.docx(body, numbering=made.numbering(levels))
    texts = [line.text for line in read(content).accepted]
    assert texts[:4] == ["I. A", "1. B", "a) C", "b) D"]
    odt = read(converted(content, "odt", tmp_path))
    assert [line.text for line in odt.accepted] == texts
