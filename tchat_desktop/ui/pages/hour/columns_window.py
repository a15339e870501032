"""The window beside the cockpit: the questions of the public, the answers and the guests."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from tchat_desktop.ui import theme
from tchat_desktop.ui.models.feed_entry import FeedFilter, Gathered
from tchat_desktop.ui.models.feed_order import Filed
from tchat_desktop.ui.pages.hour.feed_view import FeedView
from tchat_desktop.ui.pages.hour.post_column import PostColumn
from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, pgettext


def _columns() -> Sequence[tuple[Filed, str, str, str]]:
    """Return each column: its title, what stands in it while it is empty, and its own mark."""
    return (
        (
            FeedFilter.QUESTIONS,
            _("Questions of the public"),
            _("No question yet. What somebody asks will stand here."),
            _("question from the public"),
        ),
        (
            Gathered.ANSWERS,
            _("Answers"),
            _("No answer yet. What answers your questions will stand here."),
            "",
        ),
        (
            FeedFilter.GUESTS,
            pgettext("filter", "Guests"),
            _("No guest has written yet. What they write will stand here."),
            pgettext("mark", "guest"),
        ),
    )


class ColumnsWindow(QWidget):
    """Shows what the model of a feed holds; it decides nothing, and leads to the cockpit."""

    closed = Signal()
    post_wanted = Signal(str)
    """Emitted with the id of a post that is to be shown in the cockpit."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setMinimumSize(640, 320)
        self.columns: Sequence[PostColumn] = ()
        self._inside: QWidget | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Close), self, self.close)
        self._feed: FeedView | None = None
        QShortcut(sequence(Shortcut.PASTE), self, self._on_paste)

    def show_feed(self, feed: FeedView) -> None:
        """Show the posts of a feed, in the language and the look now in force."""
        self._feed = feed
        tag = feed.chat.hashtag
        title = _("In columns")
        self.setWindowTitle(f"{title} – #{tag}" if tag else title)
        self.columns = [
            PostColumn(name, empty, which, feed.model, feed.chat, self.post_wanted.emit, mark)
            for which, name, empty, mark in _columns()
        ]
        inside = QWidget()
        side = QHBoxLayout()
        side.setSpacing(theme.px(theme.Space.PART))
        for column in self.columns:
            side.addWidget(column, 1)
        layout = QVBoxLayout(inside)
        layout.setContentsMargins(*(theme.px(theme.Space.PART),) * 4)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        if feed.is_rehearsed:
            words = _("Rehearsal: nothing is published. The public is invented.")
            layout.addWidget(Text(words, "small"))
        layout.addLayout(side, 1)
        if self._inside is not None:
            self._layout.removeWidget(self._inside)
            self._inside.hide()
            self._inside.deleteLater()
        self._inside = inside
        self._layout.addWidget(inside)
        self.refresh()

    def refresh(self) -> None:
        """Show what the model holds now."""
        for column in self.columns:
            column.refresh()

    def _on_paste(self) -> None:
        if self._feed is not None and shiboken6.isValid(self._feed):
            self._feed.pasted.paste()

    @property
    def is_whole(self) -> bool:
        """Whether all the cards that belong here are made."""
        return all(column.is_whole for column in self.columns)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()
