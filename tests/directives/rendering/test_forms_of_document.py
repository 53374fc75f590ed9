from datetime import date

import pytest

from directives.rendering.forms_of_document import UnsupportedDate, form_for


@pytest.mark.parametrize(
    ("day", "guidance", "recipients_end", "clause_end"),
    [
        (date(2018, 4, 3), "HD 36-HD/VPTW", ",", "-"),
        (date(2026, 1, 8), "HD 36-HD/VPTW", ",", "-"),
        (date(2026, 1, 9), "HD 36-HD/VPTW", ",", "."),
        (date(2026, 5, 26), "HD 36-HD/VPTW", ",", "."),
        (date(2026, 5, 27), "HD 05-HD/VPTW", ";", "."),
        (date(2031, 1, 1), "HD 05-HD/VPTW", ";", "."),
    ],
)
def test_the_rules_are_those_in_force_on_the_day(day, guidance, recipients_end, clause_end):
    form = form_for(day)
    assert (form.guidance, form.recipients_end, form.clause_end) == (
        guidance,
        recipients_end,
        clause_end,
    )


def test_a_day_before_the_first_rules_is_refused_by_name():
    with pytest.raises(UnsupportedDate, match="2018-04-02") as refusal:
        form_for(date(2018, 4, 2))
    assert refusal.value.day == date(2018, 4, 2)


def test_lengths_become_variables_and_words_do_not():
    css = form_for(date(2026, 5, 27)).stylesheet()
    assert "--margin-left: 30mm;" in css
    assert "--page-number-from-edge: 10mm;" in css
    assert "HD 05" not in css
