"""Seconds of several tools in one run, turn by turn.

They are seconds of the processor, of this process and those it starts: what else runs on the
machine takes its turns too, and would be counted by a clock on the wall.
"""

import gc
from collections.abc import Callable
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any

Row = dict[str, Any]
Work = Callable[[], object]


def timed(work: Work) -> float:
    """Seconds without the garbage collector, as `timeit` has it."""
    gc.disable()
    started = _processor_seconds()
    work()
    taken = _processor_seconds() - started
    gc.enable()
    return taken


def _processor_seconds() -> float:
    used = (getrusage(RUSAGE_SELF), getrusage(RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def turn_by_turn(tools: dict[str, Work], rounds: int) -> dict[str, float]:
    """The least seconds of each tool, since disturbances only ever add to them."""
    seconds: dict[str, list[float]] = {name: [] for name in tools}
    for _ in range(rounds):
        for name, work in tools.items():
            seconds[name].append(timed(work))
    return {name: min(times) for name, times in seconds.items()}


def rows(
    case: str, own: str, seconds: dict[str, float | None], goals: dict[str, float]
) -> list[Row]:
    """A row for each tool; `ratio` is how many times the seconds of `own` it takes."""
    made: list[Row] = []
    for tool, taken in seconds.items():
        row: Row = {"case": case, "tool": tool}
        row |= {"skipped": "not installed"} if taken is None else {"seconds": taken}
        if taken is not None and tool != own:
            row["ratio"] = taken / (seconds[own] or 1)
        if tool in goals:
            row["goal"] = goals[tool]
        made.append(row)
    return made
