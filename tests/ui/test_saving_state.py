"""How far the chats are on disk: what is said of one, and what of all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.services.events import ChatSaved, SaveFailed
from tchat_desktop.services.ports import StoreFull
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.shell.saving_state import SavingState

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


def test_a_refusal_is_told_as_another_only_when_it_is(bridge: Bridge, qtbot: QtBot) -> None:
    saving = SavingState(bridge)
    told: list[tuple[type, bool]] = []
    kept: list[bool] = []
    saving.refused.connect(lambda error, another: told.append((type(error), another)))
    saving.all_kept.connect(lambda: kept.append(True))
    for error in (StoreFull("full"), StoreFull("full"), OSError("gone")):
        bridge.report(SaveFailed("a", error))
    bridge.report(SaveFailed("b", OSError("gone")))
    bridge.report(ChatSaved("a", NOW))
    qtbot.waitUntil(lambda: len(saving.errors) == 1)
    assert told == [(StoreFull, True), (StoreFull, False), (OSError, True), (OSError, True)]
    # The other one is not on disk yet.
    assert kept == []
    bridge.report(ChatSaved("b", NOW))
    qtbot.waitUntil(lambda: kept == [True])
    assert saving.errors == ()
