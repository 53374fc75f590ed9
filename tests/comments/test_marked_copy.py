"""A delegate writes into the draft in Word; what comes back is comments."""

import copy
import io
import json
import shutil
import subprocess
import zipfile

import pytest
from lxml import etree

from comments import marked_copy
from comments.models import Category, ProposalKind, Source, Status
from comments.said import Said
from directives.incoming.reading import read
from directives.refusals import Refused
from directives.rendering.docx.drafts import draft_docx
from tests import factories
from tests import wordfiles as made
from tests.comments import test_tracked
from tests.word import W

NAME = "Trần Thị Delegate"


class Word:
    """A Word file in the hands of somebody who tracks their changes, or does not."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            self.parts = {name: parts.read(name) for name in parts.namelist()}
        self.tree = etree.fromstring(self.parts["word/document.xml"])
        self.said: list[tuple[int, str, str]] = []

    def paragraph(self, containing: str) -> etree._Element:
        return next(p for p in self.tree.iter(f"{W}p") if containing in "".join(p.itertext()))

    def change(self, old: str, new: str, *, tracked: bool = True, name: str = NAME) -> None:
        paragraph = self.paragraph(old)
        text = "".join(paragraph.itertext())
        before, after = text.split(old)
        for run in paragraph.findall(f"{W}r"):
            paragraph.remove(run)
        if tracked:
            pieces = [
                _run(before),
                _change("del", name, old),
                _change("ins", name, new),
                _run(after),
            ]
        else:
            pieces = [_run(before + new + after)]
        paragraph.extend(piece for piece in pieces if piece is not None)

    def delete(self, containing: str) -> None:
        paragraph = self.paragraph(containing)
        text = "".join(paragraph.itertext())
        for run in paragraph.findall(f"{W}r"):
            paragraph.remove(run)
        paragraph.append(_change("del", NAME, text))
        _mark(paragraph, "del")

    def insert_after(self, containing: str, text: str) -> None:
        """As Word does it: the mark of the paragraph above is the new one."""
        above = self.paragraph(containing)
        new = copy.deepcopy(above)
        for run in new.findall(f"{W}r"):
            new.remove(run)
        new.append(_change("ins", NAME, text))
        _mark(above, "ins")
        above.addnext(new)

    def part(self, at: str) -> None:
        """A new paragraph from these words on."""
        paragraph = self.paragraph(at)
        before, after = "".join(paragraph.itertext()).split(at)
        rest = copy.deepcopy(paragraph)
        for one, words in ((paragraph, before), (rest, at + after)):
            for run in one.findall(f"{W}r"):
                one.remove(run)
            one.append(_run(words))
        _mark(paragraph, "ins")
        paragraph.addnext(rest)

    def say(self, about: str, text: str, *, name: str = NAME) -> None:
        paragraph = self.paragraph(about)
        words = "".join(paragraph.itertext())
        before, after = words.split(about)
        number = len(self.said)
        self.said.append((number, name, text))
        for run in paragraph.findall(f"{W}r"):
            paragraph.remove(run)
        pieces = [
            _run(before), _element("commentRangeStart", id=str(number)), _run(about),
            _element("commentRangeEnd", id=str(number)), _reference(number), _run(after),
        ]  # fmt: skip
        paragraph.extend(piece for piece in pieces if piece is not None)

    def content(self) -> bytes:
        relations = self.parts["word/_rels/document.xml.rels"].decode()
        kind = f"{made.OFFICE}/comments"
        if "comments.xml" not in relations:
            one = f'<Relationship Id="c1" Type="{kind}" Target="comments.xml"/></Relationships>'
            relations = relations.replace("</Relationships>", one)
        types = self.parts["[Content_Types].xml"].decode()
        of_comments = made.MAIN.replace("document.main", "comments")
        if of_comments not in types:
            one = f'<Override PartName="/word/comments.xml" ContentType="{of_comments}"/></Types>'
            types = types.replace("</Types>", one)
        return made.zipped(
            self.parts
            | {
                "[Content_Types].xml": types,
                "word/document.xml": etree.tostring(self.tree),
                "word/_rels/document.xml.rels": relations,
                "word/comments.xml": made.comments(*self.said),
            }
        )


def _element(tag: str, **attributes: str) -> etree._Element:
    return etree.Element(f"{W}{tag}", {f"{W}{name}": value for name, value in attributes.items()})


def _run(text: str, tag: str = "t") -> etree._Element | None:
    if not text:
        return None
    run = _element("r")
    words = etree.SubElement(run, f"{W}{tag}")
    words.text = text
    words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return run


def _reference(number: int) -> etree._Element:
    run = _element("r")
    run.append(_element("commentReference", id=str(number)))
    return run


def _change(kind: str, name: str, text: str) -> etree._Element:
    change = _element(kind, id="1", author=name, date="2026-06-01T08:00:00Z")
    run = _run(text, "delText" if kind == "del" else "t")
    if run is not None:
        change.append(run)
    return change


def _mark(paragraph: etree._Element, kind: str) -> None:
    properties = paragraph.find(f"{W}pPr")
    letters = etree.SubElement(properties, f"{W}rPr")
    letters.append(_element(kind, id="9", author=NAME))


@pytest.fixture
def word(consultation) -> Word:
    return Word(draft_docx(consultation.draft))


def read_back(consultation, word: Word) -> marked_copy.MarkedCopy:
    return marked_copy.read_copy(read(word.content()), consultation.draft)


def key(consultation, containing: str):
    return consultation.draft.provisions.get(text__contains=containing).key


def test_an_untouched_draft_says_nothing(consultation, word):
    found = read_back(consultation, word)
    assert (found.found, found.unplaced, found.lost) == ([], [], [])


def test_changed_words_are_a_proposal_on_their_provision(consultation, word):
    word.change("07 ngày", "05 ngày")
    [found] = read_back(consultation, word).found
    text = consultation.draft.provisions.get(text__contains="07 ngày").text
    assert found.said == Said(
        provision_key=key(consultation, "07 ngày"),
        proposal_kind=ProposalKind.REPLACE,
        proposed_text=text.replace("07 ngày", "05 ngày"),
    )
    assert found.authors == (NAME,)
    assert found.tracked


def test_a_wholly_rewritten_point_is_still_that_point(consultation, word):
    word.change("Chấp hành nghiêm giờ giấc làm việc.", "Không uống rượu, bia vào buổi trưa!")
    [found] = read_back(consultation, word).found
    assert found.said.provision_key == key(consultation, "giờ giấc")
    assert found.said.proposed_text == "Không uống rượu, bia vào buổi trưa!"


def test_a_closing_that_no_longer_begins_like_one_is_still_the_closing(consultation, word):
    word.change("Chỉ thị này phổ biến", "Phổ biến")
    (found,) = read_back(consultation, word).found
    assert found.said.provision_key == key(consultation, "phổ biến")
    assert found.said.proposed_text == "Phổ biến đến chi bộ."


def test_a_deleted_paragraph_asks_to_delete_the_provision(consultation, word):
    word.delete("Chấp hành nghiêm giờ giấc")
    [found] = read_back(consultation, word).found
    assert found.said == Said(
        provision_key=key(consultation, "giờ giấc"), proposal_kind=ProposalKind.DELETE
    )


def test_an_inserted_paragraph_is_a_new_provision_behind_the_one_above(consultation, word):
    word.insert_after("Chấp hành nghiêm giờ giấc", "c) Sử dụng hiệu quả thời giờ.")
    [found] = read_back(consultation, word).found
    assert found.said == Said(
        provision_key=key(consultation, "giờ giấc"),
        proposal_kind=ProposalKind.INSERT_AFTER,
        proposed_text="Sử dụng hiệu quả thời giờ.",
    )


def test_a_paragraph_without_a_number_goes_on_with_the_point(consultation, word):
    word.insert_after("Chấp hành nghiêm giờ giấc", "Không dùng mạng xã hội vào việc riêng.")
    [found] = read_back(consultation, word).found
    assert found.said.proposal_kind == ProposalKind.REPLACE
    assert found.said.proposed_text.endswith("việc.\nKhông dùng mạng xã hội vào việc riêng.")


def test_a_paragraph_that_was_parted_asks_for_the_new_paragraph(consultation, word):
    """The words are the same, and the cutting joins lines that go on with a small letter."""
    word.part("phải trả lời")
    (found,) = read_back(consultation, word).found
    assert found.said.proposal_kind == ProposalKind.NONE
    assert found.said.body == "Đề nghị xuống dòng, mở đoạn mới từ “phải trả lời trong thời hạn”."
    assert found.authors == (NAME,)
    assert found.tracked


def test_a_remark_is_a_comment_with_the_words_it_is_about(consultation, word):
    word.say("giờ giấc", "Nói rõ giờ nào.")
    [found] = read_back(consultation, word).found
    text = consultation.draft.provisions.get(text__contains="giờ giấc").text
    assert found.said == Said(
        provision_key=key(consultation, "giờ giấc"),
        body="Nói rõ giờ nào.",
        quote="giờ giấc",
        quote_start=text.index("giờ giấc"),
    )
    assert found.authors == (NAME,)


def test_the_one_remark_on_a_changed_point_is_its_reason(consultation, word):
    word.change("07 ngày", "05 ngày")
    word.paragraph("05 ngày").append(_reference(0))
    word.said.append((0, NAME, "Bảy ngày là quá lâu."))
    [found] = read_back(consultation, word).found
    assert found.said.body == "Bảy ngày là quá lâu."
    assert found.said.proposal_kind == ProposalKind.REPLACE


def test_a_remark_on_the_header_is_a_comment_on_the_whole_draft(consultation, word):
    word.say("Dự thảo lần 1", "Ghi ngày gửi.")
    [found] = read_back(consultation, word).found
    assert found.said == Said(body="“Dự thảo lần 1”: Ghi ngày gửi.")


def test_what_is_changed_without_tracking_is_found_and_marked(consultation, word):
    word.change("07 ngày", "05 ngày")
    word.change("giờ giấc", "thời giờ", tracked=False)
    first, second = read_back(consultation, word).found
    assert (first.tracked, second.tracked) == (True, False)


def test_without_any_tracking_the_difference_is_the_proposal(consultation, word):
    word.change("07 ngày", "05 ngày", tracked=False)
    [found] = read_back(consultation, word).found
    assert "05 ngày" in found.said.proposed_text
    assert found.tracked


def test_changes_of_case_and_marks_are_about_form(consultation, word):
    word.change("giấc làm việc.", "giấc làm việc;")
    [found] = read_back(consultation, word).found
    assert found.said.category == Category.FORM


def test_changes_of_what_the_system_prints_are_listed(consultation, word):
    word.change("Hoàng Minh Trực", "Nguyễn Văn A")
    found = read_back(consultation, word)
    assert found.found == []
    assert {one.words for one in found.unplaced} == {"Hoàng Minh Trực", "Nguyễn Văn A"}


def test_changed_subject_and_recipients_are_proposals_too(consultation, word):
    word.change("siết chặt kỷ luật, kỷ cương", "tăng cường kỷ luật, kỷ cương")
    word.insert_after("Ban Bí thư Trung ương", "- Ban Tổ chức Trung ương;")
    subject, recipients = read_back(consultation, word).found
    assert subject.at.provision.kind == "subject"
    assert subject.said.proposed_text.startswith("về tăng cường")
    assert "Ban Tổ chức Trung ương" in recipients.said.proposed_text.splitlines()


def test_another_text_is_refused(consultation):
    other = made.docx("".join(made.p(made.r(f"{n}. Việc khác hẳn.")) for n in range(1, 9)))
    with pytest.raises(Refused) as refused:
        marked_copy.read_copy(read(other), consultation.draft)
    assert refused.value.code == "another_text"


def test_all_comments_are_kept_or_none(world, consultation, word):
    word.change("07 ngày", "05 ngày")
    word.delete("Chấp hành nghiêm giờ giấc")
    said = [(f"t{n}", one.said) for n, one in enumerate(read_back(consultation, word).found)]
    bad = [*said, ("t9", Said(proposal_kind=ProposalKind.DELETE))]
    with pytest.raises(Refused):
        marked_copy.keep(consultation.pk, actor=world.delegate, author=world.delegate, comments=bad)
    assert not consultation.comments.exists()
    marked_copy.keep(consultation.pk, actor=world.delegate, author=world.delegate, comments=said)
    kept = consultation.comments.all()
    assert {one.status for one in kept} == {Status.DRAFT}
    assert {one.source for one in kept} == {Source.ONLINE}


def test_what_a_clerk_records_from_a_file_came_on_paper_and_is_submitted(world, consultation, word):
    word.change("07 ngày", "05 ngày")
    said = [("t1", read_back(consultation, word).found[0].said)]
    [comment] = marked_copy.keep(
        consultation.pk, actor=world.clerk, author=world.delegate, comments=said
    )
    assert (comment.author, comment.recorded_by) == (world.delegate, world.clerk)
    assert (comment.source, comment.status) == (Source.PAPER, Status.SUBMITTED)
    assert comment.edits


def test_a_marked_copy_with_a_basis_compares_what_was_written_not_how_it_is_printed(world):
    from directives.drafting import NewProvision
    from directives.text.kinds import Kind

    units = (NewProvision(Kind.BASIS, "Căn cứ Điều lệ Đảng"), *factories.UNITS)
    directive = factories.directive(world.office, world.committee, units=units)
    consultation = factories.consultation(world.office, directive, world.delegates)
    word = Word(draft_docx(consultation.draft))
    assert read_back(consultation, word).found == []
    word.change("Điều lệ Đảng", "Điều lệ Đảng Cộng sản Việt Nam")
    [found] = read_back(consultation, word).found
    assert found.said.proposed_text == "Căn cứ Điều lệ Đảng Cộng sản Việt Nam"


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
def test_a_file_that_libreoffice_has_saved_says_the_same(consultation, word, tmp_path):
    word.change("07 ngày", "05 ngày")
    word.insert_after("Chấp hành nghiêm giờ giấc", "c) Sử dụng hiệu quả thời giờ.")
    word.delete("Chấp hành nghiêm giờ giấc")
    word.say("theo dõi, đôn đốc", "Giao rõ thời hạn.")
    before = read_back(consultation, word)
    (tmp_path / "gop-y.docx").write_bytes(word.content())
    command = ["soffice", f"-env:UserInstallation={(tmp_path / 'ho-so').as_uri()}", "--headless"]
    command += ["--convert-to", "docx", "--outdir", str(tmp_path / "ra")]
    subprocess.run([*command, str(tmp_path / "gop-y.docx")], check=True, capture_output=True)
    saved = read((tmp_path / "ra" / "gop-y.docx").read_bytes())
    after = marked_copy.read_copy(saved, consultation.draft)
    assert [one.said for one in after.found] == [one.said for one in before.found]
    assert len(after.found) == 4
    assert {name for one in after.found for name in one.authors} == {NAME}


REWRITTEN = {"07 ngày": "05 ngày", "giờ giấc ": "", "Chỉ thị này phổ biến": "Phổ biến"}


@pytest.mark.skipif(
    "not test_tracked.has_libreoffice()", reason="LibreOffice and python3-uno are not installed"
)
@pytest.mark.parametrize("format", ["docx", "odt"])
def test_what_is_rewritten_in_libreoffice_is_what_is_proposed(consultation, tmp_path, format):
    sent, back = tmp_path / "du-thao.docx", tmp_path / f"gop-y.{format}"
    sent.write_bytes(draft_docx(consultation.draft))
    run = [
        test_tracked.SYSTEM_PYTHON,
        "tests/libreoffice.py",
        sent,
        "",
        json.dumps(REWRITTEN),
        back,
    ]
    subprocess.run(run, check=True, capture_output=True, timeout=120)
    copy = marked_copy.read_copy(read(back.read_bytes()), consultation.draft)
    wanted = {}
    for old, new in REWRITTEN.items():
        provision = consultation.draft.provisions.get(text__contains=old)
        wanted[provision.key] = provision.text.replace(old, new)
    assert {one.said.provision_key: one.said.proposed_text for one in copy.found} == wanted
    assert all(one.tracked for one in copy.found)
    assert not copy.unplaced
