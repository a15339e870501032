"""What the organiser's last command did, whether it can be undone, and what undoing it changes.

Published posts are public and stay. Undoing never publishes a post at once: it is planned for a
time to come. All datetimes are in UTC.
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
    link_corrected,
    own_time,
    planned_at,
    skipped,
    taken_back,
)
from tchat_desktop.domain.found_posts import SortedPosts
from tchat_desktop.domain.numbering import with_number, with_row_text
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostState, Reason

RowChange = tuple[OutboxPost, OutboxPost]
"""A row of the outbox before and after a change."""


class Command(StrEnum):
    """The commands that the organiser can give during the chat."""

    SKIP = "skip"
    BRING_BACK = "bring back"
    POSTPONE = "postpone"
    SHIFT = "shift"
    """All that is to come was moved, later or sooner."""
    EXTEND = "extend"
    """The end was moved to a later time, and the words of the end with it."""
    CONCLUDE = "conclude"
    """The words of the end leave in a minute, and the rest went to the reserve."""
    CATCH_UP = "catch up"
    KEEP_TIMES = "keep times"
    RELEASE = "release"
    """A text's editor was closed after its post was due: that post and the rest were delayed."""
    EDIT = "edit"
    SEND = "send"
    BY_PAGE = "by page"
    REPLY = "reply"
    REPOST = "repost"
    WRITE = "write"
    """A post was written during the chat."""
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
    """A post by somebody else was added, by its link."""
    CORRECT_POST = "correct post"
    REMOVE_POST = "remove post"
    MARK = "mark"
    PASTE = "paste"
    """The posts of a page were taken in: new ones, and what some had lacked."""


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
"""Commands that undo does not take back: another button does, or nothing does."""

_ANSWERS = frozenset({Command.CATCH_UP, Command.KEEP_TIMES})
"""The organiser's two answers to the question about missed posts (see domain.catching_up)."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A mark that the organiser gave to a participant's post; `before` is that post without it."""

    before: FeedPost
    made: Marking

    @property
    def back(self) -> Marking:
        """The marking that restores the post as it was before."""
        others = EXCLUDED.get(self.made.mark, ())
        if given := [one for one in others if getattr(self.before, one.value)]:
            return Marking(self.made.post_id, given[0], True, tuple(given[1:]))
        value = getattr(self.before, self.made.mark.value)
        return Marking(self.made.post_id, self.made.mark, value)

    def still_on(self, post: FeedPost) -> bool:
        """Return whether `post` still has the mark as it was given."""
        return self.made.on(post) == post


@dataclass(frozen=True, slots=True)
class MovedEnd:
    """Another end of the hour: the one that held instead of the announced one, and the new one.

    Both are UTC, `before` is None where the announced one held.
    """

    before: datetime | None
    made: datetime


@dataclass(frozen=True, slots=True)
class DoneCommand:
    """A command that was carried out, with the rows it changed; the post it was about comes first.

    A command that moved the end of the hour has it in `end`, and may have changed no row. For a
    mark `marked` says which one, and no row is changed. For a page that was pasted `pasted` says
    what it brought; the changed rows are those that it confirmed.
    """

    command: Command
    changes: tuple[RowChange, ...] = ()
    marked: Marked | None = None
    pasted: SortedPosts | None = None
    end: MovedEnd | None = None


def can_put_back(rows: Iterable[OutboxPost], done: DoneCommand, now: datetime, over: bool) -> bool:
    """Return whether a command can be undone: its first row is still as the command left it.

    Once the hour is `over`, an undo that would plan a post again is refused. The answer "keep the
    times" can be undone as long as the question about missed posts would be asked again. `rows` are
    the present ones.
    """
    if done.command in _FOR_GOOD:
        return False
    if done.command in (Command.MARK, Command.PASTE):
        return True
    rows = tuple(rows)
    if done.command is Command.KEEP_TIMES and not _asks_again(rows, done, now):
        return False
    if done.end is not None and not done.changes:
        return not over
    first = [made for _before, made in done.changes[:1]]
    still = any(_is_still(row, made) for row in rows for made in first if row.id == made.id)
    if not still or not over:
        return still
    return all(made.state is not PostState.PLANNED for _row, made in put_back(rows, done, now))


def put_back(rows: Iterable[OutboxPost], done: DoneCommand, now: datetime) -> list[RowChange]:
    """Return pairs (row, new row) that undo a command. `rows` are the present ones.

    Rows that were published or changed since then stay as they are. The others return to their
    former times; if the first of these has passed, all of them are delayed alike so that it leaves
    in a minute. Rows that were not waiting to leave go to the reserve. But a post that was skipped
    while it waited for a decision is planned again, because that decision can no longer be asked
    for. A post confirmed by hand or by a page that was pasted asks for the organiser's decision
    again, unless it was confirmed before and only got its link by that page. An answer about missed
    posts is undone by asking again, if that is possible.
    """
    rows = tuple(rows)
    there = _untouched(rows, done)
    if done.command is Command.EDIT:
        return [(row, with_row_text(row, before.text)) for row, before in there]
    if done.command in (Command.CONFIRM, Command.PASTE):
        asked = ((row, _unconfirmed(row, before)) for row, before in there)
        return [(row, made) for row, made in asked if made is not None]
    if done.command in _ANSWERS and _asks_again(rows, done, now):
        # Former times may have passed: nothing leaves before the organiser answers again.
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
        elif before.state is PostState.DRAFT and row.state in SHIFTABLE:
            # In reserve on the run sheet: it goes on following that, as nobody decided otherwise.
            made = replace(
                skipped(row),
                state=PostState.DRAFT,
                due_at=before.due_at,
                expires_at=before.expires_at,
            )
        elif row.state is PostState.SKIPPED:
            made = row
        else:
            made = skipped(row)
        made = replace(made, route=before.route)
        if made != row:
            back.append((row, made))
    return back


def _unconfirmed(row: OutboxPost, before: OutboxPost) -> OutboxPost | None:
    """Return the row without what was said of it; it keeps what had been said `before`."""
    return link_corrected(row, None) if before.state is PostState.SENT else taken_back(row)


def _untouched(rows: Iterable[OutboxPost], done: DoneCommand) -> list[RowChange]:
    """Return the rows still as a command left them, each with what it was before the command."""
    made_of = {made.id: (before, made) for before, made in done.changes}
    return [
        (row, made_of[row.id][0])
        for row in rows
        if row.id in made_of and _is_still(row, made_of[row.id][1])
    ]


def _as_it_was(there: Iterable[RowChange]) -> list[RowChange]:
    """Return pairs (row, row planned at its former time); what had expired expires again."""
    return [(row, planned_at(row, before.due_at)) for row, before in there]


def _asks_again(rows: Sequence[OutboxPost], done: DoneCommand, now: datetime) -> bool:
    """Return whether undoing the command would ask the organiser about missed posts again."""
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
    """Return whether `row` is as the command left it (`made`), whatever number it now has."""
    alike = row.state in SHIFTABLE if made.state in SHIFTABLE else row.state is made.state
    text = with_number(made, row.number).text
    return alike and row.due_at == made.due_at and row.text == text
