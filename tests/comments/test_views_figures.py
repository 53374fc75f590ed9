"""The charts of a round and the tables behind them."""

import re

import pytest
from django.urls import reverse

from accounts.models import User
from comments import consolidation, services
from comments.models import Delegate, Outcome
from comments.views.charts import LINES_PER_DRAWING, Chart, Line, Shade
from tests import factories

QUERIES = 8


@pytest.fixture
def show(client, world):
    def show(consultation, person=None):
        client.force_login(person or world.office)
        return client.get(reverse("consultation_figures", args=[consultation.pk]))

    return show


def test_a_chart_has_a_title_a_description_and_the_same_figures_in_a_table(world, closed, show):
    consolidation.answer(closed.comments.get().pk, actor=world.office, outcome=Outcome.ACCEPTED)
    page = show(closed).content.decode()
    for drawing in re.findall(r'<svg class="chart-drawing".*?</svg>', page, re.S):
        title, words = re.search(
            r'role="img" aria-labelledby="(.*?)" aria-describedby="(.*?)"', drawing
        ).groups()
        assert f'<title id="{title}">' in drawing
        assert f'<desc id="{words}">' in drawing
    table = re.search(r'id="chart-provisions".*?<tbody>(.*?)</tbody>', page, re.S)[1]
    assert "Điểm a khoản 1" in table
    assert re.findall(r'<td class="num" data-label="Tiếp thu">(\d+)</td>', table) == ["1"]


def test_there_is_no_style_and_no_script_in_a_chart(closed, show):
    page = show(closed).content.decode()
    charts = page[page.index('class="chart-fills"') : page.rindex("</svg>")]
    assert " style=" not in charts
    assert "<script" not in charts


def test_a_round_without_answers_says_what_will_be_here(consultation, show):
    page = show(consultation).content.decode()
    assert "Chưa có đại biểu nào trả lời" in page
    assert "chart-drawing" not in page


def test_positions_are_shown_before_any_comment_comes(world, consultation, show):
    services.give_position(
        consultation.pk, actor=world.delegate, person=world.delegate, position="agrees"
    )
    page = show(consultation).content.decode()
    assert "Thống nhất hoàn toàn: <strong>1</strong>" in page
    assert 'id="chart-provisions"' not in page


def test_the_round_and_the_workbench_lead_to_the_figures(client, world, closed):
    client.force_login(world.chair)
    address = reverse("consultation_figures", args=[closed.pk])
    for name in ("consultation_view", "workbench"):
        page = client.get(reverse(name, args=[closed.pk])).content.decode()
        assert f'href="{address}"' in page


def test_the_page_takes_as_many_queries_for_sixty_delegates(
    client, world, consultation, django_assert_num_queries
):
    client.force_login(world.office)
    address = reverse("consultation_figures", args=[consultation.pk])
    factories.comment(consultation, world.delegate)
    with django_assert_num_queries(QUERIES):
        client.get(address)
    people = User.objects.bulk_create(
        User(username=f"dai{n}", full_name=f"Đại Biểu {n}", rank=100 + n) for n in range(60)
    )
    Delegate.objects.bulk_create(
        Delegate(consultation=consultation, person=one, rank=one.rank) for one in people
    )
    for author in (world.delegate, world.delegate2):
        factories.comment(consultation, author)
    with django_assert_num_queries(QUERIES):
        page = client.get(address).content.decode()
    assert page.count("Đại Biểu 59") >= 2


SHADES = [Shade("whole", "Tiếp thu"), Shade("open", "Chưa")]


def chart(*lines: Line, note: str = "") -> Chart:
    return Chart("mau", "Mẫu", "Dòng", "", SHADES, lines, note)


def test_the_longest_bar_ends_at_the_edge_and_the_others_on_its_scale():
    (drawing,) = chart(Line("a", (3, 1)), Line("b", (0, 2)), Line("c", (0, 0))).drawings
    longest, half, none = drawing.bars
    assert [(one.x, one.width) for one in longest.blocks] == [
        ("34.00%", "43.50%"),
        ("77.50%", "14.50%"),
    ]
    assert [(one.x, one.width, one.fill) for one in half.blocks] == [("34.00%", "29.00%", "open")]
    assert none.blocks == ()
    assert none.after == "34.00%"


def test_words_behind_the_bars_have_room():
    (drawing,) = chart(Line("a", (1, 0), "Thống nhất"), note="Ý kiến").drawings
    assert drawing.bars[0].after == "64.00%"


def test_a_long_chart_is_cut_into_drawings_of_a_sheet():
    lines = [Line(str(n), (1, 0)) for n in range(2 * LINES_PER_DRAWING + 1)]
    drawings = chart(*lines).drawings
    assert [(one.first, one.last) for one in drawings] == [(1, 30), (31, 60), (61, 61)]
    assert [bar.y for bar in drawings[1].bars[:2]] == [0, 26]
    assert [bar.name for one in drawings for bar in one.bars] == [line.name for line in lines]
