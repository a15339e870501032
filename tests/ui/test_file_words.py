"""What of a file could not be taken as it was is told in words, never by the names of the code."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.adapters.codec import encode
from tchat_desktop.domain.steps import StepId
from tchat_desktop.services.ports import ChatFile
from tchat_desktop.ui.pages.promotion.page import PromotionPage
from tchat_desktop.wording.file_words import left_out_words
from tests.domain.chats import a_chat
from tests.ui.running import Person, running


def test_each_part_is_named_once_in_words() -> None:
    assert left_out_words(
        (
            "chat.language",
            "chat.questions[0].id",
            "chat.questions[2].minutes",
            "chat.run_edits[0].picture",
            "chat.colour",
            "password",
            "posts[3].post.url",
            "hour.rows[1].picture",
            "pictures: 0a1b",
            "",
        )
    ) == (
        "la langue des messages",
        "les questions",
        "un message du déroulé",
        "ce que cette version de l’application ne connaît pas",
        "les messages recueillis",
        "les messages du déroulé",
        "les images",
    )


def test_a_language_there_is_none_of_is_told_and_promotion_is_shown(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    document = json.loads(encode(ChatFile(a_chat())))
    document["chat"]["language"] = "zz"
    path = tmp_path / "strange.tchat"
    path.write_text(json.dumps(document))
    with running(qapp, tmp_path / "data") as app:
        me = Person(app, qtbot)
        me.window.open_file(path)
        me.wait(me.notice)
        assert "la langue des messages" in me.notice()
        me.workspace.open_step(StepId.PROMOTION)
        page = me.workspace.page(StepId.PROMOTION)
        assert isinstance(page, PromotionPage)
        assert me.session.editor.chat.language == "fr"
