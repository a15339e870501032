"""Whole hours in a real window with a crowd of 300 people: by keys, and by pasted pages alone."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tchat_desktop.adapters.tchat_file import TchatFiles
from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.run_sheet import build_run_sheet, plan
from tchat_desktop.services.ports import ChatFile
from tests.e2e import crowd
from tests.e2e.fast_clock import FastClock
from tests.e2e.public import Public
from tests.e2e.test_journey import KEYRING, missing, travel
from tests.fakes.texts import load_texts
from tests.fakes.x_server import XServer

START = datetime(2026, 12, 5, 20, tzinfo=UTC)
LATE = timedelta(seconds=30)
"""How late a post may leave: the machine of a test may have much to do."""


def prepare(folder: str, chat: Chat, **more: object) -> None:
    """Put the chat into the folder, and what must be counted at its end."""
    TchatFiles().write(Path(folder, "crowd.tchat"), ChatFile(chat))
    told = {"filters": crowd.expected(crowd.script()), **more}
    Path(folder, "expected.json").write_text(json.dumps(told), "utf-8")


@pytest.fixture
def folder() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="e2e-") as made:
        yield made


def on_disk(folder: str, question: str) -> list[tuple[str, ...]]:
    """The rows that the app has kept."""
    with closing(sqlite3.connect(Path(folder, "chats", "tchat.db"))) as database:
        return database.execute(question).fetchall()


def kept_ids(folder: str) -> list[str]:
    """The ids of the posts of the crowd that the app has kept."""
    return [one for (one,) in on_disk(folder, "SELECT id FROM post WHERE occasion = 'live'")]


def test_an_hour_without_keys_takes_the_crowd_from_pasted_pages(folder: str) -> None:
    if reason := missing("xdotool", "xclip"):
        pytest.skip(reason)
    chat = crowd.chat(Route.ASSISTED, START)
    sheet = build_run_sheet(chat, load_texts("fr"))
    rows = plan(chat, sheet, Occasion.LIVE, chat.route, START)
    pages = list(crowd.pages(START, [(row.due_at, row.text) for row in rows]))
    prepare(folder, chat, pages=[page.minute for page in pages])
    for page in pages:
        told = asdict(page) | {"ids": sorted(page.ids)}
        Path(folder, f"page-{page.minute}.json").write_text(json.dumps(told), "utf-8")
    travel("wound_session.sh", folder, "crowd_pages.py")
    said = sorted(frozenset[str]().union(*(page.ids for page in pages)))
    assert sorted(kept_ids(folder)) == said


def test_an_hour_with_keys_takes_the_crowd_from_x_and_loses_nobody(folder: str) -> None:
    if reason := missing("xdotool", *KEYRING):
        pytest.skip(reason)
    clock = FastClock(Path(folder, "clock"))
    clock.set_to(START - timedelta(days=2), 1)
    prepare(folder, crowd.chat(Route.KEYS, START))
    now = clock.now
    with XServer(world_now=lambda: now().timestamp()) as x, Public(x, now, START) as public:
        secrets = x.keys.secrets()
        travel("crowd_session.sh", folder, "crowd_keys.py", x.url, given="\n".join(secrets))
        assert public.all_said
        assert sorted(kept_ids(folder)) == sorted(public.ids())
        check_published(folder, x)
        assert x.violations == []
    written = [path for path in Path(folder).rglob("*") if path.is_file()]
    assert written
    for path in written:
        content = path.read_bytes()
        for secret in secrets:
            assert secret.encode() not in content, path


def check_published(folder: str, x: XServer) -> None:
    """X has each post once, at its time, with the tag; nothing of the rehearsal."""
    question = "SELECT text, due_at FROM outbox WHERE occasion = 'live' AND kind != 'repost'"
    due = {text: datetime.fromisoformat(at) for text, at in on_disk(folder, question)}
    assert sorted(x.texts()) == sorted(due)
    for post in x.posts:
        late = post.created_at - due[post.sent]
        assert timedelta(seconds=-1) < late < LATE, f"{post.sent} after {late}"
        assert crowd.TAG in post.sent
    assert len(x.reposts) == 1
