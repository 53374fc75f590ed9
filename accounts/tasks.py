"""What waits for a person. Each app tells its own; the home page lists them all alike."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User


@dataclass(frozen=True, kw_only=True)
class Task:
    """One line of "My work": what it is about, what to do next, and until when."""

    title: str
    url: str
    action: str
    note: str = ""
    deadline: datetime | None = None
    waits_for_me: bool = True
    done: bool = False


Provider = Callable[[User], Iterable[Task]]
_providers: list[Provider] = []


def provider(function: Provider) -> Provider:
    """Register a function that lists a person's tasks; called from an app's ready()."""
    _providers.append(function)
    return function


def tasks_for(person: User) -> list[Task]:
    """Everything that waits for the person, nearest deadline first, the undated last."""
    tasks = [task for provide in _providers for task in provide(person)]
    return sorted(tasks, key=lambda task: (task.deadline is None, task.deadline or 0, task.title))
