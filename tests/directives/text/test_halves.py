import pytest

from directives.text.halves import halves


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Một.\nHai.\nBa.", ("Một.", "Hai.\nBa.")),
        ("Phải trả lời đúng hạn. Nêu rõ lý do.", ("Phải trả lời đúng hạn.", "Nêu rõ lý do.")),
        ("Một; hai; ba; bốn.", ("Một; hai;", "ba; bốn.")),
        ("Không có chỗ cắt", ("Không có chỗ cắt", "")),
        ("Hạn 22.9.2021 là cuối", ("Hạn 22.9.2021 là cuối", "")),
        ("", ("", "")),
    ],
)
def test_a_text_is_cut_where_a_line_or_a_sentence_ends(text, parts):
    assert halves(text) == parts
