"""Parts of a file."""

import pytest

from directives.views.ranges import Unsatisfiable, part


@pytest.mark.parametrize(
    ("header", "asked"),
    [
        ("bytes=0-0", range(1)),
        ("bytes=0-99", range(100)),
        ("bytes=10-19", range(10, 20)),
        ("bytes=90-500", range(90, 100)),
        ("bytes=99-", range(99, 100)),
        ("bytes=0-", range(100)),
        ("bytes=-1", range(99, 100)),
        ("bytes=-100", range(100)),
        ("bytes=-500", range(100)),
        ("BYTES= 10-19 ", range(10, 20)),
    ],
)
def test_one_range_names_the_bytes_from_the_first_to_the_last(header, asked):
    assert part(header, 100) == asked


@pytest.mark.parametrize(
    "header",
    ["", "bytes=", "bytes=-", "bytes=9-3", "bytes=a-b", "pages=1-2", "bytes=0-1,5-6", "bytes=٣-٤"],
)
def test_what_is_not_one_range_does_not_hold(header):
    assert part(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=500-600", "bytes=-0"])
def test_a_range_past_the_end_cannot_be_met(header):
    with pytest.raises(Unsatisfiable):
        part(header, 100)


def test_an_empty_file_has_no_part():
    for header in ("bytes=0-", "bytes=0-0", "bytes=-5"):
        with pytest.raises(Unsatisfiable):
            part(header, 0)
