from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from accounts.tasks import provider
        from meetings.tasks import meeting_tasks

        provider(meeting_tasks)
