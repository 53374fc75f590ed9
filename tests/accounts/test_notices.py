"""Notices: who is told what, in the app and by e-mail, and how often."""

import io
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

import pytest
import time_machine
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import MailChoice, Notice, NoticeKind, Role, User
from accounts.notices import telling
from accounts.notices.mail import send_at_once, send_digests
from comments import consolidation, services
from comments.models import Outcome, Position
from comments.said import Said
from directives import workflow
from directives.models import Directive, Secrecy
from directives.refusals import Refused
from tests import factories
from tests.successors import approve, issue, successor

SECRET_WORDS = "07 ngày làm việc"


@pytest.fixture
def reachable(world):
    """Everybody has an e-mail address."""
    for person in world.people:
        person.email = f"{person.username}@tinhuy.example"
        person.save()
    return world


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Within it, what waits for the commit happens at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def tell(*people, **facts):
    facts = {"kind": NoticeKind.ISSUED, "about": "Chỉ thị về kỷ luật", "url_name": "home"} | facts
    return telling.notify(people, **facts)


def told(kind) -> set[str]:
    return set(Notice.objects.filter(kind=kind).values_list("person__username", flat=True))


def addressees() -> list[str]:
    return sorted(address for message in mail.outbox for address in message.to)


def run(command: str) -> str:
    out = io.StringIO()
    call_command(command, stdout=out)
    return out.getvalue().strip()


def test_those_who_are_asked_for_comments_are_told_until_when(world, consultation):
    assert told(NoticeKind.COMMENTS_ASKED) == {"delegate", "delegate2"}
    notice = Notice.objects.filter(kind=NoticeKind.COMMENTS_ASKED).first()
    until = timezone.localtime(consultation.deadline)
    assert notice.body == f"Đề nghị gửi ý kiến trước {until:%H:%M} ngày {until:%d/%m/%Y}."
    assert notice.about == f"Chỉ thị {factories.SUBJECT}"


def test_more_time_is_told_to_those_who_have_not_answered(world, consultation):
    services.give_position(
        consultation.pk, actor=world.delegate2, person=world.delegate2, position=Position.AGREES
    )
    later = consultation.deadline + timedelta(days=2)
    services.extend_deadline(consultation.pk, actor=world.office, deadline=later)
    assert told(NoticeKind.DEADLINE_MOVED) == {"delegate"}
    until = timezone.localtime(later)
    body = Notice.objects.get(kind=NoticeKind.DEADLINE_MOVED).body
    assert body == f"Nay có thể gửi ý kiến đến {until:%H:%M} ngày {until:%d/%m/%Y}."


def test_more_time_is_told_by_mail(reachable, consultation, committed):
    later = consultation.deadline + timedelta(days=2)
    mail.outbox.clear()
    with committed():
        services.extend_deadline(consultation.pk, actor=reachable.office, deadline=later)
    assert addressees() == ["delegate2@tinhuy.example", "delegate@tinhuy.example"]


def test_the_end_of_a_round_is_told_to_delegates_and_the_rest_of_the_office(world, closed):
    assert told(NoticeKind.ROUND_CLOSED) == {"delegate", "delegate2", "office2"}


def test_answers_are_told_to_those_who_commented_once_the_next_draft_is_made(world, closed):
    consolidation.answer(closed.comments.get().pk, actor=world.office, outcome=Outcome.ACCEPTED)
    assert told(NoticeKind.ANSWERS_READY) == set()
    consolidation.consolidate(closed.pk, actor=world.office)
    assert told(NoticeKind.ANSWERS_READY) == {"delegate"}


def test_the_chair_is_asked_to_approve(world, submitted):
    assert told(NoticeKind.APPROVAL_ASKED) == {"chair"}


def test_an_approval_is_told_to_the_office_and_the_clerk(world, approved):
    assert told(NoticeKind.APPROVED) == {"office", "office2", "clerk"}


def test_a_return_is_told_to_the_office_without_the_reason(world, submitted):
    reason = f"Vì sao lại {SECRET_WORDS}?"
    workflow.return_to_office(submitted.pk, actor=world.chair, reason=reason)
    assert told(NoticeKind.RETURNED) == {"office", "office2"}
    assert not Notice.objects.filter(body__contains=SECRET_WORDS).exists()


def test_the_issue_is_told_to_all_readers_and_the_staff(world, issued):
    people = {"delegate", "delegate2", "office", "office2", "chair"}
    assert told(NoticeKind.ISSUED) == people
    body = Notice.objects.filter(kind=NoticeKind.ISSUED).first().body
    assert body == f"Số 35-CT/TU, ngày {issued.issue.issued_on:%d/%m/%Y}."


@pytest.fixture
def untypeset(monkeypatch) -> None:
    monkeypatch.setattr("directives.record.issued_pdf", lambda *_args, **_facts: b"%PDF-")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("correct", "Đã được đính chính bởi"),
        ("amend", "Đã được sửa đổi, bổ sung bởi"),
        ("replace", "Đã được thay thế bởi"),
        ("repeal", "Đã bị bãi bỏ bởi"),
    ],
)
def test_what_is_done_to_an_issued_directive_is_told_to_all_who_were_told_of_it(
    world, issued, untypeset, client, kind, words
):
    Notice.objects.filter(kind=NoticeKind.ISSUED, person=world.delegate2).delete()
    other = factories.person(world.committee, Role.DELEGATE, username="moi")
    made = issue(world, successor(world, issued, kind))
    assert told(NoticeKind.SUPERSEDED) == {"delegate", "office", "office2", "chair"}
    assert not Notice.objects.filter(person=other).exists()
    notice = Notice.objects.get(kind=NoticeKind.SUPERSEDED, person=world.delegate)
    day = f"{made.issue.issued_on:%d/%m/%Y}"
    assert notice.body == f"{words} Chỉ thị số 36-CT/TU, ngày {day}."
    assert notice.about == f"Chỉ thị {factories.SUBJECT}"
    client.force_login(world.delegate)
    page = client.get(reverse("notice_open", args=[notice.pk]), follow=True)
    assert page.request["PATH_INFO"] == issued.get_absolute_url()
    assert "36-CT/TU" in page.content.decode()


def test_who_issued_the_old_one_is_told_by_who_issues_the_new(world, issued, untypeset):
    another = factories.person(world.committee, Role.CLERK, username="vanthu2")
    made = successor(world, issued)
    approve(world, made)
    workflow.issue(made.pk, actor=another, issued_on=timezone.localdate())
    assert "clerk" in told(NoticeKind.SUPERSEDED)
    assert "vanthu2" not in told(NoticeKind.SUPERSEDED)


def test_who_may_no_longer_see_the_old_one_is_not_told(world, issued, untypeset):
    world.office2.role_grants.all().delete()
    issue(world, successor(world, issued))
    assert told(NoticeKind.SUPERSEDED) == {"delegate", "delegate2", "office", "chair"}


def test_a_replacement_is_told_by_mail_once(reachable, issued, untypeset, committed):
    made = successor(reachable, issued)
    approve(reachable, made)
    mail.outbox.clear()
    with committed():
        workflow.issue(made.pk, actor=reachable.clerk, issued_on=timezone.localdate())
    mails = [m for m in mail.outbox if "có thay đổi" in m.subject and "delegate@" in m.to[0]]
    assert len(mails) == 1
    assert factories.SUBJECT in mails[0].subject
    assert "36-CT/TU" in mails[0].body


def test_people_of_another_committee_are_told_nothing(world, directive):
    other = factories.CommitteeFactory()
    strangers = [
        factories.person(other, role, username=f"khac-{role}")
        for role in ("office", "chair", "clerk", "delegate")
    ]
    factories.consultation(world.office, directive, world.delegates)
    services.close_round(services.Consultation.objects.get().pk, actor=world.office)
    assert Notice.objects.exists()
    assert not Notice.objects.filter(person__in=strangers).exists()


def test_every_notice_opens_a_page_that_its_reader_may_see_even_late(client: Client, issued):
    for notice in Notice.objects.select_related("person"):
        client.force_login(notice.person)
        response = client.get(reverse("notice_open", args=[notice.pk]), follow=True)
        assert response.status_code == 200, notice


def test_the_actor_inactive_people_and_the_same_person_twice_are_left_out(world):
    world.clerk.is_active = False
    tell(world.office, world.delegate, world.delegate, world.clerk, actor=world.office)
    assert told(NoticeKind.ISSUED) == {"delegate"}


def test_nobody_is_told_twice_under_one_key(world):
    tell(world.delegate, once_key="hạn:1")
    made = tell(*world.delegates, once_key="hạn:1")
    assert [notice.person for notice in made] == [world.delegate2]
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(
            person=world.delegate,
            kind=NoticeKind.ISSUED,
            about="",
            url_name="home",
            once_key="hạn:1",
        )


@pytest.mark.parametrize("count", [1, 60])
def test_telling_many_costs_what_telling_one_costs(world, count, django_assert_num_queries):
    people = [factories.PersonFactory(email=f"{n}@tinhuy.example") for n in range(count)]
    with django_assert_num_queries(1):
        tell(*people)


def test_mail_leaves_after_the_commit_in_vietnamese_as_text_and_html(reachable, committed):
    with committed():
        (notice,) = tell(reachable.delegate, body="Số 35-CT/TU.")
        assert mail.outbox == []
    (message,) = mail.outbox
    html, media_type = message.alternatives[0]
    assert message.to == ["delegate@tinhuy.example"]
    assert message.subject == "Đã ban hành chỉ thị: Chỉ thị về kỷ luật"
    assert media_type == "text/html"
    for part in (message.body, html):
        assert "Kính gửi đồng chí Trần Thị Delegate," in part
        assert "Số 35-CT/TU." in part
        assert f"http://127.0.0.1:8000/notices/{notice.pk}/" in part
        assert "http://127.0.0.1:8000/notices/preferences/" in part
    assert message.extra_headers == {"Auto-Submitted": "auto-generated"}


def test_words_are_escaped_in_html_and_plain_in_text(reachable, committed):
    with committed():
        tell(reachable.delegate, about='Chỉ thị "A & B" <b>')
    (message,) = mail.outbox
    assert 'Chỉ thị "A & B" <b>' in message.body
    assert "Chỉ thị &quot;A &amp; B&quot; &lt;b&gt;" in message.alternatives[0][0]


def test_a_subject_of_several_lines_becomes_one_short_line(reachable, committed):
    with committed():
        tell(reachable.delegate, about="Chỉ thị\nvề " + "trách nhiệm " * 40)
    subject = mail.outbox[0].subject
    assert subject.startswith("Đã ban hành chỉ thị: Chỉ thị về trách nhiệm")
    assert subject.endswith("…")
    assert len(subject) <= 150


def test_no_mail_leaves_when_the_transaction_is_rolled_back(reachable, committed):
    with committed() as callbacks, transaction.atomic():
        tell(reachable.delegate)
        transaction.set_rollback(True)
    assert callbacks == []
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_a_refused_act_tells_nobody(reachable, committed, closed):
    before = Notice.objects.count()
    with committed(), pytest.raises(Refused):
        consolidation.consolidate(closed.pk, actor=reachable.office)
    assert Notice.objects.count() == before
    assert mail.outbox == []


def test_a_task_that_runs_twice_sends_once(reachable, committed):
    with committed():
        notices = tell(*reachable.delegates)
    ids = [notice.pk for notice in notices]
    assert send_at_once.call(ids) == 0
    assert addressees() == ["delegate2@tinhuy.example", "delegate@tinhuy.example"]


def test_two_senders_of_one_notice_send_it_once(reachable, monkeypatch):
    """The second one starts while the first is at the mail server."""
    (notice,) = tell(reachable.delegate)
    original, again = EmailBackend.send_messages, []

    def slow(backend, messages):
        if not again:
            again.append(send_at_once.call([notice.pk]))
        return original(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", slow)
    assert send_at_once.call([notice.pk]) == 1
    assert again == [0]
    assert len(mail.outbox) == 1


def test_a_refusal_by_the_mail_server_keeps_the_others_and_is_tried_again(
    reachable, committed, monkeypatch
):
    original, refused = EmailBackend.send_messages, ["delegate@tinhuy.example"]

    def fussy(backend, messages):
        if messages[0].to == refused:
            raise SMTPRecipientsRefused({})
        return original(backend, messages)

    monkeypatch.setattr(EmailBackend, "send_messages", fussy)
    with committed():
        tell(*reachable.delegates)
    assert addressees() == ["delegate2@tinhuy.example"]
    refused.clear()
    assert run("send_digests") == "0 sent"  # its task may still be under way
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        assert run("send_digests") == "1 sent"
        assert run("send_digests") == "0 sent"
    assert addressees() == ["delegate2@tinhuy.example", "delegate@tinhuy.example"]


def test_a_dead_mail_server_does_not_undo_what_was_done(reachable, committed, monkeypatch):
    def dead(backend):
        raise ConnectionRefusedError

    monkeypatch.setattr(EmailBackend, "open", dead)
    with committed():
        tell(reachable.delegate)
    assert Notice.objects.get().mailed_at is None


def test_the_queue_in_the_database_holds_the_task_until_a_worker_comes(
    reachable, committed, settings
):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with committed():
        (notice,) = tell(reachable.delegate)
    assert mail.outbox == []
    queued = DBTaskResult.objects.get()
    assert queued.args_kwargs["args"] == [[notice.pk]]
    assert queued.task.call(*queued.args_kwargs["args"]) == 1


def test_who_has_no_address_is_told_in_the_app_only(world, committed):
    with committed() as callbacks:
        tell(world.delegate)
    assert callbacks == []
    assert Notice.objects.get().mail == MailChoice.NONE


def test_a_digest_gathers_the_unread_of_one_person_in_one_mail(reachable, committed):
    User.objects.update(mail_choice=MailChoice.DAILY)
    people = list(User.objects.filter(pk__in=[p.pk for p in reachable.delegates]))
    with committed():
        tell(*people, about="Việc một")
        tell(*people, about="Việc hai")
    telling.mark_read(people[1])
    assert mail.outbox == []
    assert send_digests() == 1
    assert send_digests() == 0
    (message,) = mail.outbox
    assert message.to == [people[0].email]
    assert message.subject == "2 thông báo trong ngày"
    assert message.body.index("Việc một") < message.body.index("Việc hai")


def test_who_chose_no_mail_gets_none_and_none_of_the_old_when_they_choose_it_later(
    reachable, committed
):
    person = reachable.delegate
    person.mail_choice = MailChoice.NONE
    person.save()
    with committed():
        tell(person)
    person.mail_choice = MailChoice.DAILY
    person.save()
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert send_digests() == 0
    assert mail.outbox == []


def test_who_stops_mail_gets_no_digest_of_what_was_waiting(reachable):
    person = reachable.delegate
    person.mail_choice = MailChoice.DAILY
    tell(person)
    person.mail_choice = MailChoice.NONE
    person.save()
    assert send_digests() == 0


def test_no_text_of_a_draft_and_no_comment_goes_out_by_mail(reachable, committed):
    with committed():
        made = factories.directive(reachable.office, reachable.committee)
        point = factories.provision(made, SECRET_WORDS)
        round_ = factories.consultation(reachable.office, made, reachable.delegates)
        factories.comment(
            round_, reachable.delegate, on=point, change=("07", "05"), body="Ý KIẾN RIÊNG"
        )
        services.close_round(round_.pk, actor=reachable.office)
        comment = round_.comments.get()
        consolidation.answer(
            comment.pk, actor=reachable.office, outcome=Outcome.ACCEPTED, reply="LỜI GIẢI TRÌNH"
        )
        consolidation.consolidate(round_.pk, actor=reachable.office)
        workflow.submit_for_approval(made.pk, actor=reachable.office)
        workflow.return_to_office(made.pk, actor=reachable.chair, reason="LÝ DO TRẢ LẠI")
    assert len(mail.outbox) >= 8
    hidden = [unit.text for unit in factories.UNITS] + ["Ý KIẾN RIÊNG", "LỜI GIẢI TRÌNH", "LÝ DO"]
    for message in mail.outbox:
        for part in (message.subject, message.body, message.alternatives[0][0]):
            assert not [words for words in hidden if words in part]


def test_the_subject_of_a_secret_directive_stays_in_the_system(world, directive):
    Directive.objects.update(secrecy=Secrecy.SECRET)
    directive.refresh_from_db()
    factories.consultation(world.office, directive, world.delegates)
    notice = Notice.objects.filter(kind=NoticeKind.COMMENTS_ASKED).first()
    assert notice.about == "Chỉ thị có độ mật MẬT"


def at(consultation, **before):
    return time_machine.travel(consultation.deadline - timedelta(**before))


def reminded() -> list[str]:
    notices = Notice.objects.filter(kind=NoticeKind.DEADLINE_NEAR)
    return sorted(notices.values_list("person__username", flat=True))


def test_delegates_are_reminded_two_days_and_four_hours_before_the_deadline(consultation):
    with at(consultation, hours=49):
        assert run("remind") == "0 reminded"
    with at(consultation, hours=47):
        assert run("remind") == "2 reminded"
        assert run("remind") == "0 reminded"
    with at(consultation, hours=3):
        assert run("remind") == "2 reminded"
        assert run("remind") == "0 reminded"
    with at(consultation, hours=-1):
        assert run("remind") == "0 reminded"


def test_a_reminder_that_cron_missed_comes_once_not_twice(consultation):
    with at(consultation, hours=1):
        assert run("remind") == "2 reminded"
        assert run("remind") == "0 reminded"


def test_who_has_answered_is_not_reminded_but_who_has_unsent_comments_is(world, consultation):
    for person in world.delegates:
        services.give_position(
            consultation.pk, actor=person, person=person, position=Position.AGREES_WITH_COMMENTS
        )
    services.save_comment(
        consultation.pk, actor=world.delegate2, author=world.delegate2, said=Said(body="Chưa gửi.")
    )
    with at(consultation, hours=47):
        run("remind")
    assert reminded() == ["delegate2"]


def test_more_time_brings_a_reminder_before_the_new_deadline(world, consultation):
    with at(consultation, hours=47):
        run("remind")
        later = consultation.deadline + timedelta(days=7)
        services.extend_deadline(consultation.pk, actor=world.office, deadline=later)
        assert run("remind") == "0 reminded"
    with time_machine.travel(later - timedelta(hours=47)):
        assert run("remind") == "2 reminded"


def test_a_round_of_one_day_is_not_reminded_of_at_once(world, directive):
    deadline = timezone.now() + timedelta(days=1)
    made = factories.consultation(world.office, directive, world.delegates, deadline=deadline)
    assert run("remind") == "0 reminded"
    with at(made, hours=3):
        assert run("remind") == "2 reminded"


def test_a_closed_round_reminds_nobody(closed):
    with at(closed, hours=1):
        assert run("remind") == "0 reminded"


def test_the_bell_counts_what_was_not_read(client: Client, world):
    client.force_login(world.delegate)
    assert 'class="bell-count"' not in client.get("/").content.decode()
    tell(world.delegate)
    tell(*world.delegates)
    assert '<span class="bell-count">2<' in client.get("/").content.decode()


def test_the_bell_names_no_committee_to_who_works_for_two(client: Client, world):
    other = factories.CommitteeFactory()
    factories.RoleGrant.objects.create(committee=other, person=world.delegate, role="delegate")
    tell(world.delegate)
    client.force_login(world.delegate)
    page = client.get("/").content.decode()
    assert "brand-committee" not in page
    assert '<span class="bell-count">1<' in page


def test_the_unread_stand_first_then_the_newest(client: Client, world):
    for about in ("Một", "Hai", "Ba"):
        tell(world.delegate, about=about)
    telling.mark_read(world.delegate, Notice.objects.get(about="Ba").pk)
    tell(world.delegate2, about="Của người khác")
    client.force_login(world.delegate)
    response = client.get(reverse("notice_list"))
    assert [notice.about for notice in response.context["page"]] == ["Hai", "Một", "Ba"]
    assert "Của người khác" not in response.content.decode()


@pytest.mark.parametrize("count", [1, 50])
def test_the_list_costs_the_same_for_one_and_for_many(
    client: Client, world, count, django_assert_num_queries
):
    for _ in range(count):
        tell(world.delegate)
    client.force_login(world.delegate)
    # Session, person, roles, top bar; number of unread, number of all, the page.
    with django_assert_num_queries(7):
        client.get(reverse("notice_list"))


def test_long_lists_go_on_another_page(client: Client, world):
    for _ in range(51):
        tell(world.delegate)
    client.force_login(world.delegate)
    assert "?page=2" in client.get(reverse("notice_list")).content.decode()
    assert len(client.get(reverse("notice_list"), {"page": 2}).context["page"]) == 1


def test_an_empty_list_says_when_it_fills(client: Client, world):
    client.force_login(world.delegate)
    assert "Chưa có thông báo nào" in client.get(reverse("notice_list")).content.decode()


def test_opening_a_notice_marks_it_read_and_leads_to_its_page(client: Client, world):
    (notice,) = tell(world.delegate)
    client.force_login(world.delegate)
    response = client.get(reverse("notice_open", args=[notice.pk]))
    assert response.headers["Location"] == "/"
    notice.refresh_from_db()
    assert notice.read_at


def test_one_or_all_are_marked_read_without_opening_them(client: Client, world):
    first, *_rest = tell(world.delegate) + tell(world.delegate) + tell(world.delegate2)
    client.force_login(world.delegate)
    unread = Notice.objects.filter(read_at=None)
    client.post(reverse("notice_read", args=[first.pk]))
    assert unread.count() == 2
    client.post(reverse("notice_read_all"))
    assert [notice.person for notice in unread] == [world.delegate2]


@pytest.mark.parametrize("act", ["notice_open", "notice_read"])
def test_the_notices_of_others_do_not_exist(client: Client, world, act):
    (notice,) = tell(world.delegate)
    client.force_login(world.delegate2)
    method = client.get if act == "notice_open" else client.post
    assert method(reverse(act, args=[notice.pk])).status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_link_from_a_mail_asks_for_sign_in_first(client: Client, world):
    (notice,) = tell(world.delegate)
    response = client.get(reverse("notice_open", args=[notice.pk]))
    assert response.headers["Location"] == f"/accounts/login/?next=/notices/{notice.pk}/"


def test_people_choose_how_they_are_mailed(client: Client, reachable):
    client.force_login(reachable.delegate)
    address = reverse("notice_preferences")
    assert "delegate@tinhuy.example" in client.get(address).content.decode()
    page = client.post(address, {"mail_choice": "daily"}, follow=True).content.decode()
    assert "Đã lưu cách nhận thư" in page
    reachable.delegate.refresh_from_db()
    assert reachable.delegate.mail_choice == MailChoice.DAILY


def test_a_choice_that_is_not_offered_is_refused(client: Client, reachable):
    client.force_login(reachable.delegate)
    response = client.post(reverse("notice_preferences"), {"mail_choice": "hằng giờ"})
    assert response.status_code == 422
    reachable.delegate.refresh_from_db()
    assert reachable.delegate.mail_choice == MailChoice.AT_ONCE


def test_the_demo_fills_the_bell_and_mails_nobody(db, committed):
    with committed() as callbacks:
        call_command("demo", "--stage", "issued", stdout=io.StringIO())
    assert {*Notice.objects.values_list("kind", flat=True)} >= {
        NoticeKind.COMMENTS_ASKED,
        NoticeKind.ANSWERS_READY,
        NoticeKind.ISSUED,
    }
    assert callbacks == []
    assert mail.outbox == []
