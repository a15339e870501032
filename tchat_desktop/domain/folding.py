"""One way to compare words that people, keyboards and programs write differently.

Every comparison of names, tags, searched words and texts goes through `fold`, so that what is the
same to a reader is the same to the app: accents composed or not, letter case, curly apostrophes,
no-break and other blanks, invisible marks, full-width signs (Unicode, UAX #15: form NFKD).
"""

from __future__ import annotations

from functools import lru_cache
from unicodedata import category, combining, normalize

_SAME = str.maketrans(
    {
        **dict.fromkeys("’‘ʼʹ′‛`´＇ꞌꞋ", "'"),
        **dict.fromkeys("“”„«»″", '"'),
        **dict.fromkeys("‐‑‒–—−﹘﹣", "-"),
        **{"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ø": "o", "Ø": "o"},
        **{"ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "ı": "i"},
    }
)

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("ةہھە", "ه"),
        **dict.fromkeys("ىیې", "ي"),
        **{"ٱ": "ا", "ک": "ك", "ڤ": "ف"},
        **{"ɓ": "b", "ɗ": "d", "ɖ": "d", "ƙ": "k", "ŋ": "n", "ɲ": "n", "ƴ": "y"},
        **{"ɛ": "e", "ɔ": "o", "ə": "e", "ƒ": "f", "ʋ": "v"},
    }
)
"""Letters that many write for another, as their keyboard has it or as it is heard: in names."""

_UNSEEN = frozenset({0x034F, 0x0640, 0x115F, 0x1160, 0x3164, *range(0xFE00, 0xFE10)})
"""Joiners, fillers, the Arabic stretch and variation selectors: shown as nothing, or as a shape."""


@lru_cache(maxsize=4096)
def _folded(letter: str) -> str:
    """The folded form of one character; empty for an invisible one."""
    if letter.isspace():
        return " "
    kept = (
        part
        for part in normalize("NFKD", letter.translate(_SAME)).translate(_SAME)
        if not combining(part) and category(part) != "Cf" and ord(part) not in _UNSEEN
    )
    return "".join(" " if part.isspace() else part for part in kept).casefold()


def fold(text: str) -> str:
    """The text as it is compared, with one blank between words; never shown."""
    return " ".join("".join(map(_folded, text)).split())


@lru_cache(maxsize=4096)
def _folded_alike(letter: str) -> str:
    return _folded(letter).translate(_ALIKE)


def fold_alike(text: str) -> str:
    """The text as it is compared where somebody must not be named.

    Beyond `fold`, letters are the same that are written for one another: Arabic ة and ه, ى and ي,
    ɗ and d, ŋ and n. Words that differ in nothing else are rather hidden than shown.
    """
    return alike(fold(text))


def alike(folded: str) -> str:
    """As `fold_alike`, of a text that is folded already."""
    return folded.translate(_ALIKE)


def fold_with_places(text: str) -> tuple[str, tuple[int, ...]]:
    """As `fold_alike`, and for each of its characters the index in `text` it comes from.

    For finding a folded word in a text that is shown: runs of blanks are one blank, and those at
    both ends are kept as one.
    """
    letters: list[str] = []
    places: list[int] = []
    for index, letter in enumerate(text):
        for part in _folded_alike(letter):
            if part == " " and letters and letters[-1] == " ":
                continue
            letters.append(part)
            places.append(index)
    return "".join(letters), tuple(places)
