"""What stands on a directive's paper: plain values, ready to be typeset."""

from dataclasses import dataclass
from datetime import date

from directives.text.kinds import Kind


@dataclass(frozen=True)
class Paragraph:
    """One provision with its number computed: "I-", "2.", "đ)", "-", or "" where it has none.

    Where `headed`, the first line of the text is a bold heading and the others follow it.
    """

    number: str
    kind: Kind
    text: str
    headed: bool = False


@dataclass(frozen=True)
class Annex:
    """An annex: "PHỤ LỤC I", its title in one line, and its provisions, numbered within it."""

    number: str
    title: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Signature:
    """Who signs: "T/M BAN THƯỜNG VỤ", "BÍ THƯ", and a name without academic or military rank."""

    authority: str
    title: str
    name: str


@dataclass(frozen=True)
class Paper:
    """A directive: either a draft (draft_number) or an issued paper (number and issued_on).

    `paragraphs` is the body from the bases or preamble to the closing; the subject and the
    recipients have fields of their own. Recipients come without hyphens and end punctuation.
    `issuer` is the committee as a sentence names it; the annexes say that they go with its paper.
    `proof` is the address at which the paper can be checked, or empty.
    Raises ValueError for a paper that is neither, or both.
    """

    committee_name: str
    place: str
    symbol: str
    number: int | None
    issued_on: date | None
    draft_number: int | None
    circulation_mark: str
    secrecy: str
    urgency: str
    subject: str
    paragraphs: tuple[Paragraph, ...]
    recipients: tuple[str, ...]
    signature: Signature
    proof: str = ""
    issuer: str = ""
    annexes: tuple[Annex, ...] = ()

    def __post_init__(self) -> None:
        issued = (self.number is not None, self.issued_on is not None)
        if issued not in {(True, True), (False, False)} or any(issued) == self.is_draft:
            raise ValueError("A paper has a number and a date of issue, or a draft number.")

    @property
    def is_draft(self) -> bool:
        return self.draft_number is not None
