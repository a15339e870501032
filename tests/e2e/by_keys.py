"""Somebody who has only a keyboard, and what the keyboard meets on each page."""

from __future__ import annotations

import subprocess
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import faults
import tree
from items import Item, plain
from person import DEADLINE, FILE_NAME, MOST_STOPS, Page, Person

LISTED = ("list item", "page tab", "radio button")
"""One Tab stop together: arrows move between them."""

PROPOSED = 5.0
"""Seconds until a file is on disk, unless the key only closed a list of names."""


class ByKeys(Person):
    """By the keyboard alone; looks at the tree to know where it is, as eyes would."""

    def __init__(self, python: str, folder: str) -> None:
        super().__init__(python, folder)
        self.keys = 0

    def tap(self, *keys: str) -> None:
        """Press keys, one after another."""
        self.keys += len(keys)
        subprocess.run(["xdotool", "key", "--clearmodifiers", *keys], check=True)

    def _press(self, name: str, roles: tuple[str, ...], whole: bool) -> None:
        thing = self._button(name, roles, whole)
        self._come_to(thing)
        role = thing.getRoleName()
        self.tap("space" if role in ("radio button", "check box") else "Return")

    def _write(self, field: Any, text: str) -> None:
        self._come_to(field)
        self.tap("ctrl+a")
        self.keys += len(text)
        subprocess.run(["xdotool", "type", "--delay", "5", "--", text], check=True)

    def _go_on(self, title: str) -> None:
        self.tap("alt+Next")

    def save_as(self, path: Path) -> None:
        self.write(FILE_NAME, str(path))
        self.until(lambda: tree.is_enabled(self.meet("Enregistrer", "push button")), "a name")
        until = time.monotonic() + DEADLINE
        while not path.is_file() and time.monotonic() < until:
            # The first may only take away the names that Qt proposes.
            self.tap("Return")
            last = time.monotonic() + PROPOSED
            self.until(lambda last=last: path.is_file() or time.monotonic() > last, path.name)
        self.until(path.is_file, f"{path.name} on disk")

    def _come_to(self, thing: Any) -> None:
        """Move the keyboard there: Tab, in a list arrows, and Enter into what is in one of it."""
        holders = [thing, *tree.holders(thing)]
        key = ""
        for _turn in range(3 * MOST_STOPS):
            if not tree.is_active(holders[-1]):
                # Another window came in front; this is a key of the window manager.
                self.tap("alt+Tab")
                self.until(lambda: tree.is_active(holders[-1]), "the other window")
            here = self.at()
            if here == thing or (here == thing.parent and here.getRoleName() == "combo box"):
                return
            key = key or self._way_to(thing, here, holders[-1])
            beside = self._beside(here, holders)
            if here in holders and here.getRoleName() in LISTED:
                self._move("Return")
            elif beside is not None:
                self._move("Up" if beside.getIndexInParent() < here.getIndexInParent() else "Down")
            else:
                self._move(key)
        raise LookupError(f"the keyboard does not come to {thing.name!r}")

    @staticmethod
    def _way_to(thing: Any, here: Any, window: Any) -> str:
        """The key that leads from one thing to another, by the shorter way where that is seen."""
        order = tree.with_states(window, tree.State.FOCUSABLE)
        seen = thing in order and here in order
        return "shift+Tab" if seen and order.index(thing) < order.index(here) else "Tab"

    @staticmethod
    def _beside(here: Any, holders: list[Any]) -> Any:
        """Which of these arrows lead to from here; None where they do not."""
        if here.getRoleName() not in LISTED and here.parent.getRoleName() != "tool bar":
            return None
        beside = (one for one in holders if one.parent == here.parent)
        return next((one for one in beside if one.getRoleName() == here.getRoleName()), None)

    def _move(self, key: str) -> Any:
        """Press a key that moves the keyboard; where it is then."""
        before = self.at()
        self.tap(key)
        self.until(lambda: self.at() != before, f"moved by {key} from {before.name!r}")
        return self._at

    def _go_round(self, page: Page, things: list[Item]) -> None:
        """Tab through all the window, back to where it began."""
        places = {one.thing: place for place, one in enumerate(things)}
        began = here = self.at()
        stops: list[Any] = []
        while True:
            here = self._move("Tab")
            if here in stops:
                break
            stops.append(here)
            self._check_place(page, here)
        order = [places[one] for one in stops if one in places]
        for one, other in pairwise(order):
            if other < one and other != min(order):
                page.faults.add(f"Tab goes back {faults.pair(things[one], things[other])}")
        on_page = sum(self._on_page(one) for one in stops)
        # A dialog has no window around it.
        page.stops = max(page.stops or 0, on_page or len(stops))
        if page.stops > MOST_STOPS:
            page.faults.add(f"more than {MOST_STOPS} Tab stops")
        if began in stops:
            while self.at() != began:
                self._move("shift+Tab")

    def _check_place(self, page: Page, here: Any) -> None:
        problem = ""

        def in_sight() -> bool:
            nonlocal problem
            problem = faults.out_of_sight(tree.box_of(here), *tree.around(here))
            return not problem

        last = time.monotonic() + 1
        while not in_sight() and time.monotonic() < last:
            time.sleep(0.05)
        if problem:
            page.faults.add(f"the keyboard is out of sight on “{plain(here.name)}”: {problem}")

    @staticmethod
    def _on_page(thing: Any) -> bool:
        return any(one.getRoleName() == "layered pane" for one in tree.holders(thing))
