"""Every edit is on disk within a second, and nobody waits for it."""

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
"""Seconds after the first unsaved edit at which it is written even while typing goes on.

Leaves a slow disk four tenths of the second that is promised."""
RETRY = 3.0
"""Seconds between two tries when the disk refuses."""


class Waiting(Protocol):
    """Real seconds (never the time of a rehearsal), and a wait that can be woken."""

    def monotonic(self) -> float:
        """Seconds that only grow."""

    def wait(self, changed: threading.Condition, seconds: float | None) -> None:
        """Wait on a condition that is held, for at most that long; None: until notified."""


class WallWaiting:
    """The computer's own clock and waiting."""

    def monotonic(self) -> float:
        """Seconds that only grow."""
        return time.monotonic()

    def wait(self, changed: threading.Condition, seconds: float | None) -> None:
        """Wait on a condition that is held, for at most that long; None: until notified."""
        changed.wait(seconds)


@dataclass(slots=True)
class _Unsaved:
    """The newest snapshot of one chat, when it was made, and when to write it."""

    chat: Chat
    at: datetime
    first: float | None
    """When the first edit not yet tried on disk came; None when all were tried and refused."""
    due: float


class Autosave:
    """Writes the newest snapshot of each chat soon after an edit, on a thread of its own.

    `report` hears ChatSaved or SaveFailed on that thread. A snapshot the disk refused is kept, and
    tried again every few seconds and at the next edit.
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
        """Have the chat written soon; returns at once."""
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
        """Write nothing more of a chat about to be deleted; waits for a write under way.

        Call it where the chat is deleted, before it is: not on the GUI thread.
        """
        with self._changed:
            self._unsaved.pop(chat_id, None)
            self._changed.wait_for(lambda: self._writing is None or self._writing.id != chat_id)
            self._unsaved.pop(chat_id, None)

    def unsaved(self) -> tuple[Chat, ...]:
        """The chats that are not on disk yet, but for one that is just being written."""
        with self._changed:
            return tuple(one.chat for one in self._unsaved.values())

    def newest(self, chat_id: str) -> Chat | None:
        """The last snapshot of a chat if it is not on disk yet, also when it is just written."""
        with self._changed:
            if chat_id in self._unsaved:
                return self._unsaved[chat_id].chat
            under_way = self._writing
        return under_way if under_way is not None and under_way.id == chat_id else None

    def flush(self, seconds: float) -> bool:
        """Write everything now; True when all is on disk, False after `seconds` or a refusal."""
        with self._changed:
            self._hurry = True
            now = self._waiting.monotonic()
            for one in self._unsaved.values():
                one.due = now
            # Each snapshot gets its own try, after one that may be under way already.
            last = self._refusals + len(self._unsaved) + (self._writing is not None)
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._idle or self._refusals >= last, seconds)
            self._hurry = False
            return self._idle

    def stop(self, seconds: float = 5.0) -> bool:
        """Write what is left, then end the thread; False when not all of it is on disk.

        Takes at most about `seconds`; edits made after are not written.
        """
        saved = self.flush(seconds)
        with self._changed:
            self._stopped = True
            self._changed.notify_all()
        # After a flush that took all the time the disk hangs: waiting again would be in vain.
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
                # Whatever it is, the thread must live on: the next try may succeed.
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
