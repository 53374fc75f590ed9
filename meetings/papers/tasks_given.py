"""A task as the chair gave it, in one sentence: only what was said."""

from meetings.models import Task
from meetings.papers.record import named


def task_in_words(task: Task) -> str:
    facts = [
        ("chủ trì", _lead(task)),
        ("phối hợp", task.co_operators),
        ("sản phẩm", task.product),
        ("thời hạn", _deadline(task)),
        ("báo cáo", task.reporting),
    ]
    said = "; ".join(f"{name}: {words}" for name, words in facts if words)
    text = task.text.rstrip(" .;")
    return f"{text} ({said})." if said else f"{text}."


def _lead(task: Task) -> str:
    people = [named(task.lead_person)] if task.lead_person else []
    return ", ".join([str(task.lead_unit)] * bool(task.lead_unit) + people)


def _deadline(task: Task) -> str:
    """The day, or the words where no day was named; nothing where nothing was said."""
    return f"{task.deadline:%d/%m/%Y}" if task.deadline else task.deadline_words
