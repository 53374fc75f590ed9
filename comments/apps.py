from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "comments"

    def ready(self) -> None:
        from accounts.notices.telling import reminder
        from comments.consolidation import obstacles_to_approval
        from comments.notices import remind_of_deadlines
        from directives.workflow import approval_gate

        approval_gate(obstacles_to_approval)
        reminder(remind_of_deadlines)
