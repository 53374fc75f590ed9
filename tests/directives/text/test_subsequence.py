from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from directives.text.subsequence import common_runs, longest_increasing

letters = st.lists(st.sampled_from("abc"), max_size=12)


@given(letters, letters)
def test_the_common_runs_are_a_longest_common_subsequence(old: list[str], new: list[str]) -> None:
    runs = list(common_runs(old, new))
    for i, j, size in runs:
        assert old[i : i + size] == new[j : j + size]
    for (i, j, size), (next_i, next_j, _) in pairwise(runs):
        assert i + size <= next_i
        assert j + size <= next_j
    assert sum(size for *_, size in runs) == LCSseq.similarity(old, new)


@given(st.lists(st.integers(), unique=True, max_size=8))
def test_no_increasing_subsequence_is_longer(values: list[int]) -> None:
    found = longest_increasing(values)
    assert found == sorted(found)
    assert all(values[one] < values[other] for one, other in pairwise(found))
    lengths: list[int] = []
    for k, value in enumerate(values):
        before = [lengths[i] for i in range(k) if values[i] < value]
        lengths.append(1 + max(before, default=0))
    assert len(found) == max(lengths, default=0)
