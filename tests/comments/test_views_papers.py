"""The papers of a round as they are downloaded."""

import io

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from docx import Document
from openpyxl import load_workbook
from pypdf import PdfReader

from comments import threads
from directives.rendering import press, typesetting
from tests import factories


@pytest.fixture
def as_(client):
    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in


def words_of(response) -> str:
    pages = PdfReader(io.BytesIO(response.content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


def test_the_reply_table_opens_in_word_and_in_excel(world, closed, as_):
    client = as_(world.clerk)
    word = client.get(reverse("reply_table_docx", args=[closed.pk]))
    excel = client.get(reverse("reply_table_xlsx", args=[closed.pk]))
    table = Document(io.BytesIO(word.content)).tables[-1]
    sheet = load_workbook(io.BytesIO(excel.content))["Bảng tổng hợp"]
    assert "Bảy ngày là quá lâu." in table.rows[1].cells[2].text
    assert "Bảy ngày là quá lâu." in sheet["C2"].value
    assert f"bang-tong-hop-du-thao-1-{closed.pk}.docx" in word["Content-Disposition"]
    assert f"bang-tong-hop-du-thao-1-{closed.pk}.xlsx" in excel["Content-Disposition"]


def test_a_long_reply_table_is_made_by_the_worker_while_the_reader_sees_how_far_it_is(
    world, closed, as_, settings, monkeypatch
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    monkeypatch.setattr(typesetting, "LONG", 100)
    monkeypatch.setattr(press, "typeset", None)
    address = reverse("reply_table_pdf", args=[closed.pk])
    client = as_(world.clerk)
    waiting = client.get(address)
    assert waiting.url.startswith(reverse("paper_progress"))
    assert "<progress" in client.get(waiting.url).content.decode()
    task = DBTaskResult.objects.get()
    monkeypatch.setattr(press, "typeset", lambda _manuscript: b"%PDF of the worker")
    task.task.call(**task.args_kwargs["kwargs"])
    assert client.get(address).content == b"%PDF of the worker"


QUESTION, ANSWER = "Đề nghị nêu thời hạn cụ thể.", "Năm ngày làm việc là đủ."


@pytest.fixture
def exchanged(world, closed):
    """The office has asked about the only comment of the round and its author has answered."""
    comment = closed.comments.get()
    threads.ask(comment.pk, actor=world.office, text=QUESTION)
    threads.reply(comment.pk, actor=world.delegate, text=ANSWER)
    return closed


@pytest.mark.parametrize("ending", ["pdf", "docx", "xlsx"])
def test_what_was_asked_and_answered_is_in_the_table_only_where_it_is_chosen(
    world, exchanged, as_, ending
):
    address = reverse(f"reply_table_{ending}", args=[exchanged.pk])
    client = as_(world.office)
    plain, chosen = client.get(address), client.get(address, {"exchange": "1"})
    assert QUESTION not in cell_of(plain, ending)
    assert f"Văn phòng hỏi: {QUESTION}" in cell_of(chosen, ending)
    assert f"Đại biểu trả lời: {ANSWER}" in cell_of(chosen, ending)
    assert f"kem-trao-doi.{ending}" in chosen["Content-Disposition"]
    assert "kem-trao-doi" not in plain["Content-Disposition"]


def cell_of(response, ending: str) -> str:
    if ending == "docx":
        return Document(io.BytesIO(response.content)).tables[-1].rows[1].cells[2].text
    if ending == "xlsx":
        return load_workbook(io.BytesIO(response.content))["Bảng tổng hợp"]["C2"].value
    return words_of(response)


def test_a_delegate_prints_the_own_form_from_the_reading_page_and_no_other(
    world, consultation, as_
):
    factories.comment(consultation, world.delegate, body="Nhất trí với bố cục.")
    own = reverse("opinion_form_pdf", args=[consultation.delegates.get(person=world.delegate).pk])
    client = as_(world.delegate)
    page = client.get(reverse("consultation_read", args=[consultation.pk]))
    assert f'href="{own}"' in page.content.decode()
    assert "Nhất trí với bố cục." in words_of(client.get(own))
    other = consultation.delegates.get(person=world.delegate2).pk
    assert client.get(reverse("opinion_form_pdf", args=[other])).status_code == 403
    assert client.get(reverse("opinion_forms_pdf", args=[consultation.pk])).status_code == 403


def test_the_office_prints_the_forms_of_all_in_one_file(world, consultation, as_):
    words = words_of(as_(world.office).get(reverse("opinion_forms_pdf", args=[consultation.pk])))
    assert words.count("PHIẾU XIN Ý KIẾN") == 2
    for person in world.delegates:
        assert f"Họ và tên: {person.full_name}" in words


def test_the_round_and_the_workbench_lead_to_every_paper(world, closed, as_):
    client = as_(world.office)
    names = ("reply_table_pdf", "reply_table_docx", "reply_table_xlsx", "opinion_forms_pdf")
    for page in ("consultation_view", "workbench"):
        html = client.get(reverse(page, args=[closed.pk])).content.decode()
        for name in names:
            assert f'="{reverse(name, args=[closed.pk])}"' in html
