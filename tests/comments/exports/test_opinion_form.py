import io
from dataclasses import replace
from datetime import timedelta

import pdfplumber
import pytest

from comments.exports import positions
from comments.exports.opinion_form import OpinionForm, compose_opinion_forms
from directives.rendering.typesetting import typeset


@pytest.fixture
def form(created) -> OpinionForm:
    return OpinionForm(
        committee_name="TỈNH ỦY LÂM ĐỒNG",
        place="Lâm Đồng",
        draft_number=1,
        subject="về phát huy tinh thần trách nhiệm",
        deadline=created + timedelta(days=3, hours=9),
        member="Trần Quốc Ân",
        title="Phó Bí thư Thường trực",
        position=positions.DISAGREES,
        reason="Chưa rõ nguồn lực.",
        by_provision=(("Điểm a khoản 2", "Đề nghị bỏ.\nĐã có ở khoản 1."),),
        other=("Đề nghị rà soát lỗi chính tả.",),
    )


def pages(forms, created) -> list:
    pdf = typeset(compose_opinion_forms(forms, created=created))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [
            (page.extract_text(), (page.extract_words() or [{}])[0]["text"], page.rects)
            for page in document.pages
        ]


def texts(forms, created) -> list[str]:
    return [text for text, _first, _rects in pages(forms, created)]


def test_the_form_says_who_is_asked_about_what_and_until_when(form, created):
    (text,) = texts([form], created)
    for words in (
        "PHIẾU XIN Ý KIẾN",
        "đối với dự thảo lần 1 Chỉ thị về phát huy",
        "Họ và tên: Trần Quốc Ân",
        "Chức vụ: Phó Bí thư Thường trực",
        "17 giờ 00, ngày 20 tháng 4 năm 2024",
        "NGƯỜI CHO Ý KIẾN",
    ):
        assert words in text


@pytest.mark.parametrize(
    "position", [positions.AGREES, positions.AGREES_WITH_COMMENTS, positions.DISAGREES]
)
def test_the_chosen_box_is_ticked_and_no_other(form, created, position):
    (text,) = texts([replace(form, position=position)], created)
    ticked = [line for line in text.splitlines() if line.startswith("x ")]
    assert len(ticked) == 1
    assert position in ticked[0]


def test_silence_ticks_nothing(form, created):
    (text,) = texts([replace(form, position=positions.NO_REPLY)], created)
    assert not [line for line in text.splitlines() if line.startswith("x ")]
    assert "Chưa trả lời" not in text


def test_what_was_said_is_filled_in_by_provision_and_the_rest_after_it(form, created):
    (text,) = texts([form], created)
    assert "Lý do: Chưa rõ nguồn lực." in text
    assert text.index("Điểm a khoản 2 Đề nghị bỏ.") < text.index("Đã có ở khoản 1.")
    assert text.index("b) Ý kiến khác") < text.index("- Đề nghị rà soát lỗi chính tả.")


def test_each_member_has_a_form_with_page_numbers_of_its_own(form, created):
    long = replace(form, member="Lê Thị B", by_provision=form.by_provision * 40)
    found = pages([form, long, form], created)
    first = [place for place, (text, *_) in enumerate(found) if "PHIẾU XIN Ý KIẾN" in text]
    assert first[:2] == [0, 1]
    assert first[2] == len(found) - 1 > 2
    numbers = [word for _text, word, _rects in found[2:-1]]
    assert numbers == [str(number) for number in range(2, len(found) - 1)]
    assert not any(found[place][1].isdigit() for place in first)


def test_the_signature_never_stands_alone(form, created):
    for count in range(1, 12):
        *_others, last = texts([replace(form, by_provision=form.by_provision * count)], created)
        assert "b) Ý kiến khác" in last


def test_the_same_forms_give_the_same_bytes(form, created):
    once, twice = (typeset(compose_opinion_forms([form], created=created)) for _time in range(2))
    assert once == twice
