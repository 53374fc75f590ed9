import re

import pytest
from django.urls import reverse

from comments import consolidation, services, tray
from comments.models import (
    Comment,
    Consultation,
    Disposition,
    Outcome,
    ReplyTemplate,
    Settlement,
)
from directives import drafting
from directives.models import Draft
from tests import factories

POINT = "07 ngày làm việc"


@pytest.fixture
def point(consultation):
    return consultation.draft.provisions.get(text__contains=POINT)


@pytest.fixture
def say(consultation, point):
    def say(author, **said):
        return factories.comment(consultation, author, **{"on": point, **said})

    return say


@pytest.fixture
def as_(client):
    def as_(person):
        client.force_login(person)
        return client

    return as_


@pytest.fixture
def office(world, as_):
    return as_(world.office)


def bench(consultation, at=""):
    return reverse("workbench", args=[consultation.pk]) + (f"?at={at}" if at else "")


def answer_url(comment):
    return reverse("comment_answer", args=[comment.pk])


def answered(*comments, outcome="accepted", version=0, **said):
    return {"outcome": outcome, "answers": [f"{c.pk}:{version}" for c in comments], **said}


def close(world, consultation):
    services.close_round(consultation.pk, actor=world.office)


@pytest.mark.parametrize(("name", "status"), [("chair", 200), ("clerk", 200), ("delegate", 403)])
def test_staff_read_along_and_only_the_office_answers(world, consultation, say, as_, name, status):
    comment = say(world.delegate2, change=("07", "05"), body="Ý kiến kín.")
    client = as_(getattr(world, name))
    page = client.get(bench(consultation))
    assert page.status_code == status
    assert ("Ý kiến kín." in page.content.decode()) == (status == 200)
    assert b"answer-form" not in page.content
    assert client.post(answer_url(comment), answered(comment)).status_code == 403
    assert not Disposition.objects.exists()


def test_the_chosen_provision_shows_what_it_becomes_and_whose_words_these_are(
    world, consultation, point, say, office
):
    comment = say(world.delegate, change=("07", "05"))
    consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.ACCEPTED)
    text = office.get(bench(consultation, point.key)).content.decode()
    merged = text.split('bench-merged">')[1].split("bench-clean")[0]
    assert "05</ins>" in merged
    assert f"YK01 {world.delegate}" in merged


def test_without_a_choice_the_page_opens_where_an_answer_is_missing(
    world, consultation, point, say, office
):
    say(world.delegate)
    assert office.get(bench(consultation)).context["bench"].piece.provision == point


def test_an_answer_brings_one_back_to_its_place(world, consultation, point, say, office):
    comment = say(world.delegate, change=("07", "05"))
    response = office.post(answer_url(comment), answered(comment, reply="Xin tiếp thu."))
    assert response.url == f"{bench(consultation, point.key)}#c-{comment.pk}"
    assert comment.disposition.reply == "Xin tiếp thu."


def test_for_htmx_an_answer_is_the_parts_that_changed(world, consultation, point, say, office):
    comment = say(world.delegate, change=("07", "05"))
    elsewhere = consultation.draft.provisions.exclude(pk=point.pk).last()
    say(world.delegate, on=elsewhere)
    response = office.post(answer_url(comment), answered(comment), headers={"hx-request": "true"})
    text = response.content.decode()
    for part in ("bench-main", f"at-{point.key}", f"c-{comment.pk}", "bench-foot"):
        assert f'id="{part}"' in text
    assert rail_in(response) == {str(point.key)}
    assert "<html" not in text
    assert "engine;dur=" in response["Server-Timing"]


def test_an_answer_to_a_comment_that_is_put_elsewhere_brings_all_of_that_place(
    world, consultation, point, say, office
):
    """The page still shows it in the tray; meanwhile somebody has given it a place."""
    comment = factories.comment(consultation, world.delegate, body="Dự thảo công phu.")
    tray.give_place(comment.pk, actor=world.office2, provision_key=point.key)
    said = answered(comment, outcome="noted", at="general")
    response = office.post(answer_url(comment), said, headers={"hx-request": "true"})
    assert 'id="bench-cards"' in response.content.decode()
    assert 'id="bench-rail"' in response.content.decode()
    assert f'id="at-{point.key}"' in response.content.decode()


def test_for_htmx_a_choice_brings_its_own_row_and_with_a_filter_the_rail(
    world, consultation, point, say, office
):
    say(world.delegate)
    say(world.delegate, on=consultation.draft.provisions.exclude(pk=point.pk).last())
    chosen = office.get(bench(consultation, point.key), headers={"hx-request": "true"})
    assert rail_in(chosen) == {str(point.key)}
    address = f"{bench(consultation, point.key)}&outcome=waiting"
    sieved = office.get(address, headers={"hx-request": "true"})
    assert len(rail_in(sieved)) == 2


def rail_in(response) -> set[str]:
    return set(re.findall(r'<li id="at-([^"]*)"', response.content.decode()))


def test_for_htmx_an_answer_leaves_the_other_cards_as_they_are(world, consultation, say, office):
    first, near = say(world.delegate, change=NEARLY), say(world.delegate2, change=NEARLY_TOO)
    other = say(world.delegate2)
    said = answered(other, outcome="noted")
    response = office.post(answer_url(other), said, headers={"hx-request": "true"})
    assert cards_in(response) == {other.pk}
    response = office.post(answer_url(near), answered(near), headers={"hx-request": "true"})
    assert cards_in(response) == {near.pk, first.pk}


def cards_in(response) -> set[int]:
    return {int(pk) for pk in re.findall(r'<article [^>]*id="c-(\d+)"', response.content.decode())}


def test_to_keep_the_text_takes_a_reply(world, consultation, say, office):
    comment = say(world.delegate, change=("07", "05"))
    page = office.post(answer_url(comment), answered(comment, outcome="not_accepted"))
    assert page.status_code == 422
    card = page.context["bench"].card_of(comment.pk)
    assert "reply" in card.form.errors
    assert not Disposition.objects.exists()


def test_to_take_a_part_opens_the_wording_with_what_was_proposed(
    world, consultation, point, say, office
):
    comment = say(world.delegate, change=("07", "05"))
    part = answered(comment, outcome="accepted_in_part", reply="Một phần.")
    page = office.post(answer_url(comment), part)
    card = page.context["bench"].card_of(comment.pk)
    assert card.form["office_text"].value() == comment.proposed_text
    assert card.form["reply"].value() == "Một phần."
    wording = point.text.replace("07", "06")
    office.post(answer_url(comment), part | {"office_text": wording})
    piece = consolidation.workbench(consultation).piece(point.key)
    assert piece.settled.text == wording


def test_the_same_proposal_of_several_is_one_card_answered_at_once(
    world, consultation, point, say, office
):
    first, second = (say(one, change=("07", "05")) for one in world.delegates)
    other = say(world.delegate, change=("07", "10"))
    cards = office.get(bench(consultation, point.key)).context["bench"].cards
    assert [[c.pk for c in card.comments] for card in cards] == [[first.pk, second.pk], [other.pk]]
    office.post(answer_url(first), answered(first, second))
    assert set(Disposition.objects.values_list("comment", flat=True)) == {first.pk, second.pk}


def test_of_a_group_all_are_answered_or_none(world, consultation, say, office):
    first, second = (say(one, change=("07", "05")) for one in world.delegates)
    consolidation.answer(second.pk, actor=world.office2, outcome=Outcome.NOTED)
    page = office.post(answer_url(first), answered(first, second))
    assert page.status_code == 409
    assert not Disposition.objects.filter(comment=first).exists()


def test_a_stale_decision_is_refused_with_both_shown(world, consultation, say, office):
    comment = say(world.delegate, change=("07", "05"))
    consolidation.answer(
        comment.pk, actor=world.office2, outcome=Outcome.NOT_ACCEPTED, reply="Giữ nguyên bảy ngày."
    )
    page = office.post(answer_url(comment), answered(comment, reply="Tôi thì tiếp thu."))
    text = page.content.decode()
    assert page.status_code == 409
    assert "Giữ nguyên bảy ngày." in text
    assert "Tôi thì tiếp thu." in text
    assert world.office2.full_name in text
    assert comment.disposition.outcome == Outcome.NOT_ACCEPTED
    again = answered(comment, version=1, reply="Tôi thì tiếp thu.")
    office.post(answer_url(comment), again)
    assert Disposition.objects.get().outcome == Outcome.ACCEPTED


def test_an_answer_to_a_withdrawn_comment_is_refused(world, consultation, say, office):
    comment = say(world.delegate)
    services.withdraw(comment.pk, actor=world.delegate)
    response = office.post(answer_url(comment), answered(comment))
    assert response.status_code == 409
    assert not Disposition.objects.exists()


def test_answers_reach_only_comments_of_this_round(world, consolidated, as_):
    done = Comment.objects.get()
    second = factories.consultation(world.office, consolidated, [world.delegate])
    mine = factories.comment(second, world.delegate)
    response = as_(world.office).post(answer_url(mine), answered(mine, done, outcome="noted"))
    assert response.status_code == 404
    assert not Disposition.objects.filter(comment=mine).exists()


def test_an_answer_is_taken_back(world, consultation, say, office):
    comment = say(world.delegate)
    consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.NOTED)
    address = reverse("comment_retract_answer", args=[comment.pk])
    assert office.post(address, {"answers": f"{comment.pk}:2"}).status_code == 409
    assert Disposition.objects.exists()
    office.post(address, {"answers": f"{comment.pk}:1"})
    assert not Disposition.objects.exists()


@pytest.fixture
def dispute(world, consultation, point, say):
    """Two wordings for the same words, both accepted."""
    for author, days in zip(world.delegates, ("05", "10"), strict=True):
        comment = say(author, change=("07", days))
        consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.ACCEPTED)
    [conflict] = consolidation.workbench(consultation).piece(point.key).open_conflicts
    return conflict


def choose(consultation, point, dispute, choice, **said):
    return reverse("conflict_settle", args=[consultation.pk]), {
        "at": str(point.key),
        "conflict_key": dispute.key,
        "choice": choice,
        **said,
    }


def settled_text(consultation, point):
    return consolidation.workbench(consultation).piece(point.key).settled.text


def test_a_conflict_shows_each_wording_with_its_owner(world, consultation, point, dispute, office):
    page = office.get(bench(consultation, point.key))
    [shown] = page.context["bench"].disputes
    owners = {choice.text: [one.author for one in choice.owners] for choice in shown.choices}
    assert owners == {"05": [world.delegate], "10": [world.delegate2], "07": []}
    assert shown.before.endswith("trong thời hạn")


@pytest.mark.parametrize(("choice", "words"), [("base", "07"), ("0", None), ("own", "08")])
def test_a_conflict_is_settled_by_choosing_or_writing(
    consultation, point, dispute, office, choice, words
):
    words = words or dispute.alternatives[0].text
    office.post(*choose(consultation, point, dispute, choice, own="08"))
    assert settled_text(consultation, point) == point.text.replace("07", words)
    assert office.get(bench(consultation, point.key)).context["bench"].piece.open_conflicts == []


def test_a_choice_is_taken_back(consultation, point, dispute, office):
    office.post(*choose(consultation, point, dispute, "0"))
    office.post(reverse("conflict_unsettle", args=[Settlement.objects.get().pk]))
    assert settled_text(consultation, point) == point.text


def test_a_stale_choice_is_refused_with_both_shown(world, consultation, point, dispute, office):
    said = {"actor": world.office2, "provision_key": point.key, "conflict_key": dispute.key}
    first = consolidation.settle(consultation.pk, **said, text="09")
    page = office.post(*choose(consultation, point, dispute, "own", own="08"))
    text = page.content.decode()
    assert page.status_code == 409
    assert f"{world.office2} đã chọn trước: “09”." in text
    assert page.context["bench"].disputes[0].own == "08"
    again = choose(consultation, point, dispute, "own", own="08", seen=first.decided_at.isoformat())
    office.post(*again)
    assert settled_text(consultation, point) == point.text.replace("07", "08")


def test_a_choice_made_anew_is_not_taken_back_unseen(world, consultation, point, dispute, office):
    said = {"actor": world.office2, "provision_key": point.key, "conflict_key": dispute.key}
    first = consolidation.settle(consultation.pk, **said, text="09")
    consolidation.settle(consultation.pk, **said, text="08", seen=first.decided_at)
    address = reverse("conflict_unsettle", args=[first.pk])
    seen = {"seen": first.decided_at.isoformat()}
    answer = office.post(address, seen, headers={"hx-request": "true"})
    assert (answer.status_code, answer["HX-Reswap"]) == (409, "none")
    assert "“08”" in answer.content.decode()
    assert settled_text(consultation, point) == point.text.replace("07", "08")


def test_words_of_ones_own_must_be_written(consultation, point, dispute, office):
    page = office.post(*choose(consultation, point, dispute, "own", own=""))
    assert page.status_code == 422
    assert "own" in page.context["bench"].disputes[0].form.errors
    assert not Settlement.objects.exists()


def test_a_conflict_that_has_changed_is_not_settled(
    world, consultation, point, dispute, say, office
):
    third = say(world.delegate, change=("07", "12"))
    consolidation.answer(third.pk, actor=world.office2, outcome=Outcome.ACCEPTED)
    response = office.post(*choose(consultation, point, dispute, "0"))
    assert response.status_code == 409
    assert not Settlement.objects.exists()


def test_comments_on_the_whole_draft_stand_in_their_own_tray(world, consultation, office):
    comment = factories.comment(consultation, world.delegate, body="Dự thảo công phu.")
    page = office.get(bench(consultation, "general"))
    assert page.context["bench"].piece is None
    assert "Dự thảo công phu." in page.content.decode()
    office.post(answer_url(comment), answered(comment, outcome="noted"))
    assert Disposition.objects.get().outcome == Outcome.NOTED


def test_the_next_draft_waits_until_nothing_stands_in_its_way(
    world, consultation, point, say, office
):
    comment = say(world.delegate, change=("07", "05"))
    make = reverse("consultation_consolidate", args=[consultation.pk])
    assert len(office.get(bench(consultation)).context["bench"].obstacles) == 2
    assert make not in office.get(bench(consultation)).content.decode()
    assert office.post(make).status_code == 409
    close(world, consultation)
    office.post(answer_url(comment), answered(comment))
    assert make in office.get(bench(consultation)).content.decode()


def test_the_provisions_to_choose_from_are_listed_for_one_comment_at_a_time(
    world, consultation, point, office
):
    first, second = (factories.comment(consultation, world.delegate) for _n in range(2))
    whole = bench(consultation, "general")
    page = office.get(whole).content.decode()
    assert "<option" not in page[page.index('id="bench-cards"') :]
    assert f"{whole}&amp;place={second.pk}#c-{second.pk}" in page
    opened = office.get(f"{whole}&place={second.pk}").content.decode()
    assert f'action="{reverse("comment_place", args=[second.pk])}"' in opened
    assert f'action="{reverse("comment_place", args=[first.pk])}"' not in opened
    assert f'<option value="{point.key}">' in opened


def test_an_empty_tray_says_so(world, consultation, say, office):
    say(world.delegate)
    assert "mỗi ý kiến đều gắn với" in office.get(bench(consultation, "general")).content.decode()


def test_what_is_missing_for_the_next_draft_is_listed_by_number_and_led_to(
    world, consultation, point, say, office
):
    first = say(world.delegate, change=("07", "05"))
    whole = factories.comment(consultation, world.delegate, body="Dự thảo công phu.")
    rivals = [say(world.delegates[n], change=("07", new)) for n, new in enumerate(("03", "04"))]
    for rival in rivals:
        office.post(answer_url(rival), answered(rival))
    page = office.get(reverse("consultation_consolidate", args=[consultation.pk]))
    places = [tuple(obstacle.places) for obstacle in page.context["obstacles"]]
    close_url = reverse("consultation_close", args=[consultation.pk])
    at_point = f"{reverse('workbench', args=[consultation.pk])}?at={point.key}"
    assert [label for label, _url in places[1]] == [first.label, whole.label]
    assert places[1][0][1] == f"{at_point}#c-{first.pk}"
    assert [url.split("#")[0] for _name, url in places[2]] == [at_point]
    assert [url for _name, url in places[0]] == [close_url]
    for _name, url in sum(places[1:], ()):
        assert f'href="{url}"' in page.content.decode()
        path, anchor = url.split("#")
        assert f'id="{anchor}"' in office.get(path).content.decode()


def test_the_foot_of_a_large_workbench_names_the_first_and_leads_to_all(
    world, consultation, say, office
):
    said = [say(world.delegate) for _n in range(21)]
    page = office.get(bench(consultation)).content.decode()
    foot = page[page.index('id="bench-foot"') :]
    assert f"#c-{said[19].pk}" in foot
    assert f"#c-{said[20].pk}" not in foot
    assert reverse("consultation_consolidate", args=[consultation.pk]) in foot


def test_the_checklist_says_what_is_applied_and_what_not_then_the_draft_is_made(
    world, consultation, point, say, office
):
    taken = say(world.delegate, change=("07", "05"))
    kept = say(world.delegate2, change=("rõ lý do", "rõ căn cứ"))
    close(world, consultation)
    office.post(answer_url(taken), answered(taken))
    office.post(answer_url(kept), answered(kept, outcome="not_accepted", reply="Đã rõ rồi."))
    make = reverse("consultation_consolidate", args=[consultation.pk])
    page = office.get(make)
    assert [piece.provision for piece in page.context["applied"]] == [point]
    assert [comment for _citation, comment in page.context["not_applied"]] == [kept]
    assert "Đã rõ rồi." in page.content.decode()
    response = office.post(make)
    made = Draft.objects.get(number=2)
    assert response.url == reverse("draft_edit", args=[made.directive_id, 2])
    assert office.post(make).status_code == 409
    assert Draft.objects.count() == 2


def test_after_the_next_draft_the_answers_stand(world, consolidated, as_):
    comment = Comment.objects.get()
    client, consultation = as_(world.office), Consultation.objects.get()
    assert b"answer-form" not in client.get(bench(consultation)).content
    assert client.post(answer_url(comment), answered(comment, version=1)).status_code == 409


@pytest.mark.parametrize("name", ["chair", "clerk", "delegate", "administrator"])
def test_only_the_office_makes_the_next_draft(world, closed, as_, name):
    address = reverse("consultation_consolidate", args=[closed.pk])
    client = as_(getattr(world, name))
    assert client.get(address).status_code == 403
    assert client.post(address).status_code == 403
    assert Draft.objects.count() == 1


def test_the_workbench_costs_the_same_with_two_comments_and_with_sixty(
    world, consultation, point, say, office, django_assert_num_queries
):
    say(world.delegate, change=("07", "05"))
    say(world.delegate2)
    address = bench(consultation, point.key)
    office.get(address)
    with django_assert_num_queries(14):
        office.get(address)
    for n in range(29):
        say(world.delegate, change=("07", f"{n + 10}"))
        comment = say(world.delegate2)
        consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.NOTED)
    with django_assert_num_queries(14):
        office.get(address)


def test_every_changed_word_of_the_next_draft_leads_back_to_its_comment(world, consolidated, as_):
    address = reverse("draft_origins", args=[consolidated.pk, 2])
    text = as_(world.chair).get(address).content.decode()
    origin = text.split('class="origin"')[1].split("origin-note")[1]
    assert "<mark>05</mark>" in text
    assert f"YK01</strong> {world.delegate}" in origin
    assert world.office.full_name in origin
    assert as_(world.delegate).get(address).status_code == 403


def test_origins_follow_an_edit_of_the_working_draft(world, consolidated, as_):
    draft = consolidated.latest_draft
    changed = draft.provisions.get(text__contains="05 ngày")
    drafting.save_provision(
        changed.pk,
        actor=world.office,
        version=changed.version,
        text=f"Từ nay, {changed.text}",
    )
    address = reverse("draft_origins", args=[consolidated.pk, 2])
    assert "<mark>05</mark>" in as_(world.office).get(address).content.decode()


def cards_at(page):
    return [card.first.label for card in page.context["bench"].cards]


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("category=form", ["YK02"]),
        ("outcome=waiting", ["YK01", "YK02"]),
        ("outcome=noted", ["YK03"]),
        ("delegate={delegate2}", ["YK02", "YK03"]),
        ("delegate={delegate2}&category=content", ["YK03"]),
        ("category=nonsense", ["YK01", "YK02", "YK03"]),
    ],
)
def test_the_filter_shows_only_what_was_asked_for(
    world, consultation, point, say, office, query, shown
):
    say(world.delegate)
    say(world.delegate2, category="form")
    noted = say(world.delegate2)
    consolidation.answer(noted.pk, actor=world.office, outcome=Outcome.NOTED)
    query = query.format(delegate2=world.delegate2.pk)
    page = office.get(f"{bench(consultation, point.key)}&{query}")
    assert cards_at(page) == shown
    assert page.context["bench"].hidden == 3 - len(shown)


def test_the_filter_leaves_the_provisions_that_it_speaks_of(
    world, consultation, point, say, office
):
    hours = consultation.draft.provisions.get(text__contains="giờ giấc")
    say(world.delegate, change=("07", "05"))
    say(world.delegate2, on=hours, category="form")
    page = office.get(f"{bench(consultation)}?category=form")
    assert [piece.provision for piece in page.context["bench"].noted] == [hours]
    assert page.context["bench"].piece.provision == hours


def test_only_conflicts_and_only_what_has_no_place(world, consultation, point, say, office):
    for words, author in (("05", world.delegate), ("03", world.delegate2)):
        comment = say(author, change=("07", words))
        consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.ACCEPTED)
    factories.comment(consultation, world.delegate)
    disputed = office.get(f"{bench(consultation)}?only=conflict").context["bench"]
    assert [piece.provision for piece in disputed.noted] == [point]
    assert not disputed.shows_general
    loose = office.get(f"{bench(consultation)}?only=unplaced").context["bench"]
    assert loose.noted == []
    assert loose.piece is None


def test_an_answer_keeps_the_filter_and_its_own_card(world, consultation, point, say, office):
    comment, _other = say(world.delegate), say(world.delegate2)
    address = f"{answer_url(comment)}?outcome=waiting"
    moved = office.post(address, answered(comment, outcome="noted"))
    assert moved.url == f"{bench(consultation, point.key)}&outcome=waiting#c-{comment.pk}"
    piece = office.post(
        address, answered(comment, outcome="noted", version=1), headers={"hx-request": "true"}
    )
    assert cards_at(piece) == ["YK01", "YK02"]


NEARLY = ("phải trả lời", "có trách nhiệm nghiên cứu và phải trả lời")
NEARLY_TOO = ("phải trả lời", "có trách nhiệm nghiên cứu, phải trả lời")


def test_nearly_the_same_proposals_are_taken_in_one_wording_without_a_conflict(
    world, consultation, point, say, office
):
    first = say(world.delegate, change=NEARLY)
    second = say(world.delegate2, change=NEARLY_TOO)
    page = office.get(bench(consultation, point.key))
    [card, _alone] = page.context["bench"].cards
    assert card.near == [second]
    office.post(answer_url(first), answered(first, near=[f"{second.pk}:0"]))
    piece = consolidation.workbench(consultation).piece(point.key)
    assert not piece.conflicts
    assert piece.settled.text == first.proposed_text
    [span] = [span for span in piece.settled.spans if span.ids]
    assert set(span.ids) == {str(first.pk), str(second.pk)}
    assert second.disposition.outcome == Outcome.ACCEPTED_IN_PART


def test_a_stale_near_answer_undoes_the_whole_act(world, consultation, say, office):
    first, second = say(world.delegate, change=NEARLY), say(world.delegate2, change=NEARLY_TOO)
    consolidation.answer(second.pk, actor=world.office2, outcome=Outcome.NOTED)
    page = office.post(answer_url(first), answered(first, near=[f"{second.pk}:0"]))
    assert page.status_code == 409
    assert not Disposition.objects.filter(comment=first).exists()


def test_ready_words_are_written_into_the_reply_behind_what_was_typed(
    world, consultation, point, say, office
):
    comment = say(world.delegate)
    words = ReplyTemplate.objects.create(
        committee=world.committee, title="Đã sửa", text="Đã sửa tại [khoản]."
    )
    page = office.post(
        answer_url(comment), {"reply": "Cảm ơn đồng chí.", "template": words.pk, "answers": []}
    )
    card = page.context["bench"].card_of(comment.pk)
    citation = page.context["bench"].piece.citation
    assert card.form["reply"].value() == f"Cảm ơn đồng chí.\nĐã sửa tại {citation}."
    assert not Disposition.objects.exists()


def test_ready_words_can_be_added_changed_and_removed(world, consultation, office):
    address = reverse("reply_templates", args=[consultation.pk])
    kept = ReplyTemplate.objects.create(committee=world.committee, title="Cũ", text="Lời cũ.")
    form = {
        "words-TOTAL_FORMS": 2,
        "words-INITIAL_FORMS": 1,
        "words-0-id": kept.pk,
        "words-0-title": "Cũ",
        "words-0-text": "Lời mới.",
        "words-1-title": "Tiếp thu",
        "words-1-text": "Văn phòng tiếp thu.",
    }
    assert office.post(address, form).status_code == 302
    assert dict(ReplyTemplate.objects.values_list("title", "text")) == {
        "Cũ": "Lời mới.",
        "Tiếp thu": "Văn phòng tiếp thu.",
    }
    untitled = office.post(address, form | {"words-1-title": ""})
    assert untitled.status_code == 422
    assert "Văn phòng tiếp thu." in untitled.content.decode()
