"""The announcements still to make go into the organiser's own calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.promotion import Reminder, due_at, ladder
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.promotion.page import PromotionPage
from tchat_desktop.ui.pages.shared import saving
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.when_words import when_of
from tests.domain.chats import NOW, START, a_chat
from tests.fakes.memory_store import MemoryPictures
from tests.fakes.texts import load_texts
from tests.ui.pages.hands import press, put_on_screen
from tests.ui.pages.promotion.no_files import files

texts_of = cache(load_texts)


@pytest.fixture
def bridge(qapp: QApplication) -> Iterator[Bridge]:
    bridge = Bridge()
    yield bridge
    assert bridge.stop()


def test_each_is_reminded_of_with_its_text(
    qtbot: QtBot, bridge: Bridge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[tuple[Chat, tuple[Reminder, ...]]] = []
    editor = ChatEditor(a_chat(announcements=ladder(a_chat(), NOW)))
    clock = [START - timedelta(days=2)]
    page = PromotionPage(
        editor,
        texts_of,
        when_of,
        lambda: clock[0],
        str,
        print,
        bridge,
        MemoryPictures(),
        files(reminded=kept),
    )
    put_on_screen(qtbot, page, editor)
    monkeypatch.setattr(saving, "ask_where_to_save", lambda *_: tmp_path / "r.ics")
    press(page, "Reminders")
    qtbot.waitUntil(lambda: bool(kept))
    ((chat, reminders),) = kept
    by_id = {one.id: one for one in chat.announcements}
    assert [one.announcement_id for one in reminders] == ["x-1440", "whatsapp-1440", "x-60"]
    assert all(one.at == due_at(chat, by_id[one.announcement_id]) for one in reminders)
    assert all(f"#{chat.hashtag}" in one.text for one in reminders)
    assert chat.topic in reminders[0].title
    assert _("X (Twitter)") in reminders[0].title


def test_they_are_offered_only_while_there_are_some(qtbot: QtBot, bridge: Bridge) -> None:
    editor = ChatEditor(a_chat(announcements=()))
    page = PromotionPage(
        editor, texts_of, when_of, lambda: NOW, str, print, bridge, MemoryPictures(), files()
    )
    put_on_screen(qtbot, page, editor)
    assert page.reminders.isHidden()
    editor.edit(replace(editor.chat, announcements=ladder(editor.chat, NOW)))
    assert not page.reminders.isHidden()
