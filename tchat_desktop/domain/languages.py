"""The languages there are, one row each: posts are written in all, screens speak some of them.

The texts of a language are in `resources/languages/<code>/` (posts, recap, rehearsal, days,
example) and, if the screens speak it, in `translations/<code>/`; `packaging/languages.py` says what
one still lacks.
"""

from __future__ import annotations

from typing import NamedTuple


class Language(NamedTuple):
    """A language (ISO 639), named in itself."""

    code: str
    name: str
    right_to_left: bool = False
    on_screen: bool = True
    """Whether the screens speak it; posts can be written in every language."""
    at_place: str = " in "
    """What stands between an hour and a city, as in "20 h à Dakar"."""
    and_at_place: str = " and in "
    """What stands before the last of several cities of the same hour."""
    comma: str = ", "
    """What stands between the parts of a list."""


LANGUAGES = (
    Language("fr", "Français", at_place="\u00a0à\u00a0", and_at_place=" et à\u00a0"),
    Language("en", "English"),
    Language("es", "Español", on_screen=False, at_place=" en ", and_at_place=" y en "),
    Language(
        "ar",
        "العربية",
        right_to_left=True,
        on_screen=False,
        at_place=" في ",
        and_at_place=" وفي ",
        comma="، ",
    ),
    Language("pt", "Português", on_screen=False, at_place=" em ", and_at_place=" e em "),
)

SCREEN_LANGUAGES = tuple(one for one in LANGUAGES if one.on_screen)

FALLBACK = "fr"
"""The language that is always whole, for what another one lacks."""


def known_code(tag: str) -> str | None:
    """The code of the language of a BCP 47 tag such as "en-GB"; None when there is no such row."""
    code = tag.replace("_", "-").split("-")[0].lower()
    return code if any(one.code == code for one in LANGUAGES) else None


def language_of(tag: str) -> Language:
    """The row of the language of a BCP 47 tag, or that of `FALLBACK` when there is none."""
    code = known_code(tag) or FALLBACK
    return next(one for one in LANGUAGES if one.code == code)
