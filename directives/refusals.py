"""What a domain function says when it will not do something."""

from dataclasses import dataclass, field


@dataclass
class Refused(Exception):
    """A rule was not met; nothing was changed. `message` is for the person who asked."""

    message: str
    code: str = "refused"
    reasons: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return str(self.message)
