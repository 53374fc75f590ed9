"""Text columns that hold Unicode normalisation form C whatever was typed or pasted."""

import unicodedata
from typing import Any

from django.db import models


class _NFC:
    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)  # type: ignore[misc]
        return unicodedata.normalize("NFC", text) if text else text

    def get_prep_value(self, value: Any) -> Any:
        return self.to_python(super().get_prep_value(value))  # type: ignore[misc]


class NFCCharField(_NFC, models.CharField):
    pass


class NFCTextField(_NFC, models.TextField):
    pass
