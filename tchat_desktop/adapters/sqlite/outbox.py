"""Stores the rows of the outbox and what was decided for each hour."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING

from tchat_desktop.adapters.codec import storable
from tchat_desktop.adapters.reading.instants import moment
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.rows import (
    instant,
    optional_instant,
    optional_moment,
)
from tchat_desktop.adapters.sqlite.sealed import (
    SEAL,
    check_seal,
    hour_state,
    is_sound,
    keep_hour,
    mend,
    seal,
)
from tchat_desktop.domain.chat import Occasion, Picture, Route
from tchat_desktop.domain.outgoing import (
    OutboxPost,
    Planned,
    PostKind,
    PostState,
    Reason,
    may_become,
)
from tchat_desktop.domain.replanning import Replanning
from tchat_desktop.services.ports import HourState, OutboxStore, StoreError, StoreSuspect

_PARTS = {
    "picture": ("picture_id", "picture_kind", "alt_text"),
    "planned": ("planned_text", "planned_due_at", "planned_route", "planned_state"),
}
"""The fields of OutboxPost that take several columns."""
_COLUMNS = tuple(
    name for field in fields(OutboxPost) for name in _PARTS.get(field.name, [field.name])
)
_ALL = (*_COLUMNS, SEAL)
_ADD = (
    f"INSERT INTO outbox ({', '.join(_ALL)})"
    f" SELECT {', '.join(f':{name}' for name in _ALL)} WHERE NOT EXISTS (SELECT 1 FROM outbox"
    " WHERE chat_id = :chat_id AND occasion = :occasion AND slot = :slot)"
)
_SELECT = "SELECT * FROM outbox"
_FIXED = {"id", "chat_id", "occasion", "slot"}
_MOVE = (
    f"UPDATE outbox SET {', '.join(f'{name} = :{name}' for name in _ALL if name not in _FIXED)}"
    " WHERE id = :id AND state = :expected"
)
_FORGET = "DELETE FROM outbox WHERE id = ? AND state = ? AND attempts = 0"


class SqliteOutbox:
    """The OutboxStore in the database; the chat of a row must have been saved before.

    Every method may raise StoreError, and StoreSuspect for a row that was changed from outside.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def check(self) -> None:
        """Check that every row is there and is as it was written. Raises StoreSuspect.

        An index that alone is damaged is rebuilt from the rows.
        """
        with self._database.writing() as connection:
            if not is_sound(connection, "outbox") or not mend(connection):
                raise StoreSuspect("the outbox is not as it was written")

    def add(self, posts: Iterable[OutboxPost]) -> None:
        """Add rows; a row whose (chat, occasion, slot) exists already is left as it is."""
        values = [row_values(post) for post in posts]
        with self._database.writing() as connection:
            connection.executemany(_ADD, values)

    def replan(self, replanning: Replanning) -> None:
        """Write all the changes that follow from an edited run sheet, or none of them.

        A row whose state on disk has changed since stays as it is. Raises ValueError when a change
        of state is not allowed, and when a row to delete was tried: a post that may be published
        must not be forgotten.
        """
        moved = [_moved(made, row.state) for row, made in replanning.changed]
        tried = [row.slot for row in replanning.removed if row.attempts]
        if tried:
            raise ValueError(f"{tried} were tried")
        forgotten = [(row.id, row.state.value) for row in replanning.removed]
        added = [row_values(row) for row in replanning.added]
        with self._database.writing() as connection:
            connection.executemany(_MOVE, moved)
            connection.executemany(_FORGET, forgotten)
            connection.executemany(_ADD, added)

    def learn(self, learnt: Replanning) -> None:
        """Write all that another computer did with the posts (see domain.copies), or none of it.

        A row whose state on disk has changed since stays as it is. Raises ValueError for a row that
        is being sent or is published here: what this computer knows must not be overwritten.
        """
        if any(row.state in (PostState.SENDING, PostState.SENT) for row, _made in learnt.changed):
            raise ValueError("what is out stays out")
        written = [
            {**row_values(made), "expected": row.state.value} for row, made in learnt.changed
        ]
        added = [row_values(row) for row in learnt.added]
        with self._database.writing() as connection:
            connection.executemany(_MOVE, written)
            connection.executemany(_ADD, added)

    def rows(self, chat_id: str, occasion: Occasion) -> Sequence[OutboxPost]:
        """Return the rows of an hour, by due instant."""
        return self._posts(
            "WHERE chat_id = ? AND occasion = ? ORDER BY due_at, rowid", (chat_id, occasion.value)
        )

    def tried_by_keys(self, since: datetime) -> Sequence[OutboxPost]:
        """Return the rows of all chats tried with keys and last changed since `since` (UTC)."""
        return self._posts(
            "WHERE changed_at >= ? AND attempts > 0 AND route = ? ORDER BY changed_at, rowid",
            (instant(since), Route.KEYS.value),
        )

    def _posts(self, which: str, values: tuple[str, ...]) -> list[OutboxPost]:
        with self._database.reading() as connection:
            # All at once: an error about a row that is kept would keep a half-read answer with it,
            # and the file open, which Windows then lets nobody rename.
            found = connection.execute(f"{_SELECT} {which}", values).fetchall()
            return [row_read(row) for row in found]

    def get(self, post_id: str) -> OutboxPost:
        """Return one row. Raises KeyError if there is none."""
        with self._database.reading() as connection:
            row = connection.execute(f"{_SELECT} WHERE id = ?", (post_id,)).fetchone()
        if row is None:
            raise KeyError(post_id)
        return row_read(row)

    def move(self, post: OutboxPost, expected: PostState) -> bool:
        """Write the row only if its state on disk is `expected`; return whether it was.

        A row that keeps its state may be written too. Its chat, occasion and slot never change.
        Raises ValueError when the change of state is not allowed.
        """
        values = _moved(post, expected)
        with self._database.writing() as connection:
            return connection.execute(_MOVE, values).rowcount == 1

    def clear(self, chat_id: str, occasion: Occasion) -> None:
        """Delete the rows and the state of an hour, for a rehearsal that starts anew."""
        with self._database.writing() as connection:
            for table in ("outbox", "hour"):
                connection.execute(
                    f"DELETE FROM {table} WHERE chat_id = ? AND occasion = ?",
                    (chat_id, occasion.value),
                )

    def hour_state(self, chat_id: str, occasion: Occasion) -> HourState:
        """Return what was last decided for an hour; the defaults when nothing was."""
        with self._database.reading() as connection:
            row = connection.execute(
                "SELECT * FROM hour WHERE chat_id = ? AND occasion = ?",
                (chat_id, occasion.value),
            ).fetchone()
        if row is not None:
            check_seal(row)
        return hour_state(row)

    def keep_hour_state(self, chat_id: str, occasion: Occasion, state: HourState) -> None:
        """Write what was decided for an hour; when this returns it is on disk."""
        with self._database.writing() as connection:
            keep_hour(connection, chat_id, occasion, state)


def _moved(post: OutboxPost, expected: PostState) -> dict[str, str | int | None]:
    """Return the values for _MOVE. Raises ValueError when the change of state is not allowed."""
    if post.state is not expected and not may_become(expected, post.state):
        raise ValueError(f"a post cannot go from {expected} to {post.state}")
    return {**row_values(post), "expected": expected.value}


def row_values(post: OutboxPost) -> dict[str, str | int | None]:
    """The values of a row by its columns, with their seal."""
    values: dict[str, str | int | None] = {
        "id": post.id,
        "chat_id": post.chat_id,
        "occasion": post.occasion.value,
        "slot": post.slot,
        "kind": post.kind.value,
        "text": storable(post.text),
        "due_at": instant(post.due_at),
        "expires_at": instant(post.expires_at),
        "route": post.route.value,
        "state": post.state.value,
        "question_id": storable(post.question_id),
        "number": post.number,
        "target_id": post.target_id,
        "target_author": storable(post.target_author),
        "follows": post.follows,
        "guest_id": storable(post.guest_id),
        "guest_name": storable(post.guest_name),
        "remote_id": post.remote_id,
        "url": post.url,
        "reason": post.reason.value,
        "detail": storable(post.detail),
        "said": storable(post.said),
        "page": storable(post.page),
        "attempts": post.attempts,
        "sent_as": post.sent_as,
        "not_before": optional_instant(post.not_before),
        "changed_at": optional_instant(post.changed_at),
        "picture_id": post.picture.id if post.picture else "",
        "picture_kind": post.picture.kind if post.picture else "",
        "alt_text": storable(post.picture.alt_text) if post.picture else "",
        "planned_text": storable(post.planned.text) if post.planned else "",
        "planned_due_at": instant(post.planned.due_at) if post.planned else None,
        "planned_route": post.planned.route.value if post.planned else "",
        "planned_state": post.planned.state.value if post.planned else "",
    }
    return {**values, SEAL: seal(values)}


def row_read(row: sqlite3.Row) -> OutboxPost:
    """Return a row as an OutboxPost. Raises StoreSuspect or StoreError if it cannot be read."""
    check_seal(row)
    try:
        return OutboxPost(
            id=row["id"],
            chat_id=row["chat_id"],
            occasion=Occasion(row["occasion"]),
            slot=row["slot"],
            kind=PostKind(row["kind"]),
            text=row["text"],
            due_at=moment(row["due_at"]),
            expires_at=moment(row["expires_at"]),
            route=Route(row["route"]),
            state=PostState(row["state"]),
            question_id=row["question_id"],
            number=row["number"],
            target_id=row["target_id"],
            target_author=row["target_author"],
            follows=row["follows"],
            guest_id=row["guest_id"],
            guest_name=row["guest_name"],
            remote_id=row["remote_id"],
            url=row["url"],
            reason=Reason(row["reason"]),
            detail=row["detail"],
            said=row["said"],
            page=row["page"],
            attempts=row["attempts"],
            sent_as=row["sent_as"],
            not_before=optional_moment(row["not_before"]),
            changed_at=optional_moment(row["changed_at"]),
            picture=_picture(row),
            planned=_planned(row),
        )
    except ValueError as error:
        raise StoreError(f"row {row['id']} of the outbox cannot be read: {error}") from error


def _picture(row: sqlite3.Row) -> Picture | None:
    if not row["picture_id"]:
        return None
    return Picture(row["picture_id"], row["picture_kind"], row["alt_text"])


def _planned(row: sqlite3.Row) -> Planned | None:
    if row["planned_due_at"] is None:
        return None
    return Planned(
        text=row["planned_text"],
        due_at=moment(row["planned_due_at"]),
        route=Route(row["planned_route"]),
        state=PostState(row["planned_state"]),
    )


if TYPE_CHECKING:

    def _is_an_outbox_store(outbox: SqliteOutbox) -> OutboxStore:
        return outbox
