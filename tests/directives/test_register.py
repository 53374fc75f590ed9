"""Concurrent clerks are processes of their own, as they are with several servers."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import timezone

from accounts.models import Term
from directives import canonical, drafting, events, record, register, workflow
from directives.models import (
    Approval,
    Directive,
    Draft,
    Event,
    Issue,
    NumberRegister,
    NumberStatus,
    Provision,
    RegisterEntry,
    State,
)
from directives.refusals import Refused
from tests import factories
from tests.acts import at_once

CLERKS = 50
PAPERS = 200


def day(back: int) -> date:
    return timezone.localdate() - timedelta(days=back)


@pytest.fixture
def numbers(world) -> NumberRegister:
    return register.open_register(
        actor=world.clerk, term=world.committee.terms.get(), first_number=35
    )


def approved_paper(world, subject: str = factories.SUBJECT) -> Directive:
    """Approved ten days ago, without the road that leads to the chair."""
    made = drafting.create_directive(actor=world.office, committee=world.committee, subject=subject)
    draft = made.latest_draft
    with time_machine.travel(timezone.now() - timedelta(days=10)):
        workflow.freeze(draft)
        sha256 = canonical.content_hash(draft)
        Approval.objects.create(draft=draft, sha256=sha256, approved_by=world.chair)
    Directive.objects.filter(pk=made.pk).update(state=State.APPROVED)
    return Directive.objects.get(pk=made.pk)


@pytest.fixture
def untypeset(monkeypatch) -> None:
    """What is printed does not matter here."""
    monkeypatch.setattr(record, "issued_pdf", lambda *_args, **_facts: b"%PDF-")


def issue(world, paper: Directive, back: int = 0) -> int:
    return workflow.issue(paper.pk, actor=world.clerk, issued_on=day(back)).number


def reserve(world, numbers: NumberRegister, directive: Directive | None = None, **facts):
    facts.setdefault("reason", "Chờ ký")
    return register.reserve(numbers.pk, actor=world.clerk, directive=directive, **facts)


def code_of(act) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.code


def test_a_register_opens_once_with_the_number_that_follows_the_paper_one(world):
    term = world.committee.terms.get()
    numbers = register.open_register(actor=world.clerk, term=term, first_number=35)
    assert (numbers.first_number, numbers.last_number) == (35, 34)
    again = {"actor": world.clerk, "term": term, "first_number": 1}
    assert code_of(lambda: register.open_register(**again)) == "open"


def test_a_register_does_not_start_below_one(world):
    with pytest.raises(Refused):
        register.open_register(actor=world.clerk, term=world.committee.terms.get(), first_number=0)
    assert not NumberRegister.objects.exists()


def test_an_issued_number_has_its_entry(world, issued):
    entry = RegisterEntry.objects.get()
    assert (entry.symbol, entry.status) == ("35-CT/TU", NumberStatus.ISSUED)
    assert (entry.directive, entry.issued_on) == (issued, issued.issue.issued_on)
    assert entry.taken_by == world.clerk


def test_numbers_are_as_old_as_they_are_high(world, numbers, untypeset):
    issue(world, approved_paper(world), back=2)
    paper = approved_paper(world)
    assert code_of(lambda: issue(world, paper, back=3)) == "date"
    numbers.refresh_from_db()
    assert numbers.last_number == 35
    assert issue(world, paper, back=2) == 36


def test_a_reserved_number_waits_for_its_directive(world, numbers, untypeset):
    paper = approved_paper(world)
    entry = reserve(world, numbers, paper, reason="  Chờ Bí thư ký  ")
    assert (entry.number, entry.status, entry.reason) == (35, "reserved", "Chờ Bí thư ký")
    assert register.reserved_for(paper) == entry
    assert issue(world, approved_paper(world), back=1) == 36
    assert issue(world, paper, back=1) == 35
    entry.refresh_from_db()
    assert (entry.status, entry.issued_on) == (NumberStatus.ISSUED, day(1))
    assert register.reserved_for(paper) is None


def test_a_reserved_number_cannot_be_younger_than_a_later_one(world, numbers, untypeset):
    paper = approved_paper(world)
    entry = reserve(world, numbers, paper)
    issue(world, approved_paper(world), back=3)
    assert code_of(lambda: issue(world, paper)) == "date"
    assert Directive.objects.get(pk=paper.pk).state == State.APPROVED
    register.cancel(entry.pk, actor=world.clerk, reason="Quá ngày của số 36")
    assert issue(world, paper) == 37


def test_a_reserved_number_cannot_be_older_than_an_earlier_one(world, numbers, untypeset):
    issue(world, approved_paper(world), back=3)
    paper = approved_paper(world)
    reserve(world, numbers, paper)
    assert code_of(lambda: issue(world, paper, back=4)) == "date"
    assert issue(world, paper, back=3) == 36


def test_a_cancelled_number_stays_and_is_never_given_again(world, numbers, untypeset):
    paper = approved_paper(world)
    entry = reserve(world, numbers, paper)
    register.cancel(entry.pk, actor=world.clerk, reason="Không ban hành nữa")
    entry.refresh_from_db()
    assert (entry.status, entry.cancel_reason) == (NumberStatus.CANCELLED, "Không ban hành nữa")
    assert (entry.cancelled_by, entry.reason) == (world.clerk, "Chờ ký")
    assert reserve(world, numbers, paper).number == 36
    assert list(numbers.entries.values_list("number", flat=True)) == [35, 36]


def test_what_was_issued_is_never_cancelled(world, issued):
    entry = RegisterEntry.objects.get()
    cancel = {"actor": world.clerk, "reason": "Nhầm"}
    assert code_of(lambda: register.cancel(entry.pk, **cancel)) == "issued"


def test_a_number_is_cancelled_once_and_with_a_reason(world, numbers):
    entry = reserve(world, numbers, paper="Chỉ thị in ở nơi khác")
    cancel = {"actor": world.clerk, "reason": " \n "}
    assert code_of(lambda: register.cancel(entry.pk, **cancel)) == "empty"
    register.cancel(entry.pk, actor=world.clerk, reason="Trùng")
    cancel = {"actor": world.clerk, "reason": "Trùng"}
    assert code_of(lambda: register.cancel(entry.pk, **cancel)) == "cancelled"


def test_a_paper_outside_has_a_name_and_then_a_day(world, numbers, untypeset):
    entry = reserve(world, numbers, paper="Chỉ thị về quốc phòng, in ngoài hệ thống")
    assert entry.about == "Chỉ thị về quốc phòng, in ngoài hệ thống"
    register.record_paper(entry.pk, actor=world.clerk, issued_on=day(2))
    entry.refresh_from_db()
    assert (entry.status, entry.issued_on) == (NumberStatus.ISSUED, day(2))
    assert code_of(lambda: issue(world, approved_paper(world), back=3)) == "date"


@pytest.mark.parametrize("days_back", [-1, 40_000])
def test_a_paper_outside_is_of_the_term_and_not_of_the_future(world, numbers, days_back):
    entry = reserve(world, numbers, paper="Văn bản giấy")
    record = {"actor": world.clerk, "issued_on": day(days_back)}
    assert code_of(lambda: register.record_paper(entry.pk, **record)) in ("date", "term")


def test_the_number_of_a_directive_is_not_recorded_past_its_issue(world, numbers, directive):
    entry = reserve(world, numbers, directive)
    record = {"actor": world.clerk, "issued_on": day(0)}
    assert code_of(lambda: register.record_paper(entry.pk, **record)) == "directive"


def test_what_cannot_be_reserved_takes_no_number(world, numbers, directive):
    foreign = factories.directive(
        factories.person(other := factories.CommitteeFactory(), "office"), other
    )
    first = reserve(world, numbers, directive)
    assert first.number == 35
    codes = [
        code_of(lambda: reserve(world, numbers, directive)),
        code_of(lambda: reserve(world, numbers, foreign)),
        code_of(lambda: reserve(world, numbers)),
        code_of(lambda: reserve(world, numbers, directive, paper="Và một tờ giấy")),
        code_of(lambda: reserve(world, numbers, paper="Văn bản giấy", reason=" ")),
    ]
    assert codes == ["taken", "committee", "paper", "paper", "empty"]
    numbers.refresh_from_db()
    assert numbers.last_number == 35


def test_an_issued_directive_needs_no_other_number(world, issued):
    assert code_of(lambda: reserve(world, NumberRegister.objects.get(), issued)) == "issued"


def test_a_register_of_a_past_term_keeps_no_more_numbers(world, numbers):
    Term.objects.filter(committee=world.committee).update(ends=day(1))
    assert code_of(lambda: reserve(world, numbers, paper="Văn bản giấy")) == "term"


def test_a_register_of_other_papers_numbers_no_directive(world, directive, client):
    notices = register.open_register(
        actor=world.clerk,
        term=world.committee.terms.get(),
        first_number=1,
        document_type="TB",
    )
    with pytest.raises(Refused) as refused:
        register.reserve(notices.pk, actor=world.clerk, directive=directive, reason="Giữ chỗ")
    assert refused.value.code == "type"
    client.force_login(world.clerk)
    page = client.get(f"/register/{notices.pk}/reserve/").content.decode()
    assert 'name="directive"' not in page
    assert 'name="paper"' in page
    assert not RegisterEntry.objects.exists()


def test_a_number_reserved_in_another_term_is_cancelled_first(world, numbers, untypeset):
    paper = approved_paper(world)
    entry = reserve(world, numbers, paper)
    Term.objects.filter(committee=world.committee).update(ends=day(1))
    term = Term.objects.create(committee=world.committee, name="Nhiệm kỳ XII", starts=day(0))
    register.open_register(actor=world.clerk, term=term, first_number=1)
    assert code_of(lambda: issue(world, paper)) == "other_register"
    register.cancel(entry.pk, actor=world.clerk, reason="Sang nhiệm kỳ mới")
    assert issue(world, paper) == 1


@pytest.mark.parametrize("role", ["office", "chair", "delegate", "administrator"])
def test_only_the_clerk_keeps_the_register(world, numbers, role):
    entry = reserve(world, numbers, paper="Văn bản giấy")
    actor = getattr(world, role)
    with pytest.raises(PermissionDenied):
        register.reserve(numbers.pk, actor=actor, paper="Văn bản", reason="Chờ ký")
    with pytest.raises(PermissionDenied):
        register.cancel(entry.pk, actor=actor, reason="Nhầm")
    with pytest.raises(PermissionDenied):
        register.record_paper(entry.pk, actor=actor, issued_on=day(0))


def test_the_log_of_a_register_tells_what_became_of_each_number(world, numbers, untypeset):
    issue(world, approved_paper(world))
    entry = reserve(world, numbers, paper="Văn bản giấy")
    register.cancel(entry.pk, actor=world.clerk, reason="Nhầm")
    log = Event.objects.filter(stream=numbers.stream).order_by("sequence")
    told = [(event.verb, event.payload.get("number")) for event in log]
    assert told == [
        ("open_register", None),
        ("give_number", 35),
        ("reserve_number", 36),
        ("cancel_number", 36),
    ]
    assert events.first_broken(log) is None


def test_an_issue_that_fails_gives_its_number_back(world, numbers, monkeypatch):
    paper = approved_paper(world)

    def fail(*_args, **_facts):
        raise Refused("the typeface has no letters for it")

    monkeypatch.setattr(record, "issued_pdf", fail)
    with pytest.raises(Refused):
        issue(world, paper)
    numbers.refresh_from_db()
    assert numbers.last_number == 34
    assert not numbers.entries.exists()


# The database refuses too, whoever asks.


def refused(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except DatabaseError:
        return True
    return False


@pytest.mark.parametrize(
    "change",
    [
        {"number": 99},
        {"paper": "Tên khác"},
        {"reason": "Lý do khác"},
        {"reason": ""},
        {"status": "cancelled"},
        {"status": "issued"},
        {"status": "lost"},
        {"issued_on": date(2026, 1, 1)},
        {"cancel_reason": "Nhầm"},
    ],
    ids=str,
)
def test_the_database_settles_a_reserved_number_only_with_all_its_facts(world, numbers, change):
    reserve(world, numbers, paper="Văn bản giấy")
    assert refused(lambda: RegisterEntry.objects.update(**change))


@pytest.mark.parametrize("settle", ["cancel", "give"])
def test_the_database_keeps_a_settled_number_as_it_is(world, numbers, settle):
    entry = reserve(world, numbers, paper="Văn bản giấy")
    if settle == "cancel":
        register.cancel(entry.pk, actor=world.clerk, reason="Nhầm")
    else:
        register.record_paper(entry.pk, actor=world.clerk, issued_on=day(0))
    assert refused(lambda: RegisterEntry.objects.update(taken_by=world.office))


@pytest.mark.parametrize("number", [34, 35, 37, 99])
def test_the_database_takes_no_entry_out_of_turn(world, numbers, number):
    reserve(world, numbers, paper="Văn bản giấy")
    entry = {"number": number, "status": "reserved", "paper": "Khác", "reason": "Khác"}
    create = RegisterEntry.objects.create
    assert refused(lambda: create(register=numbers, taken_by=world.clerk, **entry))


def test_the_database_counts_no_number_without_its_entry(world, numbers):
    registers = NumberRegister.objects.filter(pk=numbers.pk)
    assert refused(lambda: registers.update(last_number=35))


def test_the_database_loses_no_entry(world, numbers):
    reserve(world, numbers, paper="Văn bản giấy")
    entries = RegisterEntry.objects.all()
    assert refused(lambda: entries._raw_delete(entries.db))


def test_the_database_stores_no_issue_without_its_number(world, numbers, issued_elsewhere):
    assert refused(lambda: Issue.objects.create(**issued_elsewhere))


@pytest.fixture
def issued_elsewhere(world, numbers, untypeset) -> dict:
    """Facts of an issue whose number is reserved for another directive."""
    reserve(world, numbers, approved_paper(world))
    paper = approved_paper(world)
    pdf = record.store("35-CT-TU.pdf", record.PDF, b"%PDF-")
    return {
        "draft": paper.latest_draft,
        "register": numbers,
        "number": 35,
        "issued_on": day(0),
        "pdf": pdf,
        "sha256": pdf.sha256,
        "issued_by": world.clerk,
    }


# Many at once.


def approved_papers(world, count: int) -> list[int]:
    """Copies of one approved paper, made in bulk: what is tried here is the issue alone."""
    pattern = approved_paper(world).latest_draft
    approval, subject = pattern.approvals.get(), pattern.provisions.first()
    papers = Directive.objects.bulk_create(
        Directive(
            committee=world.committee,
            subject=f"về việc số {n}",
            created_by=world.office,
            state=State.APPROVED,
        )
        for n in range(count)
    )
    drafts = Draft.objects.bulk_create(
        Draft(directive=paper, number=1, created_by=world.office) for paper in papers
    )
    Provision.objects.bulk_create(
        Provision(draft=draft, key=subject.key, position=1, kind=subject.kind, text=subject.text)
        for draft in drafts
    )
    with time_machine.travel(approval.approved_at):
        Approval.objects.bulk_create(
            Approval(draft=draft, sha256=pattern.sha256, approved_by=world.chair)
            for draft in drafts
        )
    frozen = {name: getattr(pattern, name) for name in ("content", "sha256", "frozen_at")}
    Draft.objects.filter(directive__in=papers).update(**frozen)
    return [paper.pk for paper in papers]


def shares(pks: list[int]) -> list[list[int]]:
    return [pks[n::CLERKS] for n in range(CLERKS)]


def assert_whole(numbers: NumberRegister, count: int) -> None:
    """The register holds each number once, and each of them has its entry."""
    numbers.refresh_from_db()
    expected = list(range(numbers.first_number, numbers.first_number + count))
    assert numbers.last_number == expected[-1]
    assert list(numbers.entries.values_list("number", flat=True)) == expected
    log = Event.objects.filter(stream=numbers.stream)
    assert events.first_broken(log) is None
    assert log.exclude(verb="open_register").count() == count


@pytest.mark.xdist_group("many processes")
def test_fifty_clerks_issue_two_hundred_papers_without_gap_double_or_loss(
    transactional_db, world, numbers
):
    papers = approved_papers(world, PAPERS)
    given = at_once(*(("issue_untypeset", world.clerk, share) for share in shares(papers)))
    assert sorted(given) == list(range(35, 35 + PAPERS))
    assert_whole(numbers, PAPERS)
    issues = Issue.objects.values_list("draft__directive", "number")
    entries = RegisterEntry.objects.filter(status=NumberStatus.ISSUED)
    assert set(issues) == set(entries.values_list("directive", "number"))
    assert Directive.objects.filter(state=State.ISSUED).count() == PAPERS


@pytest.mark.xdist_group("many processes")
def test_clerks_who_issue_and_clerks_who_reserve_share_the_numbers(
    transactional_db, world, numbers
):
    papers = approved_papers(world, CLERKS // 2)
    issuing = [("issue_untypeset", world.clerk, [pk]) for pk in papers]
    reserving = [("reserve", world.clerk, [pk]) for pk in papers]
    given = at_once(*issuing, *reserving)
    assert sorted(given) == list(range(35, 35 + CLERKS))
    assert_whole(numbers, CLERKS)
    assert numbers.entries.filter(status=NumberStatus.RESERVED).count() == len(papers)


@pytest.mark.xdist_group("many processes")
def test_many_clicks_on_one_directive_issue_it_once(transactional_db, world, numbers):
    paper = approved_paper(world)
    results = at_once(*[("issue", world.clerk, [paper.pk])] * 4)
    assert sorted(results, key=str) == [35, "issued", "issued", "issued"]
    assert_whole(numbers, 1)
