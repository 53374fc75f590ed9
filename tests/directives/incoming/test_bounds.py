"""What is kept of a file that is too large."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest
from django.test import RequestFactory

LIMIT = 100_000


@pytest.fixture(autouse=True)
def _limit(settings):
    settings.WORD_FILE_LIMIT = LIMIT


def sent(size: int) -> HttpRequest:
    return RequestFactory().post("/", {"file": SimpleUploadedFile("a.docx", b"x" * size)})


def test_a_file_within_the_limit_comes_in_whole():
    assert sent(LIMIT).FILES["file"].size == LIMIT


def test_of_a_larger_one_little_more_than_the_limit_is_kept():
    assert LIMIT < sent(5_000_000).FILES["file"].size < 3 * LIMIT
