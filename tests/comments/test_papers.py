import pytest

from comments import consolidation, papers, services, threads
from comments.exports import positions
from comments.models import Outcome, Position
from tests import factories


@pytest.fixture
def provision(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


def answer(comment, world, **said):
    consolidation.answer(comment.pk, actor=world.office, **said)


def test_the_same_words_with_the_same_reply_are_one_row(world, consultation, provision):
    for person in world.delegates:
        comment = factories.comment(consultation, person, on=provision, body="Đề nghị rút ngắn.")
        answer(comment, world, outcome=Outcome.NOTED)
    (row,) = papers.reply_table(consultation).rows
    assert row.comment == "Đề nghị rút ngắn."
    for person in world.delegates:
        assert person.full_name in row.delegates
    assert papers.reply_table(consultation).comments == 2


def test_the_same_words_with_another_reply_stay_apart(world, consultation, provision):
    for person in world.delegates:
        comment = factories.comment(consultation, person, on=provision, body="Đề nghị rút ngắn.")
        answer(comment, world, outcome=Outcome.NOTED, reply=f"Đã trao đổi với {person.username}.")
    assert len(papers.reply_table(consultation).rows) == 2


def test_the_same_words_with_another_exchange_stay_apart_where_it_is_shown(
    world, consultation, provision, django_assert_num_queries
):
    for person in world.delegates:
        comment = factories.comment(consultation, person, on=provision, body="Đề nghị rút ngắn.")
        threads.ask(comment.pk, actor=world.office, text="Còn mấy ngày? " * 40)
        threads.reply(comment.pk, actor=person, text=f"Như {person.username} đã nói.")
    assert len(papers.reply_table(consultation).rows) == 1
    with django_assert_num_queries(8):
        rows = papers.reply_table(consultation, exchange=True).rows
    assert len(rows) == 2
    said, question, answer = rows[0].comment.split("\n")
    assert said == "Đề nghị rút ngắn."
    assert question.startswith("Văn phòng hỏi: Còn mấy ngày? Còn")
    assert question.endswith(" …")
    assert len(question) < 330
    assert answer == "Đại biểu trả lời: Như delegate đã nói."


def test_rows_follow_the_document_and_the_draft_as_a_whole_comes_last(
    world, consultation, provision
):
    factories.comment(consultation, world.delegate, body="Nhất trí với bố cục.")
    factories.comment(consultation, world.delegate2, on=provision)
    subject = consultation.draft.provisions.get(kind="subject")
    factories.comment(consultation, world.delegate, on=subject, body="Rút gọn trích yếu.")
    places = [row.provision for row in papers.reply_table(consultation).rows]
    assert places[0] == "Trích yếu"
    assert places[-1] == papers.WHOLE
    assert len(places) == 3


def forms(consultation, monkeypatch) -> dict:
    """What would be printed, by member."""
    printed = []
    monkeypatch.setattr(papers, "compose_opinion_forms", lambda made, created: printed.extend(made))
    delegates = list(consultation.delegates.select_related("person"))
    papers.opinion_forms_paper(consultation, delegates)
    return {form.member: form for form in printed}


def test_a_form_holds_what_its_member_has_sent_and_nothing_else(
    world, consultation, provision, monkeypatch
):
    me = world.delegate
    factories.comment(consultation, me, on=provision, change=("07", "05"), body="Lâu.")
    factories.comment(consultation, me, body="Nhất trí với bố cục.")
    factories.comment(consultation, world.delegate2, body="Của người khác.")
    services.save_comment(
        consultation.pk, actor=me, author=me, said=services.Said(body="Đang viết.")
    )
    withdrawn = factories.comment(consultation, me, body="Đã rút.")
    services.withdraw(withdrawn.pk, actor=me)
    services.give_position(
        consultation.pk, actor=me, person=me, position=Position.DISAGREES, reason="Chưa rõ."
    )
    form = forms(consultation, monkeypatch)[me.full_name]
    ((place, words),) = form.by_provision
    assert place.startswith(("Khoản", "Điểm"))
    assert "05 ngày" in words
    assert words.endswith("Lâu.")
    assert form.other == ("Nhất trí với bố cục.",)
    assert (form.position, form.reason) == (positions.DISAGREES, "Chưa rõ.")


def test_who_has_said_nothing_has_an_empty_form(world, consultation, monkeypatch):
    form = forms(consultation, monkeypatch)[world.delegate2.full_name]
    assert form.position == positions.NO_REPLY
    assert not form.by_provision
    assert not form.other


def test_the_forms_of_all_take_as_many_queries_as_one(
    world, consultation, provision, django_assert_num_queries, monkeypatch
):
    factories.comment(consultation, world.delegate, on=provision)
    delegates = list(consultation.delegates.select_related("person"))
    monkeypatch.setattr(papers, "compose_opinion_forms", lambda made, created: list(made))
    for asked in (delegates[:1], delegates):
        with django_assert_num_queries(6):
            papers.opinion_forms_paper(consultation, asked)
