"""Files kept on disk under a hash, so that a paper is typeset, or read from the database, once.

Nothing here is a record: a file that is missing is made again, and the least used go when there are
too many. Each is written whole or not at all, for a proxy may be reading.
"""

import logging
import os
import time
from contextlib import suppress
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.conf import settings

logger = logging.getLogger(__name__)


def place(key: str) -> Path:
    """Where the file of this key (hexadecimal) stands, relative to the shelf."""
    return Path(key[:2]) / key


def take(key: str) -> bytes | None:
    """The file, or None where it is not kept. What was taken last goes last."""
    try:
        _used(settings.PAPERS_DIR / place(key))
        return (settings.PAPERS_DIR / place(key)).read_bytes()
    except FileNotFoundError:
        return None


def has(key: str) -> bool:
    """Whether the file is kept; it counts as taken."""
    try:
        _used(settings.PAPERS_DIR / place(key))
    except FileNotFoundError:
        return False
    return True


def _used(path: Path) -> None:
    """It was read now, and was not changed: a proxy knows the version by the time of the change."""
    os.utime(path, (time.time(), path.stat().st_mtime))


def put(key: str, content: bytes) -> bool:
    """Keep a file, if the disk lets us; whether it did."""
    path = settings.PAPERS_DIR / place(key)
    try:
        path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
        _write(path, content)
        _make_room()
    except OSError:
        logger.exception("%s was not kept", path)
        return False
    return True


def _write(path: Path, content: bytes) -> None:
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(content)
            # The group is the proxy's.
            os.fchmod(file.fileno(), 0o640)
            os.replace(file.name, path)
        except OSError:
            os.unlink(file.name)
            raise


def _make_room() -> None:
    room = settings.PAPERS_MAX_MB * 1_000_000
    for _age, size, path in sorted(_kept(), reverse=True):
        room -= size
        if room < 0:
            path.unlink(missing_ok=True)


def _kept() -> list[tuple[float, int, Path]]:
    found = []
    for path in settings.PAPERS_DIR.glob("*/*"):
        # Another process may be making room too.
        with suppress(FileNotFoundError):
            facts = path.stat()
            found.append((facts.st_atime, facts.st_size, path))
    return found
