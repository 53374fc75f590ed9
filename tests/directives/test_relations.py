"""An issued directive is corrected, amended, replaced or repealed by a new one."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.urls import reverse

from accounts.models import Role
from directives import drafting, events, permissions, relations
from directives.models import (
    Approval,
    Circulation,
    Directive,
    Draft,
    Event,
    Relation,
    RelationKind,
    State,
)
from directives.outline import in_order
from directives.reading import directives_for
from directives.refusals import Refused
from directives.text.kinds import Kind
from tests import factories
from tests.successors import approve, issue, successor

NUMBER = "35-CT/TU"


@pytest.fixture
def untypeset(monkeypatch) -> None:
    monkeypatch.setattr("directives.record.issued_pdf", lambda *_args, **_facts: b"%PDF-")


def said(directive: Directive, person) -> list[tuple[str, str]]:
    return [(line.tone, line.url) for line in relations.lines(directive, person)]


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


# The first words


def test_a_replacement_begins_with_the_issued_text(world, issued):
    made = successor(world, issued)
    old, new = in_order(issued.issue.draft), in_order(made.latest_draft)
    added = [p.text for p in new if p.text not in {q.text for q in old}]
    assert added[0] == "về siết chặt kỷ luật trong tình hình mới"
    assert added[1].startswith(f"Chỉ thị này thay thế Chỉ thị số {NUMBER}, ngày ")
    assert {p.text for p in old if p.kind not in drafting.FIXED} < {p.text for p in new}
    kinds = [p.kind for p in new]
    assert kinds[-3:] == [Kind.CLOSING, Kind.CLOSING, Kind.RECIPIENTS]
    assert new[-2].text == "Chỉ thị này phổ biến đến chi bộ."


@pytest.mark.parametrize(
    ("kind", "words"),
    [("correct", "đính chính"), ("amend", "sửa đổi, bổ sung"), ("repeal", "Bãi bỏ")],
)
def test_the_others_begin_with_the_form_of_such_a_paper(world, issued, kind, words):
    made = successor(world, issued, kind, subject="về việc khác")
    text = "\n".join(p.text for p in in_order(made.latest_draft))
    assert words in text
    assert f"Chỉ thị số {NUMBER}, ngày " in text
    assert issued.subject in text
    assert text.startswith("về việc khác")


@pytest.mark.parametrize("kind", RelationKind.values)
def test_the_old_directive_is_cited_with_number_comma_and_day(world, issued, kind):
    subject = drafting.first_subject(issued, RelationKind(kind))
    cited = f"Chỉ thị số {NUMBER}, ngày "
    assert (cited in subject) == (kind != "replace")
    assert subject.startswith("về ")


def test_days_are_cited_as_the_party_writes_them():
    from datetime import date

    from directives.drafting.succession import _cited_day

    days = [date(2018, 4, 3), date(2024, 4, 17), date(2026, 1, 9), date(2021, 11, 22)]
    assert [_cited_day(day) for day in days] == [
        "ngày 03/4/2018",
        "ngày 17/4/2024",
        "ngày 09/01/2026",
        "ngày 22/11/2021",
    ]


def test_only_what_is_issued_has_a_successor(world, approved):
    assert code_of(lambda: successor(world, approved)) == "state"
    assert Directive.objects.count() == 1


# Making and taking back


def test_a_link_is_made_and_taken_back_while_the_draft_is_written(world, issued):
    made = factories.directive(world.office, world.committee)
    relation = drafting.relate(made.pk, actor=world.office, kind="amend", old=issued)
    assert (relation.new, relation.old, relation.kind) == (made, issued, "amend")
    drafting.unrelate(made.pk, actor=world.office, relation_id=relation.pk)
    assert not Relation.objects.exists()
    verbs = Event.objects.filter(stream=made.stream).values_list("verb", flat=True)
    assert list(verbs.order_by("sequence"))[-2:] == ["relate_amend", "unrelate"]
    unrelate = {"actor": world.office, "relation_id": relation.pk}
    assert code_of(lambda: drafting.unrelate(made.pk, **unrelate)) == "gone"


def test_a_link_voids_the_approval(world, issued):
    made = factories.directive(world.office, world.committee)
    approve(world, made)
    drafting.relate(made.pk, actor=world.office, kind="repeal", old=issued)
    made = Directive.objects.get(pk=made.pk)
    assert made.state == State.CONSOLIDATING
    assert Approval.objects.get(draft=made.latest_draft).voided_at


def test_what_cannot_be_linked_is_refused(world, issued, untypeset):
    elsewhere = factories.CommitteeFactory()
    stranger = factories.person(elsewhere, Role.OFFICE)
    foreign = factories.directive(stranger, elsewhere)
    made, other = (factories.directive(world.office, world.committee) for _ in range(2))
    drafting.relate(made.pk, actor=world.office, kind="replace", old=issued)

    def relate(new, old, actor=world.office):
        return code_of(lambda: drafting.relate(new.pk, actor=actor, kind="correct", old=old))

    assert relate(made, issued) == "related"
    assert relate(made, other) == "state"
    assert relate(foreign, issued, actor=stranger) == "committee"
    issue(world, made)
    assert relate(other, issued) == "superseded"


def test_a_frozen_draft_gets_no_link(world, issued):
    made = factories.directive(world.office, world.committee)
    factories.consultation(world.office, made, world.delegates)
    relate = {"actor": world.office, "kind": "correct", "old": issued}
    assert code_of(lambda: drafting.relate(made.pk, **relate)) == "frozen"


@pytest.mark.parametrize("role", ["clerk", "chair", "delegate", "administrator"])
def test_only_the_office_links(world, issued, role):
    made = successor(world, issued)
    actor = getattr(world, role)
    with pytest.raises(PermissionDenied):
        drafting.create_successor(issued, actor=actor, kind="repeal", subject="về việc khác")
    with pytest.raises(PermissionDenied):
        drafting.relate(made.pk, actor=actor, kind="correct", old=issued)
    with pytest.raises(PermissionDenied):
        drafting.unrelate(made.pk, actor=actor, relation_id=made.acts_on.get().pk)


# What holds


@pytest.mark.parametrize("kind", ["replace", "repeal"])
def test_a_directive_is_superseded_when_the_new_one_is_issued(world, issued, kind, untypeset):
    made = successor(world, issued, kind)
    assert relations.standing(issued.issue).in_force
    made = issue(world, made)
    now = relations.standing(issued.issue)
    assert not now.in_force
    assert now.superseded_by == made.issue
    assert relations.standing(made.issue).in_force


@pytest.mark.parametrize("kind", ["correct", "amend"])
def test_a_corrected_directive_stays_in_force(world, issued, kind, untypeset):
    made = issue(world, successor(world, issued, kind))
    now = relations.standing(issued.issue)
    assert now.in_force
    assert now.changed_by == [made.issue]


def test_the_first_to_be_issued_supersedes(world, issued, untypeset):
    first, second = successor(world, issued), successor(world, issued, "repeal")
    second = issue(world, second)
    issue(world, first)
    assert relations.standing(issued.issue).superseded_by == second.issue


def test_the_log_of_the_old_directive_tells_of_the_new_one(world, issued, untypeset):
    made = issue(world, successor(world, issued))
    log = Event.objects.filter(stream=issued.stream).order_by("sequence")
    assert log.last().verb == "replace_by"
    assert log.last().payload["number"] == made.issue.symbol
    assert events.first_broken(log) is None


# Who learns of it


def test_nobody_learns_of_a_draft_whom_it_does_not_concern(world, issued):
    made = successor(world, issued)
    for person in world.people:
        knows = permissions.can_view_directive(person, made)
        way = made.get_absolute_url()
        assert said(issued, person) == ([("quiet", way)] if knows else [])
    assert said(issued, world.delegate) == []
    assert said(made, world.office) == [("info", issued.get_absolute_url())]


def test_who_was_sent_the_draft_learns_of_it(world, issued):
    made = successor(world, issued)
    Circulation.objects.create(draft=made.latest_draft, person=world.delegate)
    assert said(issued, world.delegate) == [("quiet", made.get_absolute_url())]
    assert said(issued, world.delegate2) == []


def test_everybody_learns_of_what_is_issued(world, issued, untypeset):
    made = issue(world, successor(world, issued))
    for person in world.people:
        assert said(issued, person) == [("warning", made.get_absolute_url())]
        assert said(made, person) == [("info", issued.get_absolute_url())]


def test_a_guest_reads_what_was_done_and_is_led_nowhere(world, issued, untypeset):
    made = issue(world, successor(world, issued, "correct"))
    guest = factories.person(factories.CommitteeFactory(), Role.DELEGATE)
    assert said(issued, guest) == [("info", "")]
    assert made.issue.symbol in relations.lines(issued, guest)[0].text


def test_lists_know_what_is_no_longer_in_force(world, issued, untypeset):
    made = issue(world, successor(world, issued, "repeal"))
    found = {one.pk: one.superseded for one in directives_for(world.delegate)}
    assert found == {issued.pk: "repeal", made.pk: None}


# The database refuses too


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


def test_the_database_links_only_a_draft_of_the_office_to_what_is_issued(world, issued):
    made, other = (factories.directive(world.office, world.committee) for _ in range(2))

    def link(new, old):
        return lambda: Relation.objects.create(
            new=new, old=old, kind="replace", made_by=world.office
        )

    assert refused(link(made, other))
    assert refused(link(made, made))
    assert refused(link(issued, issued))
    Directive.objects.filter(pk=made.pk).update(state=State.APPROVED)
    assert refused(link(made, issued))
    assert not refused(link(other, issued))
    assert refused(link(other, issued))


def test_the_database_keeps_a_link_that_went_to_the_chair(world, issued):
    made = successor(world, issued)
    links = Relation.objects.all()
    assert refused(lambda: links.update(kind="repeal"))
    Directive.objects.filter(pk=made.pk).update(state=State.SUBMITTED)
    assert refused(lambda: links._raw_delete(links.db))
    assert Relation.objects.count() == 1


# The pages


def page(browser, name: str, directive: Directive, *args):
    return browser.get(reverse(name, args=[directive.pk, *args]))


def test_the_page_of_an_issued_directive_offers_the_ways_to_change_it(world, issued, signed_in):
    ways = [reverse("directive_succeed", args=[issued.pk, kind]) for kind in RelationKind.values]
    shown = page(signed_in(world.office), "directive_view", issued).content.decode()
    assert all(way in shown for way in ways)
    shown = page(signed_in(world.clerk), "directive_view", issued).content.decode()
    assert not any(way in shown for way in ways)


@pytest.mark.parametrize("kind", RelationKind.values)
def test_a_successor_is_made_from_the_page_of_the_old_one(world, issued, kind, signed_in):
    browser = signed_in(world.office)
    question = page(browser, "directive_succeed", issued, kind)
    form = question.context["form"]
    assert form.initial["subject"] == drafting.first_subject(issued, RelationKind(kind))
    assert form.initial["recipients"].startswith("Ban Bí thư")
    answer = browser.post(question.request["PATH_INFO"], form.initial)
    relation = Relation.objects.get()
    assert (relation.kind, relation.old) == (kind, issued)
    assert answer.url == reverse("draft_edit", args=[relation.new_id, 1])
    assert browser.get(answer.url).status_code == 200


def test_a_successor_without_a_subject_is_told_and_not_made(world, issued, signed_in):
    way = reverse("directive_succeed", args=[issued.pk, "replace"])
    answer = signed_in(world.office).post(way, {"subject": " "})
    assert answer.status_code == 422
    assert not Relation.objects.exists()


def test_a_kind_that_does_not_exist_is_not_found(world, issued, signed_in):
    assert page(signed_in(world.office), "directive_succeed", issued, "burn").status_code == 404


def test_what_is_not_issued_leads_back_to_its_page(world, approved, signed_in):
    answer = page(signed_in(world.office), "directive_succeed", approved, "replace")
    assert answer.url == approved.get_absolute_url()


def test_the_pages_say_what_was_done(world, issued, untypeset, signed_in):
    made = successor(world, issued)
    office, delegate = signed_in(world.office), signed_in(world.delegate)
    assert made.get_absolute_url() in page(office, "directive_view", issued).content.decode()
    for browser in (office, delegate):
        shown = page(browser, "directive_view", issued).content.decode()
        assert "banner--warning" not in shown
        assert (made.subject in shown) == (browser is office)
    made = issue(world, made)
    for browser in (office, delegate):
        shown = page(browser, "directive_view", issued).content.decode()
        assert "banner--warning" in shown
        assert made.issue.symbol in shown
        assert NUMBER in page(browser, "directive_view", made).content.decode()
    assert "status--warning" in office.get(reverse("directive_list")).content.decode()
    register = office.get(reverse("register_list"), follow=True)
    assert [entry.superseded for entry in register.context["page"]] == ["replace", None]
    assert page(office, "directive_events", issued).status_code == 200


def test_the_clerk_is_told_before_the_issue_what_becomes_of_the_old_one(world, issued, signed_in):
    made = successor(world, issued)
    approve(world, made)
    question = page(signed_in(world.clerk), "directive_issue", made).content.decode()
    assert f"Khi ban hành sẽ thay thế Chỉ thị số {NUMBER}" in question
    assert "đã được báo về chỉ thị trước" in question


def test_the_pages_of_a_linked_directive_ask_once_more(
    world, issued, untypeset, signed_in, django_assert_num_queries
):
    browser = signed_in(world.delegate)
    page(browser, "directive_view", issued)
    with django_assert_num_queries(7):
        page(browser, "directive_view", issued)
    issue(world, successor(world, issued, "correct"))
    issue(world, successor(world, issued, "replace"))
    with django_assert_num_queries(8):
        page(browser, "directive_view", issued)


def test_links_are_made_and_taken_away_among_the_details(world, issued, signed_in):
    made = factories.directive(world.office, world.committee)
    browser = signed_in(world.office)
    details = reverse("directive_change_details", args=[made.pk])
    assert list(browser.get(details).context["relation_form"].fields["old"].queryset) == [issued]
    way = reverse("relation_add", args=[made.pk])
    assert browser.post(way, {"kind": "amend", "old": issued.pk}).url == details
    relation = Relation.objects.get()
    shown = browser.get(details)
    assert NUMBER in shown.content.decode()
    assert not shown.context["relation_form"].fields["old"].queryset
    browser.post(way, {"kind": "amend", "old": made.pk})
    browser.post(way, {"kind": "burn", "old": issued.pk})
    assert Relation.objects.get() == relation
    away = reverse("relation_remove", args=[made.pk, relation.pk])
    assert browser.post(away).url == details
    assert not Relation.objects.exists()
    assert browser.post(away).status_code == 409


def test_a_draft_of_a_replacement_goes_the_whole_road(world, issued):
    """The first text of a replacement is a draft like any other."""
    made = successor(world, issued)
    factories.consultation(world.office, made, world.delegates)
    draft = Draft.objects.get(directive=made)
    assert draft.sha256
    assert Directive.objects.get(pk=made.pk).state == State.CONSULTING
