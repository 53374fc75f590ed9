"""Merging proposals into provisions, beside tools that merge three texts at a time.

The others fold: each proposal is merged into what the ones before it have made of the base.
What they find in conflict is left out.
"""

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from directives.text.merge import Edit, Proposal, edits, merge, merge_edits
from tests.benchmarks import node
from tests.benchmarks.measuring import Row, Work, rows, turn_by_turn
from tests.benchmarks.vietnamese import proposals

PROVISIONS = 300
PROPOSALS = 1_000
ROUNDS = 9
FOLD_ROUNDS = 3

WHOLE = "directives, whole texts"
STORED = "directives, stored edits"
NODE_WORDS = "node-diff3 fold, same words"
NODE = "node-diff3 fold, at spaces"
GIT = "git merge-file fold"
DIFF3 = "diff3 -m fold"
GOALS: dict[str, dict[str, float]] = {
    WHOLE: {NODE_WORDS: 4, NODE: 4, GIT: 60},
    STORED: {NODE_WORDS: 15, NODE: 15, GIT: 300},
}

Provisions = list[tuple[str, dict[str, str]]]


def run() -> list[Row]:
    provisions = proposals(PROVISIONS, PROPOSALS)
    own = turn_by_turn(_own(provisions), ROUNDS)
    peers = _peers(provisions)
    case = f"merge {PROPOSALS} proposals over {PROVISIONS} provisions"
    made: list[Row] = []
    for name in own:
        made += rows(case, name, {name: own[name], **peers}, GOALS[name])
    return made + _growth()


def _own(provisions: Provisions) -> dict[str, Work]:
    proposed = [
        (base, [Proposal(id, text) for id, text in texts.items()]) for base, texts in provisions
    ]
    stored = [
        (base, {id: edits(base, text) for id, text in texts.items()}) for base, texts in provisions
    ]
    return {WHOLE: lambda: _merge_texts(proposed), STORED: lambda: _merge_stored(stored)}


def _merge_texts(provisions: list[tuple[str, list[Proposal]]]) -> list[object]:
    merges = [merge(base, proposed) for base, proposed in provisions]
    return [(merged.text, merged.conflicts) for merged in merges]


def _merge_stored(provisions: list[tuple[str, dict[str, list[Edit]]]]) -> list[object]:
    merges = [merge_edits(base, edits_by_id) for base, edits_by_id in provisions]
    return [(merged.text, merged.conflicts) for merged in merges]


def _peers(provisions: Provisions) -> dict[str, float | None]:
    texts = [(base, list(proposed.values())) for base, proposed in provisions]
    with tempfile.TemporaryDirectory() as folder:
        files = [
            _written(Path(folder), number, *provision) for number, provision in enumerate(texts)
        ]
        folds: dict[str, Work] = {}
        if shutil.which("git"):
            folds[GIT] = lambda: [_folded(_git_merge_file, *each) for each in files]
        if shutil.which("diff3"):
            folds[DIFF3] = lambda: [_folded(_diff3, *each) for each in files]
        measured = turn_by_turn(folds, FOLD_ROUNDS)
    return {
        NODE_WORDS: node.seconds("fold_words", texts, ROUNDS),
        NODE: node.seconds("fold", texts, ROUNDS),
        GIT: measured.get(GIT),
        DIFF3: measured.get(DIFF3),
    }


def _written(folder: Path, number: int, base: str, proposed: list[str]) -> tuple[Path, list[Path]]:
    """Files with one word a line, since these tools merge lines."""
    paths = [folder / f"{number}-{k}" for k in range(len(proposed) + 1)]
    for path, text in zip(paths, [base, *proposed], strict=True):
        path.write_text(text.replace(" ", "\n") + "\n", encoding="utf-8")
    return paths[0], paths[1:]


def _folded(
    merge_into: Callable[[Path, Path, Path], None], base: Path, proposed: list[Path]
) -> None:
    current = base.with_suffix(".current")
    shutil.copyfile(base, current)
    for other in proposed:
        merge_into(current, base, other)


def _git_merge_file(current: Path, base: Path, other: Path) -> None:
    subprocess.run(["git", "merge-file", "-q", "--ours", current, base, other], check=False)


def _diff3(current: Path, base: Path, other: Path) -> None:
    done = subprocess.run(["diff3", "-m", current, base, other], capture_output=True, check=False)
    if done.returncode == 0:
        current.write_bytes(done.stdout)


def _growth() -> list[Row]:
    made: list[Row] = []
    for size in (300, 3_000, 30_000):
        provisions = proposals(size, size * PROPOSALS // PROVISIONS)
        for tool, seconds in turn_by_turn(_own(provisions), 3).items():
            per = f"{seconds / size * 1e6:.1f} µs a provision"
            made.append(
                {"case": f"merge, {size} provisions", "tool": tool, "seconds": seconds, "note": per}
            )
    return made
