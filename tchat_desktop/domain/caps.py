"""How long what is typed or pasted may become: one table, far above any honest use.

A text of a file may be longer (`adapters/reading/` has its own limits): it is shown whole, and can
only become shorter.
"""

from __future__ import annotations

from enum import IntEnum


class Cap(IntEnum):
    """The most characters of a field, by what it is for."""

    NAME = 200
    """A name, a day, an hour, a word searched for."""
    LINE = 500
    """A title, or a sentence of one line."""
    LINK = 4_000
    """An address: browsers take some thousands of characters."""
    POST = 10_000
    """The text of a post, of which X takes 280: room for a page to be cut from."""
    TEXT = 20_000
    """A letter, notes, the words of the recap: some seven pages."""
