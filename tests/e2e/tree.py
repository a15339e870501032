"""What is on screen as the accessibility bus tells it, in few questions.

An item is a thing with its words and its place; what is wrong with items is found elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")

import pyatspi  # noqa: E402
from gi.repository import Atspi, GLib  # noqa: E402
from items import Box, Item  # noqa: E402

# Of a machine that is busy, milliseconds until an answer; usually it comes in one.
Atspi.set_timeout(10_000, 20_000)

State = Atspi.StateType
_ALL = Atspi.CollectionMatchType.ALL

HOLDERS = ("panel", "list", "filler")
"""What may say to have the keyboard besides the thing in it that has it."""


def windows(app: Any) -> list[Any]:
    """The windows of the app that are on screen; the one that has the keyboard comes first."""
    shown = [one for one in app if one is not None and _has(one, State.SHOWING)]
    return sorted(shown, key=lambda one: not _has(one, State.ACTIVE))


def with_states(window: Any, *states: Any) -> list[Any]:
    """All in a window that has these states, and is on screen, in reading order."""
    wanted = Atspi.StateSet.new([State.SHOWING, *states])
    rule = Atspi.MatchRule.new(wanted, _ALL, {}, _ALL, [], _ALL, [], _ALL, False)
    order = Atspi.CollectionSortOrder.CANONICAL
    asked = window.get_collection_iface()
    return list(asked.get_matches(rule, order, 0, True)) if asked is not None else []


def focused(app: Any) -> Any:
    """What has the keyboard; None for nothing."""
    for window in windows(app):
        if not _has(window, State.ACTIVE):
            continue
        found = [one for one in with_states(window, State.FOCUSED) if not _folded_away(one)]
        # An editor and what holds its text both say that they have it.
        found.sort(key=lambda one: one.getRoleName() in HOLDERS)
        if found:
            return found[0]
    return None


def is_active(window: Any) -> bool:
    """Whether the keys go to a window."""
    return _has(window, State.ACTIVE)


def is_enabled(thing: Any) -> bool:
    """Whether a thing can be used now."""
    return _has(thing, State.ENABLED)


def has_keyboard(thing: Any) -> bool:
    """Whether a thing on screen has the keyboard, and is not merely what holds it."""
    return thing is not None and all(
        (
            _has(thing, State.FOCUSED),
            _has(thing, State.SHOWING),
            thing.getRoleName() not in HOLDERS,
            not _folded_away(thing),
        )
    )


def items(window: Any) -> list[Item]:
    """Everything in a window, each after what holds it, in reading order."""
    found = [_item(window, -1)]
    places = {window: 0}
    for thing in with_states(window):
        parent = places.get(thing.parent)
        # The choices of a list that is folded say that they are on screen; what holds them is not.
        if parent is not None:
            places[thing] = len(found)
            found.append(_item(thing, parent))
    return found


def box_of(thing: Any) -> Box:
    """Where a thing is."""
    place = thing.queryComponent().getExtents(pyatspi.DESKTOP_COORDS)
    return Box(place.x, place.y, place.width, place.height)


def around(thing: Any) -> tuple[list[Box], list[tuple[str, Box]]]:
    """What holds a thing, the nearest first; and what may lie over one of these.

    Of two that lie over each other it is the smaller one, as a strip over a page that scrolls.
    """
    holders, over = [], []
    inner, outer = thing, thing.parent
    while outer is not None and outer.getRoleName() != "application":
        holders.append(box_of(outer))
        size = box_of(inner).area
        for other in outer:
            try:
                if other is not None and other != inner and _has(other, State.SHOWING):
                    box = box_of(other)
                    if box.area < size:
                        over.append((f"{other.getRoleName()} {other.name!r}", box))
            except (GLib.GError, NotImplementedError):
                # What went away meanwhile lies over nothing.
                continue
        inner, outer = outer, outer.parent
    return holders, over


def holders(thing: Any) -> Iterator[Any]:
    """What holds a thing, the nearest first."""
    outer = thing.parent
    while outer is not None and outer.getRoleName() != "application":
        yield outer
        outer = outer.parent


def labels(thing: Any) -> list[str]:
    """The labels that belong to a thing."""
    found = []
    for relation in thing.getRelationSet():
        if relation.getRelationType() == pyatspi.RELATION_LABELLED_BY:
            found += [relation.getTarget(n).name for n in range(relation.getNTargets())]
    return found


def _item(thing: Any, parent: int) -> Item:
    focusable = _has(thing, State.FOCUSABLE)
    return Item(
        thing,
        thing.getRoleName(),
        thing.name,
        thing.description,
        focusable,
        box_of(thing),
        parent,
        labels(thing) if focusable else [],
    )


def _has(thing: Any, state: Any) -> bool:
    return bool(thing.getState().contains(state))


def _folded_away(thing: Any) -> bool:
    parent = thing.parent
    return parent is None or not _has(parent, State.SHOWING)
