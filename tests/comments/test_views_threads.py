"""The exchange on a comment where the office and the author find it, with and without scripts."""

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Notice, User
from comments import consolidation, services, threads
from comments.models import Consultation, Message, Outcome, Source
from tests import factories

HTMX = {"hx-request": "true"}
QUESTION, ANSWER = "Đề nghị đồng chí nêu thời hạn cụ thể.", "Năm ngày làm việc là đủ."


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


@pytest.fixture
def comment(world, consultation, point):
    return factories.comment(consultation, world.delegate, on=point, change=("07", "05"))


@pytest.fixture
def asked(world, comment):
    return threads.ask(comment.pk, actor=world.office, text=QUESTION)


@pytest.fixture
def as_(client):
    def as_(person):
        client.force_login(person)
        return client

    return as_


def url(name, about):
    return reverse(name, args=[about.pk])


def bench(consultation, point):
    return f"{url('workbench', consultation)}?at={point.key}"


def form_of(page, comment):
    """The form of the exchange, on whichever of the two pages."""
    held = [*getattr(page.context.get("bench"), "cards", [])]
    held += getattr(page.context.get("sheet"), "rows", [])
    return next(one.threads[comment.pk].form for one in held if comment.pk in one.threads)


def sent_from(page, comment, text):
    return {"text": text, "token": form_of(page, comment)["token"].value()}


def test_the_office_asks_at_the_workbench_and_the_author_answers_on_the_draft(
    world, consultation, comment, point, as_
):
    office = as_(world.office)
    page = office.get(bench(consultation, point))
    response = office.post(url("comment_ask", comment), sent_from(page, comment, QUESTION))
    assert response.url == f"{bench(consultation, point)}#c-{comment.pk}"
    text = office.get(response.url).content.decode()
    assert QUESTION in text
    assert _("Waits for the delegate's answer") in text
    member = as_(world.delegate)
    page = member.get(url("consultation_read", consultation))
    assert QUESTION in page.content.decode()
    assert page.context["sheet"].asked_back == [comment]
    response = member.post(url("comment_reply", comment), sent_from(page, comment, ANSWER))
    assert response.url.endswith(f"#p-{point.key}")
    assert member.get(response.url).context["sheet"].asked_back == []
    text = as_(world.office).get(bench(consultation, point)).content.decode()
    assert ANSWER in text
    assert _("Waits for the delegate's answer") not in text


def test_a_clerk_records_the_answer_of_a_delegate_who_does_not_sign_in(
    world, consultation, comment, point, asked, as_
):
    User.objects.filter(pk=world.delegate.pk).update(username=None)
    clerk = as_(world.clerk)
    record = url("comment_record_reply", comment)
    assert record in clerk.get(bench(consultation, point)).content.decode()
    page = clerk.get(record)
    assert QUESTION in page.content.decode()
    said = {"text": ANSWER, "source": Source.PAPER, "token": page.context["form"]["token"].value()}
    answer = clerk.post(record, said, follow=True)
    text = answer.content.decode()
    assert ANSWER in text
    assert f"{world.clerk.full_name} ghi nhận thay" in text
    assert record not in text
    threads.ask(comment.pk, actor=world.office, text="Kể cả ngày nghỉ?")
    chair = as_(world.chair).get(bench(consultation, point)).content.decode()
    assert ANSWER in chair
    assert record not in chair


def test_what_is_missing_in_a_recorded_answer_is_told_and_nothing_typed_is_lost(
    world, comment, asked, as_
):
    office = as_(world.office)
    for said, field in (({"text": ANSWER}, "source"), ({"source": "paper", "text": " "}, "text")):
        page = office.post(url("comment_record_reply", comment), said)
        assert page.status_code == 422
        assert list(page.context["form"].errors) == [field]
        assert page.context["form"]["text"].value() == said["text"]
    assert Message.objects.count() == 1


def test_nothing_is_recorded_once_the_exchange_is_over(world, consultation, comment, asked, as_):
    services.withdraw(comment.pk, actor=world.delegate)
    office = as_(world.office)
    assert office.get(url("comment_record_reply", comment)).status_code == 302
    said = {"text": ANSWER, "source": "paper"}
    assert office.post(url("comment_record_reply", comment), said).status_code == 409


def test_a_double_click_is_one_message(world, consultation, comment, point, as_):
    office = as_(world.office)
    page = office.get(bench(consultation, point))
    for _n in range(2):
        office.post(url("comment_ask", comment), sent_from(page, comment, QUESTION))
    assert Message.objects.count() == 1


def test_with_scripts_only_the_parts_that_changed_come_back(
    world, consultation, comment, point, as_
):
    said = {"text": QUESTION, "token": "1"}
    part = as_(world.office).post(url("comment_ask", comment), said, headers=HTMX)
    assert QUESTION in part.content.decode()
    assert b"<html" not in part.content
    part = as_(world.delegate).post(
        url("comment_reply", comment), {"text": ANSWER, "token": "1"}, headers=HTMX
    )
    assert part.headers["HX-Retarget"] == f"#p-{point.key}"
    text = part.content.decode()
    assert ANSWER in text
    assert 'id="reading-asked" hx-swap-oob' in text
    assert "<html" not in text


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_refused_question_keeps_what_was_typed(world, comment, as_, headers):
    long = "dài " * 5_000
    page = as_(world.office).post(url("comment_ask", comment), {"text": long}, headers=headers)
    assert page.status_code == 422
    form = form_of(page, comment)
    assert form["text"].value() == long
    assert len(form.errors["text"]) == 1
    assert not Message.objects.exists()


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_an_empty_answer_comes_back_open(world, comment, asked, as_, headers):
    page = as_(world.delegate).post(url("comment_reply", comment), {"text": " "}, headers=headers)
    assert page.status_code == 422
    assert len(form_of(page, comment).errors["text"]) == 1


def test_other_words_from_a_form_that_was_sent_can_be_sent_once_they_were_seen(
    world, consultation, comment, point, as_
):
    office = as_(world.office)
    said = sent_from(office.get(bench(consultation, point)), comment, QUESTION)
    office.post(url("comment_ask", comment), said)
    page = office.post(url("comment_ask", comment), said | {"text": "Câu khác."})
    assert page.status_code == 422
    assert QUESTION in page.content.decode()
    office.post(url("comment_ask", comment), sent_from(page, comment, "Câu khác."))
    assert [message.text for message in comment.messages.all()] == [QUESTION, "Câu khác."]


def test_nobody_but_the_author_and_the_staff_sees_an_exchange(
    world, consultation, comment, asked, as_
):
    Consultation.objects.update(shows_others=True)
    read = url("consultation_read", consultation)
    page = as_(world.delegate2).get(read).content.decode()
    assert comment.label in page
    assert QUESTION not in page
    assert as_(world.delegate2).get(url("comment_messages", comment)).status_code == 403
    assert QUESTION in as_(world.delegate).get(read).content.decode()


def test_clerk_and_chair_read_along_and_are_offered_no_form(
    world, consultation, comment, point, asked, as_
):
    for person in (world.clerk, world.chair):
        page = as_(person).get(bench(consultation, point))
        assert QUESTION in page.content.decode()
        assert form_of(page, comment) is None
        assert as_(person).post(url("comment_ask", comment), {"text": "?"}).status_code == 403


def test_after_the_next_draft_the_exchange_is_shown_and_closed(
    world, consultation, comment, point, asked, as_
):
    services.close_round(consultation.pk, actor=world.office)
    member = as_(world.delegate)
    assert form_of(member.get(url("consultation_read", consultation)), comment)
    consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.ACCEPTED)
    consolidation.consolidate(consultation.pk, actor=world.office)
    page = member.get(url("consultation_read", consultation))
    assert QUESTION in page.content.decode()
    assert form_of(page, comment) is None
    assert member.post(url("comment_reply", comment), {"text": ANSWER}).status_code == 409
    assert form_of(as_(world.office).get(bench(consultation, point)), comment) is None


def test_a_withdrawn_comment_keeps_its_exchange_and_takes_nothing_more(
    world, consultation, comment, asked, as_
):
    services.withdraw(comment.pk, actor=world.delegate)
    page = as_(world.delegate).get(url("consultation_read", consultation))
    assert QUESTION in page.content.decode()
    assert form_of(page, comment) is None
    assert page.context["sheet"].asked_back == []


def test_the_address_of_an_exchange_leads_each_reader_to_it_and_marks_it_as_read(
    world, consultation, comment, point, asked, as_
):
    address = url("comment_messages", comment)
    at = f"?at={point.key}#c-{comment.pk}"
    assert as_(world.office).get(address).url == url("workbench", consultation) + at
    assert Notice.objects.filter(kind="question_asked", read_at=None).exists()
    assert as_(world.delegate).get(address).url == url("consultation_read", consultation) + at
    assert not Notice.objects.filter(kind="question_asked", read_at=None).exists()


def test_exchanges_cost_the_reading_page_one_query_however_many_they_are(
    world, consultation, point, as_, django_assert_max_num_queries
):
    member = as_(world.delegate)
    read = url("consultation_read", consultation)
    for _n in range(12):
        one = factories.comment(consultation, world.delegate, on=point)
        threads.ask(one.pk, actor=world.office, text=QUESTION)
    member.get(read)
    with django_assert_max_num_queries(11):
        assert len(member.get(read).context["sheet"].asked_back) == 12
