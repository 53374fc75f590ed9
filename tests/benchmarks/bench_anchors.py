"""Comments put back on their words after every provision was edited, beside text search.

The edits are made word by word, so that it is known where each untouched quote stands afterwards.
"""

import random
import time
from collections.abc import Callable
from statistics import median
from typing import Any, NamedTuple

from directives.text.anchors import Anchor, reanchor_all

PROVISIONS = 300
WORDS = 60
EDITS = 5
COMMENTS = 10_000
REPEATS = 5
GOAL = 20

# Formal prose repeats itself: few words, and phrases that stand twice in one provision.
PHRASES = (
    "các cấp ủy, tổ chức đảng",
    "cơ quan, đơn vị, địa phương",
    "trong thời hạn 07 ngày làm việc;",
    "chịu trách nhiệm trước Ban Thường vụ Tỉnh ủy",
    "theo Kết luận số 14-KL/TW, ngày 22/9/2021",
    "rõ người, rõ việc, rõ thời hạn,",
    "kiểm tra, giám sát việc thực hiện Chỉ thị",
    "người đứng đầu cấp ủy",
)


class Quote(NamedTuple):
    anchor: Anchor
    text: str
    truth: int | None  # where it starts in the new text, if nobody touched it


class Provision(NamedTuple):
    old: str
    new: str
    quotes: list[Quote]


Place = Callable[[Provision], list[int]]


def _provision(pick: random.Random, comments: int) -> Provision:
    words = " ".join(pick.choices(PHRASES, k=WORDS)).split()[:WORDS]
    edited = list(words)
    for place in pick.sample(range(WORDS), EDITS):
        edited[place] = pick.choice(("", f"{words[place]} và thêm", "sửa đổi"))
    new = " ".join(filter(None, edited))
    return Provision(" ".join(words), new, [_quote(pick, words, edited) for _ in range(comments)])


def _quote(pick: random.Random, words: list[str], edited: list[str]) -> Quote:
    first = pick.randrange(WORDS - 10)
    last = first + pick.randint(3, 10)
    text = " ".join(words[first:last])
    start = _offset(words, first)
    untouched = words[first:last] == edited[first:last]
    truth = _offset(list(filter(None, edited[:first])), first) if untouched else None
    return Quote(Anchor(start, start + len(text)), text, truth)


def _offset(words: list[str], count: int) -> int:
    return sum(len(word) + 1 for word in words[:count])


def _mapped(provision: Provision) -> list[int]:
    anchors = [quote.anchor for quote in provision.quotes]
    return [placed.start for placed in reanchor_all(anchors, provision.old, provision.new)]


def _found(provision: Provision) -> list[int]:
    return [provision.new.find(quote.text) for quote in provision.quotes]


def _matched() -> Place | None:
    try:
        from diff_match_patch import diff_match_patch
    except ImportError:
        return None
    matcher = diff_match_patch()
    return lambda provision: [
        matcher.match_main(provision.new, quote.text, quote.anchor.start)
        for quote in provision.quotes
    ]


def _measure(place: Place, provisions: list[Provision], repeats: int) -> dict[str, Any]:
    seconds = []
    for _ in range(repeats):
        started = time.perf_counter()
        placed = [place(provision) for provision in provisions]
        seconds.append(time.perf_counter() - started)
    known = [
        (start, quote.truth)
        for provision, starts in zip(provisions, placed, strict=True)
        for quote, start in zip(provision.quotes, starts, strict=True)
        if quote.truth is not None
    ]
    right = sum(start == truth for start, truth in known)
    return {"seconds": median(seconds), "untouched": len(known), "right": right}


def run() -> list[dict[str, Any]]:
    """A row for each tool: seconds, and how many untouched quotes it put where they stand."""
    rows: list[dict[str, Any]] = []
    for comments in (COMMENTS // 10, COMMENTS, COMMENTS * 10):
        pick = random.Random(22)
        provisions = [_provision(pick, comments // PROVISIONS + 1) for _ in range(PROVISIONS)]
        tools: dict[str, tuple[Place | None, int]] = {"directives": (_mapped, REPEATS)}
        if comments == COMMENTS:
            tools |= {"diff-match-patch": (_matched(), 1), "str.find": (_found, REPEATS)}
        rows += _rows(comments, provisions, tools)
    return rows


def _rows(
    comments: int, provisions: list[Provision], tools: dict[str, tuple[Place | None, int]]
) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for tool, (place, repeats) in tools.items():
        row: dict[str, Any] = {"case": f"{comments} comments", "tool": tool}
        row |= _measure(place, provisions, repeats) if place else {"skipped": "not installed"}
        rows.append(row)
    own = rows[0]["seconds"]
    for row in rows[1:]:
        if "seconds" in row:
            row["ratio"] = row["seconds"] / own
        if row["tool"] == "diff-match-patch":
            row["goal"] = GOAL
    return rows


if __name__ == "__main__":
    for row in run():
        print(row)
