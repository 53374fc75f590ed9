import random
import unicodedata

import pytest

from accounts.models import User
from accounts.names import name_key

IN_ORDER = [
    "Phạm Thị Ánh",
    "Trần Quốc Ân",
    "Nguyễn Thanh Bằng",
    "Trịnh Thùy Dung",
    "Đỗ Xuân Đông",
    "Đặng Hữu Đức",
    "Bùi Thế Hòa",
    "Ngô Minh Hoà",
    "K'Lũy",
    "Lê Đăng Ơn",
    "Hồ Văn Ước",
]


def test_people_sort_by_given_name_in_vietnamese_order():
    shuffled = random.Random(1).sample(IN_ORDER, len(IN_ORDER))
    in_order = sorted(shuffled, key=name_key)
    assert [name.split()[-1] for name in in_order] == [name.split()[-1] for name in IN_ORDER]


@pytest.mark.parametrize("syllables", ["ma mà mả mã má mạ", "a ă â", "d đ", "o ô ơ", "u ư"])
def test_letters_and_tones_have_their_order(syllables):
    ordered = syllables.split()
    assert sorted(ordered, key=name_key) == ordered


def test_composed_and_decomposed_names_have_one_key():
    assert name_key(unicodedata.normalize("NFD", "Lê Đăng Ơn")) == name_key("Lê Đăng Ơn")


@pytest.mark.django_db
def test_rank_comes_before_name():
    for rank, name in ((2, "Trần Quốc Ân"), (1, "Lê Thị Yến"), (2, "Vũ An")):
        User.objects.create(full_name=name, rank=rank)
    assert [str(p) for p in User.objects.by_rank()] == ["Lê Thị Yến", "Vũ An", "Trần Quốc Ân"]
