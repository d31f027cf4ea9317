"""Files that are sent with a form: none is larger than the settings allow, and one that is, is refused before it is kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler


class Bounded(FileUploadHandler):
    """Counts the bytes of each file on their way to the handlers that keep them."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.size = 0

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:  # noqa: ARG002
        self.size += len(raw_data)
        if self.size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
            raise RequestDataTooBig(self.file_name)
        return raw_data

    def file_complete(self, file_size: int) -> None:  # noqa: ARG002
        return None  # the next handler makes the file
