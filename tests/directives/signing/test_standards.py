"""A signed copy keeps PDF/A-3a, with every rule of it; that it is PDF/UA it no longer says."""

import pytest

from directives.signing import pen
from tests.verapdf import ACCESSIBLE, ARCHIVE

pytestmark = pytest.mark.xdist_group("verapdf")


@pytest.fixture
def paper(issued) -> bytes:
    return bytes(issued.issue.pdf.content)


@pytest.mark.parametrize("level", pen.LEVELS)
def test_a_signed_copy_keeps_the_standard(verapdf, desk, settings, paper, level):
    settings.SIGNING_LEVEL = level
    assert verapdf.broken(pen.sign(paper, field="ChuKy1"), ARCHIVE) == []


def test_a_stamped_copy_keeps_the_standard(verapdf, desk, settings, paper):
    settings.SIGNING_STAMP = True
    assert verapdf.broken(pen.sign(paper, field="ChuKy1"), ARCHIVE) == []


def test_a_copy_stamped_twice_keeps_the_standard(verapdf, desk, authority, settings, paper):
    settings.SIGNING_LEVEL, settings.SIGNING_STAMP = "B-LTA", True
    once = pen.sign(paper, field="ChuKy1")
    desk.hold(authority.issue("Bí thư Tỉnh ủy"))
    assert verapdf.broken(pen.sign(once, field="ChuKy2"), ARCHIVE) == []


def test_the_standard_of_accessibility_is_kept_by_the_paper_and_not_said_of_its_copy(
    verapdf, desk, paper
):
    assert verapdf.broken(paper, ACCESSIBLE) == []
    broken = verapdf.broken(pen.sign(paper, field="ChuKy1"), ACCESSIBLE)
    assert any("PDF/UA" in rule for rule in broken)
