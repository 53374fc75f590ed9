"""The news of a meeting says what was recorded, and nothing else."""

from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from docx import Document

from comments.models import Category, Source
from comments.said import Said
from comments.services import save_comment, submit
from directives.refusals import Refused
from meetings.models import AgendaItem, Conclusion, Decision, Meeting, Remark
from meetings.preparing import gathering
from meetings.reporting import news, photos
from tests import factories, sitting

QUERIES = 6


@pytest.fixture
def item(world) -> AgendaItem:
    return sitting.under_way(world, title="Quy hoạch vùng trồng rau")


def conclude(item: AgendaItem, world, **facts) -> Conclusion:
    return Conclusion.objects.create(
        item=item,
        decision=Decision.NOTE,
        text="Giao Văn phòng hoàn thiện quy hoạch.",
        given_by=item.meeting.attendees.get(person=world.chair),
        recorded_by=world.office,
        recorded_at=timezone.now(),
        **facts,
    )


def test_who_was_there_is_told_once_the_roll_was_called(world, item):
    assert world.delegate.full_name not in news.assembled(item.meeting).body
    sitting.arrive(item, world.delegate, world.chair)
    body = news.assembled(item.meeting).body
    assert f"Đồng chí {world.chair.full_name}, {world.chair.position}, chủ trì" in body
    assert f"Tham dự hội nghị có đồng chí {world.delegate.full_name}" in body
    assert world.delegate2.full_name not in body


def test_who_presented_and_who_spoke_stand_by_the_item(world, item):
    AgendaItem.objects.filter(pk=item.pk).update(presenter=world.office)
    speaker = item.meeting.attendees.get(person=world.delegate2)
    for text in ("Cần thêm nước tưới.", "Và điện."):
        Remark.objects.create(
            item=item,
            attendee=speaker,
            text=text,
            said_at=timezone.now(),
            recorded_by=world.office,
        )
    body = news.assembled(item.meeting).body
    assert f"{world.office.full_name}, {world.office.position} trình bày Quy hoạch" in body
    assert body.count(world.delegate2.full_name) == 1
    assert "nước tưới" not in body


def test_an_item_is_called_as_on_the_papers_of_the_meeting(world, directive, item):
    item.directive, item.title = directive, directive.subject
    item.save()
    assert f"thảo luận dự thảo Chỉ thị {directive.subject}." in news.assembled(item.meeting).body
    item.title = "Báo cáo tiến độ soạn thảo"
    item.save()
    body = news.assembled(item.meeting).body
    assert "thảo luận Báo cáo tiến độ soạn thảo." in body
    assert directive.subject not in body


def test_who_commented_at_the_meeting_has_spoken_about_the_directive(world, consultation, item):
    AgendaItem.objects.filter(pk=item.pk).update(
        consultation=consultation, draft=consultation.draft, directive=consultation.draft.directive
    )
    for person, source in ((world.delegate, Source.MEETING), (world.delegate2, Source.PAPER)):
        said = save_comment(
            consultation.pk,
            actor=world.clerk,
            author=person,
            said=Said(category=Category.CONTENT, body="Đề nghị làm rõ."),
            source=source,
        )
        submit(said.pk, actor=world.clerk)
    body = news.assembled(item.meeting).body
    assert f"có đồng chí {world.delegate.full_name}" in body
    assert world.delegate2.full_name not in body


def test_a_conclusion_is_news_once_the_chair_has_confirmed_it(world, item):
    made = conclude(item, world)
    assert "hoàn thiện quy hoạch" not in news.assembled(item.meeting).body
    made.confirmed_at, made.confirmed_by = timezone.now(), world.chair
    made.save()
    assert "Giao Văn phòng hoàn thiện quy hoạch." in news.assembled(item.meeting).body


def test_a_meeting_that_was_not_opened_is_not_said_to_have_been_held(world):
    words = news.assembled(sitting.meeting_of(world))
    assert "triệu tập hội nghị" in words.body
    assert "tổ chức" not in words.body


def test_news_takes_the_same_queries_for_one_item_and_for_many(
    world, item, django_assert_num_queries
):
    meeting = Meeting.objects.select_related("committee").get(pk=item.meeting_id)
    with django_assert_num_queries(QUERIES):
        news.assembled(meeting)
    for number in range(29):
        gathering.add_item(meeting.pk, actor=world.office, title=f"Nội dung {number}")
    with django_assert_num_queries(QUERIES):
        news.assembled(meeting)


def test_what_somebody_saved_meanwhile_is_not_overwritten(world, item):
    def save(actor, title: str, version: int):
        return news.save_news(
            item.meeting_id, actor=actor, title=title, body="Một đoạn.", version=version
        )

    save(world.office, "Tin của Văn phòng", 0)
    with pytest.raises(news.StaleNews) as stale:
        save(world.clerk, "Tin của văn thư", 0)
    assert stale.value.stored.title == "Tin của Văn phòng"
    assert save(world.clerk, "Tin của văn thư", 1).version == 2


def test_news_without_a_text_and_news_by_a_delegate_are_refused(world, item):
    with pytest.raises(Refused):
        news.save_news(item.meeting_id, actor=world.office, title="Tin", body=" ")
    with pytest.raises(PermissionDenied):
        news.save_news(item.meeting_id, actor=world.delegate, title="Tin", body="Đoạn.")


def test_the_word_file_holds_the_text_and_the_photos_with_their_words(world, item):
    news.save_news(item.meeting_id, actor=world.office, title="Tin", body="Một.\n\nHai.")
    photos.add_photo(
        item.meeting_id,
        actor=world.office,
        content=factories.picture(),
        alt="Đại biểu biểu quyết",
        caption="Giờ biểu quyết",
    )
    document = Document(BytesIO(news.news_docx(item.meeting)))
    assert [p.text for p in document.paragraphs if p.text] == [
        "Tin",
        "Một.",
        "Hai.",
        "Giờ biểu quyết",
    ]
    assert document.inline_shapes[0]._inline.docPr.get("descr") == "Đại biểu biểu quyết"


def test_what_has_not_happened_is_not_told(world, item):
    AgendaItem.objects.filter(pk=item.pk).update(presenter=world.office, opened_at=None)
    body = news.assembled(item.meeting).body
    assert "trình bày" not in body
    assert "Quy hoạch" not in body
