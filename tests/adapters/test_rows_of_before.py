"""An outbox written when facts stood in texts: each gets its column, and nothing is lost."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tchat_desktop.adapters.sqlite import schema
from tchat_desktop.adapters.sqlite.backups import back_up, restore_latest_backup
from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.outbox import SqliteOutbox
from tchat_desktop.adapters.sqlite.sealed import is_intact, seal
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.outgoing import OutboxPost
from tests.adapters.samples import FULL, NOON

BEFORE = 8
AT, UNTIL = "2026-12-05T12:00:00.000000+00:00", "2026-12-05T12:10:00.000000+00:00"
PAGE = "https://x.com/intent/tweet?text=Q1"
REFUSED = "403 Forbidden, about:blank, code 326, To protect you, log in to https://x.com"

OLD = {
    # id: slot, kind, label, route, state, reason, detail, target id
    "asked": ("q:a", "question", "Q1", "keys", "sent", "", "", ""),
    "colon": ("q:a:b", "question", "Q12", "keys", "planned", "", "", ""),
    "spare": ("q:c", "question", "question", "keys", "draft", "", "", ""),
    "opened": ("q:d", "question", "Q3", "assisted", "handed_over", "", PAGE, ""),
    "link": ("q:e", "question", "Q4", "assisted", "sent", "by_hand", PAGE, ""),
    "missed": ("q:f", "question", "Q5", "assisted", "expired", "too_late", "", ""),
    "refused": ("q:g", "question", "Q6", "keys", "failed", "account_locked", REFUSED, ""),
    "lost": ("q:h", "question", "Q7", "keys", "unknown", "answer_lost", "reset", ""),
    "odd": ("q:i", "question", "Q1²", "keys", "planned", "", "", ""),
    "welcome": ("welcome", "welcome", "welcome", "keys", "sent", "", "", ""),
    "reply": ("reply:1", "reply", "@awa_ex", "assisted", "sent", "", "", "1001"),
    "repost": ("repost:1002", "repost", "@papa_ex", "keys", "skipped", "", "", "1002"),
    "answer": ("guest:g7:q1:0f", "guest_answer", "M. Diop", "keys", "sent", "", "", ""),
    "word": ("guest:g7::1f", "guest_answer", "M. Diop", "keys", "due", "", "", ""),
    "far": ("guest:g7:a:b:2f", "guest_answer", "M. Diop", "keys", "planned", "", "", ""),
}

NOW = {
    "asked": {"question_id": "a", "number": 1},
    "colon": {"question_id": "a:b", "number": 12},
    "spare": {"question_id": "c"},
    "opened": {"question_id": "d", "number": 3, "page": PAGE},
    "link": {"question_id": "e", "number": 4, "page": PAGE},
    "missed": {"question_id": "f", "number": 5},
    "refused": {
        "question_id": "g",
        "number": 6,
        "said": "Forbidden · code 326 · To protect you · log in to https://x.com",
        "detail": REFUSED,
    },
    "lost": {"question_id": "h", "number": 7, "detail": "reset"},
    "odd": {"question_id": "i"},
    "welcome": {},
    "reply": {"target_author": "awa_ex"},
    "repost": {"target_author": "papa_ex"},
    "answer": {"guest_id": "g7", "guest_name": "M. Diop", "question_id": "q1"},
    "word": {"guest_id": "g7", "guest_name": "M. Diop"},
    "far": {"guest_id": "g7", "guest_name": "M. Diop", "question_id": "a:b"},
}


def facts(row: OutboxPost) -> dict[str, object]:
    """What a row tells in the fields that were read out of texts."""
    names = ("question_id", "number", "target_author", "guest_id", "guest_name", "said", "page")
    told = {name: getattr(row, name) for name in (*names, "detail")}
    return {name: value for name, value in told.items() if value not in ("", None)}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database of version 8 with a row of every kind."""
    folder = tmp_path / "before"
    folder.mkdir()
    for number, source in schema.numbered():
        if number <= BEFORE:
            (folder / source.name).write_text(source.read_text(encoding="utf-8"), encoding="utf-8")
    path = tmp_path / "data" / "tchat.sqlite3"
    with closing(Database(path, lambda: NOON, folder)) as database:
        SqliteChats(database).save(FULL, NOON)
        with database.writing() as connection:
            for name, row in OLD.items():
                add(connection, name, row)
    return path


def add(connection: sqlite3.Connection, name: str, row: tuple[str, ...]) -> None:
    slot, kind, label, route, state, reason, detail, target = row
    values: dict[str, object] = {
        "id": name, "chat_id": FULL.id, "occasion": "live", "slot": slot, "kind": kind,
        "label": label, "text": "Bonsoir", "due_at": AT, "expires_at": UNTIL, "route": route,
        "state": state, "target_id": target, "remote_id": "", "url": "", "reason": reason,
        "detail": detail, "attempts": 1, "not_before": None, "changed_at": AT, "picture_id": "",
        "picture_kind": "", "alt_text": "", "planned_text": "", "planned_due_at": None,
        "planned_route": "", "planned_state": "", "sent_as": "",
    }  # fmt: skip
    values["seal"] = seal(values)
    places = ", ".join(f":{column}" for column in values)
    connection.execute(f"INSERT INTO outbox ({', '.join(values)}) VALUES ({places})", values)


def rows_in(path: Path) -> dict[str, OutboxPost]:
    with closing(Database(path, lambda: NOON)) as database:
        return {row.id: row for row in SqliteOutbox(database).rows(FULL.id, Occasion.LIVE)}


def test_every_fact_stands_in_its_field(old: Path) -> None:
    rows = rows_in(old)
    assert {name: facts(row) for name, row in rows.items()} == NOW
    for name, row in rows.items():
        slot, kind, _label, route, state, reason, _detail, target = OLD[name]
        kept = (row.slot, row.kind, row.route, row.state, row.reason, row.target_id)
        assert kept == (slot, kind, route, state, reason, target)


def test_what_a_log_calls_a_row_is_what_it_called_it_before(old: Path) -> None:
    labels = {name: row.label for name, row in rows_in(old).items()}
    assert labels == {name: row[2] for name, row in OLD.items()} | {"odd": "question"}


def test_the_rows_are_sealed_again_as_they_are_written(old: Path) -> None:
    with closing(Database(old, lambda: NOON)) as database:
        outbox = SqliteOutbox(database)
        for row in outbox.rows(FULL.id, Occasion.LIVE):
            assert outbox.move(row, row.state)
        with database.reading() as connection:
            assert is_intact(connection)
            assert connection.execute("SELECT count(*) FROM outbox WHERE seal = 'unsealed'"
                                      ).fetchone()[0] == 0  # fmt: skip


def test_a_copy_of_before_is_restored_with_its_facts(old: Path) -> None:
    with closing(sqlite3.connect(old)) as connection:
        back_up(connection, old, NOON, "daily")
    old.write_bytes(b"no database any more")
    assert restore_latest_backup(old, NOON) is not None
    assert {name: facts(row) for name, row in rows_in(old).items()} == NOW
