"""What the pulse of the workbench answers, and what it costs."""

import re

import pytest
from django.urls import reverse

from comments import consolidation, presence, services
from comments.models import Outcome, Presence
from tests import factories
from tests.comments.test_large import large  # noqa: F401

QUIET = 6


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains="07 ngày")


@pytest.fixture
def say(consultation, point):
    def say(author, **said):
        return factories.comment(consultation, author, **{"on": point, **said})

    return say


class Tab:
    """The workbench in one browser: what it shows, and what its pulse is told."""

    def __init__(self, client, consultation, query: str = "") -> None:
        self.client, self.query = client, query
        self.page = reverse("workbench", args=[consultation.pk]) + query
        self.address = reverse("workbench_pulse", args=[consultation.pk]) + query
        self.hear(client.get(self.page))

    def hear(self, answer) -> str:
        text = answer.content.decode()
        for name in ("state", "at"):
            if found := re.search(rf'name="{name}" [^>]*value="([^"]*)"', text):
                setattr(self, name, found[1])
        return text

    def pulse(self, **said):
        said = {"state": self.state, "at": getattr(self, "at", ""), **said}
        answer = self.client.post(self.address, {k: v for k, v in said.items() if v})
        self.hear(answer)
        return answer


def notes(answer) -> list[str]:
    found = re.findall(r"data-toast>(.*?)</p>", answer.content.decode(), re.DOTALL)
    return [re.sub(r"<[^>]+>", "", one).strip() for one in found]


@pytest.fixture
def tab(client, world, consultation, say):
    """The officer has one comment before them."""
    say(world.delegate, change=("07", "05"))
    client.force_login(world.office)
    return Tab(client, consultation)


def test_nothing_new_is_answered_with_nothing(tab):
    assert tab.pulse().status_code == 204
    assert tab.pulse().status_code == 204


def test_the_pulse_says_where_its_person_is(tab, world, point):
    tab.pulse()
    there = Presence.objects.get()
    assert (there.person, there.place) == (world.office, str(point.key))
    tab.pulse(at="general")
    assert Presence.objects.get().place == "general"


def test_a_place_that_is_none_is_not_kept(tab):
    tab.pulse(at="<b>đâu đó</b>")
    assert Presence.objects.get().place == ""


def test_an_arriving_officer_is_named_with_the_place(tab, world, consultation, point):
    presence.beat(consultation, world.office2, str(point.key))
    text = tab.pulse().content.decode()
    assert world.office2.full_name in text
    assert "điểm a khoản 1" in text
    assert 'id="bench-cards"' not in text
    assert tab.pulse().status_code == 204


def test_the_page_names_who_is_there_when_it_opens(tab, world, consultation):
    presence.beat(consultation, world.office2, "general")
    page = tab.client.get(tab.page).content.decode()
    assert world.office2.full_name in page.split('id="bench-neighbours"')[1].split("</ul>")[0]


def act(tab, comment):
    """An answer from this page, which says what it shows."""
    said = {"outcome": "noted", "answers": f"{comment.pk}:0", "state": tab.state, "at": tab.at}
    address = reverse("comment_answer", args=[comment.pk])
    tab.hear(tab.client.post(address, said, headers={"hx-request": "true"}))


def test_the_pulse_brings_nothing_of_what_the_page_itself_did(tab, consultation):
    act(tab, consultation.comments.get())
    assert tab.pulse().status_code == 204


def test_the_pulse_after_an_act_brings_what_others_did_before_it(tab, world, consultation, say):
    theirs = say(world.delegate2)
    consolidation.answer(theirs.pk, actor=world.office2, outcome=Outcome.NOTED)
    act(tab, consultation.comments.first())
    answer = tab.pulse()
    assert f'id="c-{theirs.pk}"' in answer.content.decode()
    assert f"{world.office2} vừa ghi nhận ý kiến YK02" in notes(answer)[-1]


def test_the_pulse_brings_what_its_person_did_at_another_window(tab, consultation, say, world):
    elsewhere = say(world.delegate2)
    consolidation.answer(elsewhere.pk, actor=world.office, outcome=Outcome.NOTED)
    act(tab, consultation.comments.first())
    assert f'id="c-{elsewhere.pk}"' in tab.pulse().content.decode()


def test_a_new_comment_arrives_as_a_card_with_a_note(tab, world, say, point):
    new = say(world.delegate2, body="Nên rút còn ba ngày.")
    answer = tab.pulse()
    text = answer.content.decode()
    assert f'id="c-{new.pk}"' in text
    assert "Nên rút còn ba ngày." in text
    for part in ("bench-main", "bench-rail", "bench-foot", "bench-neighbours"):
        assert f'id="{part}"' in text
    assert notes(answer) == [
        f"Vừa có ý kiến mới YK02 của đồng chí {world.delegate2} ở điểm a khoản 1."
    ]
    assert tab.pulse().status_code == 204


def test_many_new_comments_are_told_in_one_line(tab, world, say):
    for _n in range(3):
        say(world.delegate2)
    assert notes(tab.pulse()) == ["Vừa có 3 ý kiến mới: YK02, YK03, YK04."]


def test_a_comment_on_the_whole_draft_and_one_written_down_name_their_author(
    tab, world, consultation
):
    saved = services.save_comment(
        consultation.pk,
        actor=world.clerk,
        author=world.delegate2,
        said=services.Said(body="Dự thảo công phu."),
    )
    services.submit(saved.pk, actor=world.clerk)
    [note] = notes(tab.pulse())
    assert note.endswith(f"của đồng chí {world.delegate2} ở toàn dự thảo.")


def test_another_officers_answer_arrives_with_their_name(tab, world, consultation):
    comment = consultation.comments.get()
    consolidation.answer(comment.pk, actor=world.office2, outcome=Outcome.ACCEPTED)
    answer = tab.pulse()
    assert notes(answer) == [f"Đồng chí {world.office2} vừa tiếp thu ý kiến YK01."]
    assert f'value="{comment.pk}:1"' in answer.content.decode()


def test_answers_alike_are_told_together_and_what_is_taken_back_as_well(
    tab, world, consultation, say
):
    first, second = consultation.comments.get(), say(world.delegate2)
    for comment in (first, second):
        consolidation.answer(comment.pk, actor=world.office2, outcome=Outcome.NOTED)
    services.close_round(consultation.pk, actor=world.office2)
    consolidation.retract_answer(first.pk, actor=world.office2)
    who = f"Đồng chí {world.office2}"
    assert notes(tab.pulse())[1:] == [
        f"{who} vừa ghi nhận ý kiến YK01, YK02.",
        f"{who} vừa kết thúc đợt lấy ý kiến.",
        f"{who} vừa thu lại phần trả lời ý kiến YK01.",
    ]


def test_a_settled_conflict_is_told_with_its_place(tab, world, consultation, say, point):
    say(world.delegate2, change=("07", "10"))
    for comment in consultation.comments.all():
        consolidation.answer(comment.pk, actor=world.office2, outcome=Outcome.ACCEPTED)
    tab.pulse()
    [conflict] = consolidation.workbench(consultation).piece(point.key).open_conflicts
    made = consolidation.settle(
        consultation.pk,
        actor=world.office2,
        provision_key=point.key,
        conflict_key=conflict.key,
        text="05",
    )
    consolidation.unsettle(made.pk, actor=world.office2)
    where = "cho chỗ xung đột ở điểm a khoản 1."
    assert notes(tab.pulse()) == [
        f"Đồng chí {world.office2} vừa chọn lời văn {where}",
        f"Đồng chí {world.office2} vừa bỏ lời văn đã chọn {where}",
    ]


def test_what_happens_at_another_provision_changes_the_rail_and_not_the_cards(
    tab, world, consultation
):
    elsewhere = consultation.draft.provisions.get(text__contains="giờ giấc")
    new = factories.comment(consultation, world.delegate2, on=elsewhere)
    consolidation.answer(new.pk, actor=world.office2, outcome=Outcome.NOTED)
    text = tab.pulse().content.decode()
    assert str(elsewhere.key) in text.split('id="bench-rail"')[1]
    assert 'id="bench-foot"' in text
    assert 'id="bench-cards"' not in text
    assert 'id="bench-main"' not in text
    services.withdraw(new.pk, actor=world.delegate2)
    assert 'id="bench-cards"' in tab.pulse().content.decode()


def test_nobody_is_told_what_they_did_themselves(tab, world, consultation):
    comment = consultation.comments.get()
    consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.NOTED)
    answer = tab.pulse()
    assert answer.status_code == 200
    assert notes(answer) == []


def test_a_page_without_comments_is_loaded_anew_with_the_first(client, world, consultation, say):
    client.force_login(world.office)
    tab = Tab(client, consultation)
    assert tab.pulse().status_code == 204
    say(world.delegate)
    assert tab.pulse()["HX-Refresh"] == "true"


def test_the_filter_of_the_page_holds_for_its_pulse(client, world, consultation, say, point):
    say(world.delegate, category="content", body="Về nội dung.")
    client.force_login(world.office)
    tab = Tab(client, consultation, f"?at={point.key}&category=content")
    say(world.delegate2, category="form", body="Sai chính tả.")
    say(world.delegate2, category="content", body="Thêm một ý.")
    text = tab.pulse().content.decode()
    assert "Thêm một ý." in text
    assert "Sai chính tả." not in text


def test_after_the_next_draft_the_answers_stand_and_the_log_of_later_rounds_is_not_told(
    client, world, closed
):
    client.force_login(world.office)
    tab = Tab(client, closed)
    consolidation.answer(closed.comments.get().pk, actor=world.office2, outcome=Outcome.ACCEPTED)
    consolidation.consolidate(closed.pk, actor=world.office2)
    assert "lập dự thảo tiếp theo" in notes(tab.pulse())[-1]
    again = factories.consultation(world.office, closed.draft.directive, world.delegates)
    factories.comment(again, world.delegate)
    assert tab.pulse().status_code == 204


def test_a_quiet_pulse_costs_six_queries_with_one_comment(
    tab, world, consultation, django_assert_num_queries
):
    presence.beat(consultation, world.office2, "general")
    tab.pulse()
    with django_assert_num_queries(QUIET):
        assert tab.pulse().status_code == 204


def test_a_quiet_pulse_costs_the_same_with_a_thousand_comments(
    client,
    world,
    large,  # noqa: F811
    django_assert_num_queries,
):
    client.force_login(world.office)
    tab = Tab(client, large)
    tab.pulse()
    with django_assert_num_queries(QUIET):
        assert tab.pulse().status_code == 204
