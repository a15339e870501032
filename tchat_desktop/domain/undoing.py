"""What the organiser's last command of the hour did, and what takes it back. Instants are UTC.

What has left is public, and stays. Nothing leaves because something was undone, but in its time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.catching_up import must_ask
from tchat_desktop.domain.conversation import EXCLUDED, FeedPost, Marking
from tchat_desktop.domain.decisions import (
    COUNTDOWN,
    SHIFTABLE,
    own_time,
    planned_at,
    skipped,
    taken_back,
)
from tchat_desktop.domain.numbering import with_number, with_row_text
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostState, Reason

RowChange = tuple[OutboxPost, OutboxPost]
"""A row, and what it becomes."""


class Command(StrEnum):
    """What the organiser can ask for in the hour."""

    SKIP = "skip"
    BRING_BACK = "bring back"
    POSTPONE = "postpone"
    CATCH_UP = "catch up"
    KEEP_TIMES = "keep times"
    RELEASE = "release"
    """A text was changed past its time: its post and the rest came later."""
    EDIT = "edit"
    SEND = "send"
    BY_PAGE = "by page"
    REPLY = "reply"
    REPOST = "repost"
    CONFIRM = "confirm"
    NOT_OUT = "not out"
    TAKE_BACK = "take back"
    CORRECT = "correct"
    PAUSE = "pause"
    RESUME = "resume"
    END = "end"
    REOPEN = "reopen"
    WITHOUT_KEYS = "without keys"
    WITH_KEYS = "with keys"
    ADD_POST = "add post"
    """Add a post of somebody else, by its link."""
    CORRECT_POST = "correct post"
    REMOVE_POST = "remove post"
    MARK = "mark"


_FOR_GOOD = frozenset(
    {
        Command.NOT_OUT,
        Command.TAKE_BACK,
        Command.CORRECT,
        Command.PAUSE,
        Command.RESUME,
        Command.END,
        Command.REOPEN,
        Command.WITHOUT_KEYS,
        Command.WITH_KEYS,
        Command.ADD_POST,
        Command.CORRECT_POST,
        Command.REMOVE_POST,
    }
)
"""Commands that cannot be undone here: another button takes them back, or nothing does."""

_ANSWERS = frozenset({Command.CATCH_UP, Command.KEEP_TIMES})
"""What the organiser says when asked about the posts missed (see domain.catching_up)."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark that was given to a post of the public; `before` is that post as it was."""

    before: FeedPost
    made: Marking

    @property
    def back(self) -> Marking:
        """The mark as it was before."""
        other = EXCLUDED.get(self.made.mark)
        if other is not None and getattr(self.before, other.value):
            return Marking(self.made.post_id, other, True)
        value = getattr(self.before, self.made.mark.value)
        return Marking(self.made.post_id, self.made.mark, value)

    def still_on(self, post: FeedPost) -> bool:
        """Whether a post has the mark as it was given."""
        return self.made.on(post) == post


@dataclass(frozen=True, slots=True)
class DoneCommand:
    """A command, and what it made of which rows; the post it was about comes first.

    Of a mark it tells which one; that concerns no row.
    """

    command: Command
    changes: tuple[RowChange, ...] = ()
    marked: Marked | None = None


def can_put_back(rows: Iterable[OutboxPost], done: DoneCommand, now: datetime, over: bool) -> bool:
    """Whether a command can be undone: its first post has not left since, nor changed otherwise.

    Once the hour is `over` nothing is planned again. That the times are kept is taken back while
    the question can be put again. `rows` are the present ones.
    """
    if done.command in _FOR_GOOD:
        return False
    if done.command is Command.MARK:
        return True
    rows = tuple(rows)
    if done.command is Command.KEEP_TIMES and not _asks_again(rows, done, now):
        return False
    first = [made for _before, made in done.changes[:1]]
    still = any(_is_still(row, made) for row in rows for made in first if row.id == made.id)
    if not still or not over:
        return still
    return all(made.state is not PostState.PLANNED for _row, made in put_back(rows, done, now))


def put_back(rows: Iterable[OutboxPost], done: DoneCommand, now: datetime) -> list[RowChange]:
    """Rows with what they become when a command is undone. `rows` are the present ones.

    What has left since, or was decided otherwise, stays. The others keep their distances: when the
    first would be in the past, all come as much later as it takes to leave in a minute. What was
    dropped while the organiser was asked about it cannot be asked about again: it comes back. What
    was confirmed by hand waits for their word again. Where they had answered about posts that were
    missed, all is as it was and they are asked again, if that is possible.
    """
    rows = tuple(rows)
    there = _untouched(rows, done)
    if done.command is Command.EDIT:
        return [(row, with_row_text(row, before.text)) for row, before in there]
    if done.command is Command.CONFIRM:
        asked = ((row, taken_back(row)) for row, _before in there)
        return [(row, made) for row, made in asked if made is not None]
    if done.command in _ANSWERS and _asks_again(rows, done, now):
        # Nothing of it leaves: it waits for another answer.
        return _as_it_was(there)
    soonest = now + COUNTDOWN
    coming = [before.due_at for _row, before in there if before.state in SHIFTABLE]
    delay = max(timedelta(), soonest - min(coming, default=soonest))
    back = []
    for row, before in there:
        if before.state in SHIFTABLE:
            made = planned_at(row, before.due_at + delay)
        elif done.command is Command.SKIP and before.state in NEEDS_ORGANISER:
            made = planned_at(row, max(own_time(row, now) or soonest, soonest))
        elif row.state is PostState.SKIPPED:
            made = row
        else:
            made = skipped(row)
        made = replace(made, route=before.route)
        if made != row:
            back.append((row, made))
    return back


def _untouched(rows: Iterable[OutboxPost], done: DoneCommand) -> list[RowChange]:
    """The rows that are as a command left them, with what they were before it."""
    made_of = {made.id: (before, made) for before, made in done.changes}
    return [
        (row, made_of[row.id][0])
        for row in rows
        if row.id in made_of and _is_still(row, made_of[row.id][1])
    ]


def _as_it_was(there: Iterable[RowChange]) -> list[RowChange]:
    """The rows at the times they had before; those that had expired then are expired again."""
    return [(row, planned_at(row, before.due_at)) for row, before in there]


def _asks_again(rows: Sequence[OutboxPost], done: DoneCommand, now: datetime) -> bool:
    """Whether the organiser would be asked about the posts missed, were a command taken back."""
    back = {made.id: made for _row, made in _as_it_was(_untouched(rows, done))}
    return must_ask(
        [
            replace(made, state=PostState.EXPIRED, reason=Reason.TOO_LATE)
            if made.id in back and now >= made.expires_at
            else made
            for made in (back.get(row.id, row) for row in rows)
        ],
        now,
    )


def _is_still(row: OutboxPost, made: OutboxPost) -> bool:
    """Whether a row is as a command left it, but for the number that a question has by now."""
    alike = row.state in SHIFTABLE if made.state in SHIFTABLE else row.state is made.state
    text = with_number(made, row.number).text
    return alike and row.due_at == made.due_at and row.text == text
