"""In the real window, without keys: arriving late, and publishing 20 days early by mistake."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.browser import SystemBrowser
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.steps import StepId
from tchat_desktop.ui.pages.hour import waiting_room
from tests.ui.running import Person, running


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pages that opened in the browser."""
    opened: list[str] = []
    monkeypatch.setattr(SystemBrowser, "open", lambda _self, page: not opened.append(page))
    return opened


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Person]:
    with running(qapp, tmp_path) as app:
        me = Person(app, qtbot)
        me.open_example()
        yield me


def begins_in(me: Person, span: timedelta) -> datetime:
    editor, start = me.session.editor, datetime.now(UTC) + span
    editor.edit(replace(editor.chat, route=Route.ASSISTED, starts_at=start))
    me.workspace.open_step(StepId.HOUR)
    return start


def rows(me: Person) -> dict[str, OutboxPost]:
    chat = me.session.editor.chat
    return {row.slot: row for row in me.app.data().outbox.rows(chat.id, Occasion.LIVE)}


def test_23_minutes_late_nothing_opens_before_a_choice(me: Person, pages: list[str]) -> None:
    start = begins_in(me, timedelta(minutes=-23))
    me.press("Ouvrir le tchat")
    me.wait(lambda: "Prendre ce déroulé" in me.buttons())
    assert pages == []
    me.press("Prendre ce déroulé")
    me.wait(lambda: rows(me)["welcome"].state is PostState.PLANNED)
    me.wait(lambda: "Prendre ce déroulé" not in me.buttons())
    coming = [row for row in rows(me).values() if row.state is PostState.PLANNED]
    coming.sort(key=lambda row: row.due_at)
    assert [row.slot for row in coming][:2] == ["welcome", "rules"]
    assert coming[-1].slot == "thanks"
    assert coming[-1].due_at < start + timedelta(minutes=me.session.editor.chat.minutes)
    assert pages == []


def test_what_was_opened_20_days_early_goes_back_to_its_time(
    me: Person, pages: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    start = begins_in(me, timedelta(days=20))
    monkeypatch.setattr(waiting_room, "confirms_early", lambda *_words: True)
    me.press("Publier un message avant le tchat…")
    me.wait(lambda: len(pages) == 1)
    me.wait(lambda: any(name.startswith("Pas publié") for name in me.buttons()))
    me.workspace.open_step(StepId.RUN_SHEET)
    me.wait(lambda: any(words.startswith("Ouvert le ") for words in me.words()))
    me.workspace.open_step(StepId.HOUR)
    back = next(name for name in me.buttons() if name.startswith("Pas publié"))
    me.press(back)
    me.wait(lambda: rows(me)["welcome"].state is PostState.PLANNED)
    assert rows(me)["welcome"].due_at == start
    assert len(pages) == 1
