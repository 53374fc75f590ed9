import pytest
from django.conf import settings
from fontTools.ttLib import TTFont

from directives.rendering.typeface import balanced_lines, printable, unprintable

FACES = sorted((settings.BASE_DIR / "static/fonts/liberation-serif").glob("*.ttf"))
# Every letter of the alphabet with every tone.
VOWELS = (
    "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
)  # fmt: skip


def test_there_are_four_faces_and_a_licence():
    assert [face.stem.partition("-")[2] for face in FACES] == [
        "Bold",
        "BoldItalic",
        "Italic",
        "Regular",
    ]
    licence = FACES[0].with_name("OFL.txt").read_text()
    assert "SIL OPEN FONT LICENSE Version 1.1" in licence


@pytest.mark.parametrize("face", FACES, ids=lambda face: face.stem)
def test_each_face_is_of_version_2_and_has_every_vietnamese_letter(face):
    font = TTFont(face)
    assert font["name"].getDebugName(5).startswith("Version 2.")
    letters = set(VOWELS) | set(VOWELS.upper()) | set("“”–…•₫")
    assert not {letter for letter in letters if ord(letter) not in font.getBestCmap()}


def test_what_the_typeface_lacks_is_named_and_can_be_boxed():
    assert unprintable("Đồng ý 😀\n漢") == {"😀", "漢"}
    assert printable("Đồng ý 😀") == "Đồng ý □"


def test_decomposed_text_is_composed_before_it_is_judged():
    assert printable("Tỉnh ủy") == "Tỉnh ủy"


def test_a_subject_is_cut_into_lines_of_nearly_equal_width():
    lines = balanced_lines("về " + "công tác cán bộ " * 10, size=14, width=440)
    assert len(lines) == 3
    assert max(map(len, lines)) - min(map(len, lines)) < 14
    assert " ".join(lines) == ("về " + "công tác cán bộ " * 10).strip()


@pytest.mark.parametrize("text", ["về việc", "vềmộtviệcrấtdài" * 20])
def test_a_subject_that_needs_one_line_or_has_one_word_stays_on_one_line(text):
    assert balanced_lines(text, size=14, width=440) == [text]
