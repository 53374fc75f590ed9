"""Where a text is most likely to be cut in two."""

import re

_ENDS = re.compile(r"(?<=[.;:!?…])\s+")


def halves(text: str) -> tuple[str, str]:
    """The text in two parts: at the line break or the sentence's end nearest to its middle.

    The second part is empty where there is neither.
    """
    breaks = [(place, place + 1) for place, letter in enumerate(text) if letter == "\n"]
    ends = breaks or [found.span() for found in _ENDS.finditer(text)]
    if not ends:
        return text, ""
    start, end = min(ends, key=lambda gap: abs(gap[0] - len(text) / 2))
    return text[:start].rstrip(), text[end:].lstrip()
