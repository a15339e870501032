"""The posts of an hour that was open when its chat was copied, as they stand in a .tchat file.

They tell the copy what is out already. An address that was on its way is not taken along, nor what
the log knows: only what is needed to publish nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.conversation import canonical_link
from tchat_desktop.domain.outgoing import OutboxPost, Planned, PostKind, PostState

MOST_ROWS = 400
"""Rows in a file from outside: many more than any hour has."""

_AS_COPIED = {
    # Whether it left there is not known here.
    PostState.SENDING: PostState.UNKNOWN,
    PostState.DUE: PostState.PLANNED,
}


@dataclass(frozen=True, slots=True)
class HourRow:
    """One post of the run sheet in a file. Instants are UTC."""

    slot: str
    kind: PostKind
    label: str
    text: str
    due_at: datetime
    expires_at: datetime
    route: Route
    state: PostState
    planned_text: str
    planned_due_at: datetime
    planned_route: Route
    planned_state: PostState
    remote_id: str = ""
    url: str = ""
    changed_at: datetime | None = None
    tried: bool = False


@dataclass(frozen=True, slots=True)
class HourPart:
    """The part of a file that tells of an hour; `at` is when it was copied (UTC)."""

    at: datetime
    rows: tuple[HourRow, ...] = ()


def written(rows: Iterable[OutboxPost], at: datetime) -> HourPart:
    """What a file tells of these rows; replies and reposts have no place on the run sheet."""
    return HourPart(at, tuple(_written(row, row.planned) for row in rows if row.planned))


def read_rows(part: HourPart, limited: bool) -> tuple[OutboxPost, ...]:
    """The rows, without ids of their own; whoever takes them in gives them some."""
    rows = part.rows[:MOST_ROWS] if limited else part.rows
    return tuple(_read(row) for row in rows)


def _written(row: OutboxPost, planned: Planned) -> HourRow:
    return HourRow(
        slot=row.slot,
        kind=row.kind,
        label=row.label,
        text=row.text,
        due_at=row.due_at,
        expires_at=row.expires_at,
        route=row.route,
        state=row.state,
        planned_text=planned.text,
        planned_due_at=planned.due_at,
        planned_route=planned.route,
        planned_state=planned.state,
        remote_id=row.remote_id,
        url=row.url,
        changed_at=row.changed_at,
        tried=bool(row.attempts),
    )


def _read(row: HourRow) -> OutboxPost:
    link = canonical_link(row.url) if row.url.startswith("https://") else ""
    return OutboxPost(
        id="",
        chat_id="",
        occasion=Occasion.LIVE,
        slot=row.slot,
        kind=row.kind,
        label=row.label,
        text=row.text,
        due_at=row.due_at,
        expires_at=row.expires_at,
        route=row.route,
        state=_AS_COPIED.get(row.state, row.state),
        remote_id=row.remote_id if row.remote_id.isdigit() else "",
        url=link or "",
        attempts=int(row.tried),
        planned=Planned(row.planned_text, row.planned_due_at, row.planned_route, row.planned_state),
        changed_at=row.changed_at,
    )
