"""Annexes stand behind the recipients, whatever is done to a draft."""

import random
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from directives import drafting, outline
from directives.drafting import NewProvision
from directives.refusals import Refused
from directives.text.kinds import ANNEXED, Kind
from directives.text.numbering import citations
from tests import factories


@pytest.fixture
def annexed(world):
    units = [*factories.UNITS, *factories.ANNEXES]
    return factories.directive(world.office, world.committee, units=units)


@pytest.fixture
def draft(annexed):
    return annexed.latest_draft


def kinds(draft) -> list[Kind]:
    return [Kind(provision.kind) for provision in drafting.in_order(draft)]


def place_of(made, words: str) -> str:
    ordered = drafting.in_order(made.latest_draft)
    at = next(at for at, provision in enumerate(ordered) if words in provision.text)
    return citations([Kind(provision.kind) for provision in ordered])[at]


def is_well_formed(draft) -> bool:
    """A subject, the main text and its recipients; behind them nothing but annexes."""
    main, *annexes = outline.sections(drafting.in_order(draft))
    return (
        main[0].kind == Kind.SUBJECT
        and main[-1].kind == Kind.RECIPIENTS
        and not {Kind.SUBJECT, Kind.RECIPIENTS} & {p.kind for p in main[1:-1]}
        and all(p.kind in ANNEXED for annex in annexes for p in annex[1:])
    )


def add(world, draft, kind, text, after=None):
    pk = after and factories.provision(draft.directive, after).pk
    return drafting.add_provision(draft.pk, actor=world.office, kind=kind, text=text, after=pk)


def test_pasted_annexes_stand_behind_the_recipients(draft):
    assert is_well_formed(draft)
    assert kinds(draft)[-9:] == [Kind.RECIPIENTS, *(unit.kind for unit in factories.ANNEXES)]


def test_recipients_pasted_behind_an_annex_stand_before_it(world, draft):
    units = [*factories.ANNEXES, NewProvision(Kind.RECIPIENTS, "Lưu Văn phòng")]
    drafting.replace_body(draft.pk, actor=world.office, units=[*factories.UNITS, *units])
    assert is_well_formed(draft)
    assert draft.provisions.get(kind=Kind.RECIPIENTS).text == "Lưu Văn phòng"


def test_legal_bases_and_closings_are_refused_in_an_annex(world, draft):
    for kind in (Kind.BASIS, Kind.CLOSING):
        units = [*factories.UNITS, factories.ANNEXES[0], NewProvision(kind, "Chỉ thị này.")]
        with pytest.raises(Refused):
            drafting.replace_body(draft.pk, actor=world.office, units=units)
        clause = factories.provision(draft.directive, "Số việc")
        with pytest.raises(Refused):
            drafting.change_kind(clause.pk, actor=world.office, kind=kind)


def test_a_new_annex_is_the_last_or_follows_the_one_it_was_asked_from(world, annexed, draft):
    add(world, draft, Kind.ANNEX, "Biểu số liệu")
    assert place_of(annexed, "Biểu số liệu") == "Phụ lục III"
    add(world, draft, Kind.ANNEX, "Bản đồ", after="Trả lời kiến nghị")
    assert place_of(annexed, "Bản đồ") == "Phụ lục II"
    assert place_of(annexed, "Số việc") == "khoản 1 Phụ lục III"


def test_what_is_added_without_a_place_goes_into_the_main_text(world, annexed, draft):
    add(world, draft, Kind.CLAUSE, "Khoản mới.")
    assert place_of(annexed, "Khoản mới") == "khoản 3"
    add(world, draft, Kind.CLOSING, "Đoạn cuối.", after="Số việc")
    assert place_of(annexed, "Đoạn cuối") == "đoạn kết thúc 2"
    add(world, draft, Kind.CLAUSE, "Khoản phụ lục.", after="Mẫu báo cáo")
    assert place_of(annexed, "Khoản phụ lục") == "khoản 1 Phụ lục II"
    assert is_well_formed(draft)


def test_an_annex_is_deleted_and_brought_back_with_all_it_holds(world, draft):
    before = [(p.key, p.text) for p in drafting.in_order(draft)]
    title = factories.provision(draft.directive, "Danh mục")
    drafting.delete_provision(title.pk, actor=world.office)
    assert kinds(draft)[-3:] == [Kind.RECIPIENTS, Kind.ANNEX, Kind.CLAUSE]
    drafting.restore_provision(draft.pk, actor=world.office, key=title.key)
    assert [(p.key, p.text) for p in drafting.in_order(draft)] == before


def test_a_provision_whose_annex_is_gone_comes_back_in_the_main_text(world, annexed, draft):
    clause = factories.provision(annexed, "Số việc")
    drafting.delete_provision(clause.pk, actor=world.office)
    for title in draft.provisions.filter(kind=Kind.ANNEX):
        drafting.delete_provision(title.pk, actor=world.office)
    drafting.restore_provision(draft.pk, actor=world.office, key=clause.key)
    assert is_well_formed(draft)
    assert place_of(annexed, "Số việc") == "khoản 3"


def test_an_annex_moves_as_a_whole(world, annexed, draft):
    ordered = drafting.in_order(draft)
    title = factories.provision(annexed, "Mẫu báo cáo")
    above = outline.place_up(ordered, title)
    assert above.kind == Kind.RECIPIENTS
    assert outline.place_down(ordered, title) is None
    drafting.move_provision(title.pk, actor=world.office, after=above.pk)
    assert place_of(annexed, "Số việc") == "khoản 1 Phụ lục I"
    assert place_of(annexed, "Trả lời kiến nghị") == "điểm b khoản 1 Phụ lục II"
    ordered = drafting.in_order(draft)
    below = outline.place_down(ordered, factories.provision(annexed, "Mẫu báo cáo"))
    drafting.move_provision(title.pk, actor=world.office, after=below.pk)
    assert place_of(annexed, "Số việc") == "khoản 1 Phụ lục II"


def test_step_by_step_nothing_leaves_its_annex(draft):
    ordered = drafting.in_order(draft)
    for annex in outline.sections(ordered)[1:]:
        assert outline.place_up(ordered, annex[1]) is None
        assert outline.place_down(ordered, annex[-1]) is None


def test_a_clause_moves_into_an_annex_when_it_is_told_to(world, annexed, draft):
    clause = factories.provision(annexed, "Siết chặt kỷ luật\n")
    target = factories.provision(annexed, "Số việc")
    drafting.move_provision(clause.pk, actor=world.office, after=target.pk)
    assert place_of(annexed, "07 ngày") == "điểm a khoản 2 Phụ lục II"
    closing = factories.provision(annexed, "phổ biến")
    with pytest.raises(Refused):
        drafting.move_provision(closing.pk, actor=world.office, after=target.pk)


def test_a_title_stays_a_title(world, annexed):
    title = factories.provision(annexed, "Mẫu báo cáo")
    for act in (
        lambda: drafting.change_kind(title.pk, actor=world.office, kind=Kind.CLAUSE),
        lambda: drafting.join_provision(title.pk, actor=world.office),
        lambda: drafting.indent_provision(title.pk, actor=world.office, deeper=True),
        lambda: drafting.join_provision(
            factories.provision(annexed, "Số việc").pk, actor=world.office
        ),
    ):
        with pytest.raises(Refused):
            act()


def test_the_second_half_of_a_title_is_a_paragraph_under_it(world, annexed):
    title = factories.provision(annexed, "Mẫu báo cáo")
    drafting.split_provision(
        title.pk, actor=world.office, version=title.version, first="Mẫu", second="Báo cáo."
    )
    assert place_of(annexed, "Báo cáo.") == "đoạn mở đầu 1 Phụ lục II"


def act_at_random(world, draft, chance: random.Random, gone: list) -> None:
    ordered = drafting.in_order(draft)
    one, other = chance.choice(ordered), chance.choice(ordered)
    kind, actor = chance.choice(list(Kind)), world.office
    lost = chance.choice(gone or [one]).key
    acts = (
        lambda: drafting.add_provision(draft.pk, actor=actor, kind=kind, text="Mới.", after=one.pk),
        lambda: gone.append(drafting.delete_provision(one.pk, actor=actor)),
        lambda: drafting.restore_provision(draft.pk, actor=actor, key=lost),
        lambda: drafting.move_provision(one.pk, actor=actor, after=other.pk),
        lambda: drafting.change_kind(one.pk, actor=actor, kind=kind),
        lambda: drafting.join_provision(one.pk, actor=actor),
    )
    with suppress(Refused):
        chance.choice(acts)()


@settings(
    deadline=None,
    max_examples=15,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(seed=st.integers(0, 10**6))
def test_whatever_is_done_annexes_stay_last(world, draft, seed):
    chance, gone = random.Random(seed), []
    for _ in range(12):
        act_at_random(world, draft, chance, gone)
        assert is_well_formed(draft)
