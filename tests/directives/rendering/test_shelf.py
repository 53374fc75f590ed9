"""The shelf of kept papers: whole files or none, and never more than there is room for."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor

from directives.canonical import sha256
from directives.rendering import shelf


def kept(settings) -> list[str]:
    return sorted(path.name for path in settings.PAPERS_DIR.glob("*/*"))


def test_what_is_put_is_taken_again(settings):
    key = sha256("giấy")
    assert shelf.take(key) is None
    assert not shelf.has(key)
    assert shelf.put(key, b"%PDF")
    assert shelf.take(key) == b"%PDF"
    assert shelf.has(key)


def test_a_file_stands_under_its_key_for_the_group_to_read(settings):
    key = sha256("giấy")
    shelf.put(key, b"%PDF")
    path = settings.PAPERS_DIR / key[:2] / key
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert path == settings.PAPERS_DIR / shelf.place(key)


def test_reading_a_file_leaves_the_time_at_which_it_was_written(settings):
    key = sha256("giấy")
    shelf.put(key, b"%PDF")
    path = settings.PAPERS_DIR / shelf.place(key)
    os.utime(path, (0, 1_000))
    assert shelf.has(key)
    assert shelf.take(key)
    assert path.stat().st_mtime == 1_000
    assert path.stat().st_atime > 1_000


def test_a_write_that_fails_leaves_nothing_behind(settings, monkeypatch):
    def fail(*_facts):
        raise OSError("no space left")

    monkeypatch.setattr(os, "replace", fail)
    assert not shelf.put(sha256("giấy"), b"%PDF")
    assert kept(settings) == []


def test_the_least_used_go_when_there_are_too_many(settings):
    settings.PAPERS_MAX_MB = 1
    keys = [sha256(str(n)) for n in range(4)]
    for age, key in enumerate(keys[:3]):
        shelf.put(key, bytes(300_000))
        os.utime(settings.PAPERS_DIR / shelf.place(key), (age, age))
    shelf.take(keys[0])
    shelf.put(keys[3], bytes(300_000))
    assert kept(settings) == sorted([keys[0], keys[2], keys[3]])


def test_many_writers_of_one_file_leave_it_whole(settings):
    key, content = sha256("giấy"), bytes(200_000)
    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(lambda _: shelf.put(key, content), range(24)))
    assert shelf.take(key) == content
    assert kept(settings) == [key]
