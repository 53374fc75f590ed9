from datetime import date

import pytest
from django.template.loader import render_to_string
from django.urls import reverse

from directives import reading


def layout(client, directive, number=1):
    return client.get(reverse("draft_layout", args=[directive.pk, number]))


def test_the_draft_is_shown_as_printed_with_every_rule_beside_it(client, world, directive):
    client.force_login(world.office)
    page = layout(client, directive)
    measured = page.context["measured"]
    assert measured.broken == []
    text = page.content.decode()
    assert all(one.rule in text for one in measured.measures)
    assert reverse("draft_page", args=[directive.pk, 1, 1]) in text
    assert 'id="m-2-1"' in text


def test_the_margins_are_written_over_the_page_and_each_place_has_the_number_of_its_rule(
    client, world, directive
):
    client.force_login(world.office)
    page = layout(client, directive)
    measured = page.context["measured"]
    first = measured.sheets[0]
    assert [span.words for span in first.spans][:2] == ["30,0 mm", "15,0 mm"]
    names = {one.name: place for place, one in enumerate(measured.measures, start=1)}
    shown = {frame.label for sheet in measured.sheets for frame in sheet.frames}
    assert str(names["Trích yếu"]) in shown
    assert f"{names['Thể thức đề ký']}, {names['Khối chữ ký']}, {names['Vị trí nơi nhận']}" in shown
    assert f">{names['Trích yếu']}</text>" in page.content.decode()


def test_the_issued_paper_is_measured_with_its_number(client, world, issued):
    client.force_login(world.delegate)
    page = layout(client, issued, issued.latest_draft.number)
    names = [one.name for one in page.context["measured"].measures]
    assert "Dấu dự thảo" not in names
    assert page.context["measured"].broken == []


@pytest.mark.parametrize(("page", "status"), [(1, 200), (0, 404), (99, 404)])
def test_a_page_is_a_picture_or_is_not_there(client, world, directive, page, status):
    client.force_login(world.office)
    answer = client.get(reverse("draft_page", args=[directive.pk, 1, page]))
    assert answer.status_code == status
    if status == 200:
        assert answer["Content-Type"] == "image/png"


def on_screen(directive, draft) -> str:
    context = {"directive": directive, "draft": draft, "page": reading.page(draft)}
    return render_to_string("directives/_paper.html", context)


def test_the_day_of_issue_is_written_on_the_screen_as_on_paper(issued):
    issued.issue.issued_on = date(2025, 1, 5)
    assert "ngày 05 tháng 01 năm 2025" in on_screen(issued, issued.latest_draft)


def test_the_circulation_mark_stands_on_the_screen_of_a_draft_alone(issued):
    draft = issued.latest_draft
    draft.circulation_mark = "TÀI LIỆU HỘI NGHỊ"
    assert draft.circulation_mark not in on_screen(issued, draft)
    issued.issue.draft_id = 0
    assert draft.circulation_mark in on_screen(issued, draft)
