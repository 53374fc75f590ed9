import unicodedata

import pytest
from django.core.exceptions import PermissionDenied

from directives import drafting, outline
from directives.drafting import NewProvision, StaleVersion
from directives.models import Directive, Event, Lineage, Provision, State
from directives.refusals import Refused
from directives.text.kinds import Kind
from directives.text.numbering import numbers
from tests import factories


def labels(draft):
    ordered = drafting.in_order(draft)
    shown = zip(numbers([Kind(p.kind) for p in ordered]), ordered, strict=True)
    return [f"{label} {p.body or p.heading}".strip()[:22] for label, p in shown]


@pytest.fixture
def draft(directive):
    return directive.latest_draft


def test_a_new_directive_has_its_subject_and_recipients_as_provisions(world):
    made = drafting.create_directive(
        actor=world.office, committee=world.committee, subject="về kỷ luật", recipients="Lưu VP"
    )
    kinds = [p.kind for p in drafting.in_order(made.latest_draft)]
    assert kinds == [Kind.SUBJECT, Kind.RECIPIENTS]
    assert made.state == State.DRAFTING
    assert Event.objects.filter(stream=made.stream, verb="create").exists()


def test_only_the_office_writes(world, directive):
    point = factories.provision(directive, "07 ngày")
    for person in (world.delegate, world.clerk, world.chair):
        with pytest.raises(PermissionDenied):
            drafting.save_provision(point.pk, actor=person, version=1, text="khác")
    point.refresh_from_db()
    assert "07 ngày" in point.text


def test_secrecy_marks_are_refused_until_the_operator_allows_them(world, settings):
    facts = {"actor": world.office, "committee": world.committee, "subject": "về một việc"}
    with pytest.raises(Refused) as refused:
        drafting.create_directive(**facts, secrecy="MẬT")
    assert refused.value.code == "secrecy"
    assert not Directive.objects.exists()
    settings.SECRECY_MARKS_ALLOWED = True
    assert drafting.create_directive(**facts, secrecy="MẬT").secrecy == "MẬT"


@pytest.mark.parametrize("subject", ["", " \n\t ", "\u200b"])
def test_an_empty_subject_is_refused(world, subject):
    with pytest.raises(Refused):
        drafting.create_directive(actor=world.office, committee=world.committee, subject=subject)
    assert not Directive.objects.exists()


def test_typed_text_is_kept_composed_and_without_control_characters(world, directive):
    point = factories.provision(directive, "07 ngày")
    typed = unicodedata.normalize("NFD", "Tỉnh ủy quyết định") + "\x07\u200b"
    saved = drafting.save_provision(point.pk, actor=world.office, version=1, text=typed)
    assert saved.text == unicodedata.normalize("NFC", "Tỉnh ủy quyết định")


def test_an_oversized_text_is_refused_and_changes_nothing(world, directive):
    point = factories.provision(directive, "07 ngày")
    with pytest.raises(Refused) as refused:
        drafting.save_provision(
            point.pk, actor=world.office, version=1, text="a" * (drafting.MAX_TEXT + 1)
        )
    assert refused.value.code == "too_long"
    assert Provision.objects.get(pk=point.pk).version == 1


def test_the_second_saver_is_shown_both_texts_and_a_merge(world, directive):
    point = factories.provision(directive, "07 ngày")
    theirs = point.text.replace("07", "05")
    mine = point.text.replace("rõ lý do", "rõ lý do bằng văn bản")
    drafting.save_provision(point.pk, actor=world.office, version=1, text=theirs)
    with pytest.raises(StaleVersion) as stale:
        drafting.save_provision(point.pk, actor=world.office2, version=1, text=mine)
    assert (stale.value.base, stale.value.theirs, stale.value.mine) == (point.text, theirs, mine)
    assert stale.value.merged.text == theirs.replace("rõ lý do", "rõ lý do bằng văn bản")
    assert Provision.objects.get(pk=point.pk).text == theirs


def test_saving_the_text_that_stands_already_is_no_conflict(world, directive):
    point = factories.provision(directive, "07 ngày")
    text = point.text.replace("07", "05")
    drafting.save_provision(point.pk, actor=world.office, version=1, text=text)
    again = drafting.save_provision(point.pk, actor=world.office2, version=1, text=text)
    assert again.text == text


def test_a_changed_subject_renames_the_directive(world, directive):
    subject = directive.latest_draft.provisions.get(kind=Kind.SUBJECT)
    drafting.save_provision(subject.pk, actor=world.office, version=1, text="về việc khác")
    directive.refresh_from_db()
    assert directive.subject == "về việc khác"


def test_numbers_follow_an_added_a_moved_and_an_indented_provision(world, draft):
    first = draft.provisions.get(text__contains="07 ngày")
    drafting.add_provision(
        draft.pk, actor=world.office, kind=Kind.POINT, text="Điểm mới.", after=first.pk
    )
    assert [line[:2] for line in labels(draft)][2:7] == ["1.", "a)", "b)", "c)", "2."]
    assert labels(draft)[4] == "b) Điểm mới."
    clause = draft.provisions.get(text__startswith="Văn phòng")
    drafting.indent_provision(clause.pk, actor=world.office, deeper=True)
    assert labels(draft)[6].startswith("d) Văn phòng")


def test_a_clause_moves_with_its_points(world, draft):
    office = draft.provisions.get(text__startswith="Văn phòng")
    ordered = drafting.in_order(draft)
    clause = next(p for p in ordered if p.headed)
    target = outline.place_down(ordered, clause)
    drafting.move_provision(clause.pk, actor=world.office, after=target.pk)
    assert [line[:6] for line in labels(draft)][2:6] == ["1. Văn", "2. Mọi", "a) Khi", "b) Chấ"]
    assert Lineage.objects.get(act=Lineage.Act.MOVED).key == clause.key
    assert office.position == 6


def test_up_and_down_are_each_others_undo(world, draft):
    before = labels(draft)
    ordered = drafting.in_order(draft)
    point = next(p for p in ordered if "giờ giấc" in p.text)
    drafting.move_provision(point.pk, actor=world.office, after=outline.place_up(ordered, point).pk)
    assert labels(draft) != before
    ordered = drafting.in_order(draft)
    point = next(p for p in ordered if "giờ giấc" in p.text)
    drafting.move_provision(
        point.pk, actor=world.office, after=outline.place_down(ordered, point).pk
    )
    assert labels(draft) == before


def test_nothing_moves_out_of_the_body(draft):
    ordered = drafting.in_order(draft)
    first = next(p for p in ordered if p.headed)
    last = next(p for p in ordered if p.text.startswith("Văn phòng"))
    assert outline.place_up(ordered, first) is None
    assert outline.place_down(ordered, last) is None


def test_a_deleted_provision_comes_back_as_it_was(world, draft):
    before = labels(draft)
    point = draft.provisions.get(text__contains="07 ngày")
    drafting.delete_provision(point.pk, actor=world.office)
    assert len(labels(draft)) == len(before) - 1
    restored = drafting.restore_provision(draft.pk, actor=world.office, key=point.key)
    assert labels(draft) == before
    assert restored.key == point.key


def test_a_provision_deleted_by_somebody_else_cannot_be_saved(world, draft):
    point = draft.provisions.get(text__contains="07 ngày")
    drafting.delete_provision(point.pk, actor=world.office)
    with pytest.raises(Refused) as refused:
        drafting.save_provision(point.pk, actor=world.office2, version=1, text="khác")
    assert refused.value.code == "gone"


def test_the_subject_and_the_recipients_can_neither_go_nor_move(world, draft):
    for kind in drafting.FIXED:
        fixed = draft.provisions.get(kind=kind)
        with pytest.raises(Refused):
            drafting.delete_provision(fixed.pk, actor=world.office)
        with pytest.raises(Refused):
            drafting.change_kind(fixed.pk, actor=world.office, kind=Kind.CLAUSE)


def test_splitting_and_joining_write_lineage_and_undo_each_other(world, draft):
    point = draft.provisions.get(text__contains="07 ngày")
    whole = point.text
    first, second = whole.split(", ")
    new = drafting.split_provision(
        point.pk, actor=world.office, version=point.version, first=first + ",", second=second
    )
    assert draft.lineage.get(act=Lineage.Act.SPLIT).other_key == point.key
    joined = drafting.join_provision(new.pk, actor=world.office)
    assert (joined.key, joined.text) == (point.key, whole)
    assert draft.lineage.get(act=Lineage.Act.MERGED).other_key == point.key


def test_pasting_keeps_the_keys_of_provisions_that_stay(world, draft):
    kept = draft.provisions.get(text__contains="giờ giấc")
    units = [NewProvision(Kind.CLAUSE, "Khoản mới."), NewProvision(Kind.POINT, kept.text)]
    drafting.replace_body(draft.pk, actor=world.office, units=units)
    assert draft.provisions.get(text=kept.text).key == kept.key
    assert [p.kind for p in drafting.in_order(draft)] == [
        Kind.SUBJECT,
        Kind.CLAUSE,
        Kind.POINT,
        Kind.RECIPIENTS,
    ]


def test_a_frozen_draft_cannot_be_edited(world, consultation):
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    with pytest.raises(Refused) as refused:
        drafting.save_provision(point.pk, actor=world.office, version=1, text="khác")
    assert refused.value.code == "frozen"


@pytest.mark.parametrize("stop", ["submitted", "approved"])
def test_any_edit_takes_the_draft_back_from_the_chair(world, stop, request):
    directive = request.getfixturevalue(stop)
    point = factories.provision(directive, "05 ngày")
    drafting.save_provision(point.pk, actor=world.office, version=point.version, text="Khác hẳn.")
    directive.refresh_from_db()
    assert directive.state == State.CONSOLIDATING
    assert not directive.latest_draft.approvals.filter(voided_at=None).exists()


def test_changed_details_void_the_approval_too(world, approved):
    drafting.change_details(approved.pk, actor=world.office, signer_name="Người khác")
    approved.refresh_from_db()
    assert approved.state == State.CONSOLIDATING


def test_a_part_that_is_added_begins_with_its_heading(world, directive):
    draft = directive.latest_draft
    facts = {"actor": world.office, "text": "NHIỆM VỤ", "after": None}
    assert drafting.add_provision(draft.pk, kind=Kind.PART, **facts).headed
    assert not drafting.add_provision(draft.pk, kind=Kind.CLAUSE, **facts).headed
