"""Rows of the outbox, a list that remembers what was reported, and an X that can do anything."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from tchat_desktop.domain.catching_up import Proposal
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, late_window
from tchat_desktop.domain.run_sheet import question_key
from tchat_desktop.services.ports import HandedOver, LookedUp, Published
from tests.fakes.clock import PATIENCE, START

Event = TypeVar("Event")


def planned(
    name: str, seconds: float = 0, kind: PostKind = PostKind.QUESTION, **changes: object
) -> OutboxPost:
    """A row due `seconds` after the start, with the window of its kind; "q1" is question Q1."""
    due_at = START + timedelta(seconds=seconds)
    made = OutboxPost(
        id=name,
        chat_id="chat",
        occasion=Occasion.LIVE,
        slot=question_key(name),
        kind=kind,
        text=f"Texte {name}",
        due_at=due_at,
        expires_at=due_at + late_window(kind),
        route=Route.KEYS,
        question_id=name if kind is PostKind.QUESTION else "",
        number=int(name[1:]) if re.fullmatch("q[1-9]", name) else None,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def taken(proposal: Proposal, rows: Iterable[OutboxPost]) -> list[OutboxPost]:
    """The rows once the organiser has taken a proposal."""
    times = dict(proposal.times)
    return [
        replace(row, state=PostState.SKIPPED)
        if row.id in proposal.left_out
        else replace(row, due_at=times.get(row.id, row.due_at))
        for row in rows
    ]


class Reported:
    """Remembers events; call it as a Report."""

    def __init__(self) -> None:
        self._lock = threading.Condition()
        self._events: list[object] = []

    def __call__(self, event: object) -> None:
        with self._lock:
            self._events.append(event)
            self._lock.notify_all()

    def wait_for(self, kind: type[Event], count: int = 1) -> Event:
        """The event of one kind with that number, once it is there."""
        with self._lock:
            assert self._lock.wait_for(lambda: len(self._kept(kind)) >= count, PATIENCE)
            return self._kept(kind)[count - 1]

    def of(self, kind: type[Event]) -> list[Event]:
        """The events of one kind, in order."""
        with self._lock:
            return self._kept(kind)

    def _kept(self, kind: type[Event]) -> list[Event]:
        return [event for event in self._events if isinstance(event, kind)]


class FakeX:
    """Takes posts as told by `outcomes`, one for each call, then accepts everything.

    An outcome is "ok", "page", or an exception to raise; ("stored", exception) takes the post
    before it raises. What was really taken is in `taken`, with the instant.
    """

    def __init__(self, now: Callable[[], datetime], outcomes: Iterable[object] = ()) -> None:
        self._now = now
        self.outcomes = list(outcomes)
        self.looks: list[object] = []
        """What look_up does, one for each call: "truth", "unsure", or an exception to raise."""
        self.ready_steps: list[object] = []
        """What get_ready does, one for each call: seconds, None, or an exception to raise."""
        self.readied: list[tuple[str, datetime]] = []
        self.calls: list[OutboxPost] = []
        self.look_ups = 0
        self.compared: tuple[OutboxPost, ...] = ()
        """The other rows that the last look_up was given."""
        self.taken: list[tuple[OutboxPost, datetime]] = []

    def publish(self, post: OutboxPost) -> Published | HandedOver:
        self.calls.append(post)
        outcome = self.outcomes.pop(0) if self.outcomes else "ok"
        if outcome == "page":
            return HandedOver(f"https://x.com/intent/tweet?text={post.id}")
        if isinstance(outcome, tuple):
            self.taken.append((post, self._now()))
            outcome = outcome[1]
        if isinstance(outcome, BaseException):
            raise outcome
        self.taken.append((post, self._now()))
        return self._published(post)

    def get_ready(self, post: OutboxPost) -> float | None:
        self.readied.append((post.id, self._now()))
        step = self.ready_steps.pop(0) if self.ready_steps else None
        if isinstance(step, BaseException):
            raise step
        assert step is None or isinstance(step, float)
        return step

    def look_up(self, post: OutboxPost, others: Sequence[OutboxPost]) -> LookedUp:
        self.look_ups += 1
        self.compared = tuple(others)
        look = self.looks.pop(0) if self.looks else "truth"
        if isinstance(look, BaseException):
            raise look
        if look == "unsure":
            return LookedUp(None, certain=False)
        found = self._published(post) if self.has(post.id) else None
        return LookedUp(found, certain=True)

    def has(self, post_id: str) -> bool:
        return self.times(post_id) > 0

    def times(self, post_id: str) -> int:
        return sum(post.id == post_id for post, _ in self.taken)

    def _published(self, post: OutboxPost) -> Published:
        return Published(f"remote-{post.id}", f"https://x.com/tchat/status/{len(self.taken)}")


def states(rows: Iterable[OutboxPost]) -> dict[str, PostState]:
    """The states by id."""
    return {row.id: row.state for row in rows}


if TYPE_CHECKING:
    from tchat_desktop.services.ports import Publisher

    def _is_a_publisher(it: FakeX) -> Publisher:
        return it
