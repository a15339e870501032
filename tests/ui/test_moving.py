"""Choosing another place for the chats in the middle of the hour: nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost, PostState
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.hour import Hour
from tests.fakes.x_server import XServer
from tests.ui.running import Person, running


@pytest.fixture
def x() -> Iterator[XServer]:
    with XServer() as server:
        yield server


@pytest.fixture
def me(qapp: QApplication, qtbot: QtBot, tmp_path: Path, x: XServer) -> Iterator[Person]:
    """In the middle of an hour with keys, the first post is out."""
    with running(qapp, tmp_path / "here", api_url=x.url, vault=MemoryVault()) as app:
        me = Person(app, qtbot)
        me.open_example()
        connected: list[object] = []
        app.connections().connect_with(app.window, x.keys, connected.append, connected.append)
        me.wait(lambda: bool(connected))
        editor = me.session.editor
        soon = datetime.now(UTC) - timedelta(seconds=1)
        editor.edit(replace(editor.chat, route=Route.KEYS, starts_at=soon))
        me.workspace.open_step(StepId.HOUR)
        me.press("Ouvrir le tchat")
        me.wait(lambda: states(me)[:1] == [PostState.SENT])
        yield me


def rows(me: Person) -> list[OutboxPost]:
    chat = me.session.editor.chat
    return list(me.app.data().outbox.rows(chat.id, Occasion.LIVE))


def states(me: Person) -> list[PostState]:
    return [row.state for row in rows(me)]


def test_the_hour_goes_on_where_it_was(me: Person, x: XServer, tmp_path: Path) -> None:
    before, former = rows(me), me.session.hour(Occasion.LIVE)
    me.window.place_chosen.emit(tmp_path / "there")
    me.wait(lambda: me.app.data().database.path.parent == tmp_path / "there")
    me.wait(lambda: me.session.hour(Occasion.LIVE) not in (None, former))
    assert me.workspace.step is StepId.HOUR
    assert [row.id for row in rows(me)] == [row.id for row in before]
    # The next post leaves from the new place, and the first one does not leave again.
    me.press("Publier maintenant")
    me.wait(lambda: states(me)[:2] == [PostState.SENT] * 2)
    assert x.texts() == [row.text for row in before[:2]]


def test_a_place_that_is_no_better_lets_the_hour_go_on(
    me: Person, x: XServer, tmp_path: Path
) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("", "utf-8")
    former = me.session.hour(Occasion.LIVE)
    me.window.place_chosen.emit(blocked)
    me.wait(me.notice)
    me.wait(lambda: me.session.hour(Occasion.LIVE) not in (None, former))
    me.press("Publier maintenant")
    me.wait(lambda: states(me)[:2] == [PostState.SENT] * 2)
    assert len(x.texts()) == 2


def test_a_post_that_is_just_leaving_is_waited_for(
    me: Person, x: XServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its row would be taken along as if nobody were sending it, and it would leave again."""
    stop = Hour.stop
    monkeypatch.setattr(Hour, "stop", lambda hour: stop(hour) and False)
    me.window.place_chosen.emit(tmp_path / "there")
    me.wait(me.notice)
    assert "en train de partir" in me.notice()
    assert me.app.data().database.path.parent == tmp_path / "here"
    assert not (tmp_path / "there").exists()
    monkeypatch.undo()
