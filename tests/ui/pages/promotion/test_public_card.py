"""The page for the public is saved of the chat on screen, with its questions or without."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.promotion.page import PromotionPage
from tchat_desktop.ui.pages.shared import saving
from tchat_desktop.wording.when_words import when_of
from tests.domain.chats import NOW, a_chat
from tests.fakes.memory_store import MemoryPictures
from tests.fakes.texts import load_texts
from tests.ui.pages.hands import press, put_on_screen
from tests.ui.pages.promotion.no_files import files


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


@pytest.mark.parametrize("wanted", [True, False])
def test_it_is_saved_as_wanted(
    wanted: bool, qtbot: QtBot, bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[Chat, bool]] = []
    editor = ChatEditor(a_chat())
    page = PromotionPage(
        editor,
        cache(load_texts),
        when_of,
        lambda: NOW,
        str,
        print,
        bridge,
        MemoryPictures(),
        files(published=kept),
    )
    put_on_screen(qtbot, page, editor)
    monkeypatch.setattr(saving, "ask_where_to_save", lambda *_: tmp_path / "page.html")
    page.public.with_questions.setChecked(wanted)
    press(page, "Public")
    qtbot.waitUntil(lambda: bool(kept))
    assert kept == [(editor.chat, wanted)]
