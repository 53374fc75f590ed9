"""Provisions of annexes are commented on, merged, followed and compared like any other."""

import pytest
from django.urls import reverse

from comments import consolidation, marked_copy, services
from comments.forms.recording import provision_choices
from comments.forms.writing import proposals_on
from comments.models import Outcome, ProposalKind
from comments.placement import place
from directives import drafting, outline
from directives.comparison import compare, numbered
from directives.incoming.reading import read
from directives.refusals import Refused
from directives.rendering.docx.drafts import draft_docx
from directives.text.align import Relation
from directives.text.kinds import Kind
from tests import factories
from tests.comments.test_marked_copy import Word


@pytest.fixture
def consultation(world):
    units = [*factories.UNITS, *factories.ANNEXES]
    made = factories.directive(world.office, world.committee, units=units)
    return factories.consultation(world.office, made, world.delegates)


def find(draft, words):
    return draft.provisions.get(text__contains=words)


def next_draft(world, consultation, *comments):
    services.close_round(consultation.pk, actor=world.office)
    for comment in comments:
        consolidation.answer(comment.pk, actor=world.office, outcome=Outcome.ACCEPTED)
    return consolidation.consolidate(consultation.pk, actor=world.office)


def cited(draft, words) -> str:
    return next(row.citation for row in numbered(drafting.in_order(draft)) if words in row.text)


def test_what_is_taken_stands_in_the_annex_of_the_next_draft(world, consultation):
    draft = consultation.draft
    point, title = find(draft, "Trả lời kiến nghị"), find(draft, "Mẫu báo cáo")
    asked = [
        factories.comment(consultation, world.delegate, on=point, change=("15", "10")),
        factories.comment(
            consultation,
            world.delegate2,
            on=title,
            proposal_kind=ProposalKind.INSERT_AFTER,
            proposed_text="Gửi trước ngày 25 hằng tháng.",
        ),
        factories.comment(consultation, world.delegate2, on=title, change=("Mẫu", "Biểu mẫu")),
    ]
    made = next_draft(world, consultation, *asked)
    assert cited(made, "kiến nghị: 10 ngày") == "điểm b khoản 1 Phụ lục I"
    assert cited(made, "Biểu mẫu báo cáo") == "Phụ lục II"
    assert cited(made, "hằng tháng") == "đoạn mở đầu 1 Phụ lục II"
    main, *annexes = outline.sections(drafting.in_order(made))
    assert (main[-1].kind, len(annexes)) == (Kind.RECIPIENTS, 2)


def test_the_title_of_an_annex_cannot_be_proposed_away(world, consultation):
    title = find(consultation.draft, "Mẫu báo cáo")
    with pytest.raises(Refused):
        factories.comment(consultation, world.delegate, on=title, proposal_kind=ProposalKind.DELETE)
    assert set(ProposalKind.values) - set(proposals_on(Kind.ANNEX)) == {ProposalKind.DELETE}


def test_the_workbench_and_the_choice_of_a_place_name_the_annex(consultation):
    bench = consolidation.workbench(consultation)
    piece = bench.piece(find(consultation.draft, "Số việc").key)
    assert (piece.path, piece.citation) == ("PL2.1", "khoản 1 Phụ lục II")
    rows = numbered(drafting.in_order(consultation.draft))
    labels = [label for _key, label in provision_choices(rows)]
    assert "PL1.1.b – Trả lời kiến nghị: 15 ngày." in labels
    assert "Phụ lục II – Mẫu báo cáo" in labels


def test_a_comment_follows_its_provision_into_another_annex(world, consultation):
    point = find(consultation.draft, "Trả lời kiến nghị")
    comment = factories.comment(consultation, world.delegate, on=point, quote="15 ngày")
    made = next_draft(world, consultation, comment)
    target = find(made, "Số việc")
    drafting.move_provision(find(made, "kiến nghị").pk, actor=world.office, after=target.pk)
    (placed,) = place([comment], consultation.draft, made)
    assert placed.provision.key == point.key
    assert cited(made, "Trả lời kiến nghị") == "điểm a khoản 1 Phụ lục II"


def test_the_comparison_pairs_annexes(world, consultation):
    comment = factories.comment(consultation, world.delegate)
    made = next_draft(world, consultation, comment)
    title = find(made, "Danh mục")
    drafting.delete_provision(title.pk, actor=world.office)
    rows = compare(consultation.draft, made)
    removed = [row.old[0].citation for row in rows if row.relation == Relation.REMOVED]
    assert len(removed) == 6
    assert removed[0] == "Phụ lục I"
    kept = next(row for row in rows if row.shown.text == "Mẫu báo cáo")
    assert (kept.relation, kept.shown.number) == (Relation.SAME, "PHỤ LỤC")


def test_the_reading_page_shows_annexes_to_comment_on(world, consultation, client):
    client.force_login(world.delegate)
    page = client.get(reverse("consultation_read", args=[consultation.pk])).content.decode()
    paper = page[page.index("PHỤ LỤC I</span>") :]
    assert paper.index("Trả lời kiến nghị") < paper.index("PHỤ LỤC II</span>")


def test_a_copy_that_says_nothing_new_of_annexes_is_empty(consultation):
    found = marked_copy.read_copy(read(draft_docx(consultation.draft)), consultation.draft)
    assert (found.found, found.unplaced) == ([], [])


def test_changes_in_annexes_are_read_from_a_word_file(world, consultation):
    file = Word(draft_docx(consultation.draft))
    file.change("15 ngày", "10 ngày")
    file.delete("Thủ tục của các ban")
    file.say("Mẫu báo cáo", "Nên gọn hơn.")
    found = marked_copy.read_copy(read(file.content()), consultation.draft)
    said = {one.at.citation: one.said for one in found.found}
    assert set(said) == {"điểm b khoản 1 Phụ lục I", "khoản 2 Phụ lục I", "Phụ lục II"}
    assert said["điểm b khoản 1 Phụ lục I"].proposed_text == "Trả lời kiến nghị: 10 ngày."
    assert said["khoản 2 Phụ lục I"].proposal_kind == ProposalKind.DELETE
    assert said["Phụ lục II"].body.endswith("Nên gọn hơn.")
    assert found.unplaced == []
