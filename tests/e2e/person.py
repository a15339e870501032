"""Somebody who prepares, holds and tells a chat without a mouse, and what they met on the way.

One goes by the accessibility bus alone, as a screen reader or a voice does; the other by the
keyboard alone. Both look at each page for what would stop them.
"""

from __future__ import annotations

import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import faults
import pyatspi
import tree
from gi.repository import GLib
from items import Item, plain
from window import Window

DEADLINE = 60.0
"""Seconds until something must have come on screen."""

LOST = 5.0
"""Seconds after which the keyboard is taken to be nowhere."""

FILE_NAME = "Nom de fichier :"
JUST_CHANGED = "Ce bouton vient de changer"
"""What is said of a press that came so soon that it may have been meant for another button."""

BUTTONS = ("push button", "toggle button", "radio button", "check box", "page tab")
"""What is pressed: some labels are called as the button beside them."""

MOST_STOPS, USUAL_STOPS = 25, 12
"""Presses of Tab that lead through a page: on any of them, and on half of them."""


@dataclass
class Page:
    """What was met on a page."""

    name: str
    focusables: int
    stops: int | None = None
    """How many times Tab stops in it; None where nobody counted."""
    faults: set[str] = field(default_factory=set)


class Person(Window, ABC):
    """Goes by names; waits for what must come, and notes what is wrong."""

    def __init__(self, python: str, folder: str) -> None:
        super().__init__(python, folder)
        self.seen: dict[str, Page] = {}
        self.heard: list[str] = []
        self.acts = 0
        self._turn = GLib.MainContext.default()
        self._at: Any = None
        self._refused = False
        self._last_press: Callable[[], None] = lambda: None
        pyatspi.Registry.registerEventListener(self._on_announced, "object:announcement")
        pyatspi.Registry.registerEventListener(self._on_focus, "object:state-changed:focused")

    # --- looking ---------------------------------------------------------------------------

    def until(self, done: Callable[[], bool], what: str, patience: float = DEADLINE) -> None:
        """Wait for something, and hear what is said meanwhile."""
        last = time.monotonic() + patience
        while not self._is(done):
            self._listen()
            if self._refused:
                # As it is said: this one was meant.
                self._refused = False
                self._last_press()
            if time.monotonic() > last:
                raise LookupError(f"did not come: {what}")
            time.sleep(0.02)
        self._listen()

    @staticmethod
    def _is(done: Callable[[], bool]) -> bool:
        try:
            return done()
        except (GLib.GError, NotImplementedError):
            # What was asked about went away meanwhile.
            return False

    def meet(self, name: str, *roles: str, whole: bool = True) -> Any:
        """The first thing on screen of that name (or beginning so); waits for it."""
        found: list[Any] = []

        def comes() -> bool:
            found[:] = self._named(name, roles, whole)
            return bool(found)

        self.until(comes, f"{name!r} {' or '.join(roles)}")
        return found[0]

    def shows(self, name: str, whole: bool = True) -> bool:
        """Whether something of that name is on screen now."""
        return bool(self._named(name, (), whole))

    def look(self, name: str) -> None:
        """Note what is on this page, or in the window above it, and what is wrong with it."""
        things: list[Item] = []

        def reads() -> bool:
            things[:] = tree.items(tree.windows(self.app())[0])
            return bool(things)

        self.until(reads, name)
        self._page = page = self.seen.setdefault(name, Page(name, 0))
        page.focusables = max(page.focusables, sum(one.focusable for one in things))
        page.faults.update(faults.on(things))
        self._go_round(page, things)
        print(f"page     {name}: {page.focusables} focusables, {page.stops} stops", flush=True)
        for fault in sorted(page.faults):
            print(f"  fault  {fault}", flush=True)

    def look_at_title(self, name: str) -> None:
        """Note whether a window that is not ours says what it is for."""
        self._page = self.seen.setdefault(name, Page(name, 0))
        if not tree.windows(self.app())[0].name.strip():
            self._page.faults.add("a window without a title")

    def hears(self, words: str) -> None:
        """Wait until a screen reader has been given something to say."""
        self.until(lambda: any(words in plain(one) for one in self.heard), f"heard: {words!r}")

    # --- acting ----------------------------------------------------------------------------

    def press(self, name: str, *roles: str, whole: bool = True) -> None:
        """Press a button, choose a way, tick a box."""
        self._last_press = partial(self._press, name, roles, whole)
        self._last_press()
        self._acted(f"pressed  {name}")

    def write(self, name: str, text: str, becomes: str = "") -> None:
        """Replace what stands in a field; the app may write it in its own way."""
        # It may be called otherwise once something stands in it.
        field = self._field(name)
        self._write(field, text)
        wanted = (text, plain(becomes or text))
        self.until(lambda: plain(text_of(field)) in wanted, f"{text!r} in {name!r}")
        self._typed = time.monotonic()
        self._acted(f"wrote    {name}: {text}")

    def go_on(self, title: str) -> None:
        """To the next step, which is that one: it is told, and the keyboard is there."""
        told = len(self.heard)
        self._go_on(title)
        self.meet(title, "heading")
        self.until(
            lambda: any(plain(one).endswith(f", {title}") for one in self.heard[told:]),
            f"heard which step {title} is",
        )
        self._acted(f"reached  {title}")

    def written(self, name: str) -> str:
        """What stands in a field."""
        return text_of(self._field(name))

    @abstractmethod
    def save_as(self, path: Path) -> None:
        """Say in the dialog where a file goes, and save it there."""

    @abstractmethod
    def _press(self, name: str, roles: tuple[str, ...], whole: bool) -> None: ...

    @abstractmethod
    def _write(self, field: Any, text: str) -> None: ...

    @abstractmethod
    def _go_on(self, title: str) -> None: ...

    def _go_round(self, page: Page, things: list[Item]) -> None:
        """Go round the page by the keyboard, who has one."""

    def _acted(self, what: str) -> None:
        """Whatever was done, the keyboard is somewhere."""
        self.acts += 1
        try:
            self.at(LOST)
        except LookupError:
            self._page.faults.add(f"the keyboard is nowhere after: {what}")
        print(what, flush=True)

    # --- helpers ---------------------------------------------------------------------------

    def _button(self, name: str, roles: tuple[str, ...], whole: bool) -> Any:
        """What can be pressed; waits until it can."""
        thing = self.meet(name, *(roles or BUTTONS), whole=whole)
        self.until(lambda: tree.is_enabled(thing), f"{name!r} enabled")
        return thing

    def _named(self, name: str, roles: tuple[str, ...], whole: bool) -> list[Any]:
        app, wanted = self.app(), plain(name)
        for window in tree.windows(app) if app is not None else ():
            found = []
            for one in tree.with_states(window):
                called = plain(one.name)
                fits = called == wanted if whole else called.startswith(wanted)
                if fits and (not roles or one.getRoleName() in roles):
                    found.append(one)
            if found:
                return found
        return []

    def _field(self, name: str) -> Any:
        """The field of that name; of a box with choices, what is typed in."""
        found: list[Any] = []

        def comes() -> bool:
            found[:] = [
                one
                for window in tree.windows(self.app())
                for one in tree.with_states(window, tree.State.EDITABLE)
                # A box with choices is not written in, but what is in it is.
                if one.getRoleName() != "combo box"
                and name in (plain(one.name), *self._labels(one))
            ]
            return bool(found)

        self.until(comes, f"the field {name!r}")
        return found[0]

    @staticmethod
    def _labels(thing: Any) -> list[str]:
        holder = thing.parent
        near = (thing, holder) if holder.getRoleName() == "combo box" else (thing,)
        return [plain(label) for one in near for label in tree.labels(one)]

    def at(self, patience: float = DEADLINE) -> Any:
        """What has the keyboard; waits for it."""

        def stands() -> bool:
            self._listen()
            if not tree.has_keyboard(self._at):
                self._at = tree.focused(self.app())
            return self._at is not None

        self.until(stands, "the keyboard", patience)
        return self._at

    def _on_focus(self, event: Any) -> None:
        if event.detail1:
            self._at = event.source
        elif event.source == self._at:
            self._at = None

    def _listen(self) -> None:
        while self._turn.pending():
            self._turn.iteration(False)

    def _on_announced(self, event: Any) -> None:
        self.heard.append(str(event.any_data))
        self._refused = str(event.any_data).startswith(JUST_CHANGED)
        print(f"heard    {event.any_data}", flush=True)

    # --- what came of it -------------------------------------------------------------------

    def report(self) -> list[str]:
        """Print what was met; the faults, each after its page."""
        counted = [page.stops for page in self.seen.values() if page.stops is not None]
        print(f"{'page':<28}{'focusables':>11}{'Tab stops':>11}{'faults':>8}")
        for page in self.seen.values():
            stops = "" if page.stops is None else str(page.stops)
            print(f"{page.name:<28}{page.focusables:>11}{stops:>11}{len(page.faults):>8}")
        found = [f"{page.name}: {one}" for page in self.seen.values() for one in page.faults]
        if counted:
            print(f"Tab stops a page: median {median(counted)}, most {max(counted)}")
            if median(counted) > USUAL_STOPS:
                found.append(f"every page: a median of {median(counted)} Tab stops")
        print(f"{len(self.heard)} announcements, {self.acts} acts")
        return sorted(found)


class ByBus(Person):
    """By the accessibility bus alone: its actions, and texts set through it."""

    def _press(self, name: str, roles: tuple[str, ...], whole: bool) -> None:
        thing = self._button(name, roles, whole)
        actions = thing.queryAction()
        names = [actions.getName(index) for index in range(actions.nActions)]
        for wanted in ("Press", "Toggle"):
            if wanted in names:
                actions.doAction(names.index(wanted))
                return
        raise LookupError(f"cannot be pressed: {name!r}, {names}")

    def _write(self, field: Any, text: str) -> None:
        field.queryEditableText().setTextContents(text)

    def _go_on(self, title: str) -> None:
        self._press(f"Continuer : {title}", (), True)

    def save_as(self, path: Path) -> None:
        self.write(FILE_NAME, str(path))
        self.press("Enregistrer", "push button")
        self.until(path.is_file, f"{path.name} on disk")


def text_of(field: Any) -> str:
    return str(field.queryText().getText(0, -1))
