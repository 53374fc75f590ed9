"""What two sequences have in common, in the same order.

Exact up to `EXACT_CELLS` (length of the one times length of the other), by a bit-parallel longest
common subsequence. Longer sequences are first cut at passages which both hold exactly once, in
the same order; a stretch still past the bound after that has nothing in common. So time and memory
stay close to linear.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rapidfuzz.distance import LCSseq

# 11,000 different words on both sides: some 50 ms and 15 MB.
EXACT_CELLS = 2**27
PASSAGE_LENGTH = 6
STRETCH_LENGTH = 1000


def common_runs(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int]]:
    """Index in `old`, index in `new` and size of each run of the common subsequence."""
    if len(old) * len(new) <= EXACT_CELLS:
        yield from _longest_common(old, new)
        return
    for (i, j), (next_i, next_j) in pairwise(_stretches(old, new)):
        if (next_i - i) * (next_j - j) <= EXACT_CELLS:
            for a, b, size in _longest_common(old[i:next_i], new[j:next_j]):
                yield i + a, j + b, size


def _longest_common(old: list[str], new: list[str]) -> Iterator[tuple[int, int, int]]:
    for op in LCSseq.opcodes(old, new):
        if op.tag == "equal":
            yield op.src_start, op.dest_start, op.src_end - op.src_start


def _stretches(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Where to cut both sides so that each stretch can be aligned by itself."""
    cuts = [(0, 0)]
    for i, j in _landmarks(old, new):
        if i - cuts[-1][0] >= STRETCH_LENGTH:
            cuts.append((i, j))
    return [*cuts, (len(old), len(new))]


def _landmarks(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Where passages start which both sides hold exactly once, in an order common to both."""
    in_new = _single_passages(new)
    found = [(i, in_new[p]) for p, i in _single_passages(old).items() if p in in_new]
    return [found[k] for k in longest_increasing([j for _, j in found])]


def _single_passages(tokens: list[str]) -> dict[tuple[str, ...], int]:
    passages = list(zip(*(tokens[shift:] for shift in range(PASSAGE_LENGTH)), strict=False))
    count = Counter(passages)
    return {passage: i for i, passage in enumerate(passages) if count[passage] == 1}


def longest_increasing(values: Sequence[int]) -> list[int]:
    """Indices of a longest increasing subsequence of different `values`."""
    ends: list[int] = []
    end_at: list[int] = []
    before: list[int] = []
    for k, value in enumerate(values):
        length = bisect_left(ends, value)
        before.append(end_at[length - 1] if length else -1)
        ends[length : length + 1] = [value]
        end_at[length : length + 1] = [k]
    chain = []
    k = end_at[-1] if end_at else -1
    while k >= 0:
        chain.append(k)
        k = before[k]
    return chain[::-1]
