from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from comments import services
from comments.models import Comment, Consultation, Position, ProposalKind, Status
from comments.said import Said
from directives.refusals import Refused
from tests import factories


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


def save(consultation, person, **said):
    token = said.pop("token", "")
    return services.save_comment(
        consultation.pk, actor=person, author=person, said=Said(**said), token=token
    )


def test_a_deadline_in_the_past_opens_no_round(world, directive):
    with pytest.raises(Refused) as refused:
        factories.consultation(
            world.office, directive, world.delegates, deadline=timezone.now() - timedelta(minutes=1)
        )
    assert refused.value.code == "deadline"
    assert not Consultation.objects.exists()
    assert directive.latest_draft.is_working


def test_a_round_needs_somebody_to_ask(world, directive):
    with pytest.raises(Refused) as refused:
        factories.consultation(world.office, directive, [])
    assert refused.value.code == "nobody"


def test_a_submitted_proposal_keeps_its_word_level_edits(world, consultation, point):
    comment = factories.comment(consultation, world.delegate, on=point, change=("07", "05"))
    start = point.text.index("07")
    assert comment.edits == [[start, start + 2, "05"]]
    assert (comment.label, comment.status) == ("YK01", Status.SUBMITTED)


def test_a_draft_of_a_comment_is_kept_and_not_numbered(world, consultation, point):
    comment = save(consultation, world.delegate, provision_key=point.key, body="Chưa xong")
    assert (comment.status, comment.number) == (Status.DRAFT, None)
    assert Comment.objects.get().body == "Chưa xong"


def test_the_same_form_sent_twice_makes_one_comment(world, consultation):
    first = save(consultation, world.delegate, body="Một", token="abc")
    second = save(consultation, world.delegate, body="Một, hai", token="abc")
    assert first.pk == second.pk
    assert Comment.objects.get().body == "Một, hai"


def test_submitting_twice_gives_one_number(world, consultation):
    comment = save(consultation, world.delegate, body="Đồng ý.")
    services.submit(comment.pk, actor=world.delegate)
    again = services.submit(comment.pk, actor=world.delegate)
    assert again.number == 1


def test_a_withdrawn_comment_stays_on_record(world, consultation):
    comment = factories.comment(consultation, world.delegate)
    services.withdraw(comment.pk, actor=world.delegate)
    comment.refresh_from_db()
    assert (comment.status, comment.number) == (Status.WITHDRAWN, 1)


def test_after_the_deadline_the_server_refuses(world, consultation):
    written = save(consultation, world.delegate, body="Viết trước hạn")
    submitted = factories.comment(consultation, world.delegate)
    with time_machine.travel(consultation.deadline, tick=False):
        for act in (
            lambda: save(consultation, world.delegate, body="Muộn"),
            lambda: services.submit(written.pk, actor=world.delegate),
            lambda: services.withdraw(submitted.pk, actor=world.delegate),
            lambda: services.give_position(
                consultation.pk, actor=world.delegate, person=world.delegate, position="agrees"
            ),
        ):
            with pytest.raises(Refused) as refused:
                act()
            assert refused.value.code == "deadline"
    assert Comment.objects.count() == 2


def test_a_second_before_the_deadline_is_in_time(world, consultation):
    with time_machine.travel(consultation.deadline - timedelta(seconds=1), tick=False):
        assert factories.comment(consultation, world.delegate).number == 1


def test_the_office_records_what_came_on_paper_until_the_round_is_closed(world, consultation):
    with time_machine.travel(consultation.deadline + timedelta(hours=1), tick=False):
        comment = services.save_comment(
            consultation.pk,
            actor=world.clerk,
            author=world.delegate,
            said=Said(body="Bằng văn bản."),
            source="paper",
        )
        services.submit(comment.pk, actor=world.clerk)
    assert (comment.author, comment.recorded_by) == (world.delegate, world.clerk)
    services.close_round(consultation.pk, actor=world.office)
    with pytest.raises(Refused) as refused:
        services.save_comment(
            consultation.pk, actor=world.clerk, author=world.delegate, said=Said(body="Muộn")
        )
    assert refused.value.code == "closed"


def test_delegates_do_not_write_for_each_other(world, consultation):
    with pytest.raises(PermissionDenied):
        services.save_comment(
            consultation.pk, actor=world.delegate, author=world.delegate2, said=Said(body="x")
        )
    others = factories.comment(consultation, world.delegate2)
    with pytest.raises(PermissionDenied):
        services.withdraw(others.pk, actor=world.delegate)


def test_a_delegate_cannot_send_what_a_clerk_is_still_writing_for_them(world, consultation):
    comment = services.save_comment(
        consultation.pk, actor=world.clerk, author=world.delegate, said=Said(body="Chưa xong")
    )
    for act in (services.submit, services.discard):
        with pytest.raises(PermissionDenied):
            act(comment.pk, actor=world.delegate)
    assert Comment.objects.get().status == Status.DRAFT


def test_somebody_who_was_not_asked_cannot_comment(world, consultation):
    with pytest.raises(Refused) as refused:
        save(consultation, world.chair, body="x")
    assert refused.value.code == "not_asked"


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"body": ""}, "empty"),
        ({"body": "x" * 10_001}, "too_long"),
        ({"quote": "những lời không có"}, "quote"),
        ({"proposal_kind": ProposalKind.REPLACE, "proposed_text": ""}, "no_wording"),
        ({"category": "poetry", "body": "x"}, "choice"),
    ],
)
def test_bad_input_is_refused_by_name(world, consultation, point, said, code):
    with pytest.raises(Refused) as refused:
        factories.comment(consultation, world.delegate, on=point, **said)
    assert refused.value.code == code
    assert not Comment.objects.filter(status=Status.SUBMITTED).exists()


def test_a_proposal_that_changes_nothing_is_refused(world, consultation, point):
    comment = save(
        consultation,
        world.delegate,
        provision_key=point.key,
        proposal_kind=ProposalKind.REPLACE,
        proposed_text=point.text,
    )
    with pytest.raises(Refused) as refused:
        services.submit(comment.pk, actor=world.delegate)
    assert refused.value.code == "unchanged"


def test_disagreeing_takes_a_reason(world, consultation):
    facts = {"actor": world.delegate, "person": world.delegate, "position": Position.DISAGREES}
    with pytest.raises(Refused):
        services.give_position(consultation.pk, **facts)
    given = services.give_position(consultation.pk, **facts, reason="Chưa đủ căn cứ.")
    assert given.reason == "Chưa đủ căn cứ."


def test_silence_stays_silence_when_somebody_comments(world, consultation):
    factories.comment(consultation, world.delegate)
    delegate = consultation.delegates.get(person=world.delegate)
    assert delegate.position == Position.NO_REPLY


def test_a_comment_after_full_agreement_makes_it_agreement_with_comments(world, consultation):
    services.give_position(
        consultation.pk, actor=world.delegate, person=world.delegate, position=Position.AGREES
    )
    factories.comment(consultation, world.delegate)
    delegate = consultation.delegates.get(person=world.delegate)
    assert delegate.position == Position.AGREES_WITH_COMMENTS


def test_a_deadline_is_only_ever_moved_back(world, consultation):
    with pytest.raises(Refused):
        services.extend_deadline(
            consultation.pk, actor=world.office, deadline=consultation.deadline - timedelta(days=1)
        )
    later = consultation.deadline + timedelta(days=1)
    services.extend_deadline(consultation.pk, actor=world.office, deadline=later)
    consultation.refresh_from_db()
    assert consultation.deadline == later


def test_delegates_see_only_their_own_comments_unless_the_round_says_otherwise(world, consultation):
    mine = factories.comment(consultation, world.delegate)
    others = factories.comment(consultation, world.delegate2)
    unsent = save(consultation, world.delegate2, body="Nháp")
    seen = Comment.objects.visible_to(world.delegate, consultation)
    assert set(seen) == {mine}
    assert unsent not in Comment.objects.visible_to(world.office, consultation)
    consultation.shows_others = True
    assert set(Comment.objects.visible_to(world.delegate, consultation)) == {mine, others}
