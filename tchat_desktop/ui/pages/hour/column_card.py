"""One post in a column of the window beside: who, when, what, and its marks; always as high."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLayout, QSizePolicy, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.signals import is_grave, signals_of
from tchat_desktop.ui import theme
from tchat_desktop.ui.models.feed_entry import FeedEntry
from tchat_desktop.ui.pages.hour.post_marks import MOST_MARKS, marks_of, spoken_name
from tchat_desktop.ui.pages.shared.hour_words import beginning
from tchat_desktop.ui.widgets.card import Card, row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.text import Chip, ElidedText, Text, restyle
from tchat_desktop.wording.i18n import _, format_hour
from tchat_desktop.wording.tone import Tone

TEXT_LINES = 4
"""The lines of a post that show; the whole of it is its tool tip."""


class ColumnCard(Card):
    """Leads to its post in the cockpit by a click; it never changes its height.

    The mark `implied` is one that every post of the column has, which need not be shown.
    What somebody may have confided is not shown: another screen may be seen by others.
    """

    def __init__(
        self, entry: FeedEntry, chat: Chat, lead: Callable[[str], None], implied: str = ""
    ) -> None:
        super().__init__(padding=theme.Space.UNDER_HEADING, spacing=theme.Space.NEAR)
        self.entry = entry
        self._shows: FeedEntry | None = None
        """What is shown; None in the place of a post that is gone."""
        self._chat = chat
        self._lead = lead
        self._implied = implied
        post = entry.feed.post
        who = post.author_name or f"@{post.author}"
        known = who != f"@{post.author}"
        name = ElidedText(f"{who} @{post.author}" if known else who, "strong")
        hour = Text(format_hour(post.created_at.astimezone(chat.zone)), "small", wrap=False)
        self._who = who
        self._text = PostText("", lines=TEXT_LINES)
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._marks = MarkLine()
        head = row(name, hour)
        head.setStretch(0, 1)
        self.add(head, self._text, self._marks)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.show_entry(entry)

    @property
    def marks(self) -> list[str]:
        """The marks that show, in words."""
        return [words for words, _tone in self._marks.marks]

    def show_entry(self, entry: FeedEntry) -> None:
        """Show the present marks of the post."""
        if entry == self._shows:
            return
        self.entry = self._shows = entry
        grave = is_grave(signals_of(entry.feed, self._chat))
        guarded = _("To be read in the chat window: somebody may be confiding something.")
        missing = _("Its text is still missing.")
        text = guarded if grave else entry.feed.post.text.strip() or missing
        self._text.show_text(text)
        self._show_marks(entry, text)
        self._be_gone(False)

    def _show_marks(self, entry: FeedEntry, text: str) -> None:
        marks = marks_of(entry, self._chat)
        self._marks.show_marks([one for one in marks if one[0] not in ("", self._implied)])
        about = _("{name}: {words}").format(name=self._who, words=beginning(text))
        self._be_called(spoken_name(about, marks))

    def show_gone(self) -> None:
        """Keep the place of a post that does not belong here any more, so that nothing moves."""
        if self._shows is None:
            return
        self._shows = None
        words = _("No longer in this column.")
        self._text.show_text(words)
        self._marks.show_marks(())
        self._be_called(words)
        self._be_gone(True)

    def _be_called(self, name: str) -> None:
        if name != self.accessibleName():
            self.setAccessibleName(name)

    def _be_gone(self, gone: bool) -> None:
        if bool(self.property("gone")) is not gone:
            self.setProperty("gone", gone)
            restyle(self)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside:
            self._lead(self.entry.feed.post.id)


class MarkLine(QWidget):
    """Marks in one line, which is as high without any; what has no room is left out whole."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: Sequence[tuple[str, Tone]] = ()
        """The marks in words, each with its tone."""
        self._chips = [Chip() for _index in range(MOST_MARKS)]
        layout = FlowLayout(*self._chips, spacing=theme.Space.NEAR)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(layout)
        model = Chip("M")
        model.ensurePolished()
        self._around = model.sizeHint().width() - model.fontMetrics().horizontalAdvance("M")
        self.setFixedHeight(model.sizeHint().height())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_marks(self, marks: Sequence[tuple[str, Tone]]) -> None:
        """Show other marks, at most `MOST_MARKS`."""
        self.marks = tuple(marks)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Shorten a mark that is wider than the line."""
        for place, chip in enumerate(self._chips):
            shown = self.marks[place : place + 1]
            chip.setVisible(bool(shown))
            for words, tone in shown:
                room = self.width() - self._around
                elided = chip.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room)
                chip.say(elided if self.isVisible() else words, tone)
