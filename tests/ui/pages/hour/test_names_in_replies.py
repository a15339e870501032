"""A reply that tags somebody who resembles a person of the chat says so before it leaves."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tchat_desktop.domain.chat import Chat, Invitation, Person, Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.etiquette import Stranger
from tchat_desktop.domain.routes import RouteChoice, Why
from tchat_desktop.services.editor import ChatEditor
from tchat_desktop.ui.pages.hour.cautions import TextCautions
from tchat_desktop.ui.pages.hour.reply_panel import ReplyPanel
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.widgets.post_edit import PostEdit
from tchat_desktop.wording.mention_words import stranger_words
from tests.fakes.texts import load_texts

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

CHAT = Chat(
    "c",
    account="voixdesfilles",
    people=(Person("p", name="S. Diouf", handle="sf_diouf", invitation=Invitation.ACCEPTED),),
)
FEED = FeedPost(Post("1", "sfdiouf", "Awa", "Bonsoir @sf", datetime(2026, 12, 5, tzinfo=UTC)))


def test_a_name_in_two_words_is_told(qtbot: QtBot) -> None:
    panel = ReplyPanel(
        CHAT,
        load_texts,
        lambda _feed, _text: RouteChoice(Route.ASSISTED, Why.CHOSEN),
        TextCautions(ChildGuard(ChatEditor(CHAT))),
    )
    qtbot.addWidget(panel)
    other = Post("2", "awa_n", "Awa", "Bonsoir", FEED.post.created_at)

    def told(feed: FeedPost, text: str) -> list[str]:
        panel.show_post(feed)
        panel.findChild(PostEdit).show_text(text)
        labels = [one.text() for one in panel.findChildren(QLabel) if not one.isHidden()]
        return [one for one in labels if "@" in one and "sf_diouf" in one]

    asked = stranger_words(Stranger("sf", "sf_diouf"))
    assert told(FeedPost(other), "Merci, @sf diouf vous répond") == [asked]
    assert told(FeedPost(other), "Merci, @sf_diouf vous répond") == []
    # Who is answered, and whom they named, are people of the conversation.
    assert told(FEED, "Merci @sfdiouf et @sf") == []
