"""A file that is too large is let go while it comes in, instead of being kept first."""

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class BoundedUpload(FileUploadHandler):
    """Passes on what is within the limit and one piece more, which tells the form of it."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= settings.WORD_FILE_LIMIT else None

    def file_complete(self, file_size: int) -> Any:
        return None
