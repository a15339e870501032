"""The posts of one hour on their way out: read, changed by compare-and-set on disk, and told.

The poster makes its changes here, and the organiser theirs (see services.outbox), under one lock:
no edit is lost between the two.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.domain import decisions, undoing
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.keys_rule import last_word
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.numbering import renumbered
from tchat_desktop.domain.outgoing import (
    ASKED_FOR,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
    with_reason,
)
from tchat_desktop.domain.replanning import Replanning, replanned
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.services.events import OutboxChanged, ServiceFailed
from tchat_desktop.services.hour_decisions import HourDecisions
from tchat_desktop.services.leaving import Leaving, not_typing
from tchat_desktop.services.ports import Clock, OutboxStore, Report, StoreError

Gate = Callable[[OutboxPost, Sequence[OutboxPost], datetime, OutboxPost | None], OutboxPost | None]
"""Asked before a post leaves, with all the rows, the present instant (UTC) and the row that told of
the keys last: what the row becomes instead, or None when it may leave."""


def nobody() -> str:
    """No account is known."""
    return ""


def no_gate(
    _row: OutboxPost, _rows: Sequence[OutboxPost], _now: datetime, _told: OutboxPost | None
) -> None:
    """Every post may leave."""


class OutboxRows:
    """The rows of one hour. Methods may block on the disk: never on the GUI thread.

    All raise KeyError for an unknown post and StoreError when the disk refuses. `report` is called
    under the lock and must return at once; so must `gate`, and `sender`, which tells the id on X of
    the account connected. After `ends_at` nothing is planned again but what is sent on purpose, and
    what was missed stays with the organiser; what was put off beyond it before still leaves.
    For `asks` and `typing` see Leaving.
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
        self.leaving = Leaving(clock, asks=asks, typing=typing)
        self._decided = HourDecisions(store, chat_id, occasion, route)
        self._last: DoneCommand | None = None
        """What the organiser's last command did."""
        self._lock = threading.RLock()
        self._told: Sequence[OutboxPost] | None = None
        """The rows as they were read last; None when they are others by now. Under the lock."""
        self._told_waiting = False
        self.chat_id = chat_id
        self.occasion = occasion
        self.changed = threading.Event()
        """Set after each change: what the poster waits on."""

    @property
    def paused(self) -> bool:
        """Whether the organiser put everything on hold."""
        return self._decided.paused

    @property
    def without_keys(self) -> bool:
        """Whether the hour goes on by pre-filled pages although it was planned by keys."""
        return self._decided.without_keys

    @property
    def keys_told(self) -> OutboxPost | None:
        """The row that told of the keys last (see HourDecisions)."""
        return self._decided.keys_told

    @property
    def is_over(self) -> bool:
        """Whether the time of the hour has passed."""
        return self._ends_at is not None and self._clock.now() >= self._ends_at

    # --- reading -----------------------------------------------------------------------------

    def rows(self) -> Sequence[OutboxPost]:
        """All rows by due instant, each with the way it goes in this hour, as they are on disk."""
        return [self._as_it_goes(row) for row in self._stored()]

    def look(self) -> Sequence[OutboxPost]:
        """The same, remembered for `last_seen`: what the poster begins each step with."""
        with self._lock:
            self._told = None
            self._told = tuple(self.rows())
            return self._told

    def last_seen(self) -> Sequence[OutboxPost]:
        """The rows as they were told after the last change, or looked at since: without the disk.

        Every change of this process is told; what others write is seen at the next `look`.
        """
        with self._lock:
            return self.look() if self._told is None else self._told

    def _stored(self) -> Sequence[OutboxPost]:
        return self._store.rows(self.chat_id, self.occasion)

    def _as_it_goes(self, row: OutboxPost) -> OutboxPost:
        return self._decided.as_it_goes(row, self._clock.now(), self.is_over)

    def _freed(self, row: OutboxPost) -> OutboxPost | None:
        return decisions.freed_of_keys(row, self._clock.now(), self.is_over)

    # --- from the run sheet ------------------------------------------------------------------

    def restore(self) -> None:
        """Take up what was decided for the hour before the app was closed. Before `follow`.

        Raises StoreSuspect when it cannot be told for certain what is out.
        """
        with self._lock:
            self._store.check()
            self._decided.take_up()
            by_pages = self._decided.by_pages
            self._decided.keys_told = None if by_pages else last_word(self.rows())
            # Asked for before the app was closed: counted down now, as after a pause.
            asked = [row for row in self._stored() if row.kind in ASKED_FOR]
            self._write_all(decisions.taken_up(asked, (), self._clock.now()))

    def plan(self, rows: Iterable[OutboxPost]) -> None:
        """Add the rows of the run sheet; those already there stay as they are."""
        with self._lock:
            self._told = None
            self._store.add(rows)
            self.tell()

    def follow(self, planned: Sequence[OutboxPost], spared: timedelta = timedelta()) -> None:
        """Have the rows follow the run sheet as it is `planned` now (see domain.replanning).

        Those that are due within `spared` stay as they are.
        """
        with self._lock:
            replanning = replanned(self._stored(), planned, self._clock.now(), spared)
            self._told = None
            self._store.replan(replanning)
            self.tell()

    def clear(self) -> None:
        """Forget every row, and what was decided for the hour."""
        with self._lock:
            self._told = None
            self._store.clear(self.chat_id, self.occasion)
            self._decided.forget()
            self._last = None
            self.leaving.let_go_of_all()
            self.tell()

    # --- changing ----------------------------------------------------------------------------

    def take(self, post_id: str) -> OutboxPost | None:
        """Mark a due post as `sending` on disk, which must come before the request leaves.

        None when it may not leave: everything is on hold, it is being changed, it is no longer due,
        it is too late, the organiser is asked first, something in it is still to be filled in, or
        the gate holds it back.
        """

        def leaves(row: OutboxPost) -> OutboxPost | None:
            now, rows = self._clock.now(), self.last_seen()
            if now >= row.expires_at:
                return None
            if row.id in self.leaving.kept_back(rows):
                return None
            if row.kind is not PostKind.REPOST and unfilled(row.text):
                return replace(with_reason(row, Reason.UNFILLED), state=PostState.FAILED)
            held = self._gate(row, rows, now, self.keys_told)
            sent_as = self._sender() if row.route is Route.KEYS else ""
            sending = replace(row, state=PostState.SENDING, sent_as=sent_as)
            return held or replace(sending, attempts=row.attempts + 1)

        with self._lock:
            if self.paused:
                return None
            written = self.change(post_id, {PostState.DUE}, leaves)
            self.leaving.no_longer_ask_for(post_id)
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
            freed = self._freed(made) if self._decided.by_pages else None
            written = self._write(stored, freed or made)
            if written is None:
                return None
            if wanted or freed is not None:
                self.leaving.want(written)
            if command is not None:
                self._last = DoneCommand(command, ((stored, written),))
            self.tell()
            # As it was told: a question may have another number by now.
            told = {one.id: one for one in self._told or ()}
            return told.get(post_id) or self._as_it_goes(self._store.get(post_id))

    def _write(self, row: OutboxPost, made: OutboxPost) -> OutboxPost | None:
        made = replace(made, changed_at=self._clock.now())
        self._told = None
        if not self._store.move(made, row.state):
            return None
        self._decided.note(made)
        return made

    def _write_all(self, changed: Iterable[tuple[OutboxPost, OutboxPost]]) -> None:
        now = self._clock.now()
        made = tuple((row, replace(after, changed_at=now)) for row, after in changed)
        self._told = None
        self._store.replan(Replanning(changed=made))

    # --- telling -----------------------------------------------------------------------------

    def tell(self) -> None:
        """Report all the rows, with the numbers the questions have by now; wake the poster."""
        with self._lock:
            self.changed.set()
            self._told = None
            try:
                stored = self._stored()
                if numbers := renumbered(stored):
                    self._write_all(numbers)
                    stored = self._stored()
            except StoreError as error:
                # The change itself is on disk; only telling it failed.
                self._report(ServiceFailed("outbox", error))
                return
            rows = self._told = tuple(map(self._as_it_goes, stored))
            self._told_waiting = self.leaving.waits_for_word(rows)
            self._report(
                OutboxChanged(
                    self.chat_id,
                    self.occasion,
                    rows,
                    self.paused,
                    self.without_keys,
                    self.keys_told,
                    self.leaving.held,
                    waits_for_word=self._told_waiting,
                    last=self._last,
                    can_undo=self._last is not None
                    and undoing.can_put_back(stored, self._last, self._clock.now(), self.is_over),
                )
            )

    def tell_if_it_waits(self, rows: Sequence[OutboxPost]) -> None:
        """Report when, by time alone, the organiser is to be asked, or no longer."""
        with self._lock:
            if self.leaving.waits_for_word(rows) != self._told_waiting:
                # Said once, even where the disk refuses to have it told.
                self._told_waiting = not self._told_waiting
                self.tell()
