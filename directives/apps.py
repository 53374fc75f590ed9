from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "directives"

    def ready(self) -> None:
        from accounts.tasks import provider
        from directives import events
        from directives.search import index, texts
        from directives.search.sources import source
        from directives.tasks import directive_tasks

        provider(directive_tasks)
        source(texts.Numbers(texts.readable))
        source(texts.Provisions(texts.readable))
        events.follower(index.follow)
