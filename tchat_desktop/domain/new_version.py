"""A version of the app that was published: its number, its day, what changed, and its page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import dropwhile

from tchat_desktop.domain.languages import FALLBACK

MOST_NEWS = 3
"""The most lines on what changed that are shown."""
LONGEST_NEWS = 140
"""The most characters of each of them."""
_NUMBER = re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,4}){1,3}")


@dataclass(frozen=True, slots=True)
class NewVersion:
    """What its publisher says of a version; `news` has the lines on what changed by language."""

    number: str
    published_on: date
    page: str
    """The https address of the page that tells more, and from which it is downloaded."""
    news: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def news_in(self, language: str) -> tuple[str, ...]:
        """What changed in a language; in the fallback where nothing is said in that one."""
        return self.news.get(language) or self.news.get(FALLBACK) or ()


def release_numbers(text: str) -> tuple[int, ...] | None:
    """The numbers of a release such as "1.2.0", for comparing; None for anything else.

    Two to four numbers of four digits at most; zeros at the end count for nothing, as in PEP 440.
    Versions of trial ("1.2rc1") are none: they are not told to volunteers.
    """
    if not _NUMBER.fullmatch(text):
        return None
    numbers = [int(part) for part in text.split(".")]
    return tuple(reversed(tuple(dropwhile(lambda one: one == 0, reversed(numbers)))))


def is_newer(number: str, own: str) -> bool:
    """Whether a release comes after the own one; False where one of them is no release."""
    offered, present = release_numbers(number), release_numbers(own)
    return offered is not None and present is not None and offered > present
