from datetime import datetime, timedelta, timezone

import pytest

from comments.exports.reply_table import ReplyRow, ReplyTable

CREATED = datetime(2024, 4, 17, 8, tzinfo=timezone(timedelta(hours=7)))
LONG = "Đề nghị quy định rõ thời hạn, trách nhiệm và cách kiểm tra. " * 60


@pytest.fixture
def created() -> datetime:
    return CREATED


@pytest.fixture
def table() -> ReplyTable:
    """500 rows on 100 provisions; every fiftieth comment is longer than a page."""
    rows = tuple(
        ReplyRow(
            f"Khoản {place // 5 + 1}",
            f"Đại biểu {place}\nỦy viên Ban Thường vụ",
            (LONG if place % 50 == 7 else "Đề nghị sửa thời hạn.") + f"\nLý do {place}.",
            f"Tiếp thu {place}.",
        )
        for place in range(500)
    )
    return ReplyTable(
        committee_name="TỈNH ỦY LÂM ĐỒNG",
        draft_number=1,
        subject="về phát huy tinh thần trách nhiệm",
        consulted=12,
        comments=500,
        agreed_fully=("Trần Quốc Ân",),
        agreed_with_comments=("Lê Đăng Ơn", "K'Lũy"),
        disagreed=(),
        no_reply=("Hồ Văn Ước",),
        rows=rows,
    )
