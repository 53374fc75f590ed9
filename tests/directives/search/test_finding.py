"""What is found, by whom, and in which order, on the database itself."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Role, User
from comments import services
from directives import drafting
from directives.drafting import NewProvision
from directives.models import Directive, Draft, SearchEntry
from directives.reading import drafts_for
from directives.search import finding
from directives.search.finding import Wanted, authors_for, find, visible_to
from directives.search.query import parse
from directives.search.showing import Hit, page_in, page_of
from directives.text.kinds import Kind
from tests import factories


def found(person: User, typed: str, **wanted) -> finding.Found:
    return find(person, parse(typed), Wanted(**wanted))


def hits(person: User, typed: str, **wanted) -> list[Hit]:
    return list(page_in(person, found(person, typed, **wanted), None))


def places(person: User, typed: str, **wanted) -> list[str]:
    return [hit.where for hit in hits(person, typed, **wanted)]


def marked(hit: Hit) -> list[str]:
    return [piece.text for piece in hit.pieces if piece.is_marked]


@pytest.mark.parametrize("typed", ["đại biểu", "dai bieu", "ĐẠI BIỂU", '"Đại  biểu"', "đại biể"])
def test_tones_case_and_the_stroked_d_find_the_same(world, typed):
    text = NewProvision(Kind.CLAUSE, "Các đại biểu dự họp.")
    factories.directive(world.office, world.committee, [*factories.UNITS, text])
    (hit,) = hits(world.office, typed)
    assert hit.where == "khoản 3"
    assert marked(hit) == ["đại biểu"]


def test_an_annex_is_found_by_its_title_before_what_only_says_the_words(world):
    units = [NewProvision(Kind.CLAUSE, "Theo danh mục thủ tục."), *factories.ANNEXES]
    factories.directive(world.office, world.committee, units)
    assert places(world.office, "danh mục thủ tục") == ["khoản 1", "Phụ lục I"]
    matches = next(iter(found(world.office, "danh mục thủ tục").by_directive.values()))
    assert sorted(match.rank for match in matches) == [finding.HEADING, finding.TEXT]
    assert places(world.office, "trả lời kiến nghị") == ["điểm b khoản 1 Phụ lục I"]


def test_all_words_must_be_there_and_quoted_ones_together(world, directive):
    assert places(world.office, "trả lời thời hạn") == ["điểm a khoản 1"]
    assert places(world.office, "trả lời hội nghị") == []
    assert places(world.office, '"phải trả lời trong thời hạn"') == ["điểm a khoản 1"]
    assert places(world.office, '"thời hạn trả lời"') == []


def test_the_last_word_goes_on_only_where_it_finds_nothing_as_it_is(world):
    units = [NewProvision(Kind.CLAUSE, "Hội nghị."), NewProvision(Kind.CLAUSE, "Hội nghiên cứu.")]
    factories.directive(world.office, world.committee, units)
    assert places(world.office, "hội nghị") == ["khoản 1"]
    assert places(world.office, "hội ngh") == ["khoản 1", "khoản 2"]
    assert places(world.office, '"hội ngh"') == []


@pytest.mark.parametrize(
    "typed", ['"', "'", "a' OR 1=1 --", "NEAR(", "* -", "title:", "& | !", "{}\\"]
)
def test_no_sign_is_an_error(world, directive, typed):
    query = parse(typed)
    if query.is_long_enough:
        assert found(world.office, typed).count == 0


@pytest.mark.parametrize("typed", ["35-CT/TU", "35-ct/tu", "35", "chỉ thị 35-CT/TU"])
def test_a_number_finds_its_directive_first(world, issued, typed):
    text = NewProvision(Kind.CLAUSE, "Theo Chỉ thị số 35-CT/TU.")
    factories.directive(world.office, world.committee, [*factories.UNITS, text])
    result = found(world.office, typed)
    assert next(iter(result.by_directive)) == issued.pk
    assert result.directives == 2


def test_a_number_under_ten_is_found_with_and_without_its_nought(world, approved):
    from directives import register, workflow

    register.open_register(actor=world.clerk, term=world.committee.terms.get(), first_number=5)
    day = timezone.localdate()
    workflow.issue(approved.pk, actor=world.clerk, issued_on=day)
    for typed in ("05-CT/TU", "5-CT/TU", f"{day:%d/%m/%Y}", f"{day.day}/{day.month}/{day.year}"):
        assert places(world.office, typed) == ["Số, ký hiệu"]


@pytest.mark.parametrize("typed", ["YK01", "yk1"])
def test_a_comment_is_found_by_its_label(world, consultation, typed):
    factories.comment(consultation, world.delegate, body="Thời hạn quá dài.")
    assert "YK01" in places(world.office, typed)[0]


def test_what_is_deleted_while_it_is_looked_for_is_left_out(world, directive):
    result = found(world.office, "07 ngày")
    factories.provision(directive, "07 ngày").delete()
    assert [group.hits for group in page_of(world.office, result, None).object_list] == [[]]


def test_subjects_stand_before_headings_headings_before_texts_texts_before_comments(world):
    def written(subject: str, *units: NewProvision) -> Directive:
        return factories.directive(world.office, world.committee, units, subject=subject)

    said = written("về một việc", NewProvision(Kind.CLAUSE, "Lời văn."))
    subject = written("về cây chè", NewProvision(Kind.CLAUSE, "Lời văn."))
    heading = written("về hai việc", NewProvision(Kind.CLAUSE, "Cây chè\nLời văn.", headed=True))
    text = written("về ba việc", NewProvision(Kind.CLAUSE, "Đề mục\nTrồng cây chè.", headed=True))
    consultation = factories.consultation(world.office, said, world.delegates)
    factories.comment(consultation, world.delegate, body="Đề nghị thêm cây chè.")
    ranked = [subject.pk, heading.pk, text.pk, said.pk]
    assert list(found(world.office, "cay che").by_directive) == ranked


def test_of_equals_the_newest_directive_stands_first(world):
    older, newer = (factories.directive(world.office, world.committee) for _ in range(2))
    assert list(found(world.office, "kỷ cương").by_directive) == [newer.pk, older.pk]


def test_within_a_directive_hits_run_as_the_paper_does(world, consultation):
    point = factories.provision(consultation.draft.directive, "07 ngày")
    factories.comment(consultation, world.delegate, body="Việc này khó làm.", on=point)
    factories.comment(consultation, world.delegate2, body="Công việc chung.")
    assert places(world.office, "việc") == [
        "Ý kiến YK02 về toàn dự thảo",
        "trích yếu",
        "khoản 1",
        "điểm a khoản 1",
        "Ý kiến YK01 về điểm a khoản 1",
        "điểm b khoản 1",
        "khoản 2",
    ]


def test_a_moved_provision_is_found_at_its_new_place(world, directive):
    first, second = (factories.provision(directive, text) for text in ("07 ngày", "giờ giấc"))
    drafting.move_provision(first.pk, actor=world.office, after=second.pk)
    assert places(world.office, "thời hạn") == ["điểm b khoản 1"]


def test_of_a_directive_the_newest_draft_is_searched_and_older_ones_on_demand(world, consolidated):
    text = (finding.What.PROVISION,)
    assert places(world.office, '"07 ngày"', whats=text) == []
    assert places(world.office, '"05 ngày"', whats=text) == ["điểm a khoản 1"]
    (older,) = hits(world.office, '"07 ngày"', whats=text, every_draft=True)
    assert older.draft_number == 1


@pytest.fixture
def most(monkeypatch) -> int:
    """Few enough that tests go past it."""
    monkeypatch.setattr(finding, "MOST", 3)
    return finding.MOST


def test_past_the_most_it_is_said_that_there_are_more(world, directive, most):
    result = found(world.office, "việc")
    assert result.is_cut
    assert result.count == most
    assert not found(world.office, "giấc").is_cut


def test_past_the_most_the_best_fields_are_kept_and_of_one_field_the_newest(world, most):
    clauses = [NewProvision(Kind.CLAUSE, f"Trồng cây chè {n}.") for n in range(5)]
    heading = NewProvision(Kind.CLAUSE, "Cây chè\nLời văn.", headed=True)
    subject = factories.directive(world.office, world.committee, [heading], subject="về cây chè")
    texts = [factories.directive(world.office, world.committee, clauses[:1]) for _ in range(2)]
    consultation = factories.consultation(world.office, texts[0], world.delegates)
    for _ in range(5):
        factories.comment(consultation, world.delegate, body="Đề nghị thêm cây chè.")
    result = found(world.office, "cay che")
    assert {pk: [match.rank for match in group] for pk, group in result.by_directive.items()} == {
        subject.pk: [finding.SUBJECT, finding.HEADING],
        texts[1].pk: [finding.TEXT],
    }
    assert result.is_cut


def test_what_a_person_may_not_see_takes_no_place_among_the_most(world, consultation, most):
    factories.comment(consultation, world.delegate, body="Cây chè của tôi.")
    for _ in range(most + 2):
        factories.comment(consultation, world.delegate2, body="Cây chè của người khác.")
    assert found(world.office, "cây chè").is_cut
    mine = found(world.delegate, "cây chè")
    assert (mine.count, mine.is_cut) == (1, False)


def test_a_long_directive_shows_its_first_hits_and_how_many_there_are(world):
    units = [NewProvision(Kind.CLAUSE, f"Cây chè {n}.") for n in range(1, 10)]
    factories.directive(world.office, world.committee, units)
    (group,) = page_of(world.office, found(world.office, "cây chè"), None)
    assert [hit.where for hit in group.hits] == [f"khoản {n}" for n in range(1, 6)]
    assert (group.total, group.hidden) == (9, 4)


def readable_by_the_pages(person: User) -> set[int]:
    shown = Directive.objects.visible_to(person)
    return {draft.pk for one in shown for draft in drafts_for(person, one)}


def newest_by_the_pages(person: User) -> set[int]:
    shown = Directive.objects.visible_to(person)
    return {drafts_for(person, one).last().pk for one in shown}


@pytest.fixture
def everything(world, issued, django_user_model) -> list[User]:
    """Directives at every stop, some sent to people of elsewhere, and all who could look."""
    elsewhere = factories.CommitteeFactory(name="Nơi khác")
    guest = factories.person(elsewhere, Role.DELEGATE, username="guest")
    stranger = factories.person(elsewhere, Role.OFFICE, username="stranger")
    factories.directive(stranger, elsewhere)
    factories.directive(world.office, world.committee)
    sent = factories.directive(world.office, world.committee)
    people = [world.chair, world.delegate, guest]
    consultation = factories.consultation(world.office, sent, people, shows_others=True)
    for person in people:
        factories.comment(consultation, person)
    later = factories.directive(world.office, world.committee)
    hidden = factories.consultation(world.office, later, [world.delegate, world.delegate2])
    factories.comment(hidden, world.delegate)
    factories.comment(hidden, world.delegate2)
    return [*world.people, guest, stranger, factories.PersonFactory(username="nobody")]


def test_texts_are_found_by_those_whose_pages_show_them(everything):
    texts = SearchEntry.objects.exclude(what=finding.What.COMMENT)
    for person in everything:
        every = visible_to(person, every_draft=True) & texts
        assert set(every.values_list("draft", flat=True)) == readable_by_the_pages(person), person
        newest = visible_to(person) & texts
        assert set(newest.values_list("draft", flat=True)) == newest_by_the_pages(person), person


def comments_by_the_pages(person: User) -> set[int]:
    from comments.models import Comment, Consultation
    from comments.permissions import can_view_consultation

    return {
        comment.pk
        for consultation in Consultation.objects.select_related("draft__directive")
        if can_view_consultation(person, consultation)
        for comment in Comment.objects.visible_to(person, consultation).submitted()
    }


def test_comments_are_found_by_those_whose_pages_show_them(everything):
    for person in everything:
        seen = visible_to(person).filter(what=finding.What.COMMENT)
        expected = comments_by_the_pages(person)
        assert set(seen.values_list("object_id", flat=True)) == expected, person
        assert set(authors_for(person)) == set(User.objects.filter(pk__in=seen.values("author"))), (
            person
        )


def test_counts_hold_nothing_that_the_person_may_not_see(world, consultation):
    factories.comment(consultation, world.delegate, body="Cây chè của tôi.")
    factories.comment(consultation, world.delegate2, body="Cây chè của người khác.")
    assert found(world.office, "cây chè").count == 2
    assert found(world.delegate, "cây chè").count == 1
    assert found(world.clerk, "cây chè", author=world.delegate).count == 1
    assert found(world.delegate, "cây chè", author=world.delegate2).count == 0
    assert found(world.administrator, "cây chè").count == 0


def test_a_late_draft_is_found_by_those_it_was_sent_to(world, consolidated):
    assert places(world.delegate, '"07 ngày"', whats=(finding.What.PROVISION,)) != []
    assert places(world.delegate, '"05 ngày"', whats=(finding.What.PROVISION,)) == []
    again = consolidated.latest_draft
    services.open_consultation(
        consolidated.pk,
        actor=world.office,
        asked=[services.Asked(world.delegate, "", 1, voting=True)],
        deadline=timezone.now() + timedelta(days=1),
    )
    (hit,) = hits(world.delegate, '"05 ngày"', whats=(finding.What.PROVISION,))
    assert hit.draft_number == again.number
    assert places(world.delegate, '"07 ngày"', whats=(finding.What.PROVISION,)) == []
    assert Draft.objects.count() == 2
