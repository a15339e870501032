"""Finds people by what somebody remembers of their names."""

from __future__ import annotations

from functools import lru_cache

from tchat_desktop.domain.folding import fold

_KEPT = 1 << 14
"""Names of which the folded form is remembered, so that a list is searched as one types."""


@lru_cache(maxsize=_KEPT)
def _folded(name: str) -> str:
    return fold(name)


def bears(typed: str, *names: str) -> bool:
    """Whether each word typed is part of one of a person's names.

    Accents, letter case and the @ of a handle do not matter. Nothing typed finds everybody.
    """
    held = "\n".join(map(_folded, names))
    return all(word.removeprefix("@") in held for word in _folded(typed).split())
