"""What a comparison shows: its changes counted, and the places that moved provisions left."""

import io

import pdfplumber
import pytest
from pypdf import PdfReader

from directives import drafting
from directives.redline import redline
from directives.rendering import papers
from directives.rendering.typesetting import typeset
from directives.text.align import Relation
from directives.text.kinds import Kind
from tests import factories


@pytest.fixture
def rewritten(world, consolidated):
    """Draft 2, in which the last clause also went before the first and a new one was added."""
    last = factories.provision(consolidated, "Văn phòng Tỉnh ủy theo dõi")
    first = factories.provision(consolidated, "Để khắc phục")
    drafting.move_provision(last.pk, actor=world.office, after=first.pk)
    drafting.add_provision(
        consolidated.latest_draft.pk,
        actor=world.office,
        kind=Kind.CLAUSE,
        text="Ban Tuyên giáo tuyên truyền.",
        after=None,
    )
    return list(consolidated.drafts.order_by("number"))


def test_changes_are_counted_by_what_became_of_the_provision(rewritten):
    found = redline(*rewritten)
    assert found.changed == 3
    counted = {kind: count for kind, count in found.counts.items() if count}
    assert counted == {Relation.CHANGED: 1, Relation.ADDED: 1, Relation.MOVED: 1}
    assert [line.ordinal for line in found.lines if line.ordinal] == [1, 2, 3]


def test_a_gap_stands_where_the_moved_provision_stood(rewritten):
    lines = redline(*rewritten).lines
    [place] = [place for place, line in enumerate(lines) if line.is_gap]
    assert lines[place].row.relation == Relation.MOVED
    assert "giờ giấc" in lines[place - 1].row.old_text
    following = next(line for line in lines[place + 1 :] if line.row.old)
    assert "phổ biến đến chi bộ" in following.row.old_text


def test_among_only_changes_there_are_no_gaps(rewritten):
    lines = redline(*rewritten, only_changes=True).lines
    assert [line.ordinal for line in lines] == [1, 2, 3]
    assert not any(line.is_gap for line in lines)


def test_a_draft_beside_itself_has_no_changes(rewritten):
    found = redline(rewritten[0], rewritten[0])
    assert found.changed == 0
    assert not any(line.ordinal for line in found.lines)


def text_of(pdf: bytes) -> str:
    pages = PdfReader(io.BytesIO(pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_paper_names_the_drafts_and_shows_old_and_new_words(rewritten):
    said = text_of(typeset(papers.redline_paper(*rewritten)))
    assert "BẢN SO SÁNH DỰ THẢO CHỈ THỊ" in said
    assert "Dự thảo lần 1 → Dự thảo lần 2: 3 điều khoản thay đổi" in said
    assert "thời hạn 0705 ngày" in said
    assert "khoản 2 đã chuyển đi, nay là khoản 1" in said


def test_the_paper_of_only_changes_leaves_the_rest_out(rewritten):
    said = text_of(typeset(papers.redline_paper(*rewritten, only_changes=True)))
    assert "Ban Tuyên giáo" in said
    assert "giờ giấc" not in said


def test_the_words_of_the_paper_are_struck_and_underlined(rewritten):
    page = pdfplumber.open(io.BytesIO(typeset(papers.redline_paper(*rewritten)))).pages[0]
    [old] = page.search("07")
    [new] = page.search("05")
    rules = page.rects + page.lines
    middle = (old["top"] + old["bottom"]) / 2
    assert any(covers(rule, old) and abs(rule["top"] - middle) < 4 for rule in rules)
    assert any(covers(rule, new) and abs(rule["top"] - new["bottom"]) < 4 for rule in rules)


def covers(rule, words) -> bool:
    return rule["x0"] <= words["x0"] + 1 and rule["x1"] >= words["x1"] - 1
