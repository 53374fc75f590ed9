"""`make bench`: prints what every tool took, and writes it to var/benchmarks/results.json."""

import json
from pathlib import Path

from tests.benchmarks import (
    bench_anchors,
    bench_diff,
    bench_merge,
    bench_pages,
    bench_pdf,
    bench_search,
)
from tests.benchmarks.measuring import Row

MODULES = (bench_diff, bench_merge, bench_anchors, bench_pages, bench_pdf, bench_search)
RESULTS = Path("var/benchmarks/results.json")
_NUMBERS = {"case", "tool", "seconds", "ratio", "goal", "most_ms", "skipped"}


def main() -> None:
    measured = {module.__name__.rpartition("_")[2]: module.run() for module in MODULES}
    for name, rows in measured.items():
        print(f"\n{name}\n{'':44} {'':26} {'ms':>10} {'times':>8} {'goal':>6}")
        for row in rows:
            print(_line(row))
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(measured, indent=1, ensure_ascii=False), encoding="utf-8")
    print(f"\n{RESULTS}")


def _line(row: Row) -> str:
    seconds = f"{row['seconds'] * 1000:10.2f}" if "seconds" in row else f"{'':10}"
    ratio = f"{row['ratio']:8.1f}" if "ratio" in row else f"{'':8}"
    goal = f"{row['goal']:>6}" if "goal" in row else f"{'':6}"
    if "goal" in row and "ratio" in row:
        goal += " met" if row["ratio"] >= row["goal"] else " MISSED"
    if "most_ms" in row:
        goal = f"≤{row['most_ms']:>5}"
        goal += " met" if row["seconds"] * 1000 <= row["most_ms"] else " MISSED"
    rest = "  ".join(f"{key} {value}" for key, value in row.items() if key not in _NUMBERS)
    skipped = f"skipped: {row['skipped']}" if "skipped" in row else ""
    return f"{row['case']:44} {row['tool']:26} {seconds} {ratio} {goal}  {skipped}{rest}".rstrip()


if __name__ == "__main__":
    main()
