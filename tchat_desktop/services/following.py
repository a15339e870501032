"""Having the posts on their way out follow the run sheet, on disk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.replanning import replanned
from tchat_desktop.services.ports import OutboxStore


def as_wished(route: Route) -> Route:
    """The way the run sheet says."""
    return route


def follow(
    store: OutboxStore,
    rows: Sequence[OutboxPost],
    planned: Sequence[OutboxPost],
    now: datetime,
    *,
    spared: timedelta = timedelta(),
    way: Callable[[Route], Route] = as_wished,
) -> bool:
    """Write what becomes of `rows` as the run sheet is `planned` now; whether anything changed.

    `way` tells how posts that the run sheet wants to go one way go in this hour. A row that was
    changed by somebody else meanwhile stays as that left it. Raises StoreError.
    """
    found = replanned(rows, planned, now, spared)
    for before, after in found.changed:
        store.move(replace(after, route=way(after.route)), before.state)
    for row in found.removed:
        store.remove(row)
    if found.added:
        store.add(replace(row, route=way(row.route)) for row in found.added)
    return bool(found.changed or found.added or found.removed)
