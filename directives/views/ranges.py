"""Parts of a file, as RFC 9110 (section 14) has them asked for: one range of bytes."""

import re

# More than one range would want an answer in several parts: such a request gets the whole file.
ONE_RANGE = re.compile(r"bytes=\s*(\d*)-(\d*)\s*", re.ASCII | re.IGNORECASE)


class Unsatisfiable(ValueError):
    """The file has none of the bytes asked for."""


def part(header: str, size: int) -> range | None:
    """The places of the bytes that a Range header asks for; None where it does not hold.

    Raises Unsatisfiable where it begins past the end, or asks for the last 0 bytes.
    """
    found = ONE_RANGE.fullmatch(header.strip())
    if found is None or found.groups() == ("", ""):
        return None
    first, last = found.groups()
    if not first:
        asked = range(max(size - int(last), 0), size)
    elif last and int(last) < int(first):
        return None
    else:
        asked = range(int(first), min(int(last) + 1, size) if last else size)
    if not asked:
        raise Unsatisfiable(header)
    return asked
