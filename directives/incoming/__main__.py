"""The child process: a file on standard input, what was found as JSON on standard output.

It limits itself before it reads anything; whatever the file does to it, only this process ends.
"""

import json
import resource
import sys

from . import docx, odt
from .package import Package
from .shapes import Unreadable

SECONDS, MEMORY = 20, 1024 * 1024 * 1024
READERS = {"docx": docx.read, "odt": odt.read}


def main() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    json.dump(found(sys.stdin.buffer.read()), sys.stdout)


def found(content: bytes) -> dict[str, object]:
    try:
        package = Package(content)
        return {"document": READERS[package.format](package).to_json()}
    except Unreadable as refused:
        return {"code": refused.code, "detail": refused.detail[:200]}
    except (RecursionError, MemoryError):
        return {"code": "too_long", "detail": ""}


if __name__ == "__main__":
    main()
