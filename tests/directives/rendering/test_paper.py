from datetime import date

import pytest


@pytest.mark.parametrize(
    "changes",
    [
        {"draft_number": 1},
        {"number": None},
        {"issued_on": None},
        {"number": None, "issued_on": None},
        {"number": None, "issued_on": date(2024, 2, 5), "draft_number": 1},
    ],
)
def test_a_paper_is_either_issued_or_a_draft(make_paper, changes):
    with pytest.raises(ValueError, match="draft number"):
        make_paper(**changes)


def test_a_draft_knows_that_it_is_one(make_paper):
    assert make_paper(number=None, issued_on=None, draft_number=1).is_draft
    assert not make_paper().is_draft
