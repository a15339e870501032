"""What an hour works with, and under which conditions its posts leave."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.services.leaving import not_typing
from tchat_desktop.services.ledger import Purse
from tchat_desktop.services.outbox_rows import Gate, no_gate, nobody
from tchat_desktop.services.ports import (
    Clock,
    OutboxStore,
    PostingRight,
    PostStore,
    Publisher,
    Report,
    TagReader,
)
from tchat_desktop.services.poster import nothing


@dataclass(frozen=True, slots=True)
class HourStores:
    """Where an hour keeps what it does; used from three threads at once."""

    outbox: OutboxStore
    posts: PostStore


@dataclass(frozen=True, slots=True)
class HourParts:
    """What an hour works with; `publishers` has one for each way its posts may leave."""

    stores: HourStores
    publishers: Mapping[Route, Publisher]
    report: Report
    clock: Clock
    rules: NetworkRules
    reader: TagReader | None = None
    """What reads the tag; None where posts are entered by hand."""


@dataclass(frozen=True, slots=True)
class HourConditions:
    """Under which conditions posts leave: as they stand here, nothing holds them back.

    All are asked from any thread, and answer at once.
    """

    gate: Gate = no_gate
    """Holds posts back before they leave (limits.Limits)."""
    sender: Callable[[], str] = nobody
    """The id on X of the account connected."""
    purse: Purse | None = None
    """What was spent; None where nothing costs anything."""
    prepare: Callable[[], object] = nothing
    """What the posting thread does first."""
    right: PostingRight | None = None
    """Taken before anything leaves, where nobody else has seen to it."""
    without_keys: bool = False
    """No account is connected: an hour with keys begins by the pages."""
    asks: bool = False
    """Somebody is there to decide what becomes of posts that were missed."""
    typing: Callable[[], float] = not_typing
    """For how many seconds the organiser, who is typing, must not have a page open by itself."""


def by_pages(pages: Publisher) -> Mapping[Route, Publisher]:
    """Without keys: a post planned by keys, before that was chosen, opens as a page too."""
    return {Route.ASSISTED: pages, Route.KEYS: pages}
