"""The pages of meetings: who sees what, what is kept, and how many questions they ask."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.tasks import tasks_for
from directives.models import State
from meetings import reading
from meetings.models import AttendeeRole, Meeting
from meetings.preparing import gathering
from tests import factories
from tests.meetings.session import called


@pytest.fixture
def item(world, meeting, directive):
    return gathering.add_item(meeting.pk, actor=world.office, directive=directive)


def typed(moment) -> str:
    return timezone.localtime(moment).strftime("%Y-%m-%dT%H:%M")


def url(name: str, *args) -> str:
    return reverse(name, args=args)


def body(response) -> str:
    return response.content.decode()


# One meeting


def test_the_chair_stands_first_then_the_others_by_rank(world, meeting, client_of):
    last = max(world.delegates, key=lambda person: person.rank)
    gathering.add_attendee(meeting.pk, actor=world.office, person=last, role=AttendeeRole.CHAIR)
    page = client_of(world.office).get(meeting.get_absolute_url())
    listed = [one.person for one in page.context["attendees"]]
    others = sorted({world.chair, *world.delegates} - {last}, key=lambda person: person.rank)
    assert listed == [last, *others]


def test_an_attendee_reads_the_meeting_and_changes_nothing(world, meeting, item, client_of):
    page = body(client_of(world.delegate).get(meeting.get_absolute_url() + "?pane=item"))
    assert factories.SUBJECT in page
    assert "<form" not in page.split("<main")[1]
    assert url("item_circulate", meeting.pk, item.pk) not in page
    assert url("directive_view", item.directive_id) not in page


def test_an_attendee_is_led_to_the_paper_that_was_sent(world, meeting, item, client_of):
    gathering.add_attendee(
        meeting.pk, actor=world.office, person=world.delegate2, role=AttendeeRole.PRESENTER
    )
    consultation = gathering.circulate(
        item.pk, actor=world.office, deadline=timezone.now() + timedelta(days=3)
    )
    reads = url("consultation_read", consultation.pk)
    assert reads in body(client_of(world.delegate).get(meeting.get_absolute_url()))
    assert reads not in body(client_of(world.delegate2).get(meeting.get_absolute_url()))
    office = body(client_of(world.office).get(meeting.get_absolute_url()))
    assert url("consultation_view", consultation.pk) in office
    assert url("item_remove", meeting.pk, item.pk) not in office


def test_an_item_tells_whether_the_time_for_comments_is_over(world, meeting, item, client_of):
    consultation = gathering.circulate(
        item.pk, actor=world.office, deadline=timezone.now() + timedelta(days=3)
    )
    labels = []
    for changes in ({}, {"deadline": timezone.now()}, {"closed_at": timezone.now()}):
        type(consultation).objects.filter(pk=consultation.pk).update(**changes)
        page = client_of(world.office).get(meeting.get_absolute_url())
        labels.append(page.context["agenda"][0].label)
    assert labels == [
        _("Sent for comments"),
        _("The time for comments is over"),
        _("Comments closed"),
    ]


def test_a_draft_sent_out_in_writing_is_not_offered_again(world, item, meeting, client_of):
    factories.consultation(world.office, item.directive, world.delegates)
    page = client_of(world.office).get(meeting.get_absolute_url())
    assert page.context["agenda"][0].label == State.CONSULTING.label
    assert url("item_circulate", meeting.pk, item.pk) not in body(page)


@pytest.mark.parametrize("count", [2, 200])
def test_a_meeting_asks_the_same_questions_for_many_attendees(
    world, meeting, item, client_of, count, django_assert_num_queries
):
    for _number in range(count - 3):
        person = factories.PersonFactory()
        gathering.add_attendee(meeting.pk, actor=world.office, person=person, role="invited")
    client = client_of(world.office)
    with django_assert_num_queries(11):
        client.get(meeting.get_absolute_url())
    with django_assert_num_queries(12):
        client.get(meeting.get_absolute_url() + "?pane=attendee")


@pytest.mark.parametrize("count", [1, 12])
def test_a_meeting_asks_the_same_questions_for_a_long_agenda(
    world, meeting, client_of, count, django_assert_num_queries
):
    for _number in range(count):
        made = factories.directive(world.office, world.committee)
        item = gathering.add_item(meeting.pk, actor=world.office, directive=made)
        gathering.circulate(
            item.pk, actor=world.office, deadline=timezone.now() + timedelta(days=3)
        )
    client = client_of(world.delegate)
    with django_assert_num_queries(15):
        client.get(meeting.get_absolute_url())


# Attendees


def test_people_are_found_without_tones_by_name_position_or_unit(world, meeting):
    guest = factories.PersonFactory(full_name="Đỗ Xuân Đông", position="Giám đốc Sở Nội vụ")
    for words in ("do xuan", "Đông", "so noi vu", "dong giam doc"):
        assert reading.candidates(meeting, words) == [guest]
    assert reading.candidates(meeting, "do xuan hoa") == []


def test_whoever_is_on_the_list_is_not_offered_again(world, meeting):
    assert world.delegate not in reading.candidates(meeting, "")
    assert world.clerk in reading.candidates(meeting, "")


def test_a_search_shows_the_first_and_counts_the_rest(world, meeting, client_of):
    for _number in range(20):
        factories.PersonFactory(full_name="Lê Khách Mời")
    page = client_of(world.office).get(
        meeting.get_absolute_url(), {"pane": "attendee", "who": "le khach"}
    )
    assert len(page.context["found"]) == reading.CANDIDATES_SHOWN
    assert page.context["more"] == 20 - reading.CANDIDATES_SHOWN


def test_somebody_is_put_on_the_list_and_the_next_can_be_added(world, meeting, client_of):
    guest = factories.PersonFactory()
    said = {"person": guest.pk, "role": "presenter", "who": "nguyen"}
    response = client_of(world.office).post(url("attendee_add", meeting.pk), said)
    attendee = meeting.attendees.get(person=guest)
    assert attendee.role == AttendeeRole.PRESENTER
    assert f"added={attendee.pk}" in response.url
    page = client_of(world.office).get(response.url)
    assert _("%(name)s is on the list now.") % {"name": guest.full_name} in body(page)


def test_the_role_of_the_chair_moves(world, meeting, client_of):
    gathering.add_attendee(meeting.pk, actor=world.office, person=world.chair, role="chair")
    said = {"person": world.delegate.pk, "role": "chair"}
    response = client_of(world.office).post(url("attendee_add", meeting.pk), said)
    attendee = meeting.attendees.get(role=AttendeeRole.CHAIR)
    assert attendee.person == world.delegate
    assert response.url.endswith(f"#a-{attendee.pk}")


@pytest.mark.parametrize("said", [{}, {"person": "999999"}, {"person": "x", "role": "king"}])
def test_an_attendee_without_person_or_role_is_refused_and_the_search_is_kept(
    world, meeting, client_of, said
):
    said = {"who": "nguyen van", "role": "invited"} | said
    response = client_of(world.office).post(url("attendee_add", meeting.pk), said)
    assert response.status_code == 422
    assert 'value="nguyen van"' in body(response)
    assert meeting.attendees.count() == 3


def test_somebody_is_struck_off_the_list(world, meeting, client_of):
    attendee = meeting.attendees.get(person=world.delegate)
    client_of(world.office).post(url("attendee_remove", meeting.pk, attendee.pk))
    assert not meeting.attendees.filter(person=world.delegate).exists()


def test_nobody_is_struck_off_whom_the_draft_was_sent_to(world, meeting, item, client_of):
    gathering.circulate(item.pk, actor=world.office, deadline=timezone.now() + timedelta(days=1))
    attendee = meeting.attendees.get(person=world.delegate)
    response = client_of(world.office).post(url("attendee_remove", meeting.pk, attendee.pk))
    assert response.status_code == 409
    assert meeting.attendees.filter(person=world.delegate).exists()


def test_an_attendee_of_another_meeting_is_not_found(world, meeting, client_of):
    other = called(world, 43)
    attendee = other.attendees.first()
    response = client_of(world.office).post(url("attendee_remove", meeting.pk, attendee.pk))
    assert response.status_code == 404
    assert other.attendees.filter(pk=attendee.pk).exists()


# The agenda


def test_a_directive_is_put_on_the_agenda_with_its_subject(world, meeting, directive, client_of):
    client_of(world.office).post(url("item_add", meeting.pk), {"directive": directive.pk})
    assert meeting.items.get().title == directive.subject


def test_another_matter_is_put_on_the_agenda_and_taken_off(world, meeting, client_of):
    client = client_of(world.office)
    client.post(url("item_add", meeting.pk), {"title": "Công tác cán bộ"})
    item = meeting.items.get()
    assert (item.title, item.directive) == ("Công tác cán bộ", None)
    client.post(url("item_remove", meeting.pk, item.pk))
    assert not meeting.items.exists()


@pytest.mark.parametrize("said", [{}, {"title": " "}, {"directive": "999"}, {"title": "x" * 1001}])
def test_an_item_about_nothing_is_refused_on_the_page(world, meeting, client_of, said):
    response = client_of(world.office).post(url("item_add", meeting.pk), said)
    assert response.status_code == 422
    assert 'class="error-summary"' in body(response)
    assert not meeting.items.exists()


def test_a_directive_of_another_committee_is_neither_offered_nor_taken(world, meeting, client_of):
    other = factories.CommitteeFactory()
    stranger = factories.person(other, Role.OFFICE)
    secret = factories.directive(stranger, other, subject="về việc riêng của nơi khác")
    client = client_of(world.office)
    page = client.get(meeting.get_absolute_url() + "?pane=item")
    assert secret.subject not in body(page)
    response = client.post(url("item_add", meeting.pk), {"directive": secret.pk})
    assert response.status_code == 422
    assert secret.subject not in body(response)


def test_a_directive_that_is_out_for_comments_is_not_offered(world, meeting, consultation):
    assert not reading.directives_to_add(meeting, world.office).exists()


# Sending a draft of the agenda


def test_the_page_before_sending_names_who_will_and_who_will_not_receive_it(
    world, meeting, item, client_of
):
    gathering.add_attendee(meeting.pk, actor=world.office, person=world.delegate2, role="presenter")
    guest = factories.PersonFactory(username=None, full_name="Vũ Không Tài Khoản")
    gathering.add_attendee(meeting.pk, actor=world.office, person=guest, role="invited")
    page = client_of(world.office).get(url("item_circulate", meeting.pk, item.pk))
    assert {one.person for one in page.context["receiving"]} == {
        world.chair,
        world.delegate,
        guest,
    }
    assert [one.person for one in page.context["presenting"]] == [world.delegate2]
    assert [one.person for one in page.context["without_login"]] == [guest]
    assert page.context["voting"] == 2


def test_the_deadline_proposed_is_the_eve_of_the_meeting_or_in_a_week(world):
    later = reading.proposed_deadline(called(world, 1, days=10))
    assert timezone.localdate(later) == timezone.localdate() + timedelta(days=9)
    soon = reading.proposed_deadline(called(world, 2, days=0))
    assert timezone.localdate(soon) == timezone.localdate() + timedelta(days=7)
    assert {timezone.localtime(one).hour for one in (later, soon)} == {17}


def test_the_draft_is_sent_and_leads_to_its_round(world, meeting, item, client_of):
    deadline = timezone.now() + timedelta(days=2)
    response = client_of(world.office).post(
        url("item_circulate", meeting.pk, item.pk),
        {"deadline": typed(deadline), "shows_others": "on"},
    )
    item.refresh_from_db()
    assert response.url == url("consultation_view", item.consultation_id)
    assert item.consultation.shows_others
    assert item.consultation.at_meeting
    assert item.directive.state == State.CONSULTING


def test_a_second_click_on_send_leads_to_the_round_that_is_open(world, meeting, item, client_of):
    client, said = client_of(world.office), {"deadline": typed(timezone.now() + timedelta(days=2))}
    first = client.post(url("item_circulate", meeting.pk, item.pk), said)
    second = client.post(url("item_circulate", meeting.pk, item.pk), said)
    assert first.url == second.url


@pytest.mark.parametrize("deadline", ["", "2020-01-01T08:00", "0001-01-01T00:00", "mai"])
def test_a_deadline_that_cannot_be_kept_is_told_and_nothing_is_sent(
    world, meeting, item, client_of, deadline
):
    said = {"deadline": deadline, "shows_others": "on"}
    response = client_of(world.office).post(url("item_circulate", meeting.pk, item.pk), said)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"deadline"}
    assert "checked" in body(response)
    item.refresh_from_db()
    assert item.consultation is None


def test_an_item_without_a_directive_cannot_be_sent(world, meeting, client_of):
    item = gathering.add_item(meeting.pk, actor=world.office, title="Công tác cán bộ")
    page = client_of(world.office).get(url("item_circulate", meeting.pk, item.pk))
    assert page.status_code == 404


# My work


def test_those_who_attend_follow_the_meeting_until_its_day_is_over(world, meeting):
    task = next(task for task in tasks_for(world.delegate) if "42" in task.title)
    assert not task.waits_for_me
    assert meeting.place in task.note
    Meeting.objects.filter(pk=meeting.pk).update(starts_at=timezone.now() - timedelta(days=2))
    assert not [task for task in tasks_for(world.delegate) if "42" in task.title]


def test_the_office_is_told_of_a_draft_on_the_agenda_until_it_is_sent(world, meeting, item):
    sends = url("item_circulate", meeting.pk, item.pk)
    assert sends in [task.url for task in tasks_for(world.office) if task.waits_for_me]
    assert sends not in [task.url for task in tasks_for(world.chair)]
    gathering.circulate(item.pk, actor=world.office, deadline=timezone.now() + timedelta(days=1))
    assert sends not in [task.url for task in tasks_for(world.office)]
