"""Writes every edit to disk within a second, on a thread of its own."""

from __future__ import annotations

import logging
import threading
import time
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from tchat_desktop.domain.chat import Chat
from tchat_desktop.services.events import ChatSaved, SaveFailed
from tchat_desktop.services.ports import ChatStore, Clock, Report

log = logging.getLogger(__name__)

QUIET_WAIT = 0.3
"""Seconds without an edit after which the chat is written."""
LONGEST_UNSAVED = 0.6
"""Seconds after the first unsaved edit at which the chat is written even while typing goes on.

It leaves four tenths of a second for a slow disk."""
RETRY = 3.0
"""Seconds between two tries when writing fails."""


class Waiting(Protocol):
    """Measures and waits real seconds, whatever the speed of a rehearsal."""

    def monotonic(self) -> float:
        """A time in seconds that never goes back (see `time.monotonic`)."""

    def wait(self, changed: threading.Condition, seconds: float | None) -> None:
        """Wait for a condition, which the caller holds; None waits until it is notified."""


class WallWaiting:
    """Measures and waits by the clock of the computer."""

    def monotonic(self) -> float:
        """A time in seconds that never goes back (see `time.monotonic`)."""
        return time.monotonic()

    def wait(self, changed: threading.Condition, seconds: float | None) -> None:
        """Wait for a condition, which the caller holds; None waits until it is notified."""
        changed.wait(seconds)


@dataclass(slots=True)
class _Unsaved:
    """The newest snapshot of one chat, with the instant of the edit in `at` (UTC)."""

    chat: Chat
    at: datetime
    first: float | None
    """Monotonic time of the first edit that was not tried to write; None when all were tried."""
    due: float
    """Monotonic time at which to write it."""


class Autosave:
    """Writes the newest snapshot of each chat soon after an edit, on a thread of its own.

    On that thread `report` is called with ChatSaved or SaveFailed. A snapshot that could not be
    written is tried again every `RETRY` seconds and at the next edit.
    """

    def __init__(
        self, store: ChatStore, clock: Clock, report: Report, waiting: Waiting | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._report = report
        self._waiting = waiting or WallWaiting()
        self._changed = threading.Condition()
        self._unsaved: dict[str, _Unsaved] = {}
        self._writing: Chat | None = None
        self._refusals = 0
        self._hurry = False
        self._stopped = False
        self._thread = threading.Thread(target=self._run, name="autosave", daemon=True)
        self._thread.start()

    def save(self, chat: Chat) -> None:
        """Have the chat written soon; returns at once, so it can be called on the GUI thread."""
        now = self._waiting.monotonic()
        with self._changed:
            if self._stopped:
                log.error("chat %s changed after autosave was stopped", chat.id)
                return
            waiting = self._unsaved.get(chat.id)
            first = now if waiting is None or waiting.first is None else waiting.first
            due = now if self._hurry else min(now + QUIET_WAIT, first + LONGEST_UNSAVED)
            self._unsaved[chat.id] = _Unsaved(chat, self._clock.now(), first, due)
            self._changed.notify_all()

    def forget(self, chat_id: str) -> None:
        """Write nothing more of a chat that is about to be deleted.

        It waits for a write under way, so never call it on the GUI thread.
        """
        with self._changed:
            self._unsaved.pop(chat_id, None)
            self._changed.wait_for(lambda: self._writing is None or self._writing.id != chat_id)
            self._unsaved.pop(chat_id, None)

    def unsaved(self) -> tuple[Chat, ...]:
        """The chats that wait to be written, without the one that is just being written."""
        with self._changed:
            return tuple(one.chat for one in self._unsaved.values())

    def newest(self, chat_id: str) -> Chat | None:
        """The newest snapshot of a chat that waits or is being written; None if it is on disk."""
        with self._changed:
            if chat_id in self._unsaved:
                return self._unsaved[chat_id].chat
            under_way = self._writing
        return under_way if under_way is not None and under_way.id == chat_id else None

    def flush(self, seconds: float) -> bool:
        """Write everything now; False if not all is on disk after `seconds` or a failure.

        It waits, so never call it on the GUI thread.
        """
        with self._changed:
            self._hurry = True
            now = self._waiting.monotonic()
            for one in self._unsaved.values():
                one.due = now
            # Each snapshot is tried once, besides one that may be under way already.
            last = self._refusals + len(self._unsaved) + (self._writing is not None)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._idle or self._refusals >= last, seconds)
            self._hurry = False
            return self._idle

    def stop(self, seconds: float = 5.0) -> bool:
        """Write what is left, then end the thread; False when not all of it is on disk.

        The flush and the end of the thread may each take up to `seconds`. Later edits are not
        written.
        """
        saved = self.flush(seconds)
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        # After a flush that failed the disk may hang, so it is not waited for again.
        self._thread.join(seconds if saved else 0.1)
        return saved and not self._thread.is_alive()

    @property
    def _idle(self) -> bool:
        return not self._unsaved and self._writing is None

    def _run(self) -> None:
        while (one := self._next()) is not None:
            event: ChatSaved | SaveFailed
            try:
                self._store.save(one.chat, one.at)
                event = ChatSaved(one.chat.id, one.at)
            except Exception as error:
                # Whatever the error, the thread must go on: the next try may succeed.
                log.warning("chat %s not saved: %r", one.chat.id, error)
                event = SaveFailed(one.chat.id, error)
            self._done(one, saved=isinstance(event, ChatSaved))
            self._tell(event)

    def _next(self) -> _Unsaved | None:
        """Wait for the next snapshot that is due, and take it; None when stopped."""
        with self._changed:
            while not self._stopped:
                one = min(self._unsaved.values(), key=lambda other: other.due, default=None)
                now = self._waiting.monotonic()
                if one is not None and one.due <= now:
                    del self._unsaved[one.chat.id]
                    self._writing = one.chat
                    return one
                self._waiting.wait(self._changed, None if one is None else one.due - now)
            return None

    def _done(self, one: _Unsaved, saved: bool) -> None:
        """Note the end of a write; a snapshot that was not saved is tried again later."""
        with self._changed:
            self._writing = None
            if not saved:
                self._refusals += 1
                now = self._waiting.monotonic()
                one.first = None
                one.due = now if self._hurry else now + RETRY
                # A newer snapshot may have come meanwhile: it is the one to try next.
                self._unsaved.setdefault(one.chat.id, one)
            self._changed.notify_all()

    def _tell(self, event: ChatSaved | SaveFailed) -> None:
        try:
            self._report(event)
        except Exception:
            log.exception("nobody could be told of %s", event)


if TYPE_CHECKING:

    def _is_a_waiting(waiting: WallWaiting) -> Waiting:
        return waiting
