from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "comments"

    def ready(self) -> None:
        from accounts.notices.telling import reminder
        from accounts.tasks import provider
        from comments import consolidation, search, tray
        from comments.notices import remind_of_deadlines
        from comments.tasks import comment_tasks, message_tasks
        from directives.search.sources import source
        from directives.workflow import approval_gate

        approval_gate(consolidation.obstacles_to_approval)
        approval_gate(tray.obstacles_to_approval)
        reminder(remind_of_deadlines)
        provider(comment_tasks)
        provider(message_tasks)
        source(search.Comments(search.visible))
