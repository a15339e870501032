"""A chat that is open: its editor, its saving, and the hours that run."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from functools import partial

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.chat_fields import Use, part_of
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.autosave import Autosave
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.rehearsal_hour import RehearsalHour

FLUSH_SECONDS = 5.0


class Session:
    """Lives from the opening of a chat to its closing.

    Used from one thread, but for what may wait: `stop_live`, `stop_hours`, `flush`, `close`.
    """

    def __init__(
        self,
        chat: Chat,
        autosave: Autosave,
        make_hour: Callable[[Chat, Occasion], Hour],
        plan: Callable[[Chat], Sequence[OutboxPost]],
        keep_awake: Callable[[], AbstractContextManager[object]] = nullcontext,
    ) -> None:
        self.editor = ChatEditor(chat)
        self._autosave = autosave
        self._make_hour = make_hour
        self._plan = plan
        self._keep_awake = keep_awake
        self._awake = ExitStack()
        self._is_awake = False
        self._hours: dict[Occasion, Hour] = {}
        self.editor.observe(autosave.save)

    def hour(self, occasion: Occasion) -> Hour | None:
        """The hour of that occasion, if it was started since the chat was opened."""
        return self._hours.get(occasion)

    @property
    def is_live(self) -> bool:
        """Whether the real hour runs."""
        return Occasion.LIVE in self._hours

    def start_rehearsal(self) -> Hour:
        """Start the rehearsal anew; returns at once."""
        return self._start(Occasion.REHEARSAL)

    def start_live(self) -> Hour:
        """Start the real hour, or go on where it was; returns at once.

        The computer is kept awake until the hours are stopped. Raises ValueError for a copy of a
        chat that is open elsewhere.
        """
        running = self._hours.get(Occasion.LIVE)
        if running is not None:
            return running
        if self.editor.chat.live_elsewhere is not None:
            raise ValueError("a copy of a chat that is open elsewhere publishes nothing")
        return self._open_live()

    def take_over(self) -> Hour:
        """Start the real hour here, of a chat that was open on another computer when copied.

        What was to leave meanwhile stays in reserve: it may be out from there. Once that is done
        the hour reports HourTakenOver, to be answered with `taken_over`.
        """
        return self._hours.get(Occasion.LIVE) or self._open_live()

    def taken_over(self) -> None:
        """The hour goes on here: the chat is no longer held elsewhere, whatever is undone."""
        self.editor.note(live_elsewhere=None)

    def _open_live(self) -> Hour:
        if not self._is_awake:
            self._awake.enter_context(self._keep_awake())
            self._is_awake = True
        return self._start(Occasion.LIVE)

    def follow_edits(self, at_once: bool = False) -> bool:
        """Let the real hour go on with the chat as it was edited, if it runs; returns at once.

        False when it must be opened anew for that: it is another day, tag, account or way. Then
        call `stop_live`, and `start_live` if `can_go_live`. See `Hour.follow` for `at_once`.
        A rehearsal follows as well, or says that it is no longer the one of this chat.
        """
        hour, chat = self._hours.get(Occasion.LIVE), self.editor.chat
        rehearsal = self._hours.get(Occasion.REHEARSAL)
        if isinstance(rehearsal, RehearsalHour):
            rehearsal.follow_chat(chat, same=_fixed(rehearsal.chat) == _fixed(chat))
        if hour is None:
            return True
        if _fixed(hour.chat) != _fixed(chat):
            return False
        hour.follow(chat, partial(self._plan, chat), at_once)
        return True

    @property
    def can_go_live(self) -> bool:
        """Whether the chat has what the real hour needs: a day, and a way for its posts."""
        chat = self.editor.chat
        ready = chat.starts_at is not None and chat.route in (Route.ASSISTED, Route.KEYS)
        return ready and chat.live_elsewhere is None

    def stop_live(self) -> None:
        """Stop the real hour; may wait for a post that is just leaving."""
        hour = self._hours.pop(Occasion.LIVE, None)
        if hour is not None:
            hour.stop()

    def stop_hours(self) -> bool:
        """Stop whatever runs; may wait for a post that is just leaving. False if one still is."""
        stopped = [hour.stop() for hour in self._hours.values()]
        self._hours.clear()
        self._awake.close()
        self._is_awake = False
        return all(stopped)

    def flush(self) -> bool:
        """Write the last edit now; False if it could not be written in time."""
        return self._autosave.flush(FLUSH_SECONDS)

    def close(self) -> bool:
        """Stop the hours and write the last edit; waits, so not on the GUI thread."""
        self.stop_hours()
        return self.flush()

    def _start(self, occasion: Occasion) -> Hour:
        former = self._hours.pop(occasion, None)
        if former is not None:
            former.stop()
        hour = self._make_hour(self.editor.chat, occasion)
        self._hours[occasion] = hour
        return hour


def _fixed(chat: Chat) -> object:
    """What an hour is built on, and cannot change while it runs."""
    return part_of(chat, Use.FIXES_HOUR)
