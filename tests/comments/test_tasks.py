from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from comments import consolidation, services, threads
from comments.models import Consultation, Outcome
from comments.said import Said
from comments.tasks import comment_tasks, message_tasks
from tests import factories


def tasks(person):
    return list(comment_tasks(person))


def test_who_is_asked_and_silent_has_a_task_with_its_deadline(world, consultation):
    [task] = tasks(world.delegate)
    assert task.waits_for_me
    assert task.deadline == consultation.deadline
    assert task.url == reverse("consultation_read", args=[consultation.pk])


def test_who_has_answered_only_follows_until_something_is_left_unsent(world, consultation):
    factories.comment(consultation, world.delegate)
    [task] = tasks(world.delegate)
    assert not task.waits_for_me
    services.save_comment(
        consultation.pk, actor=world.delegate, author=world.delegate, said=Said(body="Nháp.")
    )
    [task] = tasks(world.delegate)
    assert task.waits_for_me
    assert "1" in task.note


def test_what_a_clerk_is_still_writing_for_a_delegate_is_not_told_to_them(world, consultation):
    services.save_comment(
        consultation.pk, actor=world.clerk, author=world.delegate, said=Said(body="Nháp.")
    )
    [task] = tasks(world.delegate)
    assert "1 " not in task.note.removeprefix(str(consultation.draft))


def test_the_answers_are_done_work_for_those_who_were_asked(world, consolidated):
    for person in world.delegates:
        [task] = tasks(person)
        assert task.done


def test_the_office_follows_then_closes_then_answers_then_makes_the_draft(world, consultation):
    comment = factories.comment(consultation, world.delegate)
    [task] = tasks(world.office)
    assert not task.waits_for_me
    Consultation.objects.update(deadline=timezone.now() - timedelta(minutes=1))
    [task] = tasks(world.office)
    assert task.waits_for_me
    assert task.url == reverse("consultation_close", args=[consultation.pk])
    services.close_round(consultation.pk, actor=world.office)
    [task] = tasks(world.office)
    assert task.url == reverse("workbench", args=[consultation.pk])
    answer_waits = task.action
    consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.NOTED)
    [task] = tasks(world.office)
    assert task.action != answer_waits
    consolidation.consolidate(consultation.pk, actor=world.office)
    assert tasks(world.office) == []


def test_a_clerk_records_while_the_round_is_open(world, consultation):
    [task] = tasks(world.clerk)
    assert task.url == reverse("comment_record", args=[consultation.pk])
    services.close_round(consultation.pk, actor=world.office)
    assert tasks(world.clerk) == []


def test_others_have_nothing_to_do(world, consultation):
    assert tasks(world.administrator) == []
    assert tasks(world.chair) == []


def test_many_rounds_cost_what_one_costs(world, consultation, django_assert_num_queries):
    person = factories.person(world.committee)
    for _n in range(3):
        made = factories.directive(world.office, world.committee)
        factories.consultation(world.office, made, [person])
    with django_assert_num_queries(3):
        assert len(tasks(person)) == 3


def exchanges(person):
    return [(task.url, task.waits_for_me) for task in message_tasks(person)]


def test_a_question_waits_for_the_author_and_then_its_answer_for_who_asked(world, consultation):
    comment = factories.comment(consultation, world.delegate)
    waiting = [(reverse("comment_messages", args=[comment.pk]), True)]
    threads.ask(comment.pk, actor=world.office, text="Vì sao?")
    assert exchanges(world.delegate) == waiting
    assert exchanges(world.office) == exchanges(world.delegate2) == []
    threads.reply(comment.pk, actor=world.delegate, text="Vì quá lâu.")
    assert exchanges(world.delegate) == exchanges(world.office2) == []
    assert exchanges(world.office) == waiting
    threads.mark_read(comment, world.office)
    assert exchanges(world.office) == []


def test_a_second_question_takes_the_answer_off_the_list(world, consultation):
    comment = factories.comment(consultation, world.delegate)
    threads.ask(comment.pk, actor=world.office, text="Vì sao?")
    threads.reply(comment.pk, actor=world.delegate, text="Vì quá lâu.")
    threads.ask(comment.pk, actor=world.office2, text="Bao lâu thì được?")
    assert exchanges(world.office) == []
    assert len(exchanges(world.delegate)) == 1


def test_an_open_question_waits_after_the_round_and_not_after_the_next_draft(world, closed):
    comment = closed.comments.get()
    threads.ask(comment.pk, actor=world.office, text="Vì sao?")
    assert len(exchanges(world.delegate)) == 1
    consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.NOTED)
    consolidation.consolidate(closed.pk, actor=world.office)
    assert exchanges(world.delegate) == []


def test_a_withdrawn_comment_leaves_no_question_behind(world, consultation):
    comment = factories.comment(consultation, world.delegate)
    threads.ask(comment.pk, actor=world.office, text="Vì sao?")
    services.withdraw(comment.pk, actor=world.delegate)
    assert exchanges(world.delegate) == []


def test_many_exchanges_cost_what_one_costs(world, consultation, django_assert_num_queries):
    for _n in range(3):
        comment = factories.comment(consultation, world.delegate)
        threads.ask(comment.pk, actor=world.office, text="Vì sao?")
    with django_assert_num_queries(2):
        assert len(exchanges(world.delegate)) == 3
