"""What the organiser does with the posts on their way out.

Every change goes through a compare-and-set on disk, and is reported with all the rows. The poster
makes its own changes here too, under the same lock: no edit is lost between the two.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.domain import catching_up, decisions, undoing
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import Occasion, Person, Route, new_id
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.decisions import COUNTDOWN
from tchat_desktop.domain.guest_answers import slot_for
from tchat_desktop.domain.keys_rule import last_word, tells_of_keys
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.numbering import renumbered, with_row_text
from tchat_desktop.domain.outgoing import (
    ASKED_FOR,
    NEEDS_ORGANISER,
    WAITING,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
    late_window,
)
from tchat_desktop.domain.replanning import Replanning, replanned
from tchat_desktop.domain.undoing import Command, DoneCommand, Marked
from tchat_desktop.services.events import CommandUndone, OutboxChanged, ServiceFailed
from tchat_desktop.services.ports import Clock, HourState, OutboxStore, Report, StoreError

RETRYABLE = WAITING | {PostState.FAILED, PostState.EXPIRED, PostState.SKIPPED}
"""States in which a post is certainly not out, so that it may be sent on the organiser's word."""


PRIVATELY = timedelta(minutes=4)
"""For how long a private answer keeps every page from opening by itself: within the time in which
the post that waits still makes sense (see outgoing.late_window)."""


def _still(instants: Mapping[str, datetime], rows: Iterable[OutboxPost]) -> frozenset[str]:
    """The ids of the rows that are due at the instant noted for them."""
    return frozenset(row.id for row in rows if instants.get(row.id) == row.due_at)


Gate = Callable[[OutboxPost, Sequence[OutboxPost], datetime, OutboxPost | None], OutboxPost | None]
"""Asked before a post leaves, with all the rows, the present instant (UTC) and the row that told of
the keys last: what the row becomes instead, or None when it may leave."""


def nobody() -> str:
    """No account is known."""
    return ""


def not_typing() -> float:
    """Nobody is typing."""
    return 0.0


def cannot_unmark(_marked: Marked) -> bool:
    """There is no conversation here whose marks could be taken back."""
    return False


def no_gate(
    _row: OutboxPost, _rows: Sequence[OutboxPost], _now: datetime, _told: OutboxPost | None
) -> None:
    """Every post may leave."""


class Outbox:
    """The outbox of one hour. Methods may block on the disk: never on the GUI thread.

    A command that comes too late (the post has just left) changes nothing and returns None.
    All raise KeyError for an unknown post and StoreError when the disk refuses. `report` is called
    under the lock and must return at once; so must `gate`, and `sender`, which tells the id on X of
    the account connected. After `ends_at` nothing is planned again but what is sent on purpose, and
    what was missed stays with the organiser; what was put off beyond it before still leaves. With
    `asks`, what the hour has missed waits for the organiser (see domain.catching_up); without,
    somebody must see to it afterwards. `typing` tells for how many seconds the organiser, who is
    typing, must not have a page open by itself: it would take the keyboard.
    """

    def __init__(
        self,
        store: OutboxStore,
        clock: Clock,
        report: Report,
        *,
        rules: NetworkRules,
        chat_id: str,
        occasion: Occasion,
        route: Route,
        gate: Gate = no_gate,
        sender: Callable[[], str] = nobody,
        ends_at: datetime | None = None,
        asks: bool = False,
        typing: Callable[[], float] = not_typing,
    ) -> None:
        self._rules = rules
        self._store = store
        self._clock = clock
        self._report = report
        self._route = route
        self._gate = gate
        self._sender = sender
        self._ends_at = ends_at
        self._asks = asks
        self._typing = typing
        self._wanted: dict[str, datetime] = {}
        """By id, the instant (UTC) at which a post leaves because that was asked for, at once or
        counted down. Moved to another instant it leaves like the others."""
        self._in_private: dict[str, datetime] = {}
        """Until when (UTC) each private answer that was begun keeps pages from opening."""
        self._typed_over: dict[str, datetime] = {}
        """By id, the due instant of the pages that have waited until nobody was typing."""
        self._asked_for: set[str] = set()
        """The ids of what the organiser has just asked to leave at once."""
        self._last: DoneCommand | None = None
        """What the organiser's last command did."""
        self._lock = threading.RLock()
        self._state = HourState()
        self._no_account = False
        self._keys_told: OutboxPost | None = None
        self._told_waiting = False
        self._held: frozenset[str] = frozenset()
        self.chat_id = chat_id
        self.occasion = occasion
        self.changed = threading.Event()
        """Set after each change: what the poster waits on."""

    @property
    def paused(self) -> bool:
        """Whether the organiser put everything on hold."""
        return self._state.paused

    @property
    def held(self) -> frozenset[str]:
        """The ids of the posts that are being changed: they neither leave nor expire meanwhile.

        Never on disk: with the app closed nobody is changing anything.
        """
        return self._held

    @property
    def without_keys(self) -> bool:
        """Whether the hour goes on by pre-filled pages although it was planned by keys."""
        return self._route is Route.KEYS and (self._state.without_keys or self._no_account)

    @property
    def _by_pages(self) -> bool:
        return self.without_keys or self._route is Route.ASSISTED

    @property
    def keys_told(self) -> OutboxPost | None:
        """The row that told of the keys last, as it was then, whatever became of it since.

        None once the hour goes on without keys: whoever takes them up again tries them anew.
        """
        return self._keys_told

    def withheld(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        """The ids of what leaves only once the organiser has decided about the posts missed.

        `rows` are all, as they are now. What is to leave because it was asked for, or is being
        changed, does not count; what has left does, on purpose or not.
        """
        if not self._asks:
            return frozenset()
        apart = self._held | self._asked_to_leave(rows)
        judged = [row for row in rows if row.id not in apart or row.state not in WAITING]
        if not catching_up.must_ask(judged, self._clock.now(), _still(self._typed_over, rows)):
            return frozenset()
        return frozenset(row.id for row in rows if row.planned is not None and row.id not in apart)

    def waits_for_word(self, rows: Sequence[OutboxPost]) -> bool:
        """Whether the organiser is asked about the posts missed.

        Not while a post is being changed past its time: they are busy with that one. `rows` are
        all, as they are now.
        """
        return not self._behind(rows) and bool(self.withheld(rows))

    def tell_if_it_waits(self, rows: Sequence[OutboxPost]) -> None:
        """Report when, by time alone, the organiser is to be asked, or no longer."""
        with self._lock:
            if self.waits_for_word(rows) != self._told_waiting:
                # Said once, even where the disk refuses to have it told.
                self._told_waiting = not self._told_waiting
                self.tell()

    def kept_back(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        """The ids of what does not leave for now, due or not. `rows` are all, as they are now."""
        waiting = {row.id: row.due_at for row in rows if self.waits_for_typing(row)}
        # What the organiser's own typing holds up is not missed once it has ended.
        self._typed_over |= waiting
        return self._held | self._behind(rows) | self.withheld(rows) | frozenset(waiting)

    @property
    def typing_for(self) -> float:
        """For how many seconds no page opens by itself; 0 while nobody is typing."""
        return max(self._typing(), self._privately_for)

    @property
    def in_private(self) -> bool:
        """Whether a private answer is under way: its words must not land on a public page."""
        return self._privately_for > 0

    @property
    def _privately_for(self) -> float:
        until = max(self._in_private.copy().values(), default=None)
        return 0.0 if until is None else max(0.0, (until - self._clock.now()).total_seconds())

    def begin_in_private(self, what: str) -> None:
        """A private answer begins, `what` tells which: no page opens by itself for PRIVATELY."""
        with self._lock:
            now = self._clock.now()
            if self._in_private.get(what, now) <= now:
                self._in_private[what] = now + PRIVATELY
                self.tell()

    def end_in_private(self, what: str) -> None:
        """It is answered, or put away."""
        with self._lock:
            if self._in_private.pop(what, None) is not None:
                self.tell()

    def waits_for_typing(self, row: OutboxPost) -> bool:
        """Whether a page that is due waits until the organiser has finished writing.

        They type, or answer somebody in private. What was asked for a moment ago opens at once:
        replies, reposts, and what was sent on purpose; not when it was held up meanwhile.
        """
        opens = row.state is PostState.DUE and row.route is Route.ASSISTED
        by_itself = row.id not in self._asked_for
        return opens and by_itself and self.typing_for > 0

    def _behind(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        late = decisions.behind(rows, self._held, self._clock.now())
        return late - self._asked_to_leave(rows)

    def _asked_to_leave(self, rows: Sequence[OutboxPost]) -> frozenset[str]:
        return _still(self._wanted, rows)

    def _want(self, row: OutboxPost) -> None:
        """Take note that a row leaves because it was asked for, unless that is yet to come."""
        if row.state in decisions.SHIFTABLE and row.due_at <= self._clock.now() + COUNTDOWN:
            self._wanted[row.id] = row.due_at
        else:
            self._wanted.pop(row.id, None)

    @property
    def is_over(self) -> bool:
        """Whether the time of the hour has passed."""
        return self._ends_at is not None and self._clock.now() >= self._ends_at

    def rows(self) -> Sequence[OutboxPost]:
        """All rows by due instant, each with the way it goes in this hour."""
        return [self._as_it_goes(row) for row in self._stored()]

    def _stored(self) -> Sequence[OutboxPost]:
        return self._store.rows(self.chat_id, self.occasion)

    def _as_it_goes(self, row: OutboxPost) -> OutboxPost:
        """Where the hour goes by pages, what waits for keys opens as one.

        It stays by keys on disk, for when they are taken up again.
        """
        if self._by_pages and row.route is Route.KEYS and row.state in WAITING:
            # What X refuses to keys for now holds up no page.
            free = self._freed(row) or row
            return replace(free, route=Route.ASSISTED)
        return row

    def _freed(self, row: OutboxPost) -> OutboxPost | None:
        return decisions.freed_of_keys(row, self._clock.now(), self.is_over)

    # --- the organiser's commands ----------------------------------------------------------

    def restore(self) -> None:
        """Take up what was decided for the hour before the app was closed. Before `follow`.

        Raises StoreSuspect when it cannot be told for certain what is out.
        """
        with self._lock:
            self._store.check()
            self._state = self._store.hour_state(self.chat_id, self.occasion)
            # An hour that could not begin is taken up twice.
            self._no_account = False
            self._keys_told = None if self._by_pages else last_word(self.rows())
            # Asked for before the app was closed: counted down now, as after a pause.
            asked = [row for row in self._stored() if row.kind in ASKED_FOR]
            self._write_all(decisions.taken_up(asked, (), self._clock.now()))

    def plan(self, rows: Iterable[OutboxPost]) -> None:
        """Add the rows of the run sheet; those already there stay as they are."""
        with self._lock:
            self._store.add(rows)
            self.tell()

    def follow(self, planned: Sequence[OutboxPost], spared: timedelta = timedelta()) -> None:
        """Have the rows follow the run sheet as it is `planned` now (see domain.replanning).

        Those that are due within `spared` stay as they are.
        """
        with self._lock:
            now = self._clock.now()
            self._store.replan(replanned(self._stored(), planned, now, spared))
            self.tell()

    def clear(self) -> None:
        """Forget every row, and what was decided for the hour."""
        with self._lock:
            self._store.clear(self.chat_id, self.occasion)
            self._state = HourState()
            self._keys_told = None
            self._last = None
            self._held = frozenset()
            self.tell()

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
                staying = self._held | self._behind(rows) | self.withheld(rows)
                asked = self._asked_to_leave(rows)
                moved = decisions.taken_up(rows, staying, self._clock.now())
                self._write_all(moved)
                # Counted down, it is still on purpose.
                self._wanted |= {row.id: made.due_at for row, made in moved if row.id in asked}
                # Asked for a while ago: no page opens over what is being typed now.
                self._asked_for -= {row.id for row, _made in moved}
            self._hold(False)

    def _hold(self, paused: bool) -> None:
        with self._lock:
            self._state = replace(self._state, paused=paused)
            self._last = DoneCommand(Command.PAUSE if paused else Command.RESUME)
            try:
                self._store.keep_hour_state(self.chat_id, self.occasion, self._state)
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
            self._held |= {post_id}
            self.tell()
            return self._as_it_goes(row)

    def release(self, post_id: str) -> None:
        """Let it leave again: at its time, or counted down for a minute when that has passed.

        The rest then comes as much later, which `undo` takes back. Nothing for a post that
        is not held.
        """
        with self._lock:
            if post_id not in self._held:
                return
            try:
                moved = decisions.let_go(self._stored(), post_id, self._clock.now())
                self._move_times(Command.RELEASE, moved)
            finally:
                self._held -= {post_id}
                self.tell()

    def go_on_without_keys(self, keep: bool = True) -> None:
        """Let the posts to come by keys, and what is added later, open as pages at their time.

        What keys have failed to publish a moment ago comes along, and opens at once; what is past
        its window, and all that is once the hour is over, stays with the organiser. Unless it is to
        be kept (no account is connected, which nobody decided), a restart forgets it.
        """
        with self._lock:
            if keep:
                self._keep(replace(self._state, without_keys=True))
            else:
                self._no_account = True
            self._keys_told = None
            try:
                freed = [(row, self._freed(row)) for row in self._stored()]
                changed = [(row, made) for row, made in freed if made is not None]
                self._write_all(changed)
                for _row, made in changed:
                    self._want(made)
            finally:
                self.tell()

    def go_on_with_keys(self) -> None:
        """Undo `go_on_without_keys`; what was given to the page by itself stays there."""
        with self._lock:
            self._keep(replace(self._state, without_keys=False))
            self._no_account = False
            self._keys_told = None
            self.tell()

    def all_by_keys(self) -> None:
        """Let all that waits leave by keys, also what was given to the page by itself.

        But for what the run sheet has go by the page.
        """
        with self._lock:
            self._write_all(decisions.by_keys(self._stored()))
            self.tell()

    def _keep(self, state: HourState) -> None:
        self._store.keep_hour_state(self.chat_id, self.occasion, state)
        self._state = state

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
                    self._asked_for.discard(row.id)
                    self._wanted.pop(row.id, None)
                    self._typed_over.pop(row.id, None)
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
            self._asked_for.add(post_id)
            row = self.change(post_id, when, make, command, wanted=True)
            if row is None or row.due_at > self._clock.now():
                self._asked_for.discard(post_id)
            return row

    def _at_once(self, row: OutboxPost) -> OutboxPost:
        return decisions.planned_at(row, self._clock.now())

    def add_reply(self, target: Post, text: str, route: Route | None = None) -> OutboxPost:
        """A reply to a participant, due now; by the hour's own way unless `route` says another."""
        to = f"@{target.author}"
        return self._add(PostKind.REPLY, f"reply:{new_id()}", to, text, route, target.id)

    def add_guest_answer(
        self, guest: Person, question_id: str, text: str, route: Route | None = None
    ) -> OutboxPost:
        """What a guest without an account on X answered, due now; asked for on purpose."""
        slot = slot_for(guest, question_id, new_id())
        return self._add(PostKind.GUEST_ANSWER, slot, guest.name.strip(), text, route)

    def add_repost(self, target: Post, route: Route | None = None) -> OutboxPost:
        """A repost of a participant's post, due now; asking twice makes one repost.

        One that was dropped is taken up again.
        """
        with self._lock:
            slot, to = f"repost:{target.id}", f"@{target.author}"
            row = self._add(PostKind.REPOST, slot, to, target.text, route, target.id)
            return self.change(row.id, {PostState.SKIPPED}, self._at_once) or row

    # --- shared with the poster ------------------------------------------------------------

    def take(self, post_id: str) -> OutboxPost | None:
        """Mark a due post as `sending` on disk, which must come before the request leaves.

        None when it may not leave: everything is on hold, it is being changed, it is no longer due,
        it is too late, the organiser is asked first, something in it is still to be filled in, or
        the gate holds it back.
        """

        def leaves(row: OutboxPost) -> OutboxPost | None:
            now, rows = self._clock.now(), self.rows()
            if now >= row.expires_at:
                return None
            if row.id in self.kept_back(rows):
                return None
            if row.kind is not PostKind.REPOST and unfilled(row.text):
                return replace(row, state=PostState.FAILED, reason=Reason.UNFILLED, detail="")
            held = self._gate(row, rows, now, self._keys_told)
            sent_as = self._sender() if row.route is Route.KEYS else ""
            sending = replace(row, state=PostState.SENDING, sent_as=sent_as)
            return held or replace(sending, attempts=row.attempts + 1)

        with self._lock:
            if self._state.paused:
                return None
            written = self.change(post_id, {PostState.DUE}, leaves)
            self._asked_for.discard(post_id)
            return written if written and written.state is PostState.SENDING else None

    def change(
        self,
        post_id: str,
        when: Collection[PostState],
        make: Callable[[OutboxPost], OutboxPost | None],
        command: Command | None = None,
        wanted: bool = False,
    ) -> OutboxPost | None:
        """Write what `make` returns if the row is in one of the states `when`; None otherwise.

        With `command` the organiser asked for it, and may undo it; `wanted` is what then leaves
        whatever else was missed.
        """
        with self._lock:
            stored = self._store.get(post_id)
            if stored.state not in when:
                return None
            row = self._as_it_goes(stored)
            made = make(row)
            if made is None:
                return None
            if made.route is row.route and made.state is not PostState.SENDING:
                made = replace(made, route=stored.route)
            # Keys were still trying it when they were given up.
            freed = self._freed(made) if self._by_pages else None
            written = self._write(stored, freed or made)
            if written is None:
                return None
            if wanted or freed is not None:
                self._want(written)
            if command is not None:
                self._last = DoneCommand(command, ((stored, written),))
            self.tell()
            return self._as_it_goes(self._store.get(post_id))

    def tell(self) -> None:
        """Report all the rows, with the numbers the questions have by now; wake the poster."""
        with self._lock:
            self.changed.set()
            try:
                stored = self._stored()
                if numbers := renumbered(stored):
                    self._write_all(numbers)
                    stored = self._stored()
                rows = tuple(map(self._as_it_goes, stored))
            except StoreError as error:
                # The change itself is on disk; only telling it failed.
                self._report(ServiceFailed("outbox", error))
                return
            self._told_waiting = self.waits_for_word(rows)
            self._report(
                OutboxChanged(
                    self.chat_id,
                    self.occasion,
                    rows,
                    self.paused,
                    self.without_keys,
                    self._keys_told,
                    self._held,
                    waits_for_word=self._told_waiting,
                    last=self._last,
                    can_undo=self._last is not None
                    and undoing.can_put_back(stored, self._last, self._clock.now(), self.is_over),
                )
            )

    def _write(self, row: OutboxPost, made: OutboxPost) -> OutboxPost | None:
        made = replace(made, changed_at=self._clock.now())
        if not self._store.move(made, row.state):
            return None
        if tells_of_keys(made):
            self._keys_told = made
        return made

    def _write_all(self, changed: Iterable[tuple[OutboxPost, OutboxPost]]) -> None:
        now = self._clock.now()
        made = tuple((row, replace(after, changed_at=now)) for row, after in changed)
        self._store.replan(Replanning(changed=made))

    def _add(
        self,
        kind: PostKind,
        slot: str,
        label: str,
        text: str,
        route: Route | None,
        target_id: str = "",
    ) -> OutboxPost:
        now = self._clock.now()
        row = OutboxPost(
            id=new_id(),
            chat_id=self.chat_id,
            occasion=self.occasion,
            slot=slot,
            kind=kind,
            label=label,
            text=text,
            due_at=now,
            expires_at=now + late_window(kind),
            route=route or self._route,
            target_id=target_id,
            changed_at=now,
        )
        with self._lock:
            # To take it back is to keep it in reserve.
            command = Command.REPLY if kind is PostKind.REPLY else Command.REPOST
            self._last = DoneCommand(command, ((decisions.skipped(row), row),))
            self._asked_for.add(row.id)
            self.plan([row])
            return next(other for other in self.rows() if other.slot == slot)
