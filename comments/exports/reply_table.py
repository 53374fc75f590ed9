"""The reply table (bảng tổng hợp, tiếp thu, giải trình ý kiến góp ý), whatever file it goes into.

Columns and preamble follow the form that Party offices use for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from comments.exports import positions

TITLE = "Bảng tổng hợp, tiếp thu, giải trình ý kiến góp ý"
COLUMNS = (
    "Nhóm vấn đề, điều, khoản",
    "Chủ thể góp ý",
    "Nội dung góp ý",
    "Nội dung tiếp thu, giải trình",
)
# In millimetres, on the 257 mm between the margins of A4 landscape.
COLUMN_WIDTHS = (36.0, 48.0, 86.5, 86.5)
NO_COMMENTS = "Không có ý kiến góp ý."
# About a third of a page: a row up to this length moves whole to the next page.
KEPT_WHOLE = 600


@dataclass(frozen=True)
class ReplyRow:
    """One comment, or the same one of several delegates, and the office's reply.

    Line breaks in the texts are kept.
    """

    provision: str
    delegates: str
    comment: str
    reply: str

    @property
    def cells(self) -> tuple[str, str, str, str]:
        return self.provision, self.delegates, self.comment, self.reply

    @property
    def may_break(self) -> bool:
        return max(len(self.comment), len(self.reply)) > KEPT_WHOLE


@dataclass(frozen=True)
class ReplyTable:
    """Rows of the same provision follow one another; people are listed by rank.

    `subject` is the directive's ("về phát huy…"), `consulted` how many were asked, `comments`
    how many comments came; the names tell who took which position.
    """

    committee_name: str
    draft_number: int
    subject: str
    consulted: int
    comments: int
    agreed_fully: tuple[str, ...]
    agreed_with_comments: tuple[str, ...]
    disagreed: tuple[str, ...]
    no_reply: tuple[str, ...]
    rows: tuple[ReplyRow, ...]

    @property
    def about(self) -> str:
        return f"vào dự thảo lần {self.draft_number} Chỉ thị {self.subject}"

    @property
    def summary(self) -> tuple[str, ...]:
        """The lines above the table: how many were asked and said something, and who is where."""
        return (
            f"- Số đồng chí được lấy ý kiến: {self.consulted}; số ý kiến góp ý: {self.comments}.",
            _counted(positions.AGREES, self.agreed_fully),
            _counted(positions.AGREES_WITH_COMMENTS, self.agreed_with_comments),
            _counted(positions.DISAGREES, self.disagreed),
            _counted(positions.NO_REPLY, self.no_reply),
        )

    @property
    def lines(self) -> Iterator["Line"]:
        provision = None
        for row in self.rows:
            yield Line(row, opens_provision=row.provision != provision)
            provision = row.provision


@dataclass(frozen=True)
class Line:
    """A row as it is printed; the first of a provision has its name in bold."""

    row: ReplyRow
    opens_provision: bool


def _counted(position: str, people: tuple[str, ...]) -> str:
    names = f" ({'; '.join(people)})" if people else ""
    return f"- {position}: {len(people)}{names}."
