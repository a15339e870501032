"""What is wrong with what is on screen, for who cannot see it or has no mouse.

Each answer is a list of sentences; a fault of the same kind at the same place reads the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from items import Box, Item, plain

SLACK = 2
"""Pixels by which things may lie over each other."""

LONGEST = 60
"""Letters of a name in a sentence."""

WINDOWS = ("frame", "dialog", "alert", "file chooser", "window")

PARTED = ("combo box", "spin button", "text")
"""What Qt puts together of parts, which are read with it."""


def on(items: Sequence[Item]) -> list[str]:
    """All that is wrong with the items of one window."""
    return [
        *untitled(items),
        *nameless(items),
        *repeating(items),
        *unlike_their_label(items),
        *misread(items),
    ]


def untitled(items: Sequence[Item]) -> list[str]:
    """Windows without a title."""
    shown = [one for one in items if one.role in WINDOWS]
    return [f"a {one.role} without a title" for one in shown if not one.name.strip()]


def nameless(items: Sequence[Item]) -> list[str]:
    """What takes the keyboard and is called nothing."""
    found = []
    for one in items:
        if one.focusable and not one.name.strip():
            holder = items[one.parent] if one.parent >= 0 else None
            within = f" in {holder.role} {called(holder)}" if holder is not None else ""
            found.append(f"a {one.role} without a name{within}")
    return found


def repeating(items: Sequence[Item]) -> list[str]:
    """What is described by its own name."""
    return [
        f"{called(one)} is described by its name"
        for one in items
        if one.description and said(one.description) in said(one.name)
    ]


def unlike_their_label(items: Sequence[Item]) -> list[str]:
    """What is called otherwise than the label that is seen beside it."""
    return [
        f"{called(one)} has the label {label!r}"
        for one in items
        for label in one.labels
        # What is chosen in a box is its name there, and its label is told beside it.
        if one.role != "combo box" and said(label) not in said(one.name)
    ]


def misread(items: Sequence[Item]) -> list[str]:
    """Where one is read after another that stands below it, or further on in its row."""
    found = []
    seen = filled(items)
    before: dict[int, int] = {}
    for place, one in enumerate(items):
        if one.parent < 0 or items[one.parent].role in PARTED or not _has_room(seen[place]):
            continue
        other = before.get(one.parent)
        before[one.parent] = place
        if other is not None and _comes_before(seen[place], seen[other]):
            found.append(f"{first_words(items, other)} is read before {first_words(items, place)}")
    return found


def filled(items: Sequence[Item]) -> list[Box]:
    """The place of each item that is taken up by what is in it: a box may reach further."""
    found = [one.box for one in items]
    for place in range(len(items) - 1, -1, -1):
        inner = [found[n] for n, one in enumerate(items) if one.parent == place]
        inner = [box for box in inner if _has_room(box)]
        if inner:
            x, y = min(box.x for box in inner), min(box.y for box in inner)
            right, bottom = max(box.right for box in inner), max(box.bottom for box in inner)
            found[place] = Box(x, y, right - x, bottom - y)
    return found


def first_words(items: Sequence[Item], place: int) -> str:
    """What a person hears first of an item: its name, or that of what is in it."""
    last = {place}
    for at in range(place, len(items)):
        if at == place or items[at].parent in last:
            last.add(at)
            if items[at].name:
                return called(items[at])
    return called(items[place])


def out_of_sight(box: Box, holders: Sequence[Box], over: Sequence[tuple[str, Box]]) -> str:
    """Why who looks for the keyboard does not see where it is; "" when it is seen.

    `holders` are what it stands in, `over` what may lie over one of these.
    """
    seen, room = box, holders[-1]
    for holder in holders:
        seen = seen.within(holder)
        # What scrolls is as high as all it holds; the lowest is what it is seen through.
        room = room if room.height <= holder.height else holder
    if seen.height + SLACK < min(box.height, room.height // 2) or seen.width <= SLACK:
        return f"of {box.width}×{box.height} only {seen.width}×{seen.height} is seen"
    for name, other in over:
        covered = seen.within(other)
        if covered.width > SLACK and covered.height > SLACK:
            return f"under {name}"
    return ""


def said(words: str) -> str:
    """The words as they are spoken: without signs and capitals."""
    letters = (c if c.isalnum() else " " for c in plain(words).casefold())
    return " ".join("".join(letters).split())


def pair(one: Item, other: Item) -> str:
    """Two items in a sentence."""
    return f"from {called(one)} to {called(other)}"


def called(item: Item) -> str:
    words = item.name or next(iter(item.labels), "") or item.role
    words = " ".join(plain(words).split())
    return f"“{words if len(words) <= LONGEST else words[:LONGEST] + '…'}”"


def _has_room(box: Box) -> bool:
    return box.width > 0 and box.height > 0


def _comes_before(one: Box, other: Box) -> bool:
    same_column = one.x < other.right and other.x < one.right
    same_row = one.y < other.bottom and other.y < one.bottom
    above = same_column and one.bottom <= other.y + SLACK
    return above or (same_row and one.right <= other.x + SLACK)
