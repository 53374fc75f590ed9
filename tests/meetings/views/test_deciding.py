"""The pages of votes and conclusions: what they show to whom, and how many questions they ask."""

from datetime import date, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from comments import consolidation
from meetings.deciding import concluding, voting
from meetings.deciding.concluding import Given, Point, Said
from meetings.models import AgendaItem, Attendee, Ballot, Choice, Conclusion, Decision, Task
from meetings.preparing import gathering
from tests import sitting


@pytest.fixture
def item(world) -> AgendaItem:
    item = sitting.under_way(world)
    sitting.arrive(item)
    return item


def opened(world, item, **facts) -> Ballot:
    return voting.open_ballot(item.pk, actor=world.office, question="Thông qua", **facts)


def at(name: str, ballot: Ballot) -> str:
    return reverse(name, args=[ballot.item.meeting_id, ballot.pk])


def of(name: str, item: AgendaItem) -> str:
    return reverse(name, args=[item.meeting_id, item.pk])


def body(response) -> str:
    return response.content.decode()


def asked(client, url) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


# Votes


def test_a_ballot_is_opened_from_its_page_with_a_question_that_is_proposed(world, item, client_of):
    client, url = client_of(world.office), of("ballot_open", item)
    assert "Quy hoạch" in body(client.get(url))
    answer = client.post(url, {"question": "Thông qua quy hoạch", "how": "open"})
    assert answer.url == Ballot.objects.get().get_absolute_url()


@pytest.mark.parametrize(
    "said", [{"how": "open"}, {"question": "Hỏi", "how": "paper"}, {"question": "Hỏi", "how": "x"}]
)
def test_what_is_missing_is_told_and_no_ballot_is_opened(world, item, client_of, said):
    answer = client_of(world.office).post(of("ballot_open", item), said)
    assert answer.status_code == 422
    assert not Ballot.objects.exists()


def test_a_vote_is_asked_back_before_it_is_cast(world, item, client_of):
    ballot = opened(world, item)
    client, url = client_of(world.delegate), at("ballot_vote", ballot)
    assert body(client.get(url)).count('name="choice"') == 4
    sure = client.post(url, {"choice": "disagrees"})
    assert sure.status_code == 200
    assert not ballot.voters.filter(voted=True).exists()
    said = {"choice": "disagrees", "sure": "1", "reserved": "Chưa đủ căn cứ"}
    assert client.post(url, said).url == ballot.get_absolute_url()
    voter = ballot.voters.get(attendee__person=world.delegate)
    assert (voter.choice, voter.reserved_opinion) == ("disagrees", "Chưa đủ căn cứ")


def test_a_secret_vote_shows_its_receipt_once_and_keeps_it_nowhere(world, item, client_of):
    ballot = opened(world, item, secret=True)
    client, url = client_of(world.delegate), at("ballot_vote", ballot)
    done = client.post(url, {"choice": "agrees", "sure": "1"})
    ballot.refresh_from_db()
    ((receipt, _choice),) = ballot.urn
    assert receipt in body(done)
    assert "no-store" in done["Cache-Control"]
    pages = [url, ballot.get_absolute_url(), reverse("meeting_conclusions", args=[item.meeting_id])]
    assert not [page for page in pages if receipt in body(client.get(page))]
    kept = "".join(str(one.get_decoded()) for one in Session.objects.all())
    assert receipt not in kept
    assert receipt not in str(client.cookies)
    again = client.post(url, {"choice": "disagrees", "sure": "1"})
    assert again.status_code == 409
    assert len(Ballot.objects.get().urn) == 1


def test_while_it_is_open_others_learn_how_many_have_voted_and_nothing_else(world, item, client_of):
    ballot = opened(world, item)
    said = {"choice": Choice.DISAGREES, "reserved": "Ý kiến bảo lưu"}
    voting.vote(ballot.pk, actor=world.delegate, **said)
    for name in (ballot.get_absolute_url(), of("ballot_panel", item)):
        page = body(client_of(world.delegate2).get(name))
        assert _("%(n)s of %(all)s have voted") % {"n": 1, "all": 3} in page
        assert str(Choice.DISAGREES.label) not in page
        assert "Ý kiến bảo lưu" not in page
    voting.close_ballot(ballot.pk, actor=world.office)
    closed = body(client_of(world.delegate2).get(ballot.get_absolute_url()))
    assert "Ý kiến bảo lưu" in closed


def test_in_secret_not_even_the_secretary_sees_a_choice_or_a_paper(world, item, client_of):
    ballot = opened(world, item, secret=True)
    receipt = voting.vote(ballot.pk, actor=world.delegate, choice=Choice.DISAGREES)
    page = body(client_of(world.office).get(ballot.get_absolute_url()))
    assert _("Has voted") in page
    assert str(Choice.DISAGREES.label) not in page
    assert client_of(world.office).get(at("ballot_count", ballot)).status_code == 302
    voting.close_ballot(ballot.pk, actor=world.office)
    count = client_of(world.delegate2).get(at("ballot_count", ballot))
    assert (receipt, Choice.DISAGREES.label) in count.context["papers"]
    assert sum(n for _label, n in count.context["sums"]) == 1


def test_the_secretary_keys_in_votes_and_the_rest_at_once(world, item, client_of):
    ballot, client = opened(world, item), client_of(world.clerk)
    voter = ballot.voters.get(attendee__person=world.delegate)
    said = {"attendee": voter.attendee_id, "choice": "abstains"}
    assert client.post(at("ballot_record", ballot), said).url.endswith(f"#v-{voter.pk}")
    client.post(at("ballot_agree", ballot))
    assert sorted(ballot.voters.values_list("choice", flat=True)) == [
        "abstains",
        "agrees",
        "agrees",
    ]
    wrong = client.post(at("ballot_record", ballot), {"attendee": "x", "choice": "agrees"})
    assert wrong.status_code == 409


def test_closing_says_who_has_not_voted_and_a_wrong_count_is_told(world, item, client_of):
    ballot, client = opened(world, item, tellers="Nguyễn Văn A"), client_of(world.office)
    url = at("ballot_close", ballot)
    count = {"given_out": 3, "handed_in": 3, "spoiled": 0, "agrees": 2, "disagrees": 0}
    count |= {"agrees_with_comments": 0, "abstains": 0}
    wrong = client.post(url, count)
    assert wrong.status_code == 422
    assert 'value="2"' in body(wrong)
    assert client.post(url, count | {"spoiled": 1}).url == ballot.get_absolute_url()
    assert client.get(url).url == ballot.get_absolute_url()


def test_a_large_ballot_asks_as_few_questions_as_a_small_one(world, item, client_of):
    small = opened(world, item)
    client = client_of(world.office)
    client.get(small.get_absolute_url())
    before = asked(client, small.get_absolute_url())
    voting.close_ballot(small.pk, actor=world.office)
    more = [
        Attendee(meeting=item.meeting, person=one, role="member", rank=one.rank, voting=True)
        for one in sitting.members(world.committee, 57)
    ]
    Attendee.objects.bulk_create(more)
    sitting.arrive(item, *[one.person for one in more])
    large = opened(world, item)
    assert large.voters.count() == 60
    assert asked(client, large.get_absolute_url()) == before <= 16


# Conclusions


def saying(**facts) -> dict:
    said = {"decision": "note", "text": "Thống nhất.", "remaining": "", "version": 0}
    points = {"points-TOTAL_FORMS": 1, "points-INITIAL_FORMS": 0, "points-0-text": "Rà soát"}
    return said | points | facts


def test_a_conclusion_is_written_with_its_points_and_corrected(world, item, client_of):
    client, url = client_of(world.clerk), of("conclusion_edit", item)
    assert client.get(url).status_code == 200
    more = client.post(url, saying(more="1", text=""))
    assert more.status_code == 200
    assert body(more).count('-text"') >= 3
    assert "Rà soát" in body(more)
    assert client.post(url, saying()).url.endswith(f"#item-{item.pk}")
    conclusion = Conclusion.objects.get()
    assert conclusion.points.get().text == "Rà soát"
    page = body(client.get(url))
    assert "Rà soát" in page
    point = {"points-0-pk": conclusion.points.get().pk, "points-0-text": ""}
    client.post(url, saying(version=1, **point))
    assert not conclusion.points.exists()


@pytest.mark.parametrize("wrong", [{"text": ""}, {"decision": ""}, {"points-0-provision": "x"}])
def test_a_conclusion_that_lacks_something_is_not_kept_and_nothing_typed_is_lost(
    world, item, client_of, wrong
):
    answer = client_of(world.clerk).post(of("conclusion_edit", item), saying(**wrong))
    assert answer.status_code == 422
    assert "Rà soát" in body(answer)
    assert not Conclusion.objects.exists()


def test_a_stale_save_shows_both_texts_and_the_next_save_wins(world, item, client_of):
    client, url = client_of(world.clerk), of("conclusion_edit", item)
    client.post(url, saying())
    client_of(world.office).post(url, saying(version=1, text="Lời của Văn phòng."))
    stale = client.post(url, saying(version=1, text="Lời của văn thư."))
    assert stale.status_code == 409
    assert "Lời của Văn phòng." in body(stale)
    assert "Lời của văn thư." in body(stale)
    assert stale.context["form"]["version"].value() == 2
    client.post(url, saying(version=2, text="Lời của văn thư."))
    assert Conclusion.objects.get().text == "Lời của văn thư."


def recorded(world, item, **facts) -> Conclusion:
    said = Said(**{"decision": Decision.NOTE, "text": "Thống nhất chủ trương."} | facts)
    return concluding.record_conclusion(item.pk, actor=world.clerk, version=0, said=said)


def test_members_read_a_conclusion_when_the_chair_has_confirmed_it(world, item, client_of):
    recorded(world, item)
    url = reverse("meeting_conclusions", args=[item.meeting_id])
    assert "Thống nhất chủ trương." not in body(client_of(world.delegate).get(url))
    chair = client_of(world.chair)
    assert "Thống nhất chủ trương." in body(chair.get(of("conclusion_confirm", item)))
    assert chair.post(of("conclusion_confirm", item), {"version": 0}).status_code == 409
    assert chair.post(of("conclusion_confirm", item), {"version": 1}).status_code == 302
    assert "Thống nhất chủ trương." in body(client_of(world.delegate).get(url))


def test_a_guest_called_for_another_item_reads_nothing_of_this_one(world, item, client_of):
    guest = item.meeting.attendees.get(person=world.office2)
    world.office2.role_grants.all().delete()
    recorded(world, item)
    concluding.confirm_conclusion(item.pk, actor=world.chair, version=1)
    url = reverse("meeting_conclusions", args=[item.meeting_id])
    item.called.add(item.meeting.attendees.get(person=world.delegate))
    assert "Thống nhất chủ trương." not in body(client_of(guest.person).get(url))
    assert client_of(guest.person).get(of("ballot_panel", item)).status_code == 403
    item.called.add(guest)
    assert "Thống nhất chủ trương." in body(client_of(guest.person).get(url))


def test_to_approve_what_a_vote_did_not_carry_is_warned_of_everywhere(world, item, client_of):
    ballot = opened(world, item)
    voting.close_ballot(ballot.pk, actor=world.office)
    warning = _("The last vote on this item did not carry the question.")
    assert warning in body(client_of(world.clerk).get(of("conclusion_edit", item)))
    recorded(world, item, decision=Decision.APPROVE)
    page = reverse("meeting_conclusions", args=[item.meeting_id])
    for url in (of("conclusion_confirm", item), page):
        assert warning in body(client_of(world.chair).get(url))


def test_a_task_shows_what_was_not_said_as_not_stated(world, item, client_of):
    recorded(world, item)
    client = client_of(world.clerk)
    answer = client.post(of("task_add", item), {"text": "Báo cáo kết quả", "version": 1})
    assert answer.status_code == 302
    task = Task.objects.get()
    url = reverse("task_view", args=[item.meeting_id, task.pk])
    assert body(client.get(url)).count(_("not stated")) == 5
    edit = reverse("task_edit", args=[item.meeting_id, task.pk])
    stale = client.post(edit, {"text": "Báo cáo", "version": 1})
    assert stale.status_code == 409
    both = {"text": "Báo cáo", "version": 2, "deadline": "2026-12-05", "deadline_words": "sớm"}
    assert client.post(edit, both).status_code == 422
    assert client.post(edit, {"text": "Báo cáo", "version": 2}).status_code == 302
    drop = reverse("task_drop", args=[item.meeting_id, task.pk])
    client.post(drop, {"version": 2})
    assert Task.objects.exists()
    client.post(drop, {"version": 3})
    assert not Task.objects.exists()


def test_tasks_stand_by_their_deadlines_the_undated_last(world, item, client_of):
    recorded(world, item)
    for version, facts in enumerate(
        (
            {"text": "Không nêu"},
            {"text": "Bằng lời", "deadline_words": "trước kỳ họp tới"},
            {"text": "Sau", "deadline": date(2026, 12, 31)},
            {"text": "Trước", "deadline": date(2026, 12, 1)},
        ),
        start=1,
    ):
        concluding.give_task(item.pk, actor=world.clerk, version=version, given=Given(**facts))
    page = client_of(world.clerk).get(reverse("meeting_conclusions", args=[item.meeting_id]))
    listed = [task.text for _one, task in page.context["tasks"]]
    assert listed == ["Trước", "Sau", "Bằng lời", "Không nêu"]


def test_the_directive_follows_from_a_page_that_says_what_will_happen(world, directive, client_of):
    item = sitting.under_way(world, directive)
    gathering.circulate(item.pk, actor=world.office, deadline=timezone.now() + timedelta(days=1))
    item.refresh_from_db()
    key = item.draft.provisions.get(text__contains="07 ngày").key
    point = Point("Rút ngắn", key)
    recorded(world, item, decision=Decision.HAND_BACK, points=[point])
    client = client_of(world.office)
    assert client.post(of("conclusion_apply", item)).status_code == 409
    concluding.confirm_conclusion(item.pk, actor=world.chair, version=1)
    asking = body(client.get(of("conclusion_apply", item)))
    words = _("The round of comments is closed: nobody can comment on this draft any more.")
    assert words in asking
    assert client.post(of("conclusion_apply", item)).status_code == 302
    directive.refresh_from_db()
    assert directive.state == "consolidating"
    assert client.get(of("conclusion_carry", item)).status_code == 302
    consolidation.consolidate(item.consultation_id, actor=world.office)
    carry = client.get(of("conclusion_carry", item))
    assert _("words not changed") in body(carry)
    pk = Conclusion.objects.get().points.get().pk
    lacking = client.post(of("conclusion_carry", item), {f"outcome-{pk}": "no"})
    assert lacking.status_code == 422
    said = {f"outcome-{pk}": "no", f"note-{pk}": "Giữ theo luật"}
    assert client.post(of("conclusion_carry", item), said).status_code == 302
    assert "Giữ theo luật" in body(client_of(world.chair).get(of("conclusion_carry", item)))


def test_thirty_items_with_votes_and_tasks_ask_as_few_questions_as_one(world, item, client_of):
    def fill(one: AgendaItem) -> None:
        ballot = opened(world, one)
        voting.record_agreement(ballot.pk, actor=world.office)
        voting.close_ballot(ballot.pk, actor=world.office)
        recorded(world, one, points=[Point("Một"), Point("Hai")])
        for version in (1, 2):
            given = Given(f"Việc {version}", lead_person=world.delegate)
            concluding.give_task(one.pk, actor=world.clerk, version=version, given=given)

    client = client_of(world.chair)
    url = reverse("meeting_conclusions", args=[item.meeting_id])
    fill(item)
    client.get(url)
    before = asked(client, url)
    for number in range(29):
        fill(
            AgendaItem.objects.create(
                meeting=item.meeting,
                position=number + 2,
                title=f"Nội dung {number}",
                opened_at=timezone.now(),
            )
        )
    assert asked(client, url) == before <= 26
