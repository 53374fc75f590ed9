"""Drafts and proposals to measure with: made-up sentences of a directive, the same in every run."""

import random
from collections.abc import Callable
from itertools import accumulate

PROVISION_WORDS = 60

_PHRASES = """
các; và; của; cấp ủy; trong; tổ chức đảng; thực hiện; công tác; đảng viên; về; địa phương; đơn vị;
lãnh đạo; chỉ đạo; nhân dân; cơ quan; với; đối với; nhiệm vụ; tăng cường; nâng cao; trách nhiệm;
chính quyền; kiểm tra; giám sát; Tỉnh ủy; xây dựng; chất lượng; hiệu quả; phát triển; kinh tế;
xã hội; quốc phòng; an ninh; Mặt trận Tổ quốc; đoàn thể; tuyên truyền; vận động; dân vận; tiếp tục;
quán triệt; nghị quyết; chỉ thị; kết luận; Trung ương; quy định; pháp luật; cán bộ; công chức;
người đứng đầu; gương mẫu; đạo đức; lối sống; phòng ngừa; ngăn chặn; suy thoái; tham nhũng;
lãng phí; tiêu cực; chuyển đổi số; cải cách hành chính; đầu tư; nông nghiệp; nông thôn; đô thị;
môi trường; tài nguyên; đất đai; quy hoạch; giáo dục; y tế; văn hóa; du lịch; lao động; việc làm;
giảm nghèo; dân tộc; tôn giáo; thanh niên; phụ nữ; nông dân; công nhân; cựu chiến binh; báo cáo;
Ban Thường vụ; Ban Tổ chức; Ban Tuyên giáo; Ủy ban Kiểm tra; Văn phòng; định kỳ; sơ kết; tổng kết;
khen thưởng; kỷ luật; kịp thời; đồng bộ; thường xuyên; quyết liệt; cụ thể; thiết thực; trọng tâm;
số 14-KL/TW; ngày 22/9/2021; năm 2025; giai đoạn 2021-2025; 07 ngày; 2.500 hộ; khoản 1; điểm b
"""
PHRASES = [phrase.strip() for phrase in _PHRASES.split(";")]
# Words of a language are as rare as their rank.
_WEIGHTS = list(accumulate(1 / (rank + 5) for rank in range(len(PHRASES))))
_MARKS = [""] * 7 + [",", ",", ";", "."]


def words(chance: random.Random, size: int) -> list[str]:
    """`size` syllables, references and the like, some with the mark that follows them."""
    made: list[str] = []
    while len(made) < size:
        (phrase,) = chance.choices(PHRASES, cum_weights=_WEIGHTS)
        *rest, last = phrase.split()
        made += [*rest, last + chance.choice(_MARKS)]
    return made[:size]


def provision(chance: random.Random) -> str:
    return " ".join(words(chance, PROVISION_WORDS))


def lightly_edited(chance: random.Random, text: str) -> str:
    """Up to two words replaced, deleted or inserted; in every fourth text, in two places."""
    edited = text.split()
    for _ in range(chance.choice((1, 1, 1, 2))):
        start = chance.randrange(len(edited))
        removed, added = chance.choice(((0, 1), (0, 2), (1, 0), (2, 0), (1, 1), (1, 2), (2, 2)))
        edited[start : start + removed] = words(chance, added)
    return " ".join(edited)


def heavily_edited(chance: random.Random, text: str) -> str:
    """Half of the provision is written anew, in stretches of about six words."""
    edited = text.split()
    for start in range(chance.randrange(6), len(edited), 12):
        edited[start : start + 6] = words(chance, chance.randint(3, 9))
    return " ".join(edited)


def drafts(
    size: int, share: float, edit: Callable[[random.Random, str], str]
) -> tuple[list[str], list[str]]:
    """A draft of `size` provisions and the next one, where that share of them was edited."""
    chance = random.Random(size)
    old = [provision(chance) for _ in range(size)]
    new = [edit(chance, text) if chance.random() < share else text for text in old]
    return old, new


def proposals(size: int, count: int) -> list[tuple[str, dict[str, str]]]:
    """`size` provisions, each with the texts proposed for it by id; `count` texts in all."""
    chance = random.Random(size)
    made: list[tuple[str, dict[str, str]]] = [(provision(chance), {}) for _ in range(size)]
    for number in range(count):
        base, proposed = chance.choice(made)
        proposed[str(number)] = lightly_edited(chance, base)
    return made
