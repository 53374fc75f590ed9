import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.utils import DatabaseError

from directives.drafting import StaleVersion
from directives.models import Event
from directives.refusals import Refused
from meetings.models import (
    Conclusion,
    Meeting,
    MeetingPaper,
    MeetingState,
    PaperKind,
    PaperSection,
    Remark,
    SectionKind,
)
from meetings.papers import approving, writing
from tests.recorded import clock, crowd


@pytest.fixture
def minutes(held, world) -> MeetingPaper:
    return writing.assemble(held.meeting.pk, actor=world.clerk, kind=PaperKind.MINUTES)


def section(paper: MeetingPaper, containing: str) -> PaperSection:
    return paper.sections.get(text__contains=containing)


def save(one: PaperSection, actor, text: str, version: int | None = None) -> PaperSection:
    version = one.version if version is None else version
    return writing.save_section(one.pk, actor=actor, version=version, text=text)


def again(paper: MeetingPaper, actor) -> MeetingPaper:
    return writing.assemble(paper.meeting_id, actor=actor, kind=paper.kind)


def test_sections_stand_in_the_order_of_the_record(minutes):
    texts = list(minutes.sections.values_list("text", flat=True))
    assert texts.index("THÀNH PHẦN") < texts.index("NỘI DUNG")
    assert texts[-1] == "Hội nghị kết thúc lúc 11 giờ 30 cùng ngày."
    assert list(minutes.sections.values_list("position", flat=True)) == list(
        range(1, len(texts) + 1)
    )
    assert Event.objects.filter(stream=minutes.meeting.stream, verb="assemble").count() == 1


def test_only_whoever_keeps_the_meeting_writes_its_papers(held, world):
    for person in (world.delegate, world.chair, world.administrator):
        with pytest.raises(PermissionDenied):
            writing.assemble(held.meeting.pk, actor=person, kind=PaperKind.MINUTES)
    assert not MeetingPaper.objects.exists()


@pytest.mark.parametrize("state", [MeetingState.CONVENED, MeetingState.CANCELLED])
def test_a_meeting_that_was_not_held_has_no_papers(held, world, state):
    facts = {"opened_at": None, "closed_at": None}
    if state == MeetingState.CANCELLED:
        facts |= {"cancelled_at": held.day, "cancel_reason": "Bão"}
    Meeting.objects.filter(pk=held.meeting.pk).update(state=state, **facts)
    with pytest.raises(Refused) as refusal:
        writing.assemble(held.meeting.pk, actor=world.clerk, kind=PaperKind.MINUTES)
    assert refusal.value.code == "state"


def test_a_notice_without_a_conclusion_is_refused(held, world):
    Conclusion.objects.all().delete()
    with pytest.raises(Refused) as refusal:
        writing.assemble(held.meeting.pk, actor=world.clerk, kind=PaperKind.NOTICE)
    assert refusal.value.code == "empty"


def test_a_notice_is_signed_for_the_standing_committee_and_goes_to_whoever_has_a_task(held, world):
    notice = writing.assemble(held.meeting.pk, actor=world.clerk, kind=PaperKind.NOTICE)
    assert notice.signing.authority == "T/L BAN THƯỜNG VỤ"
    assert notice.signing.title == "CHÁNH VĂN PHÒNG"
    assert notice.signing.recipients == str(world.clerk)


def test_a_save_keeps_the_assembled_words_beside_the_new_ones(minutes, world):
    saved = save(section(minutes, "Địa điểm"), world.office, "Địa điểm: Hội trường lớn.")
    saved.refresh_from_db()
    assert (saved.text, saved.assembled) == (
        "Địa điểm: Hội trường lớn.",
        "Địa điểm: Phòng họp số 1.",
    )
    assert saved.version == 2


def test_a_stale_save_gets_both_texts_and_a_merge(minutes, world):
    one = section(minutes, "Ghi nhận báo cáo.")
    save(one, world.office, "Ghi nhận báo cáo của Sở.")
    with pytest.raises(StaleVersion) as refusal:
        save(one, world.clerk, "Hội nghị ghi nhận báo cáo.", version=1)
    stale = refusal.value
    assert (stale.theirs, stale.mine) == ("Ghi nhận báo cáo của Sở.", "Hội nghị ghi nhận báo cáo.")
    assert stale.joined == "Hội nghị ghi nhận báo cáo của Sở."
    one.refresh_from_db()
    assert one.text == "Ghi nhận báo cáo của Sở."


def test_assembling_again_renews_what_nobody_touched(minutes, held, world):
    Remark.objects.filter(text__startswith="Nhất trí").update(text="Nhất trí cao.")
    again(minutes, world.clerk)
    said = section(minutes, "Đề nghị làm rõ nguồn vốn.")
    assert said.text.endswith("\nNhất trí cao.")
    assert said.text == said.assembled
    assert said.offered == ""


def test_assembling_again_keeps_edited_words_and_offers_the_new_ones(minutes, held, world):
    one = save(section(minutes, "Ghi nhận báo cáo."), world.office, "Ghi nhận, biểu dương.")
    Conclusion.objects.filter(item=held.item).update(text="Ghi nhận báo cáo, giao Sở làm rõ.")
    again(minutes, world.clerk)
    one.refresh_from_db()
    assert one.text == "Ghi nhận, biểu dương."
    assert one.offered == "Ghi nhận báo cáo, giao Sở làm rõ."
    assert section(minutes, "NỘI DUNG").offered == ""


@pytest.mark.parametrize(
    ("take", "text"),
    [(True, "Ghi nhận báo cáo, giao Sở làm rõ."), (False, "Ghi nhận, biểu dương.")],
)
def test_offered_words_are_taken_or_one_s_own_are_kept(minutes, held, world, take, text):
    one = save(section(minutes, "Ghi nhận báo cáo."), world.office, "Ghi nhận, biểu dương.")
    Conclusion.objects.filter(item=held.item).update(text="Ghi nhận báo cáo, giao Sở làm rõ.")
    again(minutes, world.clerk)
    settled = writing.settle_offer(one.pk, actor=world.clerk, take=take)
    settled.refresh_from_db()
    assert (settled.text, settled.offered) == (text, "")
    again(minutes, world.clerk)
    settled.refresh_from_db()
    assert (settled.text, settled.offered) == (text, "")


def test_what_was_deleted_stays_away_when_assembled_again_and_what_is_new_comes_in(
    minutes, held, world
):
    writing.delete_section(section(minutes, "Địa điểm").pk, actor=world.clerk)
    Remark.objects.create(
        item=held.item,
        attendee=held.chair,
        text="Đề nghị báo cáo thêm.",
        said_at=clock(held.day, 9, 55),
        recorded_by=world.clerk,
    )
    again(minutes, world.clerk)
    texts = list(minutes.sections.values_list("text", flat=True))
    assert not any(text.startswith("Địa điểm") for text in texts)
    place = next(n for n, text in enumerate(texts) if "Đề nghị báo cáo thêm." in text)
    assert "Đề nghị làm rõ nguồn vốn." in texts[place - 1]


def test_what_the_record_holds_no_more_goes_and_comes_back_with_the_record(minutes, held, world):
    Remark.objects.all().delete()
    again(minutes, world.clerk)
    assert not minutes.sections.filter(text__contains="nguồn vốn").exists()
    Remark.objects.create(
        item=held.item,
        attendee=held.comer,
        text="Làm rõ nguồn vốn.",
        said_at=clock(held.day, 9),
        recorded_by=world.clerk,
    )
    again(minutes, world.clerk)
    assert minutes.sections.filter(text__contains="nguồn vốn").exists()


def test_an_edited_section_outlives_its_record(minutes, held, world):
    one = section(minutes, "nguồn vốn")
    save(one, world.office, "Đồng chí nêu vấn đề nguồn vốn.")
    Remark.objects.all().delete()
    again(minutes, world.clerk)
    one.refresh_from_db()
    assert one.text == "Đồng chí nêu vấn đề nguồn vốn."


def test_a_section_is_added_behind_another_and_one_at_the_end(minutes, world):
    place = section(minutes, "Địa điểm")
    added = writing.add_section(
        minutes.pk, actor=world.office, text="Thêm.", after=place.pk, kind=SectionKind.PARAGRAPH
    )
    last = writing.add_section(
        minutes.pk, actor=world.office, text="Cuối.", after=None, kind=SectionKind.LINE
    )
    texts = list(minutes.sections.values_list("text", flat=True))
    assert texts[texts.index(place.text) + 1] == "Thêm."
    assert texts[-1] == "Cuối."
    assert added.assembled == last.assembled == ""


def test_a_section_moves_past_its_neighbour_and_not_past_the_edge(minutes, world):
    first, second = minutes.sections.all()[:2]
    writing.move_section(second.pk, actor=world.clerk, up=True)
    assert list(minutes.sections.all()[:2]) == [second, first]
    with pytest.raises(Refused) as refusal:
        writing.move_section(second.pk, actor=world.clerk, up=True)
    assert refusal.value.code == "edge"


def order(paper) -> list[int]:
    return list(paper.sections.values_list("pk", flat=True))


@pytest.mark.parametrize(("moved", "behind"), [(0, 4), (4, 1), (3, 2), (2, None), (0, None)])
def test_a_section_is_taken_behind_a_chosen_one_or_to_the_head(minutes, world, moved, behind):
    before = order(minutes)
    after = None if behind is None else before[behind]
    writing.place_section(before[moved], actor=world.clerk, after=after)
    rest = [pk for pk in before if pk != before[moved]]
    place = 0 if after is None else rest.index(after) + 1
    assert order(minutes) == [*rest[:place], before[moved], *rest[place:]]


def test_a_section_does_not_go_behind_one_that_was_deleted_or_is_in_another_paper(minutes, world):
    before = order(minutes)
    gone = writing.delete_section(before[3], actor=world.clerk)
    notice = writing.assemble(minutes.meeting_id, actor=world.clerk, kind=PaperKind.NOTICE)
    for after in (before[3], order(notice)[0], before[0]):
        with pytest.raises(Refused) as refusal:
            writing.place_section(before[0], actor=world.clerk, after=after)
        assert refusal.value.code == "gone"
    assert gone.key
    assert order(minutes) == [pk for pk in before if pk != before[3]]


def test_placing_a_section_takes_a_submitted_paper_back(minutes, world):
    approving.submit(minutes.pk, actor=world.clerk)
    first, second = order(minutes)[:2]
    writing.place_section(first, actor=world.clerk, after=second)
    minutes.refresh_from_db()
    assert minutes.submitted_at is None


def test_a_deleted_section_comes_back_as_it_was_at_its_place(minutes, world):
    one = save(section(minutes, "Địa điểm"), world.office, "Địa điểm: Hội trường.")
    before = list(minutes.sections.values_list("text", flat=True))
    writing.delete_section(one.pk, actor=world.office)
    assert not minutes.sections.filter(pk=one.pk).exists()
    back = writing.restore_section(minutes.pk, actor=world.office, key=one.key)
    assert list(minutes.sections.values_list("text", flat=True)) == before
    assert (back.source, back.assembled) == ("place", "Địa điểm: Phòng họp số 1.")
    with pytest.raises(Refused):
        writing.restore_section(minutes.pk, actor=world.office, key=one.key)
    assert minutes.sections.filter(key=one.key).count() == 1


def test_a_save_of_a_section_that_is_gone_says_so(minutes, world):
    one = section(minutes, "Địa điểm")
    writing.delete_section(one.pk, actor=world.office)
    with pytest.raises(Refused) as refusal:
        save(one, world.clerk, "Địa điểm: Đà Lạt.")
    assert refusal.value.code == "gone"


@pytest.mark.parametrize(("people", "items"), [(0, 0), (40, 10)])
def test_assembling_again_takes_as_many_queries_however_much_changed(
    minutes, held, world, people, items, django_assert_max_num_queries
):
    crowd(held, world, people=people, items=items)
    with django_assert_max_num_queries(36):
        again(minutes, world.clerk)


def test_the_database_itself_refuses_to_change_an_approved_paper(minutes, approve_paper):
    approve_paper(minutes)
    one = minutes.sections.first()
    changes = (
        lambda: PaperSection.objects.filter(pk=one.pk).update(text="Khác."),
        lambda: PaperSection.objects.filter(pk=one.pk).delete(),
        lambda: PaperSection.objects.create(paper=minutes, position=1, kind="line", text="Thêm."),
        lambda: MeetingPaper.objects.filter(pk=minutes.pk).update(sha256="0"),
        lambda: type(minutes.signing).objects.filter(paper=minutes).update(name="Khác"),
    )
    for change in changes:
        with pytest.raises(DatabaseError, match="immutable"), transaction.atomic():
            change()


def test_an_approved_paper_is_not_assembled_or_written_again(minutes, world, approve_paper):
    approve_paper(minutes)
    for act in (
        lambda: again(minutes, world.clerk),
        lambda: save(minutes.sections.first(), world.clerk, "Khác."),
        lambda: writing.delete_section(minutes.sections.first().pk, actor=world.clerk),
    ):
        with pytest.raises(Refused) as refusal:
            act()
        assert refusal.value.code == "approved"
