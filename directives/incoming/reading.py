"""A Word file that somebody sent, read in a process that cannot take the server with it."""

import json
import subprocess
import sys
from typing import Any

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from directives.incoming.shapes import Document
from directives.refusals import Refused

SECONDS = 30

_SAVE_AS = _("Open it in Word and save it as “Word Document (.docx)”, then send that file.")
_COPY = _("Copy the whole text into a new file, save it as .docx, and send that file.")
REASONS = {
    "empty": _("This file is empty. Choose the file that holds the text."),
    "old_word": _("This is a file of an old Word (.doc)."),
    "encrypted": _(
        "This file is protected by a password. Take the password off and save it again."
    ),
    "pdf": _("This is a PDF. Send the Word file it was made from."),
    "rtf": _("This is an RTF file."),
    "wrong_type": _("This is not a Word file (.docx) or an OpenDocument text (.odt)."),
    "broken": _("This file is damaged or was not sent as a whole."),
    "macros": _("This file holds macros, which are not let in."),
    "embedded": _("This file holds another file or program inside it, which is not let in."),
    "external": _("This file fetches something from outside (a template, a picture, a text)."),
    "entities": _("This file holds declarations that a Word file never needs (DTD, entities)."),
    "bomb": _("This file unpacks to a size that no text has."),
    "too_long": _("This text is too long or too tangled to be read. Send it in parts."),
    "slow": _("It takes too long to read this file. Send the text in parts, or paste it."),
}
NEXT = {
    "old_word": _SAVE_AS,
    "rtf": _SAVE_AS,
    "wrong_type": _SAVE_AS,
    "macros": _SAVE_AS,
    "broken": _SAVE_AS,
    "embedded": _COPY,
    "external": _COPY,
    "entities": _COPY,
    "bomb": _COPY,
}


def read(content: bytes) -> Document:
    """Raises Refused with words that say what to do; bounded in time and memory."""
    limit = settings.WORD_FILE_LIMIT
    if len(content) > limit:
        raise Refused(too_large(), code="too_large")
    found = _read_apart(content)
    if "document" not in found:
        raise _refused(found["code"], found["detail"])
    return Document.from_json(found["document"])


def too_large() -> str:
    limit = settings.WORD_FILE_LIMIT // (1024 * 1024)
    words = _("This file is larger than %s MB. Take the pictures out of it and send it again.")
    return str(words % limit)


def _read_apart(content: bytes) -> dict[str, Any]:
    """A fresh process, never a fork: it inherits no connection, no lock and no secret."""
    command = [sys.executable, "-s", "-m", "directives.incoming"]
    try:
        child = subprocess.run(  # noqa: S603
            command,
            input=content,
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.BASE_DIR,
            env={"PYTHONIOENCODING": "utf-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"code": "slow", "detail": ""}
    if child.returncode < 0:  # ended by its own limits
        return {"code": "slow", "detail": ""}
    try:
        return dict(json.loads(child.stdout))
    except ValueError:
        return {"code": "too_long" if b"MemoryError" in child.stderr else "broken", "detail": ""}


def _refused(code: str, detail: str) -> Refused:
    words = [str(REASONS.get(code, REASONS["broken"]))]
    if detail:
        words.append(f"({detail})")
    if code in NEXT:
        words.append(str(NEXT[code]))
    return Refused(" ".join(words), code=code)
