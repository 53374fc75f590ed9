"""The form check of a directive: fixes by ticket, waivers by key, and the demo's planted faults."""

from datetime import date, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from directives import drafting, events
from directives.drafting import NewProvision
from directives.formcheck import review as formcheck
from directives.formcheck.review import fix, review, unfix, unwaive, waive
from directives.formcheck.rules import RULES
from directives.formcheck.wording import WORDS
from directives.models import Directive, Event, FindingWaiver, State
from directives.refusals import Refused
from directives.text.kinds import Kind
from meetings.demo.story import Story
from tests import factories

FAULTY = (
    NewProvision(
        Kind.PREAMBLE, "Tỉnh ủy, cấp ủy và cấp uỷ theo Kết luận số 14-KL/TW ngày 22/9/2021."
    ),
    NewProvision(Kind.CLAUSE, "UBND tỉnh thực hiện chương trình KHXT."),
)
PLANTED = {
    ("tone_marks", "uỷ"),
    ("citation_comma", "14-KL/TW"),
    ("abbreviation", "UBND"),
    ("lead_in", "Tổ chức thực hiện"),
}


@pytest.fixture
def faulty(world) -> Directive:
    """Three findings that can be corrected, two of them in one provision, and one that cannot."""
    return factories.directive(world.office, world.committee, units=FAULTY)


def chosen(directive, *codes) -> dict[str, int]:
    """The tickets of the open findings of some rules, or of all that have a correction."""
    tickets = [i.ticket for i in review(directive).open if i.ticket and _is_of(i, codes)]
    return {key: int(version) for key, _dot, version in (t.partition(".") for t in tickets)}


def _is_of(item, codes) -> bool:
    return not codes or item.finding.rule.code in codes


def codes(directive) -> set[str]:
    return {item.finding.rule.code for item in review(directive).open}


def key_of(directive, code) -> str:
    return next(i.key for i in review(directive).open if i.finding.rule.code == code)


def told(stage: str, on: date = date(2024, 4, 17)) -> Directive:
    """The demo's directive at a stage that was reached on a day."""
    ends = datetime(on.year, on.month, on.day, 15, tzinfo=timezone.get_current_timezone())
    story = Story(ends)
    story.tell(stage)
    return Directive.objects.get(pk=story.directive.pk)


def found(directive: Directive, day: date, monkeypatch) -> set[tuple[str, str]]:
    monkeypatch.setattr(timezone, "localdate", lambda *args: day)
    spots = [(i.finding.rule.code, i.finding.spot.quote) for i in review(directive).open]
    monkeypatch.undo()
    assert len(spots) == len(set(spots)) or day.year > 2025
    return set(spots)


def test_the_four_planted_faults_of_the_demo_are_found(db, monkeypatch):
    unlisted = {"Mặt trận Tổ quốc", "các tổ chức chính trị - xã hội"}
    expected = PLANTED | {("unlisted_recipient", quote) for quote in unlisted}
    assert found(told("drafting"), date(2024, 4, 1), monkeypatch) == expected


def test_the_demo_of_today_speaks_of_bodies_that_are_no_more_besides(db, monkeypatch):
    words = ("cấp huyện", "huyện ủy, thành ủy", "Ban Tuyên giáo", "Ban cán sự đảng",
             "ban cán sự đảng", "đảng đoàn")  # fmt: skip
    ended = {("obsolete_body", quote) for quote in words}
    directive = told("drafting")
    before = found(directive, date(2024, 4, 1), monkeypatch)
    assert found(directive, date(2026, 11, 24), monkeypatch) - before == ended


def test_what_the_delegates_had_corrected_is_not_found_after_consolidation(db, monkeypatch):
    left = found(told("approval"), date(2024, 4, 17), monkeypatch)
    assert left == {("lead_in", "Tổ chức thực hiện")}


def test_an_issued_paper_is_checked_for_its_own_day(issued, monkeypatch):
    seen = []
    monkeypatch.setattr(formcheck, "_document", lambda rows, dated: seen.append(dated))
    monkeypatch.setattr(formcheck, "check", lambda document: [])
    review(issued)
    assert seen == [issued.issue.issued_on]


def test_a_directive_in_its_form_has_no_finding(directive):
    assert review(directive).open == []


def test_all_corrections_of_a_draft_are_made_at_once(world, faulty):
    assert fix(faulty.pk, actor=world.office, chosen=chosen(faulty)).count == 3
    texts = list(faulty.latest_draft.provisions.values_list("text", flat=True))
    assert "Tỉnh ủy, cấp ủy và cấp ủy theo Kết luận số 14-KL/TW, ngày 22/9/2021." in texts
    assert "Ủy ban nhân dân tỉnh thực hiện chương trình KHXT." in texts
    assert codes(faulty) == {"unknown_abbreviation"}


def test_one_correction_leaves_the_others_open(world, faulty):
    fix(faulty.pk, actor=world.office, chosen=chosen(faulty, "citation_comma"))
    assert codes(faulty) == {"tone_marks", "abbreviation", "unknown_abbreviation"}


def texts(directive) -> list[str]:
    return [provision.text for provision in drafting.in_order(directive.latest_draft)]


def test_a_correction_is_taken_back_with_all_it_changed(world, faulty):
    before, tickets = texts(faulty), chosen(faulty)
    fixed = fix(faulty.pk, actor=world.office, chosen=tickets)
    assert texts(faulty) != before
    assert unfix(faulty.pk, actor=world.office, versions=fixed.versions) == len(fixed.versions) == 2
    assert texts(faulty) == before
    assert set(chosen(faulty)) == set(tickets)


def test_a_correction_is_not_taken_back_over_a_later_edit_nor_twice(world, faulty):
    versions = fix(faulty.pk, actor=world.office, chosen=chosen(faulty)).versions
    provision = factories.provision(faulty, "KHXT")
    drafting.save_provision(
        provision.pk, actor=world.office2, version=provision.version, text="Viết lại."
    )
    corrected = texts(faulty)
    with pytest.raises(Refused) as refused, transaction.atomic():
        unfix(faulty.pk, actor=world.office, versions=versions)
    assert refused.value.code == "gone"
    assert texts(faulty) == corrected
    with pytest.raises(Refused):
        unfix(faulty.pk, actor=world.office, versions={})


def test_a_correction_of_another_directive_is_not_taken_back(world, faulty, directive):
    versions = fix(faulty.pk, actor=world.office, chosen=chosen(faulty)).versions
    with pytest.raises(Refused):
        unfix(directive.pk, actor=world.office, versions=versions)


def test_a_correction_asked_for_after_somebody_elses_edit_is_refused(world, faulty):
    tickets = chosen(faulty)
    provision = factories.provision(faulty, "UBND")
    drafting.save_provision(
        provision.pk, actor=world.office2, version=provision.version, text=f"Nay {provision.text}"
    )
    with pytest.raises(Refused) as refused, transaction.atomic():
        fix(faulty.pk, actor=world.office, chosen=tickets)
    assert refused.value.code == "gone"
    assert "tone_marks" in codes(faulty)


def test_a_finding_that_is_no_more_is_not_corrected_twice(world, faulty):
    tickets = chosen(faulty)
    fix(faulty.pk, actor=world.office, chosen=tickets)
    with pytest.raises(Refused) as refused:
        fix(faulty.pk, actor=world.office, chosen=tickets)
    assert refused.value.code == "gone"


def test_what_has_no_correction_cannot_be_corrected(world, faulty):
    with pytest.raises(Refused):
        fix(faulty.pk, actor=world.office, chosen={key_of(faulty, "unknown_abbreviation"): 1})


def test_a_frozen_draft_is_checked_but_not_corrected(world, faulty):
    factories.consultation(world.office, faulty, world.delegates)
    with pytest.raises(Refused) as refused:
        fix(faulty.pk, actor=world.office, chosen=chosen(faulty))
    assert refused.value.code == "frozen"


def test_a_correction_takes_the_draft_back_from_the_chair(world, submitted):
    provision = factories.provision(submitted, "Chấp hành")
    drafting.save_provision(
        provision.pk, actor=world.office, version=provision.version, text="Chấp hành giờ giấc"
    )
    Directive.objects.filter(pk=submitted.pk).update(state=State.SUBMITTED)
    fix(submitted.pk, actor=world.office, chosen=chosen(submitted))
    assert Directive.objects.get(pk=submitted.pk).state == State.CONSOLIDATING


@pytest.mark.parametrize("who", ["chair", "clerk", "delegate"])
def test_only_the_office_corrects_and_waives(world, faulty, who):
    person = getattr(world, who)
    with pytest.raises(PermissionDenied):
        fix(faulty.pk, actor=person, chosen=chosen(faulty))
    with pytest.raises(PermissionDenied):
        unfix(faulty.pk, actor=person, versions={})
    with pytest.raises(PermissionDenied):
        waive(faulty.pk, actor=person, key=key_of(faulty, "tone_marks"), reason="Được.")


def test_a_waived_finding_is_closed_and_its_reason_logged(world, faulty):
    key = key_of(faulty, "unknown_abbreviation")
    waive(faulty.pk, actor=world.office, key=key, reason="  Ai cũng biết.  ")
    after = review(faulty)
    assert "unknown_abbreviation" not in codes(faulty)
    assert [item.waiver.reason for item in after.waived] == ["Ai cũng biết."]
    event = Event.objects.filter(stream=faulty.stream).last()
    assert (event.verb, event.payload["quote"]) == ("waive_finding", "KHXT")
    assert events.first_broken(Event.objects.filter(stream=faulty.stream)) is None


def test_a_finding_is_not_waived_without_a_reason_nor_twice(world, faulty):
    key = key_of(faulty, "unknown_abbreviation")
    with pytest.raises(Refused) as refused:
        waive(faulty.pk, actor=world.office, key=key, reason=" \n")
    assert refused.value.code == "empty"
    waive(faulty.pk, actor=world.office, key=key, reason="Được.")
    with pytest.raises(Refused) as refused:
        waive(faulty.pk, actor=world.office, key=key, reason="Được.")
    assert refused.value.code == "gone"


def test_a_waiver_lapses_when_its_words_change(world, faulty):
    waive(
        faulty.pk,
        actor=world.office,
        key=key_of(faulty, "unknown_abbreviation"),
        reason="Được.",
    )
    provision = factories.provision(faulty, "KHXT")
    text = provision.text.replace("KHXT", "KHXV")
    drafting.save_provision(provision.pk, actor=world.office, version=provision.version, text=text)
    assert "unknown_abbreviation" in codes(faulty)
    assert review(faulty).waived == []


def test_a_waiver_holds_for_the_next_draft(world, faulty):
    waive(
        faulty.pk,
        actor=world.office,
        key=key_of(faulty, "unknown_abbreviation"),
        reason="Được.",
    )
    factories.consultation(world.office, faulty, world.delegates)
    units = [
        NewProvision(Kind(p.kind), p.text, p.headed, p.key)
        for p in drafting.in_order(faulty.latest_draft)
    ]
    drafting.start_next_draft(faulty.pk, actor=world.office, provisions=units)
    assert review(faulty).draft.number == 2
    assert "unknown_abbreviation" not in codes(faulty)


def test_a_waived_finding_is_opened_again(world, faulty):
    key = key_of(faulty, "unknown_abbreviation")
    waive(faulty.pk, actor=world.office, key=key, reason="Được.")
    unwaive(faulty.pk, actor=world.office, key=key)
    assert key_of(faulty, "unknown_abbreviation") == key
    assert not FindingWaiver.objects.exists()
    with pytest.raises(Refused):
        unwaive(faulty.pk, actor=world.office, key=key)


def test_nothing_is_waived_once_the_paper_is_issued(world, issued):
    with pytest.raises(Refused) as refused:
        waive(issued.pk, actor=world.office, key="0" * 16, reason="Được.")
    assert refused.value.code == "state"


def test_the_excerpt_of_a_finding_keeps_whole_words_of_its_line(world):
    words = "Thực hiện nghiêm túc nhiệm vụ được giao trong năm công tác của đơn vị mình"
    units = [NewProvision(Kind.PREAMBLE, f"Một.\n{words} tại cấp huyện và {words}.")]
    made = factories.directive(world.office, world.committee, units=units)
    (item,) = review(made).open
    assert item.before.startswith("… ")
    assert item.before.endswith(" tại ")
    assert item.after.startswith(" và ")
    assert item.after.endswith(" …")
    assert set(f"{item.before}{item.after}".replace("…", "").split()) <= set(units[0].text.split())


def test_every_rule_has_its_words():
    assert {rule.code for rule in RULES} == set(WORDS)


def test_a_review_asks_the_database_as_often_for_one_provision_as_for_many(
    world, faulty, django_assert_num_queries
):
    with django_assert_num_queries(3):
        review(faulty)
    many = [NewProvision(Kind.CLAUSE, f"Cấp huyện {n}.") for n in range(40)]
    long = factories.directive(world.office, world.committee, units=many)
    with django_assert_num_queries(3):
        review(long)
