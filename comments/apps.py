from django.apps import AppConfig


class CommentsConfig(AppConfig):
    name = "comments"

    def ready(self) -> None:
        from comments.consolidation import obstacles_to_approval
        from directives.workflow import approval_gate

        approval_gate(obstacles_to_approval)
