"""The commands that the organiser gives about the times of a chat, its end, and what to leave out.

Nothing that is out, or whose page is open, is changed by them. Each can be undone.
"""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.domain import catching_up, decisions, new_times
from tchat_desktop.domain.course import coming
from tchat_desktop.domain.outgoing import WAITING, OutboxPost, PostState
from tchat_desktop.domain.undoing import Command, DoneCommand, MovedEnd
from tchat_desktop.services.outbox_rows import OutboxRows


class OutboxTimes(OutboxRows):
    """The rows of one hour, with the commands about their times (see Outbox for the others)."""

    def postpone(self, post_id: str, minutes: int, and_following: bool = True) -> None:
        """Move a post, and the planned ones after it if asked, by `minutes`, which may be negative.

        A post whose time has passed is counted from now, and nothing is moved into the past.
        Nothing is moved once the hour is over. `undo` takes it back.
        """
        with self._lock:
            rows, now = self._stored(), self._clock.now()
            moved = decisions.postponed(rows, post_id, minutes, and_following, now)
            if not self.is_over:
                self._move_times(Command.POSTPONE, moved)
            self.tell()

    def shift(self, minutes: int) -> None:
        """Move all that is to come by `minutes`, which may be negative (see domain.new_times).

        Nothing is moved once the hour is over. `undo` takes it back.
        """
        with self._lock:
            moved = new_times.shifted(self._stored(), minutes, self._clock.now())
            if not self.is_over:
                self._move_times(Command.SHIFT, moved)
            self.tell()

    def extend(self, minutes: int) -> None:
        """End the hour `minutes` later, the words of the end with it; `undo` takes it back.

        Nothing is changed once the hour is over and nothing is to come any more.
        """
        with self._lock:
            rows, ends_at = self._stored(), self.moved_end or self._ends_at
            if ends_at is not None and (coming(rows) or not self.is_over):
                made = new_times.extended(rows, minutes, self._clock.now(), ends_at)
                self._move_end(Command.EXTEND, made)
            self.tell()

    def conclude(self) -> None:
        """Have the words of the end leave in a minute, and put aside what else was to come.

        The hour then ends soon after them. Nothing is changed when no words of the end are to come.
        `undo` takes it back, as long as they have not left.
        """
        with self._lock:
            ends_at = self.moved_end or self._ends_at
            if ends_at is not None:
                made = new_times.concluded(self._stored(), self._clock.now(), ends_at)
                if made is not None:
                    self._move_end(Command.CONCLUDE, made)
            self.tell()

    def end_as_announced(self) -> None:
        """Drop an early end that has passed, while the announced one is to come: for reopening."""
        with self._lock:
            to_come = self._ends_at is not None and self._clock.now() < self._ends_at
            if to_come and self.is_over:
                self._decided.end_at(None, None)

    def insert(self, post_id: str, before_id: str) -> None:
        """Put a post of the reserve before one that is to come; later ones move only as they must.

        Nothing is changed once the hour is over, or when either post has changed since it was
        chosen. `undo` takes it back.
        """
        with self._lock:
            changes = new_times.inserted(self._stored(), post_id, before_id, self._clock.now())
            if not self.is_over:
                self._move_times(Command.BRING_BACK, changes)
            self.tell()

    def catch_up(self, proposal: catching_up.Proposal) -> None:
        """Give posts the times of the proposal; what has left stays. `undo` takes it back."""
        with self._lock:
            times, rows = dict(proposal.times), self._stored()
            moved = [
                (row, decisions.planned_at(row, times[row.id]))
                for row in rows
                if row.id in times and row.state in (*decisions.SHIFTABLE, PostState.EXPIRED)
            ]
            moved += [
                (row, decisions.skipped(row))
                for row in rows
                if row.id in proposal.left_out and row.state in (WAITING | {PostState.EXPIRED})
            ]
            self._move_times(Command.CATCH_UP, moved)
            self.tell()

    def keep_times(self) -> None:
        """Keep the times of the run sheet: the posts that were missed go to the reserve."""
        with self._lock:
            rows = self._stored()
            missed = catching_up.missed(rows, self._clock.now())
            self._move_times(Command.KEEP_TIMES, [(row, decisions.skipped(row)) for row in missed])
            self.tell()

    def set_aside_due(self) -> None:
        """Move the posts due by now to the reserve: another computer may have published them."""
        with self._lock:
            now = self._clock.now()
            due = [
                row
                for row in self._stored()
                if row.state in decisions.SHIFTABLE and row.due_at <= now
            ]
            self._write_all([(row, decisions.skipped(row)) for row in due])
            self.tell()

    def _move_times(self, command: Command, moved: Sequence[tuple[OutboxPost, OutboxPost]]) -> None:
        """Write the changes, and remember the command for `undo` if there are any.

        The posts that would then be too near to one another come later (see domain.spacing).
        """
        moved = self._spaced(moved)
        self._write_all(moved)
        if moved:
            self._last = DoneCommand(command, tuple(moved))

    def _move_end(self, command: Command, made: new_times.NewTimes) -> None:
        """Write the changes and then the end, and remember the command for `undo`."""
        before = self.moved_end
        changes = tuple(self._spaced(made.changes, staying=made.staying))
        self._write_all(changes)
        self._decided.end_at(made.ends_at, self._ends_at)
        self._last = DoneCommand(command, changes, end=MovedEnd(before, made.ends_at))
