"""Small worlds for tests, made through the domain functions."""

from datetime import date, timedelta
from io import BytesIO

import factory
import pikepdf
from django.utils import timezone
from PIL import Image

from accounts.models import Committee, Membership, Role, RoleGrant, Term, User
from comments import services
from comments.models import Comment, Consultation, ProposalKind
from comments.said import Said
from comments.services import Asked
from directives import drafting
from directives.drafting import NewProvision
from directives.models import Directive, Provision
from directives.text.kinds import Kind

PASSWORD = "mat-khau-thu-nghiem"

UNITS = (
    NewProvision(Kind.PREAMBLE, "Để khắc phục hạn chế, Ban Thường vụ Tỉnh ủy yêu cầu:"),
    NewProvision(Kind.CLAUSE, "Siết chặt kỷ luật\nMọi việc phải rõ người, rõ việc.", headed=True),
    NewProvision(
        Kind.POINT,
        "Khi được hỏi ý kiến phải trả lời trong thời hạn 07 ngày làm việc, nêu rõ lý do.",
    ),
    NewProvision(Kind.POINT, "Chấp hành nghiêm giờ giấc làm việc."),
    NewProvision(Kind.CLAUSE, "Văn phòng Tỉnh ủy theo dõi, đôn đốc việc thực hiện Chỉ thị."),
    NewProvision(Kind.CLOSING, "Chỉ thị này phổ biến đến chi bộ."),
)
ANNEXES = (
    NewProvision(Kind.ANNEX, "Danh mục thủ tục phải rút ngắn thời hạn"),
    NewProvision(Kind.PREAMBLE, "Các cơ quan rà soát, rút ngắn thời hạn như sau:"),
    NewProvision(Kind.CLAUSE, "Thủ tục của Văn phòng\nXếp theo thời hạn.", headed=True),
    NewProvision(Kind.POINT, "Cho ý kiến về nhân sự: 10 ngày."),
    NewProvision(Kind.POINT, "Trả lời kiến nghị: 15 ngày."),
    NewProvision(Kind.CLAUSE, "Thủ tục của các ban do ban tự rà soát."),
    NewProvision(Kind.ANNEX, "Mẫu báo cáo"),
    NewProvision(Kind.CLAUSE, "Số việc đã giải quyết."),
)
SUBJECT = "về siết chặt kỷ luật, kỷ cương trong giải quyết công việc"


class CommitteeFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Committee
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Ban Thường vụ Tỉnh ủy số {n}")
    letterhead = "TỈNH ỦY LÂM ĐỒNG"
    place = "Lâm Đồng"

    @factory.post_generation
    def term(self, create, extracted, **kwargs):
        Term.objects.create(committee=self, name="Nhiệm kỳ XI", starts=date(2017, 1, 1))


class PersonFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User

    full_name = factory.Sequence(lambda n: f"Nguyễn Văn Số {n}")
    username = factory.Sequence(lambda n: f"nguoi{n}")
    position = "Ủy viên Ban Thường vụ"
    rank = factory.Sequence(lambda n: 10 + n)


def person(committee: Committee, *roles: Role, **facts) -> User:
    """A person with roles in the committee; a chair and a delegate are its members too."""
    made = PersonFactory(**facts)
    for role in roles:
        RoleGrant.objects.create(committee=committee, person=made, role=role)
    if {Role.CHAIR, Role.DELEGATE} & set(roles):
        Membership.objects.create(committee=committee, person=made, starts=date(2017, 1, 1))
    return made


def directive(office: User, committee: Committee, units=UNITS, **details) -> Directive:
    """A directive whose draft 1 has been written."""
    made = drafting.create_directive(
        actor=office,
        committee=committee,
        subject=details.pop("subject", SUBJECT),
        recipients="Ban Bí thư Trung ương Đảng (để báo cáo)\nLưu Văn phòng Tỉnh ủy",
        **{"signer_name": "Hoàng Minh Trực", **details},
    )
    drafting.replace_body(made.latest_draft.pk, actor=office, units=units)
    made.refresh_from_db()
    return made


def consultation(office: User, made: Directive, people: list[User], **facts) -> Consultation:
    """A round on the directive's working draft, open for a week."""
    return services.open_consultation(
        made.pk,
        actor=office,
        asked=[Asked(one, one.position, one.rank, voting=True) for one in people],
        deadline=facts.pop("deadline", timezone.now() + timedelta(days=7)),
        **facts,
    )


def provision(made: Directive, containing: str) -> Provision:
    return made.latest_draft.provisions.get(text__contains=containing)


def comment(consultation: Consultation, author: User, **said) -> Comment:
    """A submitted comment. `change=(old, new)` proposes the provision with those words changed."""
    change, on = said.pop("change", None), said.pop("on", None)
    if on is not None:
        said["provision_key"] = on.key
    if change:
        said["proposal_kind"] = ProposalKind.REPLACE
        said["proposed_text"] = on.text.replace(*change)
    said.setdefault("body", "Đề nghị xem lại.")
    saved = services.save_comment(consultation.pk, actor=author, author=author, said=Said(**said))
    return services.submit(saved.pk, actor=author)


def picture(size: tuple[int, int] = (60, 40), format: str = "JPEG", **saved) -> bytes:
    """A picture as a file, red as a flag."""
    file = BytesIO()
    Image.new("RGB", size, "#c8102e").save(file, format, **saved)
    return file.getvalue()


def pdf(pages: int = 1, change=lambda made: None, **save) -> bytes:
    """A PDF of so many empty pages, changed before it is saved."""
    file = BytesIO()
    with pikepdf.new() as made:
        for _page in range(pages):
            made.add_blank_page(page_size=(595, 842))
        change(made)
        made.save(file, **save)
    return file.getvalue()
