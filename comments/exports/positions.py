"""The positions on a draft, in the words of the paper form whatever the language of the pages."""

AGREES = "Thống nhất hoàn toàn"
AGREES_WITH_COMMENTS = "Cơ bản thống nhất, có ý kiến"
DISAGREES = "Không thống nhất"
NO_REPLY = "Chưa trả lời"
