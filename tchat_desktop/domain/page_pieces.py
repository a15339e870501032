"""The text of a web page in pieces, each with what it stands in: what a page says to people.

Classes, styles and the marks that programs leave for one another are not in it: they change with
every version of a site, and a page is read without them.
"""

from __future__ import annotations

from typing import NamedTuple


class PagePiece(NamedTuple):
    """A run of text without a tag in it. A number of 0 stands for none."""

    text: str
    link: str = ""
    """Where the link around it leads."""
    anchor: int = 0
    """The number of that link on the page."""
    at: str = ""
    """The instant that the page says it stands for, as written there."""
    words: int = 0
    """The number of the text with a language of its own that it belongs to: what somebody wrote."""
    box: int = 0
    """The number of the innermost article around it."""
    pressed: int = 0
    """The number of the innermost thing to press around it: a button, or a card that leads away."""
    block: int = 0
    """Pieces of one number stand in one line or paragraph."""
