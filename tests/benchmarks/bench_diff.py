"""Redlines of two drafts, beside other tools: seconds, and how good they are to read.

Ours and the libraries compare provision by provision, those of equal text only by `==`; the tools
that read files are given a provision a line, and htmldiff a paragraph each.
"""

import difflib
import importlib
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

from rapidfuzz.distance import LCSseq

from directives.text.diff import Op, diff
from directives.text.tokens import has_word, tokenise, words
from tests.benchmarks import node
from tests.benchmarks.measuring import Row, Work, rows, turn_by_turn
from tests.benchmarks.vietnamese import drafts, heavily_edited, lightly_edited

PROVISIONS = 2_000
CHANGED = 0.2
ROUNDS = 5
OWN = "directives"
GOALS: dict[str, float] = {"git diff --word-diff": 1, "npm diff": 1}
HTML_PROVISIONS = 300
HTML_GOALS: dict[str, float] = {"lxml htmldiff": 8}

Pairs = list[tuple[str, str]]
Pieces = list[tuple[str, str, str]]  # kind, old, new
Difference = Callable[[str, str], Pieces]


def run() -> list[Row]:
    pairs = _pairs(PROVISIONS)
    made = rows(f"redline of {PROVISIONS} provisions", OWN, _seconds(pairs), GOALS)
    pairs = _pairs(HTML_PROVISIONS)
    tools: dict[str, Work] = {OWN: partial(_redline, pairs)}
    if htmldiff := _htmldiff(pairs):
        tools["lxml htmldiff"] = htmldiff
    measured = turn_by_turn(tools, ROUNDS)
    seconds = {name: measured.get(name) for name in (OWN, "lxml htmldiff")}
    made += rows(f"redline of {HTML_PROVISIONS} provisions", OWN, seconds, HTML_GOALS)
    return made + _growth() + _quality()


def _pairs(size: int) -> Pairs:
    return list(zip(*drafts(size, CHANGED, lightly_edited), strict=True))


def _redline(pairs: Pairs) -> list[str]:
    return [old if old == new else _marked(diff(old, new, readable=True)) for old, new in pairs]


def _marked(operations: list[Op]) -> str:
    parts = []
    for op in operations:
        if op.kind == "equal":
            parts.append(op.old)
        else:
            parts.append(f"<del>{op.old}</del><ins>{op.new}</ins>")
    return "".join(parts)


def _seconds(pairs: Pairs) -> dict[str, float | None]:
    names = (OWN, "difflib", "cydifflib", "git diff --word-diff", "wdiff")
    skipped: dict[str, float | None] = dict.fromkeys(names, None)
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("old", "new")]
        for file, texts in zip(files, zip(*pairs, strict=True), strict=True):
            file.write_text("\n".join(texts) + "\n", encoding="utf-8")
        tools: dict[str, Work] = {OWN: partial(_redline, pairs)}
        for name in ("difflib", "cydifflib"):
            if matcher := _matcher(name):
                tools[name] = partial(_match_all, matcher, pairs)
        if shutil.which("git"):
            command = ["git", "diff", "--no-index", "--word-diff", *files]
            tools["git diff --word-diff"] = partial(subprocess.run, command, capture_output=True)
        if shutil.which("wdiff"):
            tools["wdiff"] = partial(subprocess.run, ["wdiff", *files], capture_output=True)
        measured = turn_by_turn(tools, ROUNDS)
    return {**skipped, **measured, "npm diff": node.seconds("redline", pairs, ROUNDS)}


def _matcher(module: str) -> type[difflib.SequenceMatcher[str]] | None:
    try:
        matcher: type[difflib.SequenceMatcher[str]] = importlib.import_module(
            module
        ).SequenceMatcher
    except ImportError:
        return None
    return matcher


def _match_all(matcher: type[difflib.SequenceMatcher[str]], pairs: Pairs) -> None:
    for old, new in pairs:
        if old != new:
            matcher(None, tokenise(old), tokenise(new), autojunk=False).get_opcodes()


def _htmldiff(pairs: Pairs) -> Work | None:
    try:
        from lxml.html.diff import htmldiff
    except ImportError:
        return None
    old, new = ("".join(f"<p>{text}</p>" for text in texts) for texts in zip(*pairs, strict=True))
    return partial(htmldiff, old, new)


def _growth() -> list[Row]:
    made: list[Row] = []
    for size in (300, 3_000, 30_000):
        seconds = turn_by_turn({OWN: partial(_redline, _pairs(size))}, 3)[OWN]
        per = f"{seconds / size * 1e6:.1f} µs a provision"
        made.append(
            {"case": f"redline of {size} provisions", "tool": OWN, "seconds": seconds, "note": per}
        )
    return made


# How good they are to read.


def _quality() -> list[Row]:
    made: list[Row] = []
    for case, edit in (("light edits", lightly_edited), ("heavy edits", heavily_edited)):
        pairs = list(zip(*drafts(300, 1, edit), strict=True))
        for tool, difference in _differences().items():
            row: Row = {"case": case, "tool": tool}
            row |= _measured(difference, pairs) if difference else {"skipped": "not installed"}
            made.append(row)
    return made


def _measured(difference: Difference, pairs: Pairs) -> Row:
    """Changed words as a multiple of the least possible; cut syllables; stranded lone words."""
    changed = least = stranded = 0
    cuts: list[int | None] = []
    for old, new in pairs:
        pieces = difference(old, new)
        changed += sum(
            len(words(one)) + len(words(other)) for kind, one, other in pieces if kind != "equal"
        )
        least += len(words(old)) + len(words(new)) - 2 * LCSseq.similarity(words(old), words(new))
        cuts += _cuts([one for _, one, _ in pieces], old), _cuts([to for *_, to in pieces], new)
        stranded += sum(kind == "equal" and len(words(one)) < 2 for kind, one, _ in pieces[1:-1])
    cut = "unknown" if None in cuts else sum(filter(None, cuts))
    return {"changed words": f"{changed / least:.3f}", "cut": cut, "stranded": stranded}


def _cuts(parts: list[str], text: str) -> int | None:
    """How many ends of the parts are inside a word; None where the parts leave out spaces."""
    if "".join(parts) != text:
        return None
    cuts = at = 0
    for part in parts:
        at += len(part)
        if part and has_word(text, at - 1, at) and has_word(text, at, at + 1):
            cuts += 1
    return cuts


def _differences() -> dict[str, Difference | None]:
    return {
        OWN: lambda old, new: [op[:3] for op in diff(old, new)],
        f"{OWN}, readable": lambda old, new: [op[:3] for op in diff(old, new, readable=True)],
        "difflib": _by_difflib,
        "git diff --word-diff": _by_git if shutil.which("git") else None,
        "diff-match-patch": _by_diff_match_patch(),
    }


def _by_difflib(old: str, new: str) -> Pieces:
    one, other = tokenise(old), tokenise(new)
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return [
        (kind, "".join(one[i:next_i]), "".join(other[j:next_j]))
        for kind, i, next_i, j, next_j in matcher.get_opcodes()
    ]


def _by_git(old: str, new: str) -> Pieces:
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder, name) for name in ("old", "new")]
        for file, text in zip(files, (old, new), strict=True):
            file.write_text(text + "\n", encoding="utf-8")
        command = ["git", "diff", "--no-index", "--word-diff=porcelain", *files]
        output = subprocess.run(command, capture_output=True, text=True, check=False).stdout
    lines = re.findall(r"^([ +-])(?!\+\+ |-- )(.*)$", output.partition("@@")[2], re.MULTILINE)
    sides = {" ": (1, 1), "-": (1, 0), "+": (0, 1)}
    return [
        ("equal" if sign == " " else "replace", text * sides[sign][0], text * sides[sign][1])
        for sign, text in lines
    ]


def _by_diff_match_patch() -> Difference | None:
    try:
        from diff_match_patch import diff_match_patch
    except ImportError:
        return None
    kinds = {0: "equal", -1: "delete", 1: "insert"}

    def difference(old: str, new: str) -> Pieces:
        tool = diff_match_patch()
        found = tool.diff_main(old, new)
        tool.diff_cleanupSemantic(found)
        return [(kinds[sign], text * (sign <= 0), text * (sign >= 0)) for sign, text in found]

    return difference
