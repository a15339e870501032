"""The app in front of a journey that starts, closes and kills it, by a clock that is wound.

What is on screen is held against the outbox on disk, and the pages against those that were due.
"""

from __future__ import annotations

import gettext
import sqlite3
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pyatspi
from fast_clock import FastClock
from journey import PATIENCE, Journey, everything

PROJECT = Path(__file__).parents[2]
FAST = 20.0
"""So many times faster goes the chat while something is waited for; else it goes as the wall."""
TYPING = 5.0
"""Real seconds after which the app no longer takes somebody for typing."""

NEEDS_ORGANISER = ("unknown", "failed", "handed_over", "expired")
ON_THE_WAY = ("draft", "planned", "due", "sending")
IN_RESERVE = ("draft", "skipped")


class Row(NamedTuple):
    """A post of the outbox as it is on disk."""

    slot: str
    kind: str
    target_author: str
    text: str
    state: str
    due_at: datetime
    target_id: str


class Counts(NamedTuple):
    """How many posts wait, each for something else."""

    to_check: int
    on_the_way: int
    """Replies and reposts."""
    in_reserve: int
    to_ask: int
    """Questions that are planned."""


class Window(Journey):
    """Looks, presses and types as a person does, and reads the disk as a person cannot."""

    def __init__(self, python: str, folder: str) -> None:
        super().__init__(0, folder)
        self._python = python
        self._data = Path(folder, "chats")
        self._log = Path(folder, "app.log")
        self._pages = Path(folder, "pages")
        self._app: subprocess.Popen[bytes] | None = None
        self._chat_id = ""
        self._expected: list[str] = []
        self._typed = 0.0
        self.clock = FastClock(Path(folder, "clock"))
        self.pace = 1.0
        """Seconds of the chat to one of the world, while nothing is waited for."""
        self.words: gettext.NullTranslations = gettext.NullTranslations()

    # --- the app ---------------------------------------------------------------------------

    def open_app(self, chat_id: str, file: str = "", *flags: str) -> None:
        """Start the app, with a file where one is given; the outbox is that chat's from now on.

        `flags` are more of its command line.
        """
        self._chat_id = chat_id
        command = [self._python, "-m", "tests.e2e.fast_app", str(self.clock.file)]
        command += ["--data-dir", str(self._data), "--lang", "fr", *flags]
        command += [file] if file else []
        with self._log.open("ab") as log:
            self._app = subprocess.Popen(
                command, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self._pid = self._app.pid
        self.until(lambda: self.app() is not None, "the app")
        # The app has compiled its catalogue by now.
        self.words = gettext.translation("tchat", str(PROJECT / "translations"), ["fr"])
        print("opened   the app", flush=True)

    def close_app(self, asks: bool) -> None:
        """Close the window as its frame does; `asks` tells whether that is to be confirmed."""
        self.key("alt+F4")
        if asks:
            self.press(self.say("Close anyway"))
        assert self._app is not None
        assert self._app.wait(PATIENCE) == 0, "the app did not end well"
        print("closed   the app", flush=True)

    def kill_app(self) -> None:
        """End the app as a power cut does."""
        assert self._app is not None
        self._app.kill()
        self._app.wait(PATIENCE)
        print("killed   the app", flush=True)

    def end(self) -> None:
        """Leave nothing running."""
        if self._app is not None and self._app.poll() is None:
            self._app.kill()
            self._app.wait(PATIENCE)

    def say(self, message: str, **values: object) -> str:
        """What the French screen says for a text of the app."""
        words = self.words.gettext(message)
        assert words != message, f"the app no longer says {message!r}"
        return words.format(**values)

    def sees(self, name: str) -> bool:
        """Whether something of that name is on screen now."""
        app = self.app()
        return app is not None and any(item.name == name for item in everything(app))

    def key(self, keys: str) -> None:
        """Press keys of the keyboard."""
        subprocess.run(["xdotool", "key", "--clearmodifiers", keys], check=True)
        print(f"key      {keys}", flush=True)

    def type(self, name: str, text: str, shown: str = "") -> None:
        """Type into a field; from then on a page waits for who types, by the clock of the wall."""
        super().type(name, text, shown)
        self._typed = time.monotonic()

    # --- time ------------------------------------------------------------------------------

    def until(self, done: Callable[[], bool], what: str) -> None:
        """Wait for something at the pace of the wall."""
        last = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > last:
                raise LookupError(f"did not come: {what}")
            time.sleep(0.05)

    def wind(self, done: Callable[[], bool], what: str, pace: float = FAST) -> None:
        """The same while the clock of the chat runs; nobody types any more by then."""
        self.until(lambda: time.monotonic() > self._typed + TYPING, "nobody types")
        self.clock.run_at(pace)
        try:
            self.until(done, what)
        finally:
            self.clock.run_at(self.pace)

    def wind_to(self, instant: datetime) -> None:
        """Let the clock run until it shows `instant`, fast where that is far."""
        near = instant - timedelta(minutes=2)
        self.wind(lambda: self.clock.now() >= near, f"{near:%H:%M:%S}", 4 * FAST)
        self.wind(lambda: self.clock.now() >= instant, f"{instant:%H:%M:%S}")

    # --- the disk --------------------------------------------------------------------------

    def follow_the_only_chat(self) -> None:
        """The outbox is that of the chat that was made meanwhile."""
        with closing(sqlite3.connect(f"file:{self._data / 'tchat.db'}?mode=ro", uri=True)) as base:
            ((self._chat_id,),) = base.execute("SELECT id FROM chat").fetchall()

    def rows(self) -> list[Row]:
        """The outbox of the hour."""
        with closing(sqlite3.connect(f"file:{self._data / 'tchat.db'}?mode=ro", uri=True)) as base:
            found = base.execute(
                "SELECT slot, kind, target_author, text, state, due_at, target_id FROM outbox"
                " WHERE chat_id = ? AND occasion = 'live' ORDER BY due_at, rowid",
                (self._chat_id,),
            ).fetchall()
        return [
            Row(*one[:5], due_at=datetime.fromisoformat(one[5]), target_id=one[6]) for one in found
        ]

    def row(self, slot: str) -> Row:
        """One post by its key."""
        for row in self.rows():
            if row.slot == slot:
                return row
        raise LookupError(f"not in the outbox: {slot}")

    def next_slot(self) -> str:
        """The key of the post that leaves next."""
        return next(row.slot for row in self.rows() if row.state == "planned")

    def state(self, slot: str) -> str:
        """How far a post is, "" while it is not there."""
        try:
            return self.row(slot).state
        except LookupError:
            return ""

    def pages(self) -> list[str]:
        """What the browser was asked for, the first first."""
        return self._pages.read_text("utf-8").splitlines()

    # --- what must be so -------------------------------------------------------------------

    def opens(self, slot: str) -> None:
        """Let the time pass until the page of a post opens: that one, once, with its words."""
        self.wind(lambda: self.state(slot) == "handed_over", f"the page of {slot}")
        row, pages = self.row(slot), self.pages()
        assert len(pages) == len(self._expected) + 1, f"pages for {slot}: {pages}"
        asked = parse_qs(urlsplit(pages[-1]).query)
        assert asked["text"] == [row.text], f"{asked} for {row}"
        assert asked.get("in_reply_to", [""]) == [row.target_id], f"{asked} for {row}"
        self._expected = pages
        self.agree()
        print(f"page     {slot}", flush=True)

    def confirm(self, slot: str) -> None:
        """Say that a post is published."""
        self.press(self.say("Yes, it is published"))
        self.until(lambda: self.state(slot) == "sent", f"{slot} published")
        self.agree()

    def agree(self) -> None:
        """The screen counts what waits as the outbox does, and no page opened by itself."""
        seen: list[object] = []

        def agrees() -> bool:
            before = self.rows()
            seen[:] = [self.counted(before), self.shown()]
            return seen[0] == seen[1] and before == self.rows()

        try:
            self.until(agrees, "agreement")
        except LookupError:
            raise LookupError(f"outbox {seen[0]}, screen {seen[1]}: {self.rows()}") from None
        assert self.pages() == self._expected, f"pages nobody asked for: {self.pages()}"

    @staticmethod
    def counted(rows: Sequence[Row]) -> Counts:
        """How many posts wait on disk."""
        replies = ("reply", "repost")
        return Counts(
            sum(row.state in NEEDS_ORGANISER for row in rows),
            sum(row.kind in replies and row.state in ON_THE_WAY for row in rows),
            sum(row.state in IN_RESERVE for row in rows),
            sum(row.kind == "question" and row.state in ("planned", "due") for row in rows),
        )

    def shown(self) -> Counts | str:
        """How many posts wait on screen; in words what does not fit together there."""
        app = self.app()
        items = list(everything(app)) if app is not None else []
        try:
            labels = [item for item in items if item.getRoleName() in ("label", "heading")]
            names = [item.name for item in items]
            checks = [
                count
                for count in range(30)
                if (self._to_check(count) in names)
                and (self.say("No message to check.") in names) is (not count)
            ]
            lists = [
                self._listed(labels, self.say(title))
                for title in ("Waiting to leave", "In reserve")
            ]
            # The card says how many were asked before that.
            ends = {name.rpartition(", ")[2] for name in names}
            asked = [count for count in range(1, 30) if self._to_ask(count) in ends]
        except Exception as error:
            return f"it changed meanwhile: {error!r}"
        if len(checks) != 1 or None in lists:
            return f"checks {checks}, lists {lists}"
        return Counts(checks[0], lists[0] or 0, lists[1] or 0, asked[0] if asked else 0)

    def _to_check(self, count: int) -> str:
        words = self.words.ngettext("{count} to check", "{count} to check", count)
        return words.format(count=count) if count else self.say("No message to check")

    def _to_ask(self, count: int) -> str:
        one, many = "{count} question to ask", "{count} questions to ask"
        return self.words.ngettext(one, many, count).format(count=count)

    @staticmethod
    def _listed(labels: Sequence[pyatspi.Accessible], title: str) -> int | None:
        """How many posts a card beside the conversation lists: each has one button."""
        cards = [label.parent for label in labels if label.name == title]
        if len(cards) != 1:
            return None
        return sum(one.getRoleName().endswith("button") for one in everything(cards[0]))
