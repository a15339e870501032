"""The languages there are, one row each: the screens speak them, and posts are written in them.

The texts of a language are in `translations/<code>/` (screens) and `resources/languages/<code>/`
(posts, recap, rehearsal, days, example); `packaging/languages.py` says what one still lacks.
"""

from __future__ import annotations

from typing import NamedTuple


class Language(NamedTuple):
    """A language (ISO 639), named in itself."""

    code: str
    name: str
    right_to_left: bool = False


LANGUAGES = (
    Language("fr", "Français"),
    Language("en", "English"),
)

FALLBACK = "fr"
"""The language that is always whole, for what another one lacks."""


def known_code(tag: str) -> str | None:
    """The code of the language of a BCP 47 tag such as "en-GB"; None when there is no such row."""
    code = tag.replace("_", "-").split("-")[0].lower()
    return code if any(one.code == code for one in LANGUAGES) else None
