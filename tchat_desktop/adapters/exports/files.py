"""Files handed to people: named so that any system takes them, written whole or not at all."""

from __future__ import annotations

import os
import re
import unicodedata
import uuid
from pathlib import Path

LONGEST_NAME = 60
"""Characters; leaves room for a folder, a number and an ending on every system."""

RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names Windows keeps for devices."""


def slug(text: str, fallback: str = "tchat") -> str:
    """A name for a file made from a topic: lower case, hyphens, no accents where Latin allows."""
    plain = unicodedata.normalize("NFKD", text.replace("’", " ")).encode("ascii", "ignore").decode()
    name = _hyphened(plain) or _hyphened(unicodedata.normalize("NFKC", text)) or fallback
    return f"{name}-{fallback}" if name in RESERVED else name


def _hyphened(text: str) -> str:
    words = "-".join(re.findall(r"[^\W_]+", text.lower()))
    if len(words) <= LONGEST_NAME:
        return words
    cut = words[: LONGEST_NAME + 1]
    return cut.rsplit("-", 1)[0] if "-" in cut else words[:LONGEST_NAME]


def write_whole(path: Path, content: str | bytes) -> Path:
    """Write the file, replacing one of that name only once the new one is complete.

    Text is written as UTF-8 as it is. Returns the path. Raises OSError, with nothing left behind.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    part = path.with_name(f".{uuid.uuid4().hex}.part")
    try:
        with part.open("xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return path
