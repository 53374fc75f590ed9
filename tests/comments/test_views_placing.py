import pytest
from django.urls import reverse

from comments import consolidation, services
from comments.models import Outcome
from directives import drafting
from tests import factories


def page(client, directive, number=2):
    return client.get(reverse("draft_comments", args=[directive.pk, number]))


def test_the_office_sees_where_each_comment_stands_now(client, world, consolidated):
    client.force_login(world.office)
    response = page(client, consolidated)
    [row] = response.context["rows"]
    [standing] = row.standings
    assert standing.comment.label == "YK01"
    assert "Bảy ngày" not in row.numbered.text
    assert response["Server-Timing"].startswith("engine;dur=")


def test_a_comment_whose_provision_is_gone_is_still_there(client, world, consolidated):
    client.force_login(world.office)
    point = consolidated.latest_draft.provisions.get(text__contains="05 ngày")
    drafting.delete_provision(point.pk, actor=world.office)
    response = page(client, consolidated)
    assert len(response.context["lost"]) == 1
    assert "YK01" in response.content.decode()


def test_a_delegate_does_not_see_others_comments_this_way(client, world, consolidated):
    client.force_login(world.delegate2)
    response = page(client, consolidated)
    assert response.status_code == 403
    assert "YK01" not in response.content.decode()


def test_before_the_first_round_the_page_says_that_there_is_none(client, world, directive):
    client.force_login(world.office)
    assert page(client, directive, 1).context["total"] == 0


@pytest.mark.parametrize("count", [1, 20])
def test_the_page_costs_the_same_for_one_comment_and_for_many(
    client, world, consultation, count, django_assert_num_queries
):
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    said = [factories.comment(consultation, world.delegate, on=point) for _n in range(count)]
    services.close_round(consultation.pk, actor=world.office)
    for comment in said:
        consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.NOTED)
    consolidation.consolidate(consultation.pk, actor=world.office)
    client.force_login(world.office)
    with django_assert_num_queries(14):
        response = page(client, consultation.draft.directive)
    assert response.context["total"] == count


def test_a_lost_comment_lies_in_the_tray_until_the_office_has_seen_it(client, world, consolidated):
    client.force_login(world.office)
    point = consolidated.latest_draft.provisions.get(text__contains="05 ngày")
    drafting.delete_provision(point.pk, actor=world.office)
    shown = page(client, consolidated)
    [lost] = shown.context["tray"]
    assert f'<option value="{lost.provision.key}" selected>' in shown.content.decode()
    place = reverse("comment_place", args=[lost.comment.pk])
    answer = client.post(place, {"provision": ""})
    assert answer.url == reverse("draft_comments", args=[consolidated.pk, 2])
    after = page(client, consolidated)
    assert after.context["tray"] == []
    assert "Văn phòng gắn" in after.content.decode()


def test_a_place_that_is_no_provision_is_refused_in_words(client, world, consultation):
    comment = factories.comment(consultation, world.delegate)
    client.force_login(world.office)
    answer = client.post(reverse("comment_place", args=[comment.pk]), {"provision": "?"})
    assert answer.status_code == 409
    assert "Chọn một điều khoản" in answer.content.decode()
