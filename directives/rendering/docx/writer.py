"""Streams of words and marks written as Word's paragraphs, with tracked changes and comments."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import count

from django.utils import timezone
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from .flow import Change, Hand, Mark, Piece, Remark, Words, remarks_in
from .styles import element

AddParagraph = Callable[[], Paragraph]
TAGS: dict[Change, str] = {"insert": "w:ins", "delete": "w:del"}


class Writer:
    """Writes into one document; each change has an id of its own, each remark stands once."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._ids = count(1)
        self._written: set[Remark] = set()

    def write(
        self, add: AddParagraph, pieces: Sequence[Piece], beside: Iterable[Remark] = ()
    ) -> list[Paragraph]:
        """The paragraphs of a stream; remarks `beside` it stand on all of its words."""
        opening, closing = self._remarks(pieces, beside)
        paragraphs, content = [], []
        for place, piece in enumerate(pieces):
            content += [element("w:commentRangeStart", id=str(n)) for n in opening[place]]
            if isinstance(piece, Words):
                content.append(self._run(piece))
            for number in closing[place]:
                content += _end_of_remark(number)
            if isinstance(piece, Mark):
                paragraphs.append(self._paragraph(add(), content, piece))
                content = []
        return paragraphs

    def _remarks(
        self, pieces: Sequence[Piece], beside: Iterable[Remark]
    ) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
        """The numbers of the remarks that begin and that end at each piece."""
        opening: dict[int, list[int]] = defaultdict(list)
        closing: dict[int, list[int]] = defaultdict(list)
        whole = dict.fromkeys(beside, (0, len(pieces) - 1)) if pieces else {}
        for remark, (first, last) in (whole | remarks_in(pieces)).items():
            if remark not in self._written:
                self._written.add(remark)
                number = self._comment(remark)
                opening[first].append(number)
                closing[last].append(number)
        return opening, closing

    def _comment(self, remark: Remark) -> int:
        author = remark.hand.author
        initials = "".join(word[0] for word in author.split())
        comment = self.document.comments.add_comment(remark.text, author, initials)
        comment._comment_elm.set(qn("w:date"), _moment(remark.hand.at))
        return comment.comment_id

    def _run(self, words: Words) -> BaseOxmlElement:
        run = element("w:r")
        text = element("w:delText" if words.change == "delete" else "w:t")
        text.text = words.text
        text.set(qn("xml:space"), "preserve")
        run.append(text)
        if words.change == "equal":
            return run
        change = self._change(TAGS[words.change], words.hand)
        change.append(run)
        return change

    def _paragraph(
        self, paragraph: Paragraph, content: Iterable[BaseOxmlElement], mark: Mark
    ) -> Paragraph:
        paragraph._p.style = mark.style
        if mark.change != "equal":
            of_mark = element("w:rPr")
            of_mark.append(self._change(TAGS[mark.change], mark.hand))
            paragraph._p.pPr.append(of_mark)
        elif mark.style != mark.old_style:
            paragraph._p.pPr.append(self._change_of_style(mark))
        paragraph._p.extend(content)
        return paragraph

    def _change_of_style(self, mark: Mark) -> BaseOxmlElement:
        change, before = self._change("w:pPrChange", mark.hand), element("w:pPr")
        before.append(element("w:pStyle", val=mark.old_style))
        change.append(before)
        return change

    def _change(self, tag: str, hand: Hand) -> BaseOxmlElement:
        return element(tag, id=str(next(self._ids)), author=hand.author, date=_moment(hand.at))


def _end_of_remark(number: int) -> list[BaseOxmlElement]:
    run = element("w:r")
    run.append(element("w:commentReference", id=str(number)))
    return [element("w:commentRangeEnd", id=str(number)), run]


def _moment(at: datetime) -> str:
    """Word writes the clock on the wall, and calls it UTC."""
    return timezone.localtime(at).strftime("%Y-%m-%dT%H:%M:%SZ")
