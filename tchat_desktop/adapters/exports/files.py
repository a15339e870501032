"""Names exported files so that every system accepts them."""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 60
"""The most characters of a name, which leaves room for folder, number and suffix."""

RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows reserves for devices."""


def slug(text: str, fallback: str = "tchat") -> str:
    """A file name, without suffix, made from a topic: lower case, hyphens, accents removed.

    Letters of other scripts stay. It is `fallback` when nothing is left.
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", " ")).encode("ascii", "ignore").decode()
    name = _hyphened(plain) or _hyphened(unicodedata.normalize("NFKC", text)) or fallback
    return f"{name}-{fallback}" if name in RESERVED else name


def _hyphened(text: str) -> str:
    words = "-".join(re.findall(r"[^\W_]+", text.lower()))
    if len(words) <= LONGEST_NAME:
        return words
    cut = words[: LONGEST_NAME + 1]
    return cut.rsplit("-", 1)[0] if "-" in cut else words[:LONGEST_NAME]
