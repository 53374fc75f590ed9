"""A delegate's Word file as comments: what they changed in the frozen draft, and what they said.

The file is compared with the frozen draft as it is printed, so that what is changed without being
tracked is found as well. Its tracked changes tell which paragraph was which, however much of it
was rewritten. Nothing that was changed is dropped: what has no place is listed with its words.
"""

from comments.marked_copy.comparing import read_copy
from comments.marked_copy.found import Found, MarkedCopy, Unplaced
from comments.marked_copy.keeping import keep

__all__ = ["Found", "MarkedCopy", "Unplaced", "keep", "read_copy"]
