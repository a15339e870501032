"""An organiser in front of a crowd: holds an hour by the accessibility bus, and counts the clicks.

What is on the screen at the end is held against what the crowd was made to say.
"""

from __future__ import annotations

import json
import subprocess
import time
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from sqlite3 import connect
from typing import Any
from urllib.parse import parse_qs, urlsplit

import tree
from gi.repository import GLib
from items import plain
from journey import PATIENCE
from person import ByBus
from window import FAST, TYPING, Row

START = datetime(2026, 12, 5, 20, tzinfo=UTC)
"""When the chat of crowd.py starts."""
END = START + timedelta(minutes=61)
COUNTED = timedelta(minutes=45)
"""The part of the hour whose clicks are counted."""
VERY_FAST = 240.0
"""The pace while nobody does anything."""
NEAR = timedelta(seconds=30)
"""How long before a post is due the pace slows down."""
IN_TIME = timedelta(seconds=30)
"""How late a post may leave: the machine of a test may have much to do."""
POPS_UP = 2.0
"""Seconds until an entry of a menu has the keyboard, unless the menu was not there yet."""
FILTERS = ("All", "Questions", "Guests")


@dataclass
class Effort:
    """What a person does with mouse and keyboard; text that is written is not counted."""

    clicks: int = 0
    clicks_in_browser: int = 0
    chords: int = 0
    """Combinations of keys, such as Ctrl+V."""
    chords_in_browser: int = 0
    switches: int = 0
    """From one window to the other."""


class Organiser(ByBus):
    """Holds the hour of crowd.py."""

    def __init__(self, python: str, folder: str) -> None:
        super().__init__(python, folder)
        self.effort = Effort()
        self.left: dict[str, datetime] = {}
        """When each of the organiser's posts was seen to leave, or its page to open."""
        self._entry = ""
        """The entry of a menu that has had the keyboard last."""

    # --- acting, and counting it -----------------------------------------------------------

    def click(self, name: str, *roles: str, whole: bool = True) -> None:
        """Press with the mouse what is on screen."""
        self.press(name, *roles, whole=whole)
        self._count(clicks=1)

    def try_to_press(self, name: str) -> bool:
        """Press a button if it can be pressed now; what it does may take it away."""
        try:
            found = self._named(name, ("push button",), True)
            if not found or not tree.is_enabled(found[0]):
                return False
            actions = found[0].queryAction()
            names = [actions.getName(index) for index in range(actions.nActions)]
            actions.doAction(names.index("Press"))
        except (GLib.GError, NotImplementedError):
            # It went away meanwhile.
            return False
        self._acted(f"pressed  {name}")
        return True

    def chord(self, keys: str) -> None:
        """Press a combination of keys in the app."""
        self.key(keys)
        self._count(chords=1)

    def choose(self, *path: str) -> None:
        """Choose in the menu that is open, and in those of its entries, with the mouse.

        The bus does not list menus; it tells which entry has the keyboard.
        """
        for name in path:
            while self._next_entry() != name:
                pass
            self.key("Return")
            self._count(clicks=1)

    def entries(self) -> set[str]:
        """What is in the menu that is open; it is closed then."""
        found: list[str] = []
        while (name := self._next_entry()) not in found:
            found.append(name)
        self.key("Escape")
        return set(found)

    def _next_entry(self) -> str:
        self._entry = ""
        until = time.monotonic() + PATIENCE
        while not self._entry and time.monotonic() < until:
            # The first may come before the menu does.
            subprocess.run(["xdotool", "key", "Down"], check=True)
            last = time.monotonic() + POPS_UP
            self.until(lambda last=last: bool(self._entry) or time.monotonic() > last, "a turn")
        assert self._entry, "no menu came"
        return self._entry

    def _on_focus(self, event: Any) -> None:
        super()._on_focus(event)

        def is_entry() -> bool:
            role = event.source.getRoleName()
            return bool(event.detail1) and role.endswith(("menu", "menu item"))

        if self._is(is_entry):
            self._entry = plain(event.source.name)

    def in_browser(self, clicks: int = 0, chords: int = 0) -> None:
        """What the organiser does on X's page and back: there is none here."""
        self._count(clicks_in_browser=clicks, chords_in_browser=chords, switches=2)

    def _count(self, **done: int) -> None:
        if self.clock.now() - START < COUNTED:
            for what, number in done.items():
                setattr(self.effort, what, getattr(self.effort, what) + number)

    def paste_page(self, minute: int) -> str:
        """Copy the page of the tag as it is at a minute of the chat, and paste it; what is said."""
        page = json.loads(Path(self.folder, f"page-{minute}.json").read_text("utf-8"))
        copied = Path(self.folder, "copied.html")
        copied.write_text(page["markup"], "utf-8")
        command = ["xclip", "-selection", "clipboard", "-t", "text/html", "-i", str(copied)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        heard = len(self.heard)
        self.in_browser(chords=2)
        self.chord("ctrl+v")
        counts = (
            self.words.ngettext("{count} new message", "{count} new messages", page["new"]),
            self.words.ngettext("{count} there already", "{count} already there", page["known"]),
            self.words.gettext("{count} by the account that publishes (your own messages)"),
        )
        numbers = (page["new"], page["known"], page["own"])
        said = ", ".join(
            words.format(count=number)
            for words, number in zip(counts, numbers, strict=True)
            if number or words is counts[0]
        )
        # What the page tells of the organiser's own posts comes before.
        self.until(
            lambda: any(plain(one).endswith(plain(f"{said}.")) for one in self.heard[heard:]),
            f"heard: {said}",
        )
        return said

    # --- time ------------------------------------------------------------------------------

    def go_to(self, instant: datetime) -> None:
        """Let the time pass, fast, and no further."""
        self._run_to(instant, VERY_FAST)

    def _run_to(self, instant: datetime, pace: float) -> None:
        if self.clock.now() < instant:
            self.until(lambda: time.monotonic() > self._typed + TYPING, "nobody types")
            self.clock.run_to(instant, pace)
            self.until(lambda: self.clock.now() >= instant, f"{instant:%H:%M:%S}")

    def leaves(self, row: Row, state: str) -> None:
        """Let the time pass until a post of the run sheet leaves, or its page opens."""
        self.go_to(row.due_at - NEAR)
        self._run_to(row.due_at, FAST)
        self.until(lambda: self.state(row.slot) == state, f"{row.slot} {state}")
        self.left[row.slot] = self.clock.now()
        print(f"{state:<12}{row.slot} due {row.due_at:%H:%M:%S}", flush=True)

    def publish_on_page(self, slot: str) -> None:
        """The page of a post is open, with its words: post it there, and say so here."""
        asked = parse_qs(urlsplit(self.pages()[-1]).query)
        assert asked["text"] == [self.row(slot).text], f"{asked} for {slot}"
        self.in_browser(clicks=1)
        self.click("Oui, c’est publié")
        self.until(lambda: self.state(slot) == "sent", f"{slot} published")

    def rehearsed(self, slot: str) -> str:
        """How far a post of the rehearsal is, "" while it is not there."""
        with closing(connect(f"file:{self._data / 'tchat.db'}?mode=ro", uri=True)) as base:
            query = "SELECT state FROM outbox WHERE occasion = 'rehearsal' AND slot = ?"
            found = base.execute(query, (slot,)).fetchall()
        return str(found[0][0]) if found else ""

    # --- at the end ------------------------------------------------------------------------

    def check_own_posts(self) -> None:
        """The posts of the run sheet all left once, in time, with the tag."""
        rows = [row for row in self.rows() if row.kind not in ("reply", "repost")]
        wrong = [row for row in rows if row.state != "sent"]
        assert not wrong, f"not published: {wrong}"
        assert {row.slot for row in rows} <= set(self.left), self.left
        for row in rows:
            late = self.left[row.slot] - row.due_at
            assert -timedelta(seconds=1) < late < IN_TIME, f"{row.slot} left after {late}"
            assert "#UnionsPrécoces" in row.text, row
        texts = [row.text for row in rows]
        assert len(set(texts)) == len(texts), texts
        print(f"own      {len(rows)} posts, each once and in time", flush=True)

    def check_filters(self, expected: dict[str, int]) -> None:
        """The filters on screen count what the crowd said."""
        for name in FILTERS:
            words = self.words.pgettext("filter", name)
            self.meet(f"{words} {expected[name]}")
        self.press("Plus de filtres")
        seen = self.entries()
        hidden = self.words.pgettext("filter", "Hidden")
        wanted = {f"{hidden} {expected['Hidden']}"}
        for number in range(1, 6):
            words = plain(self.words.gettext("Answers to Q{number}").format(number=number))
            wanted.add(f"{words} {expected[f'Q{number}']}")
        assert wanted <= seen, f"missing {wanted - seen} in {seen}"
        print(f"filters  {expected}", flush=True)


def expected(folder: str) -> dict[str, Any]:
    """What crowd.py says must be there at the end."""
    found: dict[str, Any] = json.loads(Path(folder, "expected.json").read_text("utf-8"))
    return found
