"""What an Hour is given: its stores, its connections to X, and the conditions for posting."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.services.leaving import NOBODY, Hands
from tchat_desktop.services.ledger import Purse
from tchat_desktop.services.outbox_rows import Gate, OutboxRows, no_gate, nobody
from tchat_desktop.services.ports import (
    Clock,
    OutboxStore,
    PostingRight,
    PostStore,
    Publisher,
    Report,
    TagReader,
)
from tchat_desktop.services.poster import Poster, nothing
from tchat_desktop.services.reach import NetworkStatus

_FOREVER = timedelta(days=36_500)


@dataclass(frozen=True, slots=True)
class HourStores:
    """Where an Hour stores its rows and the collected posts; used from three threads at once."""

    outbox: OutboxStore
    posts: PostStore


@dataclass(frozen=True, slots=True)
class HourParts:
    """What an Hour works with; `publishers` has one publisher for each route its posts may take."""

    stores: HourStores
    publishers: Mapping[Route, Publisher]
    report: Report
    clock: Clock
    rules: NetworkRules
    reader: TagReader | None = None
    """Reads the tag on X; None where the organiser enters the posts by hand."""


@dataclass(frozen=True, slots=True)
class HourConditions:
    """The conditions under which posts leave; with the defaults nothing holds them back.

    The functions are called from any thread and must return at once, except `prepare` and `right`.
    """

    gate: Gate = no_gate
    """May hold a post back before it leaves (see limits.SendGate)."""
    sender: Callable[[], str] = nobody
    """Returns the id on X of the connected account; "" without one."""
    purse: Purse | None = None
    """Knows what the chat has cost; None where nothing costs anything."""
    prepare: Callable[[], object] = nothing
    """Called first on the posting thread, for slow first-time work."""
    right: PostingRight | None = None
    """Taken before anything leaves; None where the caller has taken it or none is needed."""
    without_keys: bool = False
    """Whether no account is connected: an hour planned with keys then begins with pages."""
    asks: bool = False
    """Whether somebody is there to decide what becomes of posts that were missed."""
    hands: Hands = NOBODY
    """What the organiser does at the screen: no page opens over it."""


def poster_without_end(
    rows: OutboxRows, parts: HourParts, conditions: HourConditions, finished: Callable[[], object]
) -> Poster:
    """Return the posting thread of what is no hour: it is stopped with its chat alone."""
    return Poster(
        rows,
        parts.publishers,
        parts.clock,
        parts.report,
        ends_at=parts.clock.now() + _FOREVER,
        reach=NetworkStatus(parts.report),
        prepare=conditions.prepare,
        finished=finished,
    )


def by_pages(pages: Publisher) -> Mapping[Route, Publisher]:
    """Return the publishers of an hour without keys.

    A row planned with keys before that was chosen opens as a page, too.
    """
    return {Route.ASSISTED: pages, Route.KEYS: pages}
