"""A thing on screen, as plain facts: what it is, what it is called, where it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple


class Box(NamedTuple):
    """A place on the screen, in pixels."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def area(self) -> int:
        return self.width * self.height

    def within(self, other: Box) -> Box:
        """The part of it that lies in another."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Box(x, y, max(0, right - x), max(0, bottom - y))


@dataclass
class Item:
    """A thing on screen."""

    thing: Any
    role: str
    name: str
    description: str
    focusable: bool
    box: Box
    parent: int
    """The place of what holds it in the list of items; -1 for a window."""
    labels: list[str] = field(default_factory=list)
    """The labels that are seen beside it."""


def plain(words: str) -> str:
    """Words with ordinary spaces: nobody searches for a narrow one."""
    return words.replace("\u202f", " ").replace("\xa0", " ")
