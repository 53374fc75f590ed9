from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from accounts.notices.mail import attacher
        from accounts.tasks import provider
        from directives.workflow import approval_gate
        from meetings import carrying
        from meetings.calendar_file import for_mail
        from meetings.decision_tasks import decision_tasks
        from meetings.paper_tasks import paper_tasks
        from meetings.room_tasks import room_tasks
        from meetings.tasks import meeting_tasks

        approval_gate(carrying.obstacles_to_approval)
        provider(decision_tasks)
        provider(paper_tasks)
        provider(room_tasks)
        provider(meeting_tasks)
        attacher(for_mail)
