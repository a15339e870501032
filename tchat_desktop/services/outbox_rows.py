"""The rows of one hour: read from disk, changed there by compare-and-set, and reported.

The poster and the organiser's commands (see services.outbox) both change the rows here, under one
lock, so that neither overwrites a change of the other.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.domain import decisions, undoing
from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.chat import PUBLISHED, Occasion, Route
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
    with_target,
)
from tchat_desktop.domain.replanning import Replanning, replanned
from tchat_desktop.domain.spacing import is_planned_anew, spaced
from tchat_desktop.domain.undoing import Command, DoneCommand
from tchat_desktop.services.events import OutboxChanged, ServiceFailed
from tchat_desktop.services.hour_decisions import HourDecisions
from tchat_desktop.services.leaving import NOBODY, Hands, Leaving
from tchat_desktop.services.ports import Clock, OutboxStore, Report, StoreError

Gate = Callable[[OutboxPost, Sequence[OutboxPost], datetime, OutboxPost | None], OutboxPost | None]
"""Called before a post leaves; returns the row it becomes instead, or None when it may leave.

The arguments are the row, all rows of the hour, the present instant (UTC), and the last row whose
outcome showed whether the keys work.
"""


def nobody() -> str:
    """Return "": no account is known."""
    return ""


def nothing_named(_row: OutboxPost) -> bool:
    """Return False: nobody is there who could be asked about a child that is named."""
    return False


def no_gate(
    _row: OutboxPost, _rows: Sequence[OutboxPost], _now: datetime, _told: OutboxPost | None
) -> None:
    """Return None: every post may leave."""


class OutboxRows:
    """The rows of one hour. Methods may block on the disk: never call them on the GUI thread.

    They may be called from several threads. All raise KeyError for an unknown post and StoreError
    when the disk refuses. `report`, `gate`, `sender` and `names_child` are called under the lock
    and must return at once; `sender` returns the id on X of the connected account, `names_child`
    whether the organiser must first be asked about a child that a post may name. `ends_at` is the
    end that was announced (UTC). After the end a post is planned again only if it is sent on
    purpose, and missed posts wait for the organiser; a post postponed beyond it before that still
    leaves. For `asks` and `hands` see Leaving.
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
        hands: Hands = NOBODY,
        names_child: Callable[[OutboxPost], bool] = nothing_named,
    ) -> None:
        self._rules = rules
        self._store = store
        self._clock = clock
        self._report = report
        self._route = route
        self._gate = gate
        self._sender = sender
        self._ends_at = ends_at
        self._names_child = names_child
        self.leaving = Leaving(clock, asks=asks, hands=hands)
        self._decided = HourDecisions(store, chat_id, occasion, route)
        self._last: DoneCommand | None = None
        """What the organiser's last command did; None before the first, and once it was undone."""
        self._lock = threading.RLock()
        self._told: Sequence[OutboxPost] | None = None
        """The rows as last read; None when they have changed since. Used under the lock."""
        self._told_waiting = False
        self.chat_id = chat_id
        self.occasion = occasion
        self.changed = threading.Event()
        """Set after each change; the poster waits on it."""

    @property
    def paused(self) -> bool:
        """Whether the organiser put the whole hour on hold."""
        return self._decided.paused

    @property
    def without_keys(self) -> bool:
        """Whether an hour that was planned with keys goes on with pre-filled pages."""
        return self._decided.without_keys

    @property
    def keys_told(self) -> OutboxPost | None:
        """The last row whose outcome showed whether the keys work (see HourDecisions.keys_told)."""
        return self._decided.keys_told

    @property
    def moved_end(self) -> datetime | None:
        """When the hour ends (UTC) if the organiser has moved its announced end; None if not."""
        return self._decided.moved_end(self._ends_at)

    @property
    def is_over(self) -> bool:
        """Whether the end of the hour has passed."""
        ends_at = self.moved_end or self._ends_at
        return ends_at is not None and self._clock.now() >= ends_at

    # --- reading -----------------------------------------------------------------------------

    def rows(self) -> Sequence[OutboxPost]:
        """Read all rows from disk, by due instant; each with the route it takes in this hour."""
        return [self._as_it_goes(row) for row in self._stored()]

    def look(self) -> Sequence[OutboxPost]:
        """Read all rows as `rows` does, and remember them for `last_seen`."""
        with self._lock:
            self._told = None
            self._told = tuple(self.rows())
            return self._told

    def last_seen(self) -> Sequence[OutboxPost]:
        """Return the rows as last reported or read with `look`; the disk is rarely read.

        Every change of this process is reported; a change by another process is seen at the next
        `look`.
        """
        with self._lock:
            return self.look() if self._told is None else self._told

    def others(self, row: OutboxPost) -> Sequence[OutboxPost]:
        """Return all rows of what the chat publishes but one, also those of other occasions.

        A post of the account that is none of them may be the one looked for.
        """
        others = [one for one in self.last_seen() if one.id != row.id]
        for occasion in PUBLISHED if self.occasion in PUBLISHED else ():
            if occasion is not self.occasion:
                others += self._store.rows(self.chat_id, occasion)
        return others

    def _stored(self) -> Sequence[OutboxPost]:
        return self._store.rows(self.chat_id, self.occasion)

    def _as_it_goes(self, row: OutboxPost) -> OutboxPost:
        """Return the row with the route it takes in this hour (see HourDecisions.as_it_goes)."""
        return self._decided.as_it_goes(row, self._clock.now(), self.is_over)

    def _freed(self, row: OutboxPost) -> OutboxPost | None:
        """Return the row without X's refusal of keys, or None (see decisions.freed_of_keys)."""
        return decisions.freed_of_keys(row, self._clock.now(), self.is_over)

    # --- from the run sheet ------------------------------------------------------------------

    def restore(self) -> None:
        """Load what was decided for the hour before the app was closed; called before `follow`.

        Raises StoreSuspect when the disk does not say for certain which posts are published.
        """
        with self._lock:
            self._store.check()
            self._decided.take_up()
            by_pages = self._decided.by_pages
            self._decided.keys_told = None if by_pages else last_word(self.rows())
            # Replies and reposts from before the restart get a countdown, as after a pause.
            asked = [row for row in self._stored() if row.kind in ASKED_FOR]
            self._write_all(decisions.taken_up(asked, (), self._clock.now()))

    def plan(self, rows: Iterable[OutboxPost]) -> None:
        """Add rows; one whose slot exists already is left as it is."""
        with self._lock:
            self._told = None
            self._store.add(rows)
            self.tell()

    def follow(self, planned: Sequence[OutboxPost], spared: timedelta = timedelta()) -> None:
        """Change the rows to follow the run sheet as it is `planned` now (see domain.replanning).

        Rows due within `spared` from now stay as they are.
        """
        with self._lock:
            replanning = replanned(self._stored(), planned, self._clock.now(), spared)
            self._told = None
            self._store.replan(replanning)
            self.tell()

    def clear(self) -> None:
        """Delete every row, and what was decided for the hour."""
        with self._lock:
            self._told = None
            self._store.clear(self.chat_id, self.occasion)
            self._decided.forget()
            self._last = None
            self.leaving.let_go_of_all()
            self.tell()

    # --- changing ----------------------------------------------------------------------------

    def take(self, post_id: str) -> OutboxPost | None:
        """Write a due post as `sending` on disk, before its request leaves; return the new row.

        Return None when it may not leave: the hour is on hold, the post is being edited, is not due
        or has expired, the organiser has to be asked about missed posts first, a blank in its text
        is not filled in, it may name a child and nobody said that this is meant, or the gate stops
        it.
        """

        def leaves(row: OutboxPost) -> OutboxPost | None:
            now, rows = self._clock.now(), self.last_seen()
            if now >= row.expires_at:
                return None
            if row.id in self.leaving.kept_back(rows):
                return None
            if row.kind is not PostKind.REPOST and unfilled(row.text):
                return replace(with_reason(row, Reason.UNFILLED), state=PostState.FAILED)
            if row.kind is not PostKind.REPOST and self._names_child(row):
                return replace(with_reason(row, Reason.NAMES_CHILD), state=PostState.FAILED)
            row = with_target(row, rows)
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
        """Write what `make` returns for a row in one of the states `when`; return the written row.

        Return None when the row is in another state, when another process has just changed its
        state, or when `make` returns None. With `command` the organiser asked for the change and
        may undo it. With `wanted` the post then leaves even if others were missed and the organiser
        has to be asked about those.
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
            # A request with keys may have been under way when the hour went on without keys.
            freed = self._freed(made) if self._decided.by_pages else None
            change = (stored, freed or made)
            changes = [change] if command is None else self._spaced([change], at_once=True)
            written = self._write(*changes[0])
            if written is None:
                return None
            if changes[1:]:
                self._write_all(changes[1:])
            if wanted or freed is not None:
                self.leaving.want(written)
            if command is not None:
                self._last = DoneCommand(command, ((stored, written), *changes[1:]))
            self.tell()
            # `tell` may have given the question another number.
            told = {one.id: one for one in self._told or ()}
            return told.get(post_id) or self._as_it_goes(self._store.get(post_id))

    def _write(self, row: OutboxPost, made: OutboxPost) -> OutboxPost | None:
        """Write a row by compare-and-set; None when its state on disk is not that of `row`."""
        made = replace(made, changed_at=self._clock.now())
        self._told = None
        if not self._store.move(made, row.state):
            return None
        self._decided.note(made)
        return made

    def _spaced(
        self,
        changes: Sequence[tuple[OutboxPost, OutboxPost]],
        *,
        at_once: bool = False,
        staying: Collection[str] = (),
    ) -> list[tuple[OutboxPost, OutboxPost]]:
        """Return the changes with those of the posts that must come later (see domain.spacing).

        With `at_once` a post that was given the present instant, or one before it, keeps it; those
        with an id in `staying` do in any case.
        """
        if not any(is_planned_anew(*change) for change in changes):
            return list(changes)
        now = self._clock.now()
        at_present = {made.id for _row, made in changes if at_once and made.due_at <= now}
        return spaced(self._stored(), changes, now, at_present | set(staying))

    def _write_all(self, changed: Iterable[tuple[OutboxPost, OutboxPost]]) -> None:
        now = self._clock.now()
        made = tuple((row, replace(after, changed_at=now)) for row, after in changed)
        self._told = None
        self._store.replan(Replanning(changed=made))

    # --- telling -----------------------------------------------------------------------------

    def tell(self) -> None:
        """Renumber the questions if needed, report all the rows, and wake the poster.

        When the disk refuses, ServiceFailed is reported instead: the change itself is on disk
        already.
        """
        with self._lock:
            self.changed.set()
            self._told = None
            try:
                stored = self._stored()
                if numbers := renumbered(stored):
                    self._write_all(numbers)
                    stored = self._stored()
            except StoreError as error:
                # The change itself is on disk; only reporting it failed.
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
                    ends_at=self.moved_end,
                    last=self._last,
                    can_undo=self._last is not None
                    and undoing.can_put_back(stored, self._last, self._clock.now(), self.is_over),
                )
            )

    def tell_if_it_waits(self, rows: Sequence[OutboxPost]) -> None:
        """Report the rows when the passing of time alone changes whether the organiser is asked."""
        with self._lock:
            if self.leaving.waits_for_word(rows) != self._told_waiting:
                # Reported once, even when the disk cannot be read for the report.
                self._told_waiting = not self._told_waiting
                self.tell()
