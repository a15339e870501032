"""How the thread is at a moment: what the card shows and offers follows from it."""

from __future__ import annotations

from dataclasses import dataclass

from tchat_desktop.domain.outgoing import PostState
from tchat_desktop.domain.thread_rows import (
    ThreadLine,
    next_line,
    thread_has_begun,
    thread_is_whole,
)

_MOVING = (PostState.PLANNED, PostState.DUE, PostState.SENDING)


@dataclass(frozen=True, slots=True)
class ThreadState:
    """The messages of the thread, and the way they take."""

    lines: tuple[ThreadLine, ...] = ()
    has_keys: bool = False
    """Whether the chat goes with keys, and an account is connected."""
    in_browser: bool = False
    """Whether the organiser would rather publish without the keys."""
    active: bool = False
    """Whether what publishes the thread is at work, and not on hold."""
    plays: bool = False
    """Whether all of it is a rehearsal."""
    elsewhere: bool = False
    """Whether another computer publishes this chat."""

    @property
    def by_keys(self) -> bool:
        """Whether the messages leave by themselves."""
        return self.has_keys and not self.in_browser and not self.plays

    @property
    def begun(self) -> bool:
        """Whether a message is out, or may be."""
        return thread_has_begun(self.lines)

    @property
    def whole(self) -> bool:
        """Whether all messages are out."""
        return thread_is_whole(self.lines)

    @property
    def left(self) -> tuple[ThreadLine, ...]:
        """The messages that have not left."""
        return tuple(line for line in self.lines if not line.is_out)

    @property
    def following(self) -> ThreadLine | None:
        """The message that the thread waits for; None when there is none."""
        return next_line(self.lines)

    @property
    def waits(self) -> bool:
        """Whether messages are to leave by themselves."""
        return self.by_keys and any(line.state in _MOVING for line in self.lines)

    @property
    def at_work(self) -> bool:
        """Whether messages leave by themselves at this moment."""
        line = self.following
        return self.by_keys and self.active and line is not None and line.state in _MOVING

    @property
    def wants_links(self) -> bool:
        """Whether the link of a message is missing that was opened, or confirmed without one."""
        return not self.plays and any(
            line.state is PostState.HANDED_OVER
            or (line.state is PostState.SENT and line.row is not None and not line.row.remote_id)
            for line in self.lines
        )

    @property
    def may_publish(self) -> bool:
        """Whether there is something left to publish, and it is published from here."""
        return bool(self.left) and not self.elsewhere

    @property
    def stopped_at(self) -> ThreadLine | None:
        """The message at which the thread stopped and waits for the organiser; or None."""
        line = self.following
        if line is None or self.at_work or line.state is PostState.HANDED_OVER:
            return None
        in_doubt = line.state in (PostState.FAILED, PostState.UNKNOWN)
        return line if in_doubt or (self.begun and self.by_keys) else None
