"""Vietnamese texts for Hypothesis: few words, so that they repeat, and every kind of token."""

from hypothesis import strategies as st

from directives.text.merge import Proposal
from directives.text.tokens import tokenise

_WORDS = (
    "các cấp ủy uỷ hòa hoà bình tổ chức Đảng đảng báo cáo Tỉnh và của ngày tuần 05 07 2.500 12,5 "
    "14-KL/TW 08-QĐi/TW 22/9/2021 2021-2025 K'Lũy ơ̆ng Ê Đê a b"
)
WORDS = _WORDS.split()
MARKS = ",.;:-/%()_“”…+'"
ENDS = [" "] * 8 + [", ", ". ", "; ", ",", "/", "-", "  ", "\n", " \n\n", ""]
_PIECES = [word + end for word in WORDS for end in ENDS] + list(MARKS)


def texts(max_size: int = 14) -> st.SearchStrategy[str]:
    """Short texts in NFC, some without spaces between words and marks, some empty."""
    return st.lists(st.sampled_from(_PIECES), max_size=max_size).map("".join)


@st.composite
def edited(draw: st.DrawFn, base: str, max_edits: int = 3) -> str:
    """`base` with a few tokens replaced, deleted or inserted."""
    tokens = tokenise(base)
    for _ in range(draw(st.integers(0, max_edits))):
        start = draw(st.integers(0, len(tokens)))
        end = min(start + draw(st.integers(0, 3)), len(tokens))
        tokens[start:end] = tokenise(draw(texts(max_size=2)))
    return "".join(tokens)


@st.composite
def revisions(draw: st.DrawFn) -> tuple[str, str]:
    """An old and a new text, close to each other or not at all."""
    old = draw(texts())
    return old, draw(st.one_of(edited(old), texts()))


@st.composite
def proposals(draw: st.DrawFn, max_size: int = 4) -> tuple[str, list[Proposal]]:
    """A base, and proposals for it: mostly light edits, now and then the same or another text."""
    base = draw(texts(max_size=18))
    proposed = draw(st.lists(st.one_of(edited(base), edited(base), texts()), max_size=max_size))
    if proposed and draw(st.booleans()):
        proposed.append(draw(st.sampled_from(proposed)))
    return base, [Proposal(str(number), text) for number, text in enumerate(proposed)]
