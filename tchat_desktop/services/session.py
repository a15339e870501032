"""A chat that is open in the window: its editor, its autosave, and its running hours."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, ExitStack, nullcontext
from datetime import datetime
from functools import partial

from tchat_desktop.domain.announcing import wants_announcer
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.chat_fields import Use, part_of
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.thread_rows import thread_out
from tchat_desktop.services.announcer import Announcer
from tchat_desktop.services.autosave import Autosave
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.services.followed_hour import FollowedHour
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.rehearsal_hour import RehearsalHour
from tchat_desktop.services.thread_posting import ThreadPosting

FLUSH_SECONDS = 5.0


class Session:
    """Exists from the opening of a chat to its closing.

    It is used on the GUI thread, except `stop_live`, `stop_hours`, `flush` and `close`, which may
    wait. `make_hour` makes and starts an hour; `plan` gives its rows; `keep_awake` keeps the
    computer from sleeping. `make_announcer` makes and starts what publishes announcements by
    itself; without it they all wait for the organiser. `make_followed` makes the hour that another
    computer publishes. `make_thread` makes and starts what publishes the thread of the recap.
    """

    def __init__(
        self,
        chat: Chat,
        autosave: Autosave,
        make_hour: Callable[[Chat, Occasion], Hour],
        plan: Callable[[Chat], Sequence[OutboxPost]],
        keep_awake: Callable[[], AbstractContextManager[object]] = nullcontext,
        make_announcer: Callable[[Chat], Announcer] | None = None,
        make_followed: Callable[[Chat], FollowedHour] | None = None,
        make_thread: Callable[[Chat], ThreadPosting] | None = None,
    ) -> None:
        self.editor = ChatEditor(chat)
        self._autosave = autosave
        self._make_hour = make_hour
        self._plan = plan
        self._keep_awake = keep_awake
        self._awake = ExitStack()
        self._is_awake = False
        self._hours: dict[Occasion, Hour] = {}
        self._make_announcer = make_announcer
        self._announcer: Announcer | None = None
        self._announces = False
        """Whether an announcer may be made: not before `announce`, nor after `stop_hours`."""
        self._make_followed = make_followed
        self._followed: FollowedHour | None = None
        self._make_thread = make_thread
        self._thread: ThreadPosting | None = None
        self.editor.observe(autosave.save)
        self.editor.observe(self._announce)
        self.editor.observe(self._follow_thread)

    def hour(self, occasion: Occasion) -> Hour | None:
        """The hour of that occasion; None if it was not started yet, or was stopped."""
        return self._hours.get(occasion)

    @property
    def followed(self) -> FollowedHour | None:
        """The hour that another computer publishes and that is moderated here, if there is one."""
        return self._followed if self.editor.chat.live_elsewhere is not None else None

    def follow_elsewhere(self) -> None:
        """Moderate here the hour of a chat that another computer publishes."""
        if self._followed is None and self._make_followed is not None:
            self._followed = self._make_followed(self.editor.chat)

    def held_back(self, at: datetime) -> None:
        """Note that another computer publishes the chat since `at` (UTC); nothing leaves here."""
        if not self.is_live and self.editor.chat.live_elsewhere is None:
            self.editor.note(live_elsewhere=at)

    @property
    def is_live(self) -> bool:
        """Whether the real hour runs."""
        return Occasion.LIVE in self._hours

    def announce(self) -> None:
        """Begin with what is to leave by itself already, once the chat is open; returns at once."""
        self._announces = True
        self._announce(self.editor.chat)

    def _announce(self, chat: Chat) -> None:
        """Have the announcements given to the keys leave by themselves, once there are any."""
        if self._announcer is not None:
            self._announcer.follow(chat)
        elif self._make_announcer is not None and self._announces and wants_announcer(chat):
            self._announcer = self._make_announcer(chat)

    def note_announced(self, rows: Sequence[OutboxPost]) -> None:
        """Note in the chat which announcements are out, as the rows of the announcer tell."""
        out = {row.slot for row in rows if row.state is PostState.SENT}
        chat = self.editor.chat
        known = tuple(one.id for one in chat.announcements if one.id in out | set(chat.announced))
        tags = dict(chat.announced_tags)
        for row in rows:
            # What is known of old left when the chat may have had another tag.
            if row.slot in known and row.slot not in chat.announced:
                carries = chat.hashtag and fold(f"#{chat.hashtag}") in fold(row.text)
                tags |= {row.slot: chat.hashtag} if carries else {}
        self.editor.note(announced=known, announced_tags=tuple(tags.items()))

    def note_thread(self, rows: Sequence[OutboxPost]) -> None:
        """Note in the chat which posts of its thread are out, as their rows tell."""
        self.editor.note(thread_out=thread_out(rows))

    def thread(self) -> ThreadPosting:
        """What publishes the thread of the recap, made at the first call; returns at once.

        Raises ValueError for a copy of a chat that is open on another computer.
        """
        if self.editor.chat.live_elsewhere is not None or self._make_thread is None:
            raise ValueError("a copy of a chat that is open elsewhere publishes nothing")
        if self._thread is None:
            self._thread = self._make_thread(self.editor.chat)
        return self._thread

    def _follow_thread(self, chat: Chat) -> None:
        if self._thread is not None:
            self._thread.follow(chat)

    def start_rehearsal(self) -> Hour:
        """Start a new rehearsal, after stopping the last one; returns at once."""
        return self._start(Occasion.REHEARSAL)

    def start_live(self) -> Hour:
        """Start the real hour, or return the running one; returns at once.

        The computer is kept awake until `stop_hours`. Raises ValueError for a copy of a chat that
        is open on another computer.
        """
        running = self._hours.get(Occasion.LIVE)
        if running is not None:
            return running
        if self.editor.chat.live_elsewhere is not None:
            raise ValueError("a copy of a chat that is open elsewhere publishes nothing")
        return self._open_live()

    def take_over(self) -> Hour:
        """Start the real hour of a chat that was open on another computer when it was copied.

        Posts whose time has passed go to the reserve, as the other computer may have published
        them. The hour then reports HourTakenOver, upon which `taken_over` must be called.
        """
        return self._hours.get(Occasion.LIVE) or self._open_live()

    def taken_over(self) -> None:
        """Note that the hour goes on here, so that the chat is no longer held back."""
        self.editor.note(live_elsewhere=None)

    def _open_live(self) -> Hour:
        if not self._is_awake:
            self._awake.enter_context(self._keep_awake())
            self._is_awake = True
        return self._start(Occasion.LIVE)

    def follow_edits(self, at_once: bool = False) -> bool:
        """Make the running hours follow the edits of the chat; returns at once.

        False when the real hour must be reopened for that, because the day, tag, account, route or
        the like has changed: then call `stop_live`, and `start_live` if `can_go_live`. A rehearsal
        follows, or shows that the chat has changed too much. For `at_once` see `Hour.follow`.
        """
        hour, chat = self._hours.get(Occasion.LIVE), self.editor.chat
        if self._followed is not None:
            self._followed.follow(chat)
        rehearsal = self._hours.get(Occasion.REHEARSAL)
        if isinstance(rehearsal, RehearsalHour):
            rehearsal.follow_chat(chat)
        if hour is None:
            return True
        if _fixed(hour.chat) != _fixed(chat):
            return False
        hour.follow(chat, partial(self._plan, chat), at_once)
        return True

    @property
    def can_go_live(self) -> bool:
        """Whether the real hour can start: there is a date and a route, and it is not held back."""
        chat = self.editor.chat
        ready = chat.starts_at is not None and chat.route in (Route.ASSISTED, Route.KEYS)
        return ready and chat.live_elsewhere is None

    def stop_live(self) -> None:
        """Stop the real hour; waits for a post that is just being sent."""
        hour = self._hours.pop(Occasion.LIVE, None)
        if hour is not None:
            hour.stop()

    def stop_hours(self) -> bool:
        """Stop all hours; waits for a post that is just being sent. False if it still is."""
        self._announces = False
        stopped = [hour.stop() for hour in self._hours.values()]
        if self._announcer is not None:
            stopped.append(self._announcer.stop())
            self._announcer = None
        if self._thread is not None:
            stopped.append(self._thread.stop())
            self._thread = None
        self._hours.clear()
        self._awake.close()
        self._is_awake = False
        return all(stopped)

    def flush(self) -> bool:
        """Write the last edit to disk now; False if that failed or took over `FLUSH_SECONDS`."""
        return self._autosave.flush(FLUSH_SECONDS)

    def close(self) -> bool:
        """Stop the hours and write the last edit; never call it on the GUI thread, since it waits.

        False if the edit could not be written.
        """
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
    """The parts of a chat that cannot change while its hour runs."""
    return part_of(chat, Use.FIXES_HOUR)
