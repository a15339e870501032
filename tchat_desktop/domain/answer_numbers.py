"""The number of its question with which an answer begins in the hour; no recap repeats it."""

from __future__ import annotations

import re
from collections.abc import Container

_NUMBERED = re.compile(
    r"(?:r(?:é|e)p(?:onse)?\.?\s?|r\s?|a)(?P<number>[0-9]{1,2})(?!\w)\s*[.,:)–—-]?\s*",
    re.IGNORECASE,
)
"""What an answer begins with: "R3 ", "Rép. 3 : ", "A3.\""""


def without_answer_number(text: str, asked: Container[int | None]) -> str:
    """The text without the number it begins with, if a question was `asked` by that number.

    It stays where nothing else is said.
    """
    found = _NUMBERED.match(text)
    if found is None or int(found["number"]) not in asked:
        return text
    return text[found.end() :] or text
