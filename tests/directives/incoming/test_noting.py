"""What is noted while a file is read."""

from directives.incoming.noting import FIRST_WORDS, Notes


def test_each_thing_is_noted_once_with_how_often_it_came_and_its_first_words():
    notes = Notes()
    notes.add("link", " trang   chủ ")
    notes.add("link")
    notes.add("picture", "x" * 500)
    link, picture = notes.all()
    assert (link.what, link.count, link.words) == ("link", 2, ["trang chủ"])
    assert picture.words == ["x" * FIRST_WORDS]


def test_words_that_were_noted_can_be_kept_from_coming_again():
    notes = Notes()
    for _time in range(3):
        notes.add("vni", "VNI-Times", once=True)
    (font,) = notes.all()
    assert (font.count, font.words) == (3, ["VNI-Times"])


def test_a_margin_that_holds_the_number_of_the_page_is_not_noted():
    notes = Notes()
    for words in ("", "  ", "12", "- 3 -", "– 4 –"):
        notes.add_margin(words)
    assert notes.all() == []
    notes.add_margin("Mật 12")
    assert notes.all()[0].words == ["Mật 12"]


def test_nothing_counted_is_nothing_noted():
    notes = Notes()
    notes.count("format", 0)
    notes.count("relettered", 2)
    assert [(note.what, note.count) for note in notes.all()] == [("relettered", 2)]
