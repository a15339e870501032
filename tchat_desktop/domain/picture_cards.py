"""The pictures that are shared after the chat: what each says, and how a long post is cut.

They are made from a recap, so that who is hidden there is hidden here. How they look is elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum

_MOST = 1500
"""Characters of a post that are looked at: no picture has room for more."""
_SENTENCE_END = re.compile(r"[.!?…؟][»”\")\]]?(?=\s)")
_WORD_END = re.compile(r"\S(?=\s)")


class CardKind(StrEnum):
    """What a picture is about."""

    QUOTE = "quote"
    """The words of one highlight."""
    FIGURES = "figures"
    THANKS = "thanks"


@dataclass(frozen=True, slots=True)
class PictureCard:
    """What one picture says, in the language of the posts; "" or () for what is left out."""

    kind: CardKind
    key: str
    """Tells it from the others of the recap. For the organiser's own screens: never on a file."""
    text: str
    """The words of the post, or of our thanks."""
    name: str = ""
    """Who wrote it as they may be shown, or what stands for a name."""
    detail: str = ""
    """What stands beside the name, such as "@awa_ex · Invité·e"."""
    heading: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    """Pairs of a number and what it counts."""
    kicker: str = ""
    """The title of the chat."""
    banner: str = ""
    """What has to be said first: that it was a rehearsal."""
    tag: str = ""
    """With its # sign."""
    organisation: str = ""
    read_on: str = ""
    """Where the whole post is, for a picture on which it is cut."""
    alt_text: str = ""
    """The proposed description for people who cannot see the picture."""
    address: str = ""
    """The address of the post; "" where nobody is named or nothing is on X."""
    doubtful: bool = False
    """Whether the words may tell who a child is, or who confides something."""
    right_to_left: bool = False


def cut_to_fit(text: str, fits: Callable[[str], bool]) -> str:
    """The text if it fits, or as much of it as does: whole sentences, or else words, and "…".

    A text of which no word fits is left as one word and "…". `fits` is asked a few times.
    """
    if len(text) <= _MOST and fits(text):
        return text
    start = text[:_MOST]
    sentences = [found.end() for found in _SENTENCE_END.finditer(start)]
    if kept := _longest([f"{start[:end]} …" for end in sentences], fits):
        return kept
    words = [f"{start[: found.end()].rstrip(',;: ')}…" for found in _WORD_END.finditer(start)]
    return _longest(words, fits) or (words[0] if words else f"{start.rstrip()}…")


def _longest(cuts: Sequence[str], fits: Callable[[str], bool]) -> str:
    """The last of the cuts, each longer than the one before, that fits; "" for none."""
    found = bisect_right(cuts, 0, key=lambda cut: 0 if fits(cut) else 1)
    return cuts[found - 1] if found else ""
