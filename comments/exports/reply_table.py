"""The reply table (bảng tổng hợp, tiếp thu, giải trình ý kiến góp ý), whatever file it goes into.

Columns and preamble follow the form that Party offices use for it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from comments.exports import positions
from directives.rendering.tables import Column, Row, WideTable

TITLE = "Bảng tổng hợp, tiếp thu, giải trình ý kiến góp ý"
COLUMNS = (
    Column("Nhóm vấn đề, điều, khoản", 36.0, keeps=True),
    Column("Chủ thể góp ý", 48.0, keeps=True),
    Column("Nội dung góp ý", 86.5),
    Column("Nội dung tiếp thu, giải trình", 86.5),
)
NO_COMMENTS = "Không có ý kiến góp ý."


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
    def paper(self) -> WideTable:
        return WideTable(
            committee_name=self.committee_name,
            name="Bảng tổng hợp",
            title=TITLE,
            about=self.about,
            summary=self.summary,
            columns=COLUMNS,
            rows=tuple(self._lines),
            nothing=NO_COMMENTS,
        )

    @property
    def _lines(self) -> Iterator[Row]:
        """The rows as they are printed; the first of a provision has its name in bold."""
        provision = None
        for row in self.rows:
            yield Row(row.cells, opens=row.provision != provision)
            provision = row.provision


def _counted(position: str, people: tuple[str, ...]) -> str:
    names = f" ({'; '.join(people)})" if people else ""
    return f"- {position}: {len(people)}{names}."
