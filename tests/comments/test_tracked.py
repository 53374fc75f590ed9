"""The redline in Word: each delegate's changes under their name, their comments beside them."""

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from comments import consolidation, services
from comments.models import Comment, Outcome
from comments.tracked import tracked_docx
from directives import drafting
from directives.rendering.docx.drafts import draft_docx
from tests import factories, word


@pytest.fixture
def drafts(world, consultation):
    """Two delegates changed a point and a clause, the office edited another and added one."""
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    clause = consultation.draft.provisions.get(text__contains="đôn đốc")
    closing = consultation.draft.provisions.get(text__contains="phổ biến")
    said = (
        (world.delegate, {"on": point, "change": ("07", "05"), "body": "Bảy ngày là quá lâu."}),
        (world.delegate2, {"on": clause, "change": ("đôn đốc", "kiểm tra")}),
        (world.delegate2, {"on": closing, "body": "Nên phổ biến rộng hơn."}),
        (world.delegate, {"body": "Cơ bản nhất trí."}),
    )
    made = [factories.comment(consultation, author, **facts) for author, facts in said]
    services.close_round(consultation.pk, actor=world.office)
    outcomes = (Outcome.ACCEPTED, Outcome.ACCEPTED, Outcome.NOT_ACCEPTED, Outcome.NOTED)
    for comment, outcome in zip(made, outcomes, strict=True):
        consolidation.answer(comment.pk, actor=world.office, outcome=outcome, reply="Đã xem xét.")
    draft = consolidation.consolidate(consultation.pk, actor=world.office)
    edited = draft.provisions.get(text__contains="giờ giấc")
    drafting.save_provision(
        edited.pk, actor=world.office, version=edited.version, text="Chấp hành nghiêm giờ làm việc;"
    )
    drafting.add_provision(
        draft.pk, actor=world.office, kind=edited.kind, text="công khai lịch họp.", after=edited.pk
    )
    return list(draft.directive.drafts.order_by("number"))


def author_of(docx: bytes) -> dict[tuple[str, str], str]:
    return {(one.kind, one.text.strip()): one.author for one in word.changes(docx)}


def test_each_change_is_by_whoever_asked_for_it(world, drafts):
    authors = author_of(tracked_docx(*drafts, reader=world.office))
    assert authors["del", "07"] == authors["ins", "05"] == world.delegate.full_name
    assert authors["del", "đôn đốc"] == authors["ins", "kiểm tra"] == world.delegate2.full_name
    assert authors["del", "giấc"] == world.office.full_name


def test_a_change_has_the_hour_at_which_it_was_asked_for(world, drafts):
    [change] = [one for one in word.changes(tracked_docx(*drafts, reader=world.office))
                if one.text == "05"]  # fmt: skip
    asked = timezone.localtime(Comment.objects.get(body__startswith="Bảy ngày").submitted_at)
    assert change.date == asked.strftime("%Y-%m-%dT%H:%M:%SZ")


def test_comments_stand_on_the_words_that_they_are_about(world, drafts):
    found = {
        c.text.split(".")[0]: c for c in word.comments(tracked_docx(*drafts, reader=world.office))
    }
    assert sorted(found) == ["YK01", "YK02", "YK03", "YK04"]
    assert found["YK01"].about == "0705"
    assert found["YK02"].about == "đôn đốckiểm tra"
    assert found["YK03"].about == "Chỉ thị này phổ biến đến chi bộ."
    assert found["YK04"].about.startswith("về siết chặt kỷ luật")
    assert found["YK01"].author == world.delegate.full_name
    assert "Bảy ngày là quá lâu." in found["YK01"].text
    assert found["YK03"].text.endswith("Giải trình, giữ nguyên. Đã xem xét.")


def test_all_accepted_is_the_new_draft_and_all_rejected_the_old_one(world, drafts):
    redline = tracked_docx(*drafts, reader=world.office)
    old, new = drafts
    assert word.accepted(redline) == word.accepted(draft_docx(new))
    assert word.rejected(redline) == word.accepted(draft_docx(old))


def test_those_who_asked_for_the_same_are_named_together(world, consultation):
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    for author in world.delegates:
        made = factories.comment(consultation, author, on=point, change=("07", "05"))
        consolidation.answer(made.pk, actor=world.office, outcome=Outcome.ACCEPTED)
    services.close_round(consultation.pk, actor=world.office)
    draft = consolidation.consolidate(consultation.pk, actor=world.office)
    authors = author_of(tracked_docx(consultation.draft, draft, reader=world.office))
    assert authors["ins", "05"] == f"{world.delegate.full_name}; {world.delegate2.full_name}"


def test_a_delegate_sees_no_comment_and_no_name_of_another(world, drafts):
    redline = tracked_docx(*drafts, reader=world.delegate)
    with zipfile.ZipFile(io.BytesIO(redline)) as parts:
        text = "".join(parts.read(name).decode() for name in parts.namelist() if "xml" in name)
    assert world.delegate2.full_name not in text
    assert "Nên phổ biến rộng hơn" not in text
    assert author_of(redline)["ins", "05"] == world.delegate.full_name
    assert author_of(redline)["ins", "kiểm tra"] == world.office.full_name
    assert word.accepted(redline) == word.accepted(tracked_docx(*drafts, reader=world.office))


def test_the_comparison_is_downloaded_for_word(world, drafts):
    browser = Client()
    browser.force_login(world.office)
    url = reverse("compare_docx", args=[drafts[0].directive_id])
    answer = browser.get(url)
    assert "so-sanh-du-thao-1-2" in answer["Content-Disposition"]
    assert ("ins", "05") in author_of(answer.content)
    assert author_of(browser.get(f"{url}?old=2&new=2").content) == {}
    assert browser.get(f"{url}?old=x").status_code == 404
    assert browser.get(f"{url}?old=7").status_code == 404


def test_a_delegate_who_was_sent_one_draft_cannot_compare(world, drafts):
    browser = Client()
    browser.force_login(world.delegate)
    assert browser.get(reverse("compare_docx", args=[drafts[0].directive_id])).status_code == 404


def test_comments_are_read_in_a_fixed_number_of_queries(
    world, drafts, django_assert_max_num_queries
):
    with django_assert_max_num_queries(25):
        tracked_docx(*drafts, reader=world.office)


SYSTEM_PYTHON = "/usr/bin/python3"


def has_libreoffice() -> bool:
    if not shutil.which("soffice"):
        return False
    return not subprocess.run([SYSTEM_PYTHON, "-c", "import uno"], capture_output=True).returncode


@pytest.mark.skipif("not has_libreoffice()", reason="LibreOffice and python3-uno are not installed")
@pytest.mark.parametrize(
    ("command", "number"), [("AcceptAllTrackedChanges", 2), ("RejectAllTrackedChanges", 1)]
)
def test_libreoffice_gives_either_draft_back(world, drafts, tmp_path, command, number):
    redline, alone = tmp_path / "so-sanh.docx", tmp_path / "du-thao.docx"
    redline.write_bytes(tracked_docx(*drafts, reader=world.office))
    alone.write_bytes(draft_docx(drafts[number - 1]))
    assert left_by_libreoffice(redline, command) == left_by_libreoffice(alone, "")


def left_by_libreoffice(file: Path, command: str) -> list[str]:
    """The paragraphs; LibreOffice puts an empty one before a table that begins a file."""
    run = [SYSTEM_PYTHON, "tests/libreoffice.py", str(file), command]
    asked = subprocess.run(run, check=True, capture_output=True, timeout=120)
    found = json.loads(asked.stdout)
    return found[1:] if not found[0] else found
