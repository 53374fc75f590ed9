"""The exchange on a comment: who may say what, until when, who is told, and that it stays."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from accounts.models import Notice, NoticeKind
from comments import consolidation, services, threads
from comments.models import Message, Outcome, Source
from comments.said import Said
from directives.log import entries
from directives.models import Event
from directives.refusals import Refused
from tests import factories


@pytest.fixture
def comment(world, consultation):
    return factories.comment(consultation, world.delegate, body="Bảy ngày là quá lâu.")


@pytest.fixture
def ask(world, comment):
    def ask(text="Đề nghị đồng chí cho biết thời hạn cụ thể.", actor=world.office, **facts):
        return threads.ask(comment.pk, actor=actor, text=text, **facts)

    return ask


@pytest.fixture
def reply(world, comment):
    def reply(text="Năm ngày làm việc.", actor=world.delegate, **facts):
        return threads.reply(comment.pk, actor=actor, text=text, **facts)

    return reply


def told(kind) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("person__username", flat=True))


def code_of(refused) -> str:
    return refused.value.code


def test_the_office_asks_and_the_author_answers_in_turn(comment, ask, reply):
    question = ask()
    assert comment.open_question == question
    answer = reply()
    assert comment.open_question is None
    assert list(comment.messages.all()) == [question, answer]
    again = ask("Kể cả ngày nghỉ?")
    assert comment.open_question == again


def test_the_words_are_kept_in_one_form_of_unicode(ask):
    assert ask("ye\u0302u ca\u0302\u0300u\x07").text == "yêu cầu"


def test_only_the_office_asks(world, ask):
    for person in (world.clerk, world.chair, world.delegate, world.delegate2, world.administrator):
        with pytest.raises(PermissionDenied):
            ask(actor=person)
    assert not Message.objects.exists()


def test_only_the_author_answers(world, ask, reply):
    ask()
    for person in (world.office, world.clerk, world.chair, world.delegate2):
        with pytest.raises(PermissionDenied):
            reply(actor=person)


@pytest.fixture
def record(comment):
    def record(actor, text="Năm ngày làm việc.", source=Source.PAPER, **facts):
        return threads.record_reply(comment.pk, actor=actor, text=text, source=source, **facts)

    return record


def test_the_office_and_a_clerk_write_down_what_the_author_answered(world, comment, ask, record):
    for writer, source in ((world.office, Source.PAPER), (world.clerk, Source.MEETING)):
        ask()
        answer = record(writer, source=source)
        assert (answer.author, answer.recorded_by, answer.source) == (
            world.delegate,
            writer,
            source,
        )
        assert comment.open_question is None


def test_nobody_else_writes_an_answer_down(world, ask, record):
    ask()
    for person in (world.chair, world.delegate, world.delegate2, world.administrator):
        with pytest.raises(PermissionDenied):
            record(person)
    assert Message.objects.count() == 1


def test_an_officer_does_not_record_what_they_can_say_themselves(world, directive):
    both = factories.person(world.committee, "office", "delegate")
    consultation = factories.consultation(world.office, directive, [both])
    own = factories.comment(consultation, both)
    threads.ask(own.pk, actor=world.office, text="Vì sao?")
    with pytest.raises(PermissionDenied):
        threads.record_reply(own.pk, actor=both, text="Vì vậy.", source=Source.PAPER)


def test_an_answer_is_recorded_only_with_its_source_and_where_somebody_asked(world, ask, record):
    with pytest.raises(Refused) as refused:
        record(world.clerk)
    assert code_of(refused) == "not_asked"
    ask()
    for source in ("", "online", "pigeon"):
        with pytest.raises(Refused) as refused:
            record(world.clerk, source=source)
        assert code_of(refused) == "source"


def test_a_recorded_answer_sent_twice_is_one_and_is_told_and_logged_for_the_author(
    world, comment, consultation, ask, record
):
    ask()
    assert record(world.clerk, token="biểu-1") == record(world.clerk, token="biểu-1")
    event = Event.objects.get(verb="record_reply")
    assert (event.actor, event.on_behalf_of) == (world.clerk, world.delegate)
    assert event.payload == {"comment": comment.label}
    assert comment.label in entries(consultation.draft.directive, [event])[0].sentence
    assert told(NoticeKind.QUESTION_ANSWERED) == {"office"}


def test_the_database_refuses_a_recorded_answer_without_its_writer(world, comment, ask):
    ask()
    for facts in ({"source": Source.PAPER}, {"recorded_by": world.clerk}):
        with pytest.raises(DatabaseError), transaction.atomic():
            comment.messages.create(author=world.delegate, text="Năm ngày.", **facts)


def test_an_officer_who_is_asked_too_does_not_ask_themselves(world, directive):
    both = factories.person(world.committee, "office", "delegate")
    consultation = factories.consultation(world.office, directive, [both])
    own = factories.comment(consultation, both)
    with pytest.raises(PermissionDenied):
        threads.ask(own.pk, actor=both, text="?")
    threads.ask(own.pk, actor=world.office, text="Vì sao?")
    assert threads.reply(own.pk, actor=both, text="Vì vậy.").author == both


def test_what_is_still_being_written_has_no_exchange(world, consultation):
    unfinished = services.save_comment(
        consultation.pk, actor=world.delegate, author=world.delegate, said=Said(body="Nháp.")
    )
    for person, act in ((world.office, threads.ask), (world.delegate, threads.reply)):
        with pytest.raises(PermissionDenied):
            act(unfinished.pk, actor=person, text="?")


def test_a_withdrawn_comment_is_asked_about_no_more(world, comment, ask, reply):
    ask()
    services.withdraw(comment.pk, actor=world.delegate)
    for say in (ask, reply):
        with pytest.raises(Refused) as refused:
            say()
        assert code_of(refused) == "withdrawn"


def test_nothing_is_answered_where_nobody_asked(reply):
    with pytest.raises(Refused) as refused:
        reply()
    assert code_of(refused) == "not_asked"


@pytest.mark.parametrize("text", ["", "  \n ", "\x00"])
def test_empty_words_are_refused(ask, reply, text):
    with pytest.raises(Refused) as refused:
        ask(text)
    assert code_of(refused) == "empty"
    ask()
    with pytest.raises(Refused) as refused:
        reply(text)
    assert code_of(refused) == "empty"


def test_words_without_end_are_refused(ask):
    with pytest.raises(Refused) as refused:
        ask("dài " * 5_000)
    assert code_of(refused) == "too_long"


def test_the_exchange_goes_on_after_the_round_and_ends_with_the_next_draft(
    world, consultation, comment, ask, reply
):
    ask()
    services.close_round(consultation.pk, actor=world.office)
    reply()
    ask("Và sau đó?")
    consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.NOTED)
    consolidation.consolidate(consultation.pk, actor=world.office)
    for say in (ask, reply):
        with pytest.raises(Refused) as refused:
            say()
        assert code_of(refused) == "done"


def test_the_same_form_sent_twice_is_one_message(ask):
    assert ask(token="biểu-1") == ask(token="biểu-1")
    assert Message.objects.count() == 1
    assert Event.objects.filter(verb="ask_author").count() == 1
    assert Notice.objects.filter(kind=NoticeKind.QUESTION_ASKED).count() == 1


def test_the_same_form_with_other_words_is_refused_and_the_first_stand(ask):
    sent = ask(token="biểu-1")
    with pytest.raises(Refused) as refused:
        ask("Lời khác.", token="biểu-1")
    assert code_of(refused) == "sent"
    assert Message.objects.get() == sent


def test_the_tokens_of_two_people_do_not_meet(world, ask, reply):
    ask(token="1")
    assert reply(token="1").author == world.delegate
    ask("Cùng biểu.", actor=world.office2, token="1")
    assert Message.objects.count() == 3


def test_what_was_said_cannot_be_changed_or_removed(ask):
    ask()
    for act in (
        lambda: Message.objects.update(text="khác"),
        lambda: Message.objects.all()._raw_delete(Message.objects.db),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()
    assert Message.objects.get().text != "khác"


def test_every_message_is_told_in_the_log_without_its_words(comment, consultation, ask, reply):
    ask(), reply()
    directive = consultation.draft.directive
    asked, replied = Event.objects.filter(stream=directive.stream).order_by("-sequence")[:2][::-1]
    assert (asked.verb, replied.verb) == ("ask_author", "reply_to_office")
    assert asked.payload == replied.payload == {"comment": comment.label}
    assert all(comment.label in entry.sentence for entry in entries(directive, [asked, replied]))


def test_the_author_is_told_of_a_question_and_who_asked_of_the_answer(world, comment, ask, reply):
    ask()
    assert told(NoticeKind.QUESTION_ASKED) == {"delegate"}
    reply()
    assert told(NoticeKind.QUESTION_ANSWERED) == {"office"}
    ask("Thêm một câu.", actor=world.office2)
    Notice.objects.all().delete()
    reply("Thêm một lời.")
    assert told(NoticeKind.QUESTION_ANSWERED) == {"office", "office2"}


def test_a_question_goes_by_mail_without_its_words(
    world, comment, ask, django_capture_on_commit_callbacks
):
    world.delegate.email = "dai.bieu@tinhuy.example"
    world.delegate.save()
    with django_capture_on_commit_callbacks(execute=True):
        ask("Có phải 07 ngày làm việc?")
    [message] = mail.outbox
    assert message.to == [world.delegate.email]
    assert comment.label in message.body
    assert "07 ngày" not in message.body


def test_many_exchanges_are_read_in_one_query(
    world, consultation, comment, ask, django_assert_num_queries
):
    ask()
    others = [factories.comment(consultation, world.delegate) for _n in range(5)]
    for other in others:
        threads.ask(other.pk, actor=world.office2, text="Vì sao?")
    loaded = list(consultation.comments.all())
    with django_assert_num_queries(1):
        threads.load(loaded)
        asked = [one.open_question.author for one in loaded]
    assert asked == [world.office, *[world.office2] * 5]


def test_who_reads_an_exchange_has_no_notice_of_it_left(world, comment, ask, reply):
    ask(), reply()
    threads.mark_read(comment, world.office)
    unread = Notice.objects.filter(read_at=None, kind__in=["question_asked", "question_answered"])
    assert [notice.person for notice in unread] == [world.delegate]
