"""Converts the outbox rows of an open hour to and from their form in a .tchat file.

They tell whoever opens the file which posts are published already. Details for the log are not
written, and the address of a pre-filled page is made anew from its text.

A file gives the question of a row and its number by the key of the item and by a label ("Q3").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from tchat_desktop.adapters.x.web_page import page_of
from tchat_desktop.domain.chat import Occasion, Picture, Route
from tchat_desktop.domain.network_rules import PageTooLong
from tchat_desktop.domain.outgoing import (
    KEYS_FAIL,
    MONEY_FAILS,
    WAITING,
    OutboxPost,
    Planned,
    PostKind,
    PostState,
    Reason,
)
from tchat_desktop.domain.run_items import question_in
from tchat_desktop.domain.x import links

MOST_ROWS = 400
"""The most rows that are read from a file, many more than any hour has."""

_LABEL = re.compile("Q([1-9][0-9]{0,3})")

_AS_COPIED = {
    # It is not known here how the sending ended there.
    PostState.SENDING: PostState.UNKNOWN,
    PostState.DUE: PostState.PLANNED,
}


@dataclass(frozen=True, slots=True)
class HourRow:
    """One post of the run sheet, as a file holds it. Datetimes are in UTC."""

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
    reason: str = ""
    picture: Picture | None = None


@dataclass(frozen=True, slots=True)
class HourPart:
    """The part of a file on an open hour; `at` is when the file was made (UTC)."""

    at: datetime
    rows: tuple[HourRow, ...] = ()


def hour_part_of(rows: Iterable[OutboxPost], at: datetime) -> HourPart:
    """The part of a file for these rows, without replies and reposts, which were not planned."""
    return HourPart(at, tuple(_written(row, row.planned) for row in rows if row.planned))


def read_rows(part: HourPart, limited: bool) -> tuple[OutboxPost, ...]:
    """The rows of an hour without ids, which the caller must give them.

    `limited` leaves out rows beyond `MOST_ROWS`.
    """
    rows = part.rows[:MOST_ROWS] if limited else part.rows
    return tuple(_read(row) for row in rows)


def as_told(rows: Iterable[OutboxPost]) -> tuple[OutboxPost, ...]:
    """Rows that are stored here, in the form in which `read_rows` gives them back."""
    return tuple(_read(_written(row, row.planned)) for row in rows if row.planned)


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
        reason=row.reason.value,
        picture=row.picture,
    )


def _read(row: HourRow) -> OutboxPost:
    """The outbox row of a row in a file, without ids."""
    link = links.canonical(row.url) if row.url.startswith("https://") else ""
    is_question = row.kind is PostKind.QUESTION
    read = OutboxPost(
        id="",
        chat_id="",
        occasion=Occasion.LIVE,
        slot=row.slot,
        kind=row.kind,
        text=row.text,
        due_at=row.due_at,
        expires_at=row.expires_at,
        route=row.route,
        state=_AS_COPIED.get(row.state, row.state),
        question_id=question_in(row.slot) if is_question else "",
        number=_number(row.label) if is_question else None,
        remote_id=row.remote_id if row.remote_id.isdigit() else "",
        url=link or "",
        reason=_reason(row),
        attempts=int(row.tried),
        picture=row.picture,
        planned=Planned(row.planned_text, row.planned_due_at, row.planned_route, row.planned_state),
        changed_at=row.changed_at,
    )
    return replace(read, page=_page(read))


def _number(label: str) -> int | None:
    found = _LABEL.fullmatch(label)
    return int(found[1]) if found else None


def _reason(row: HourRow) -> Reason:
    """The reason of a row's state; NONE if the row waits, or it was about the other's keys."""
    if row.state in WAITING or row.reason not in set(Reason):
        return Reason.NONE
    reason = Reason(row.reason)
    return Reason.NONE if reason in KEYS_FAIL | MONEY_FAILS else reason


def _page(row: OutboxPost) -> str:
    """The page of a post that was handed over, to be opened again; "" for any other post."""
    if row.state is not PostState.HANDED_OVER:
        return ""
    try:
        return page_of(row)
    except PageTooLong:
        return ""
