"""The initials that stand for somebody who is not to be named."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tchat_desktop.domain.first_names import TITLES
from tchat_desktop.domain.folding import fold

_ASIDE = re.compile(r"[(\[{|/,;:•·–—]|\s-\s")
"""What parts a name from what somebody says of themselves: "Awa Diop | midwife"."""


def initials_of(name: str) -> str:
    """The first letters of the first and the last name, as "A. D."; "" where there are none.

    Of a name in two scripts, those in the script that comes first. A title is no name.
    """
    # Letters of other shapes ("𝐀wa") and composed accents are the usual letters.
    parts = _ASIDE.split(unicodedata.normalize("NFKC", name))
    words = next((found for part in parts if (found := list(_words(part)))), [])
    words = [word for word in words if fold(word) not in TITLES] or words
    if not words:
        return ""
    script = _script(words[0])
    alike = [word for word in words if _script(word) == script]
    chosen = (alike[0], alike[-1]) if len(alike) > 1 else (alike[0],)
    return " ".join(f"{word[0].upper()[:1]}." for word in chosen)


def _words(text: str) -> Iterator[str]:
    """The words of a text, each from its first letter on."""
    for word in text.split():
        first = next((place for place, sign in enumerate(word) if sign.isalpha()), None)
        if first is not None:
            yield "".join(sign for sign in word[first:] if sign.isalnum())


def _script(word: str) -> str:
    return unicodedata.name(word[0], "").split(" ")[0]
