from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "directives"

    def ready(self) -> None:
        from accounts.tasks import provider
        from directives.tasks import directive_tasks

        provider(directive_tasks)
