from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "meetings"

    def ready(self) -> None:
        from accounts.notices.mail import attacher
        from accounts.tasks import provider
        from directives.workflow import approval_gate
        from meetings.deciding import carrying
        from meetings.deciding.tasks import decision_tasks
        from meetings.holding.tasks import room_tasks
        from meetings.papers.tasks import paper_tasks
        from meetings.preparing.calendar_file import for_mail
        from meetings.preparing.tasks import meeting_tasks

        approval_gate(carrying.obstacles_to_approval)
        provider(decision_tasks)
        provider(paper_tasks)
        provider(room_tasks)
        provider(meeting_tasks)
        attacher(for_mail)
