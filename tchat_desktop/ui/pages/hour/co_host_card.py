"""The cards on moderating with somebody at another computer."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.shared_hour import News
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.hour.co_host_link import CoHostLink
from tchat_desktop.ui.pages.hour.co_host_words import (
    both_publish_words,
    news_words,
    publisher_words,
)
from tchat_desktop.ui.pages.hour.side_cards import SideCard
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card, Notice, row
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.fold import Fold
from tchat_desktop.ui.widgets.line_edit import LineEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.file_words import where_words
from tchat_desktop.wording.i18n import _


class CoHostCard(SideCard):
    """The card « À deux »: one computer publishes, and posts are sorted on both."""

    def __init__(self, link: CoHostLink) -> None:
        super().__init__(_("Two people"))
        self._link = link
        self._state = Text("", "body")
        self._news = Text("", "small")
        self._trouble = Notice()
        self._name = LineEdit(Cap.NAME)
        self._name.setText(link.name)
        self._name.editingFinished.connect(self._on_name_given)
        save = Button(_("Save for the co-host…"), "link", "download")
        take = Button(_("Take in what the co-host did…"), "link", "open")
        save.clicked.connect(lambda: link.ask_where_to_save(self))
        take.clicked.connect(lambda: link.ask_what_to_take(self))
        self._follow = Button("", "link", "network", self._on_follow)
        content = QWidget()
        box = QVBoxLayout(content)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(theme.px(theme.Space.BESIDE))
        box.addWidget(Field(_("Your first name"), self._name, _("The other computer shows it.")))
        for button in (save, take, self._follow):
            box.addLayout(row(button, None))
        words = _(
            "First give the co-host a .tchat copy of the chat. A common folder then does the rest "
            "by itself; a USB stick does too, with “Save” and “Take in”."
        )
        box.addWidget(Text(words, "small"))
        self.fold = Fold(_("Share the moderation"), content)
        self.add(self._state, self._news, self._trouble, self.fold)
        link.changed.connect(self._show)
        link.told.connect(self._on_told)
        link.saved.connect(self._on_saved)
        self._show()

    def _show(self) -> None:
        link = self._link
        words = _("One of you publishes, the other sorts the posts on another computer.")
        if link.path is not None:
            words = _("The moderation is shared through “{file}”.").format(file=link.path.name)
        if words != self._state.text():
            self._state.setText(words)
        following = link.path is not None
        label = _("Stop sharing through the file") if following else _("Share a common folder…")
        if label != self._follow.text():
            self._follow.show_text(label)
        if link.trouble != self._trouble.text:
            self._trouble.say(link.trouble, "look")
        self._news.setVisible(bool(self._news.text()))

    def _on_told(self, told: News) -> None:
        self._say(news_words(told))

    def _on_saved(self, path: Path) -> None:
        self._say(_("Saved: {file}").format(file=where_words(path)))

    def _say(self, words: str) -> None:
        self._news.setText(words)
        self._news.setVisible(bool(words))
        announce(self._news, words)

    def _on_name_given(self) -> None:
        if self._name.text().strip() != self._link.name:
            self._link.call_self(self._name.text())

    def _on_follow(self) -> None:
        if self._link.path is not None:
            self._link.follow(None)
            return
        self._link.ask_what_to_follow(self)


class BothPublishNotice(Notice):
    """The warning above the posts that two computers publish them; hidden else."""

    def __init__(self, link: CoHostLink) -> None:
        super().__init__()
        self._link = link
        link.changed.connect(self._show_both)

    def _show_both(self) -> None:
        words = both_publish_words(self._link.publisher) if self._link.both_publish else ""
        if words != self.text:
            self.say(words, "stop")
            announce(self, words)


class FollowCard(Card):
    """Stands where the posts of the hour are published, when that is on another computer."""

    here_wanted = Signal()
    """Emitted when this computer is to publish."""

    def __init__(self, link: CoHostLink) -> None:
        super().__init__(edge="plum", padding=theme.Space.GAP, spacing=theme.Space.BESIDE)
        self._link = link
        self._title = Text("", "heading")
        here = Button(_("Publish from this computer…"), "quiet", "play", self.here_wanted.emit)
        words = _(
            "Here you highlight, hide, mark as answered and give posts to guests; bring others by "
            "pasting the page of the tag. What you do goes to the other computer. Nothing is "
            "published from here: to answer somebody yourself, open their post on X (menu “⋯”, "
            "“See on X”) and answer there, from your own account."
        )
        self.add(self._title, Text(words), row(here, None))
        link.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        words = publisher_words(self._link.publisher)
        if words != self._title.text():
            self._title.setText(words)
