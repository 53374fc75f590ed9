import re
import uuid

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from comments.models import Delegate, ReadMark
from comments.readmarks import keys_read, mark_read
from directives.models import Event
from tests import factories


@pytest.fixture
def keys(consultation):
    return list(consultation.draft.provisions.values_list("key", flat=True))


@pytest.fixture
def delegate(world, consultation):
    return Delegate.objects.get(consultation=consultation, person=world.delegate)


def test_what_was_read_is_kept_once_and_for_the_reader_alone(world, consultation, keys, delegate):
    mark_read(consultation.pk, actor=world.delegate, keys=keys[:2])
    assert mark_read(consultation.pk, actor=world.delegate, keys=keys[:3]) == 3
    assert keys_read(delegate) == set(keys[:3])
    assert keys_read(consultation.delegates.get(person=world.delegate2)) == set()


def test_keys_of_other_texts_are_passed_by(world, consultation, keys, delegate):
    assert mark_read(consultation.pk, actor=world.delegate, keys=[uuid.uuid4(), keys[0]]) == 1
    assert keys_read(delegate) == {keys[0]}


def test_whoever_was_not_asked_leaves_no_mark(world, consultation, keys):
    with pytest.raises(PermissionDenied):
        mark_read(consultation.pk, actor=world.office, keys=keys)
    assert not ReadMark.objects.exists()


def test_reading_leaves_no_trace_in_the_log(world, consultation, keys):
    before = Event.objects.count()
    mark_read(consultation.pk, actor=world.delegate, keys=keys)
    assert Event.objects.count() == before


def test_a_batch_costs_the_same_for_one_and_for_all(
    world, consultation, keys, django_assert_num_queries
):
    for batch in (keys[:1], keys):
        with django_assert_num_queries(7):
            mark_read(consultation.pk, actor=world.delegate, keys=batch)


def test_the_page_sends_what_was_read_and_shows_it_when_it_comes_back(
    world, consultation, keys, client
):
    client.force_login(world.delegate)
    address = reverse("read_marks", args=[consultation.pk])
    sent = client.post(address, {"key": [*map(str, keys[:2]), "không phải khóa"]})
    assert (sent.status_code, sent.content) == (204, b"")
    page = client.get(reverse("consultation_read", args=[consultation.pk]))
    assert page.context["sheet"].read == 2
    assert page.content.decode().count("read-piece--read") == 2


def test_who_has_commented_has_read(world, consultation, client):
    point = consultation.draft.provisions.get(text__contains="07 ngày")
    factories.comment(consultation, world.delegate, on=point)
    client.force_login(world.delegate)
    sheet = client.get(reverse("consultation_read", args=[consultation.pk])).context["sheet"]
    assert (sheet.read, sheet.commented) == (1, 1)
    assert sheet.row(str(point.key)).progress == "commented"


def words(page):
    """What a person reads on it: no marks of forms, no times."""
    return re.sub(r"<[^>]*>|\d+ (?:giờ|phút|giây)", " ", page.content.decode())


def test_no_page_of_the_office_tells_who_read_what(world, consultation, keys, client):
    client.force_login(world.office)
    pages = [consultation.get_absolute_url(), reverse("workbench", args=[consultation.pk])]
    before = [words(client.get(page)) for page in pages]
    mark_read(consultation.pk, actor=world.delegate, keys=keys)
    assert [words(client.get(page)) for page in pages] == before
