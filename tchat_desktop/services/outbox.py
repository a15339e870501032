"""The commands that the organiser gives during a chat, about its posts and about the whole hour.

Every command changes the rows under their lock, by compare-and-set on disk, and reports the result.
A command that can be undone is remembered. In a running Hour they are called on its thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from tchat_desktop.domain import decisions, undoing
from tchat_desktop.domain.chat import Person, Route, new_id
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.found_own import found_out, rows_found
from tchat_desktop.domain.numbering import with_row_text
from tchat_desktop.domain.outgoing import (
    NEEDS_ORGANISER,
    WAITING,
    OutboxPost,
    PostKind,
    PostState,
    late_window,
)
from tchat_desktop.domain.undoing import Command, DoneCommand, RowChange
from tchat_desktop.services.events import CommandUndone
from tchat_desktop.services.outbox_times import OutboxTimes

RETRYABLE = WAITING | {PostState.FAILED, PostState.EXPIRED, PostState.SKIPPED}
"""States in which a post is certainly not published, so that the organiser may have it sent."""


def cannot_take_back(_done: DoneCommand) -> bool:
    """Return False: there are no posts of participants."""
    return False


class Outbox(OutboxTimes):
    """The rows of one hour with the organiser's commands; see OutboxTimes and OutboxRows too.

    A command that comes too late, because the post has just left, changes nothing and returns None.
    Methods may block on the disk, as those of OutboxRows do, and raise the same errors.
    """

    # --- the hour as a whole -----------------------------------------------------------------

    def pause(self) -> None:
        """Put the whole hour on hold: once this returns no post is sent, even after a restart.

        When the disk refuses, StoreError is raised and the hold lasts while the app runs.
        """
        self._hold(True)

    def resume(self) -> None:
        """End the hold; posts whose `expires_at` has passed meanwhile expire.

        Overdue posts are sent one after the other, the first in a minute.
        """
        with self._lock:
            if self.paused:
                rows = self._stored()
                wanted = self.leaving.wanted(rows)
                staying = self.leaving.staying(rows)
                moved = self._spaced(decisions.taken_up(rows, staying, self._clock.now()))
                self._write_all(moved)
                # A post the organiser asked for counts as asked for at its new time, too.
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
        """Keep a post from leaving while its text is edited; return the row as it is now.

        Once this returns the post does not leave until `release`. Return None when it no longer
        waits: it has just left.
        """
        with self._lock:
            row = self._store.get(post_id)
            if row.state not in WAITING:
                return None
            self.leaving.hold(post_id)
            self.tell()
            return self._as_it_goes(row)

    def release(self, post_id: str) -> None:
        """Let an edited post leave again: at its time, or one minute from now if that has passed.

        The rest of the run sheet is then delayed by as much, which `undo` takes back. This does
        nothing for a post that is not held.
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
        """Have all posts planned with keys, now and later, open as pre-filled pages at their time.

        A post that keys have failed to publish opens too, at once if its time has passed. A post
        past its `expires_at` stays with the organiser, and so does a failed one whose time has
        passed once the hour is over. With `keep` the decision survives a restart; without it (no
        account is connected, which nobody decided) it does not.
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
        """Undo `go_on_without_keys`; a post that was given to its page one by one stays so."""
        with self._lock:
            self._decided.take_keys()
            self.tell()

    def all_by_keys(self) -> None:
        """Have all waiting posts leave with keys, except those the run sheet plans by the page."""
        with self._lock:
            self._write_all(decisions.by_keys(self._stored()))
            self.tell()

    def begin_in_private(self, what: str) -> None:
        """Note that the private answer `what` begins: no page opens automatically for PRIVATELY."""
        with self._lock:
            if self.leaving.begin_in_private(what):
                self.tell()

    def end_in_private(self, what: str) -> None:
        """Note that the private answer `what` was sent or given up."""
        with self._lock:
            if self.leaving.end_in_private(what):
                self.tell()

    # --- the posts ---------------------------------------------------------------------------

    def skip(self, post_id: str) -> OutboxPost | None:
        """Move a post to the reserve: it is not published, and can be brought back.

        Not for a post whose outcome is unknown: the organiser first says whether it is out.
        """
        states = (WAITING | NEEDS_ORGANISER) - {PostState.UNKNOWN}
        return self.change(post_id, states, decisions.skipped, Command.SKIP)

    def bring_back(self, post_id: str) -> OutboxPost | None:
        """Plan a post of the reserve again: at its own time, at the soonest one minute from now.

        Return None after the end of the hour if its time has passed; `send_now` still works then.
        """
        with self._lock:
            rows, now = self._stored(), self._clock.now()
            return self._on_purpose(
                Command.BRING_BACK,
                post_id,
                {PostState.SKIPPED, PostState.DRAFT},
                lambda row: decisions.brought_back(row, rows, now, self.is_over),
            )

    def undo(self, take_back: Callable[[DoneCommand], bool] = cannot_take_back) -> None:
        """Undo the last command for the posts that have not left, and report CommandUndone.

        Nothing is moved into the past, and nothing is planned again once the hour is over.
        `take_back` undoes what was done about participants' posts, which are stored elsewhere; it
        returns whether it did.
        """
        with self._lock:
            done, rows, now = self._last, self._stored(), self._clock.now()
            can = done is not None and undoing.can_put_back(rows, done, now, self.is_over)
            if can and done is not None and (done.marked or done.pasted):
                can = take_back(done) or bool(undoing.put_back(rows, done, now))
            if done is not None and can:
                back = self._spaced(undoing.put_back(rows, done, now), at_once=True)
                self._last = None
                self._write_all(back)
                if done.end is not None:
                    self._decided.end_at(done.end.before, self._ends_at)
                for row, _made in back:
                    self.leaving.forget(row.id)
            self.tell()
            told = CommandUndone(self.chat_id, self.occasion, done, can, tuple(self.rows()))
            self._report(told)

    def note(self, command: Command) -> None:
        """Remember a command that was carried out elsewhere as the last one, for `undo`."""
        self.note_done(DoneCommand(command))

    def note_done(self, done: DoneCommand) -> None:
        """The same for a command with what it did."""
        with self._lock:
            self._last = done
            self.tell()

    def send_now(self, post_id: str) -> OutboxPost | None:
        """Plan a post for now, to leave in its turn; None for one that may be out already."""
        return self._on_purpose(Command.SEND, post_id, RETRYABLE, self._at_once)

    def by_web_page(self, post_id: str) -> OutboxPost | None:
        """Have a post leave by its pre-filled page: now, or at its own time if that is to come.

        A post in reserve stays there, and uses the page when it is brought back.
        """
        return self._on_purpose(
            Command.BY_PAGE,
            post_id,
            RETRYABLE,
            lambda row: decisions.by_page(row, self._clock.now()),
        )

    def without_picture(self, post_id: str) -> OutboxPost | None:
        """Plan a post for now without its picture, so that it is sent in its turn."""
        return self._on_purpose(
            Command.SEND,
            post_id,
            RETRYABLE,
            lambda row: replace(self._at_once(row), picture=None),
        )

    def edit_text(self, post_id: str, text: str) -> OutboxPost | None:
        """Change the text of a post that is certainly not published."""
        return self.change(post_id, RETRYABLE, lambda row: with_row_text(row, text), Command.EDIT)

    def confirm_sent(self, post_id: str, link: str = "") -> OutboxPost | None:
        """Note that the organiser saw the post on X, at `link` or "". Raises NotAPostLink."""
        found = self._rules.links.pasted(link) if link.strip() else None
        return self.change(
            post_id, NEEDS_ORGANISER, lambda row: decisions.seen_out(row, found), Command.CONFIRM
        )

    def confirm_found(self, found: Sequence[Post], account: str) -> tuple[RowChange, ...]:
        """Note which rows are published, as posts of `account` on a page show (see found_own).

        Return the rows before and after. It is part of taking the page in, and no command.
        """
        with self._lock:
            changes = []
            for row, post in rows_found(
                found, self._stored(), account, self._clock.now(), self._rules
            ):
                made = found_out(row, post, self._rules)
                written = None if made is None else self._write(row, made)
                if written is not None:
                    changes.append((row, written))
            if changes:
                self.tell()
            return tuple(changes)

    def correct_link(self, post_id: str, link: str) -> OutboxPost | None:
        """Change the address of a post confirmed by hand; "" removes it. Raises NotAPostLink."""
        found = self._rules.links.pasted(link) if link.strip() else None
        return self.change(
            post_id,
            {PostState.SENT},
            lambda row: decisions.link_corrected(row, found),
            Command.CORRECT,
        )

    def take_back(self, post_id: str) -> OutboxPost | None:
        """Withdraw the confirmation of a post that is not online; nothing is published by this."""
        return self.change(post_id, {PostState.SENT}, decisions.taken_back, Command.TAKE_BACK)

    def not_out(self, post_id: str, again: bool = True) -> OutboxPost | None:
        """Note that the organiser looked, and the post is not on X.

        The post is planned at its own time, at the soonest one minute from now. It goes to the
        reserve unless `again`, and once the hour is over and its time has passed.
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
        """Do the same as `change`, for a post that then leaves even if others were missed."""
        with self._lock:
            # Before the change is reported, because that wakes the poster.
            self.leaving.ask_for(post_id)
            row = self.change(post_id, when, make, command, wanted=True)
            if row is None or row.due_at > self._clock.now():
                self.leaving.no_longer_ask_for(post_id)
            return row

    def _at_once(self, row: OutboxPost) -> OutboxPost:
        return decisions.planned_at(row, self._clock.now())

    def add_reply(self, target: Post, text: str, route: Route | None = None) -> OutboxPost:
        """Add a reply to a participant's post, due now; by the hour's route without `route`."""
        slot = f"reply:{new_id()}"
        row = self._asked_for_now(PostKind.REPLY, slot, text, route)
        return self._add(replace(row, target_id=target.id, target_author=target.author))

    def add_guest_answer(
        self, guest: Person, question_id: str, text: str, route: Route | None = None
    ) -> OutboxPost:
        """Add what a guest without an account on X answered, due now, to be published for them."""
        row = self._asked_for_now(PostKind.GUEST_ANSWER, f"guest:{new_id()}", text, route)
        name = guest.name.strip()
        return self._add(replace(row, guest_id=guest.id, guest_name=name, question_id=question_id))

    def add_impromptu(self, text: str, route: Route | None = None) -> OutboxPost:
        """Add a post that the organiser has just written, due now."""
        return self._add(
            self._asked_for_now(PostKind.IMPROMPTU, f"impromptu:{new_id()}", text, route)
        )

    def add_repost(self, target: Post, route: Route | None = None) -> OutboxPost:
        """Add a repost of a participant's post, due now; asking twice makes one repost.

        A repost that was skipped is planned again.
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
            # Undoing the command moves the new row to the reserve.
            written = {PostKind.REPLY: Command.REPLY, PostKind.IMPROMPTU: Command.WRITE}
            command = written.get(row.kind, Command.REPOST)
            self._last = DoneCommand(command, ((decisions.skipped(row), row),))
            self.leaving.ask_for(row.id)
            self.plan([row])
            return next(other for other in self.last_seen() if other.slot == row.slot)
