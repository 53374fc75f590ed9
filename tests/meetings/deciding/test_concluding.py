"""Conclusions: recorded, confirmed by the chair, followed by the directive; their tasks."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from accounts.models import Notice, NoticeKind, Unit
from comments import services as rounds
from directives import workflow
from directives.models import Approval, Directive, Event, State, StoredFile
from directives.refusals import Refused
from meetings.deciding import concluding
from meetings.deciding.concluding import Given, Point, Said, StaleConclusion
from meetings.models import AgendaItem, Conclusion, Decision, MeetingPaper, PaperKind, Task
from meetings.preparing import gathering
from tests import factories, sitting

TEXT = "Thống nhất chủ trương; Văn phòng tiếp thu, chỉnh lý dự thảo."


@pytest.fixture
def item(world, directive) -> AgendaItem:
    """The draft is out for comments at the meeting, and under discussion."""
    item = sitting.under_way(world, directive)
    gathering.circulate(item.pk, actor=world.office, deadline=timezone.now() + timedelta(days=1))
    return AgendaItem.objects.get(pk=item.pk)


def recorded(world, item, version=0, actor=None, **said) -> Conclusion:
    facts = {"decision": Decision.HAND_BACK, "text": TEXT} | said
    return concluding.record_conclusion(
        item.pk, actor=actor or world.clerk, version=version, said=Said(**facts)
    )


def confirmed(world, item, **said) -> Conclusion:
    conclusion = recorded(world, item, **said)
    return concluding.confirm_conclusion(item.pk, actor=world.chair, version=conclusion.version)


def given(world, item, conclusion, **said) -> Task:
    facts = {"text": "Hoàn thiện dự thảo"} | said
    return concluding.give_task(
        item.pk, actor=world.office, version=conclusion.version, given=Given(**facts)
    )


def code_of(act, *args, **facts) -> str:
    with pytest.raises(Refused) as refused:
        act(*args, **facts)
    return refused.value.code


def approve_minutes(item, person) -> None:
    file = StoredFile.objects.create(
        name="bien-ban.pdf", media_type="application/pdf", content=b"%PDF", sha256="0" * 64
    )
    now = timezone.now()
    MeetingPaper.objects.create(
        meeting=item.meeting,
        kind=PaperKind.MINUTES,
        assembled_at=now,
        assembled_by=person,
        approved_at=now,
        approved_by=person,
        sha256="0" * 64,
        pdf=file,
    )


# Recorded and confirmed


def test_the_secretary_records_what_the_chair_gave_and_the_chair_confirms_it(world, item):
    conclusion = recorded(world, item, remaining="Thời hạn trả lời")
    assert conclusion.given_by.person == world.chair
    assert (conclusion.recorded_by, conclusion.confirmed_at) == (world.clerk, None)
    with pytest.raises(PermissionDenied):
        concluding.confirm_conclusion(item.pk, actor=world.clerk, version=1)
    conclusion = concluding.confirm_conclusion(item.pk, actor=world.chair, version=1)
    assert conclusion.confirmed_by == world.chair


def test_what_is_changed_after_the_chair_confirmed_waits_for_the_chair_again(world, item):
    confirmed(world, item)
    assert recorded(world, item, version=1, text="Khác.").confirmed_at is None
    concluding.confirm_conclusion(item.pk, actor=world.chair, version=2)
    given(world, item, Conclusion.objects.get())
    assert Conclusion.objects.get().confirmed_at is None


def test_the_chair_confirms_the_very_words_that_were_read(world, item):
    recorded(world, item)
    recorded(world, item, version=1, text="Khác.")
    assert code_of(concluding.confirm_conclusion, item.pk, actor=world.chair, version=1) == "stale"


def test_a_second_save_from_an_older_form_changes_nothing_and_gives_what_is_stored(world, item):
    recorded(world, item)
    recorded(world, item, version=1, text="Lời của người thứ nhất.")
    with pytest.raises(StaleConclusion) as stale:
        recorded(world, item, version=1, text="Lời của người thứ hai.")
    assert stale.value.stored.text == "Lời của người thứ nhất."
    assert Conclusion.objects.get().text == "Lời của người thứ nhất."


def test_nothing_is_concluded_on_an_item_that_was_not_discussed(world, item):
    AgendaItem.objects.filter(pk=item.pk).update(opened_at=None)
    assert code_of(recorded, world, item) == "not_discussed"


def test_members_conclude_nothing(world, item):
    with pytest.raises(PermissionDenied):
        recorded(world, item, actor=world.delegate)


@pytest.mark.parametrize(
    ("said", "code"), [({"text": " "}, "text"), ({"decision": "x"}, "decision")]
)
def test_a_conclusion_says_something_and_decides_something(world, item, said, code):
    assert code_of(recorded, world, item, **said) == code


def test_approved_minutes_keep_the_conclusions_as_they_are(world, item):
    conclusion = recorded(world, item)
    approve_minutes(item, world.chair)
    assert code_of(recorded, world, item, version=1) == "minuted"
    assert code_of(given, world, item, conclusion) == "minuted"


# Points


def test_points_keep_their_order_and_identity_and_may_be_about_a_provision(world, item):
    key = item.draft.provisions.get(text__contains="07 ngày").key
    conclusion = recorded(world, item, points=[Point("Rút ngắn thời hạn", key), Point("Rà soát")])
    first, second = conclusion.points.all()
    assert (first.provision_key, second.provision_key) == (key, None)
    said = [Point("Rà soát kỹ", None, second.pk), Point("Thêm"), Point("  ", None, first.pk)]
    recorded(world, item, version=1, points=said)
    assert list(conclusion.points.values_list("text", flat=True)) == ["Rà soát kỹ", "Thêm"]
    assert conclusion.points.first().pk == second.pk


def test_a_point_about_a_provision_of_another_draft_is_refused(world, item):
    other = factories.directive(world.office, world.committee)
    key = other.latest_draft.provisions.first().key
    assert code_of(recorded, world, item, points=[Point("Sửa", key)]) == "provision"


# Tasks


def test_a_task_holds_what_was_said_and_nothing_that_was_not(world, item):
    task = given(world, item, recorded(world, item))
    unsaid = ("lead_unit", "lead_person", "deadline")
    assert [getattr(task, name) for name in unsaid] == [None] * 3
    words = ("co_operators", "product", "deadline_words", "reporting")
    assert [getattr(task, name) for name in words] == [""] * 4


def test_a_task_is_corrected_and_dropped(world, item):
    conclusion = recorded(world, item)
    task = given(world, item, conclusion)
    unit = Unit.objects.create(name="Sở Nội vụ")
    facts = {"actor": world.office, "task_id": task.pk}
    concluding.give_task(item.pk, version=2, given=Given("Báo cáo", lead_unit=unit), **facts)
    task.refresh_from_db()
    assert (task.text, task.lead_unit, Task.objects.count()) == ("Báo cáo", unit, 1)
    concluding.drop_task(task.pk, actor=world.office, version=3)
    assert not Task.objects.exists()


def test_a_deadline_is_a_day_or_words(world, item):
    conclusion = recorded(world, item)
    both = {"deadline": timezone.localdate(), "deadline_words": "trước kỳ họp sau"}
    assert code_of(given, world, item, conclusion, **both) == "deadline_words"


def test_the_lead_person_is_told_once_when_the_chair_has_confirmed(world, item):
    conclusion = recorded(world, item)
    given(world, item, conclusion, lead_person=world.delegate)
    told = Notice.objects.filter(kind=NoticeKind.TASK_GIVEN)
    assert not told.exists()
    for version in (2, 3):
        concluding.confirm_conclusion(item.pk, actor=world.chair, version=version)
        if version == 2:
            recorded(world, item, version=2)
    notice = told.get()
    assert notice.person == world.delegate
    assert TEXT not in notice.about + notice.body


# The directive follows


def test_handed_back_the_round_is_closed_and_the_office_consolidates(world, item):
    confirmed(world, item)
    applied = concluding.apply_conclusion(item.pk, actor=world.office)
    directive = Directive.objects.get()
    assert (applied.closed_round, directive.state) == (True, State.CONSOLIDATING)
    assert Event.objects.filter(stream=directive.stream, verb="conclude_hand_back").exists()


def test_a_decision_is_followed_once_and_not_replaced_after_that(world, item):
    confirmed(world, item)
    concluding.apply_conclusion(item.pk, actor=world.office)
    assert code_of(concluding.apply_conclusion, item.pk, actor=world.office) == "applied"
    changed = code_of(recorded, world, item, version=1, decision=Decision.APPROVE)
    assert changed == "decision"


def test_nothing_follows_what_the_chair_has_not_confirmed(world, item):
    recorded(world, item)
    assert code_of(concluding.apply_conclusion, item.pk, actor=world.office) == "unconfirmed"
    assert Directive.objects.get().state == State.CONSULTING


def test_approved_with_comments_waiting_the_draft_does_not_go_to_the_chair(world, item):
    factories.comment(item.consultation, world.delegate)
    confirmed(world, item, decision=Decision.APPROVE)
    applied = concluding.apply_conclusion(item.pk, actor=world.office)
    assert applied.closed_round
    assert applied.obstacles
    assert Directive.objects.get().state == State.CONSOLIDATING


def test_approved_by_the_meeting_is_not_approved_by_the_chair(world, consolidated):
    item = sitting.under_way(world, consolidated)
    confirmed(world, item, decision=Decision.APPROVE)
    applied = concluding.apply_conclusion(item.pk, actor=world.office)
    assert applied.submitted
    assert Directive.objects.get().state == State.SUBMITTED
    assert not Approval.objects.exists()


@pytest.mark.parametrize("decision", [Decision.POSTPONE, Decision.NOTE])
def test_postponed_or_noted_nothing_of_the_directive_changes(world, item, decision):
    confirmed(world, item, decision=decision)
    concluding.apply_conclusion(item.pk, actor=world.office)
    item.consultation.refresh_from_db()
    assert Directive.objects.get().state == State.CONSULTING
    assert item.consultation.closed_at is None


def test_only_the_chair_takes_back_what_is_before_the_chair(world, consolidated):
    item = sitting.under_way(world, consolidated)
    confirmed(world, item)
    workflow.submit_for_approval(consolidated.pk, actor=world.office)
    with pytest.raises(PermissionDenied):
        concluding.apply_conclusion(item.pk, actor=world.office)
    assert concluding.apply_conclusion(item.pk, actor=world.chair).returned
    assert Directive.objects.get().state == State.CONSOLIDATING


def test_a_round_that_was_closed_before_is_left_as_it_is(world, item):
    rounds.close_round(item.consultation_id, actor=world.office)
    confirmed(world, item)
    assert not concluding.apply_conclusion(item.pk, actor=world.office).closed_round
