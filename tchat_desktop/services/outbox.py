"""What the organiser does with the posts of an hour, and with the hour as a whole.

Every command is carried out under the lock of the rows, by compare-and-set, and told; what can be
undone is remembered.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from tchat_desktop.domain import catching_up, decisions, undoing
from tchat_desktop.domain.chat import Person, Route, new_id
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.numbering import with_row_text
from tchat_desktop.domain.outgoing import (
    NEEDS_ORGANISER,
    WAITING,
    OutboxPost,
    PostKind,
    PostState,
    late_window,
)
from tchat_desktop.domain.undoing import Command, DoneCommand, Marked
from tchat_desktop.services.events import CommandUndone
from tchat_desktop.services.outbox_rows import OutboxRows

RETRYABLE = WAITING | {PostState.FAILED, PostState.EXPIRED, PostState.SKIPPED}
"""States in which a post is certainly not out, so that it may be sent on the organiser's word."""


def cannot_unmark(_marked: Marked) -> bool:
    """There is no conversation here whose marks could be taken back."""
    return False


class Outbox(OutboxRows):
    """The organiser's commands (see OutboxRows for the rest).

    A command that comes too late (the post has just left) changes nothing and returns None.
    """

    # --- the hour as a whole -----------------------------------------------------------------

    def pause(self) -> None:
        """Hold everything: when this returns, nothing more leaves, also after a restart.

        When the disk refuses to keep that, everything is held for as long as the app runs.
        """
        self._hold(True)

    def resume(self) -> None:
        """Let posts leave again; those whose window has passed meanwhile expire.

        What is overdue is counted down for a minute first, and leaves one after the other.
        """
        with self._lock:
            if self.paused:
                rows = self._stored()
                wanted = self.leaving.wanted(rows)
                staying = self.leaving.staying(rows)
                moved = decisions.taken_up(rows, staying, self._clock.now())
                self._write_all(moved)
                # Counted down, it is still on purpose.
                self.leaving.count_down(moved, wanted)
            self._hold(False)

    def _hold(self, paused: bool) -> None:
        with self._lock:
            self._last = DoneCommand(Command.PAUSE if paused else Command.RESUME)
            try:
                self._decided.hold(paused)
            finally:
                self.tell()

    def hold(self, post_id: str) -> OutboxPost | None:
        """Keep a post here while it is being changed: when this returns, it does not leave.

        None when it is no longer here to be kept: it has just left.
        """
        with self._lock:
            row = self._store.get(post_id)
            if row.state not in WAITING:
                return None
            self.leaving.hold(post_id)
            self.tell()
            return self._as_it_goes(row)

    def release(self, post_id: str) -> None:
        """Let it leave again: at its time, or counted down for a minute when that has passed.

        The rest then comes as much later, which `undo` takes back. Nothing for a post that
        is not held.
        """
        with self._lock:
            if post_id not in self.leaving.held:
                return
            try:
                moved = decisions.let_go(self._stored(), post_id, self._clock.now())
                self._move_times(Command.RELEASE, moved)
            finally:
                self.leaving.let_go(post_id)
                self.tell()

    def go_on_without_keys(self, keep: bool = True) -> None:
        """Let the posts to come by keys, and what is added later, open as pages at their time.

        What keys have failed to publish a moment ago comes along, and opens at once; what is past
        its window, and all that is once the hour is over, stays with the organiser. Unless it is to
        be kept (no account is connected, which nobody decided), a restart forgets it.
        """
        with self._lock:
            self._decided.leave_keys(keep)
            try:
                freed = [(row, self._freed(row)) for row in self._stored()]
                changed = [(row, made) for row, made in freed if made is not None]
                self._write_all(changed)
                for _row, made in changed:
                    self.leaving.want(made)
            finally:
                self.tell()

    def go_on_with_keys(self) -> None:
        """Undo `go_on_without_keys`; what was given to the page by itself stays there."""
        with self._lock:
            self._decided.take_keys()
            self.tell()

    def all_by_keys(self) -> None:
        """Let all that waits leave by keys, also what was given to the page by itself.

        But for what the run sheet has go by the page.
        """
        with self._lock:
            self._write_all(decisions.by_keys(self._stored()))
            self.tell()

    def begin_in_private(self, what: str) -> None:
        """A private answer begins, `what` tells which: no page opens by itself for PRIVATELY."""
        with self._lock:
            if self.leaving.begin_in_private(what):
                self.tell()

    def end_in_private(self, what: str) -> None:
        """It is answered, or put away."""
        with self._lock:
            if self.leaving.end_in_private(what):
                self.tell()

    # --- the posts ---------------------------------------------------------------------------

    def skip(self, post_id: str) -> OutboxPost | None:
        """Do not publish it; it stays in reserve and can be brought back.

        Not for a post of unknown outcome: the organiser says first whether it is out.
        """
        states = (WAITING | NEEDS_ORGANISER) - {PostState.UNKNOWN}
        return self.change(post_id, states, decisions.skipped, Command.SKIP)

    def bring_back(self, post_id: str) -> OutboxPost | None:
        """Plan a skipped post again, at its own time; in a minute when that has passed.

        Not after the end of the hour: `send_now` then publishes it, which is asked for.
        """
        with self._lock:
            rows, now = self._stored(), self._clock.now()
            return self._on_purpose(
                Command.BRING_BACK,
                post_id,
                {PostState.SKIPPED, PostState.DRAFT},
                lambda row: decisions.brought_back(row, rows, now, self.is_over),
            )

    def postpone(self, post_id: str, minutes: int, and_following: bool = True) -> None:
        """Shift a post, and the planned ones after it when asked, by `minutes` (may be negative).

        A post whose time has passed is counted from now, and nothing is moved into the past.
        Nothing is moved once the hour is over. `undo` takes it back.
        """
        with self._lock:
            rows, now = self._stored(), self._clock.now()
            moved = decisions.postponed(rows, post_id, minutes, and_following, now)
            if not self.is_over:
                self._move_times(Command.POSTPONE, moved)
            self.tell()

    def catch_up(self, proposal: catching_up.Proposal) -> None:
        """Go on as proposed. What has left meanwhile stays; `undo` takes it back."""
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
        """Go on at the times of the run sheet: what was missed waits in reserve."""
        with self._lock:
            rows = self._stored()
            missed = catching_up.missed(rows, self._clock.now())
            self._move_times(Command.KEEP_TIMES, [(row, decisions.skipped(row)) for row in missed])
            self.tell()

    def set_aside_due(self) -> None:
        """Keep in reserve what was to leave by now: it may be out from another computer."""
        with self._lock:
            now = self._clock.now()
            due = [
                row
                for row in self._stored()
                if row.state in decisions.SHIFTABLE and row.due_at <= now
            ]
            self._write_all([(row, decisions.skipped(row)) for row in due])
            self.tell()

    def undo(self, unmark: Callable[[Marked], bool] = cannot_unmark) -> None:
        """Take the last command back, for what has not left; CommandUndone tells what came of it.

        Nothing goes into the past, and nothing is planned again once the hour is over. `unmark`
        takes back the mark of a post of the public, which stands elsewhere.
        """
        with self._lock:
            done, rows, now = self._last, self._stored(), self._clock.now()
            can = done is not None and undoing.can_put_back(rows, done, now, self.is_over)
            if can and done is not None and done.marked is not None:
                can = unmark(done.marked)
            if done is not None and can:
                back = undoing.put_back(rows, done, now)
                self._last = None
                self._write_all(back)
                for row, _made in back:
                    self.leaving.forget(row.id)
            self.tell()
            told = CommandUndone(self.chat_id, self.occasion, done, can, tuple(self.rows()))
            self._report(told)

    def note(self, command: Command, marked: Marked | None = None) -> None:
        """Take note of a command that others carried out: it is the last one by now."""
        with self._lock:
            self._last = DoneCommand(command, marked=marked)
            self.tell()

    def _move_times(self, command: Command, moved: Sequence[tuple[OutboxPost, OutboxPost]]) -> None:
        self._write_all(moved)
        if moved:
            self._last = DoneCommand(command, tuple(moved))

    def send_now(self, post_id: str) -> OutboxPost | None:
        """Publish it at once, in its turn. A post that may be out already is left alone."""
        return self._on_purpose(Command.SEND, post_id, RETRYABLE, self._at_once)

    def by_web_page(self, post_id: str) -> OutboxPost | None:
        """Send it through the pre-filled page; at once, or at its time when that is to come.

        What is in reserve stays there.
        """
        return self._on_purpose(
            Command.BY_PAGE,
            post_id,
            RETRYABLE,
            lambda row: decisions.by_page(row, self._clock.now()),
        )

    def without_picture(self, post_id: str) -> OutboxPost | None:
        """Publish it at once, in its turn, and without its picture."""
        return self._on_purpose(
            Command.SEND,
            post_id,
            RETRYABLE,
            lambda row: replace(self._at_once(row), picture=None),
        )

    def edit_text(self, post_id: str, text: str) -> OutboxPost | None:
        """Change the text of a post that is certainly not out."""
        return self.change(post_id, RETRYABLE, lambda row: with_row_text(row, text), Command.EDIT)

    def confirm_sent(self, post_id: str, link: str = "") -> OutboxPost | None:
        """The organiser saw the post on X; `link` is its address, or "". Raises NotAPostLink."""
        found = self._rules.links.pasted(link) if link.strip() else None
        return self.change(
            post_id, NEEDS_ORGANISER, lambda row: decisions.seen_out(row, found), Command.CONFIRM
        )

    def correct_link(self, post_id: str, link: str) -> OutboxPost | None:
        """Another address, or none for "", for a post confirmed by hand. Raises NotAPostLink."""
        found = self._rules.links.pasted(link) if link.strip() else None
        return self.change(
            post_id,
            {PostState.SENT},
            lambda row: decisions.link_corrected(row, found),
            Command.CORRECT,
        )

    def take_back(self, post_id: str) -> OutboxPost | None:
        """A post confirmed by hand is not online: it is to be checked again, and nothing leaves."""
        return self.change(post_id, {PostState.SENT}, decisions.taken_back, Command.TAKE_BACK)

    def not_out(self, post_id: str, again: bool = True) -> OutboxPost | None:
        """The organiser looked, and the post is not on X.

        It goes back to its own time when that is to come; else it leaves again in a minute, or
        waits in reserve once the hour is over, or unless `again`.
        """
        now = self._clock.now()
        return self._on_purpose(
            Command.NOT_OUT,
            post_id,
            NEEDS_ORGANISER,
            lambda row: (
                decisions.not_seen_out(row, now, self.is_over) if again else decisions.skipped(row)
            ),
        )

    def _on_purpose(
        self,
        command: Command,
        post_id: str,
        when: Collection[PostState],
        make: Callable[[OutboxPost], OutboxPost | None],
    ) -> OutboxPost | None:
        """The same as `change`, for what then leaves whatever else was missed."""
        with self._lock:
            # Before it is told, which wakes the poster.
            self.leaving.ask_for(post_id)
            row = self.change(post_id, when, make, command, wanted=True)
            if row is None or row.due_at > self._clock.now():
                self.leaving.no_longer_ask_for(post_id)
            return row

    def _at_once(self, row: OutboxPost) -> OutboxPost:
        return decisions.planned_at(row, self._clock.now())

    def add_reply(self, target: Post, text: str, route: Route | None = None) -> OutboxPost:
        """A reply to a participant, due now; by the hour's own way unless `route` says another."""
        slot = f"reply:{new_id()}"
        row = self._asked_for_now(PostKind.REPLY, slot, text, route)
        return self._add(replace(row, target_id=target.id, target_author=target.author))

    def add_guest_answer(
        self, guest: Person, question_id: str, text: str, route: Route | None = None
    ) -> OutboxPost:
        """What a guest without an account on X answered, due now; asked for on purpose."""
        row = self._asked_for_now(PostKind.GUEST_ANSWER, f"guest:{new_id()}", text, route)
        name = guest.name.strip()
        return self._add(replace(row, guest_id=guest.id, guest_name=name, question_id=question_id))

    def add_repost(self, target: Post, route: Route | None = None) -> OutboxPost:
        """A repost of a participant's post, due now; asking twice makes one repost.

        One that was dropped is taken up again.
        """
        with self._lock:
            slot = f"repost:{target.id}"
            row = self._asked_for_now(PostKind.REPOST, slot, target.text, route)
            row = self._add(replace(row, target_id=target.id, target_author=target.author))
            return self.change(row.id, {PostState.SKIPPED}, self._at_once) or row

    def _asked_for_now(
        self, kind: PostKind, slot: str, text: str, route: Route | None
    ) -> OutboxPost:
        now = self._clock.now()
        return OutboxPost(
            id=new_id(),
            chat_id=self.chat_id,
            occasion=self.occasion,
            slot=slot,
            kind=kind,
            text=text,
            due_at=now,
            expires_at=now + late_window(kind),
            route=route or self._route,
            changed_at=now,
        )

    def _add(self, row: OutboxPost) -> OutboxPost:
        with self._lock:
            # To take it back is to keep it in reserve.
            command = Command.REPLY if row.kind is PostKind.REPLY else Command.REPOST
            self._last = DoneCommand(command, ((decisions.skipped(row), row),))
            self.leaving.ask_for(row.id)
            self.plan([row])
            return next(other for other in self.last_seen() if other.slot == row.slot)
