"""The register as a paper and as a workbook."""

import io
import re

import pdfplumber
import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Role
from directives import register, register_papers
from directives.models import NumberRegister
from directives.rendering.typesetting import typeset
from tests import factories
from tests.successors import issue, successor


@pytest.fixture
def numbers(world, issued) -> NumberRegister:
    """35 issued, 36 reserved for a paper outside, 37 cancelled."""
    numbers = NumberRegister.objects.get()
    for paper, reason in (("Chỉ thị về thanh long", "Chờ ký"), ("Chỉ thị khác", "Giữ trước")):
        register.reserve(numbers.pk, actor=world.clerk, paper=paper, reason=reason)
    cancelled = numbers.entries.get(number=37)
    register.cancel(cancelled.pk, actor=world.clerk, reason="Không ban hành nữa")
    return NumberRegister.objects.get()


def rows_of(numbers: NumberRegister) -> list[tuple]:
    book = load_workbook(io.BytesIO(register_papers.register_xlsx(numbers)))
    return list(book["Sổ đăng ký chỉ thị"].values)


def texts(numbers: NumberRegister) -> list[str]:
    pdf = typeset(register_papers.register_paper(numbers))
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        assert all(page.width > page.height for page in paper.pages)
        return [" ".join(page.extract_text(layout=False).split()) for page in paper.pages]


def test_every_number_is_there_with_what_became_of_it(world, issued, numbers):
    heading, given, reserved, cancelled = rows_of(numbers)
    assert heading[:3] == ("Số, ký hiệu", "Ngày ban hành", "Trích yếu nội dung")
    assert [row[0] for row in (given, reserved, cancelled)] == ["35-CT/TU", "36-CT/TU", "37-CT/TU"]
    assert given[2:5] == (issued.subject, issued.signer_name, "Đã cấp số")
    assert (reserved[2], reserved[4]) == ("Chỉ thị về thanh long", "Giữ số")
    assert "Lý do giữ số: Chờ ký" in reserved[5]
    assert "Lý do hủy: Không ban hành nữa" in cancelled[5]
    assert str(world.clerk) in cancelled[5]


def test_days_are_days_in_the_workbook_so_that_they_sort(issued, numbers):
    _heading, given, reserved, _cancelled = rows_of(numbers)
    assert given[1].date() == issued.issue.issued_on
    assert reserved[1] in (None, "")


def test_the_paper_says_the_same_across_under_the_letterhead(world, issued, numbers):
    (page,) = texts(numbers)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in page
    assert "SỔ ĐĂNG KÝ CHỈ THỊ" in page
    assert "Từ số 35 đến số 37, liên tục: đã cấp 1, đang giữ 1, đã hủy 1." in page
    assert f"{issued.issue.issued_on:%d/%m/%Y}" in page
    assert "Lý do hủy: Không ban" in page


def test_the_table_fills_the_page_between_its_margins(issued, numbers):
    pdf = typeset(register_papers.register_paper(numbers))
    with pdfplumber.open(io.BytesIO(pdf)) as paper:
        (page,) = paper.pages
        edges = [edge["x1"] for edge in page.rects + page.lines]
        assert max(edges) == pytest.approx(277 / 25.4 * 72, abs=1)


def test_the_heading_stands_on_every_page_and_no_row_is_cut(world, numbers):
    for place in range(40):
        paper = f"Bắt đầu {place} " + "về nội dung của văn bản " * 8 + f"kết thúc {place}"
        register.reserve(numbers.pk, actor=world.clerk, paper=paper, reason="Chờ ký")
    pages = texts(NumberRegister.objects.get())
    assert len(pages) > 2
    for page in pages:
        assert "Số, ký hiệu" in page
        assert re.findall(r"Bắt đầu (\d+)", page) == re.findall(r"kết thúc (\d+)", page)
    assert len(re.findall(r"Bắt đầu", " ".join(pages))) == 40


def test_what_is_no_longer_in_force_is_said(world, issued, numbers, monkeypatch):
    monkeypatch.setattr("directives.record.issued_pdf", lambda *_args, **_facts: b"%PDF-")
    register.cancel(numbers.entries.get(number=36).pk, actor=world.clerk, reason="Không in")
    issue(world, successor(world, issued))
    rows = rows_of(NumberRegister.objects.get())
    assert rows[1][5] == "Đã được thay thế."


def test_an_empty_register_says_so(world):
    term = world.committee.terms.get()
    empty = register.open_register(actor=world.clerk, term=term, first_number=1)
    assert rows_of(empty)[1][0] == "Chưa có số nào được cấp."
    assert "Chưa có số nào được cấp." in texts(empty)[0]


def test_the_papers_ask_as_much_however_many_numbers_there_are(
    world, issued, numbers, django_assert_num_queries
):
    numbers = NumberRegister.objects.select_related("committee", "term").get()
    with django_assert_num_queries(1):
        register_papers.register_table(numbers)
    for n in range(8):
        register.reserve(numbers.pk, actor=world.clerk, paper=f"Văn bản {n}", reason="Chờ ký")
    with django_assert_num_queries(1):
        register_papers.register_table(numbers)


@pytest.mark.parametrize("ending", ["pdf", "xlsx"])
def test_the_files_are_named_after_the_term_and_given_to_whoever_sees_the_register(
    world, issued, numbers, signed_in, ending
):
    address = reverse(f"register_{ending}", args=[numbers.pk])
    for person in (world.clerk, world.office):
        answer = signed_in(person).get(address)
        assert answer.status_code == 200
        assert 'filename="so-dang-ky-chi-thi-' in answer["Content-Disposition"]
        assert answer["Content-Disposition"].endswith(f'.{ending}"')
    assert (
        address
        in signed_in(world.office).get(reverse("register_view", args=[numbers.pk])).content.decode()
    )
    stranger = factories.person(factories.CommitteeFactory(), Role.CLERK)
    for person in (world.chair, world.delegate, stranger):
        assert signed_in(person).get(address).status_code == 403


def test_a_register_of_other_papers_is_not_called_one_of_directives(world, numbers):
    other = register.open_register(
        actor=world.clerk, term=numbers.term, first_number=1, document_type="TB"
    )
    assert register_papers.register_table(other).title == "Sổ đăng ký thông báo"
    assert register_papers.register_table(numbers).title == "Sổ đăng ký chỉ thị"


def test_a_paper_that_was_numbered_here_is_not_called_one_outside_the_system(world, numbers):
    today = timezone.localdate()
    with transaction.atomic():
        register.number_paper(numbers, actor=world.clerk, paper="Thông báo", issued_on=today)
    register.reserve(numbers.pk, actor=world.clerk, paper="Văn bản giấy", reason="Chờ ký")
    here, outside = register_papers.register_table(numbers).rows[-2:]
    assert "Văn bản ngoài hệ thống." not in here.cells[5]
    assert "Văn bản ngoài hệ thống." in outside.cells[5]
