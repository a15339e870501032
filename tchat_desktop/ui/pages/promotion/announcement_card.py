"""The card of one announcement: its text, the buttons to copy or open it, the tick at the end."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Announcement, Channel
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.promotion.announcement_words import CHANNELS, RUNGS, lead_words
from tchat_desktop.ui.pages.shared.notes import Note, Notes
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.folding_row import FoldingRow
from tchat_desktop.ui.widgets.post_edit import Counter, GrowingEdit, PostEdit
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone


class AnnouncementCard(Card):
    """The card of an announcement; it only emits signals and changes nothing itself.

    The signals are emitted with the id of the announcement and the new text, tick, or number of
    minutes before the chat.
    """

    text_edited = Signal(str, str)
    done_changed = Signal(str, bool)
    outcome_said = Signal(QWidget)
    """Emitted with the line that shows the result of a press, to be scrolled to."""
    open_wanted = Signal(str)
    reset_wanted = Signal(str)
    remove_wanted = Signal(str)
    rung_chosen = Signal(str, int)

    def __init__(self, announcement: Announcement) -> None:
        super().__init__(padding=12, spacing=8)
        self._announcement = announcement
        self._text = ""
        self._about = ""
        on_x = announcement.channel is Channel.X
        self._title = Text(_(CHANNELS[announcement.channel]), "strong", wrap=False)
        self._title.set_tone("plum")
        self._edited = Text(_("edited"), "small", wrap=False)
        self._done = Tick(_("It is out"), self._on_done)
        self._more = Button(_("More"), "icon", "more", self._show_menu)
        self._subject = Text("", "label")
        self._edit: GrowingEdit = PostEdit() if on_x else GrowingEdit(lines=3)
        self._edit.textChanged.connect(self._on_text_changed)
        self._edit.installEventFilter(self)
        self._notes = Notes()
        self._open = Button(_("Open on X"), "quiet", "outside", self._on_open)
        self._copy = Button(_("Copy the text"), "quiet", "copy", self._on_copy)
        self._copy_subject = Button(_("Copy the title"), "quiet", "copy", self._on_copy_subject)
        self._counter = Counter()
        self._counter.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        # It says how it is published and, after a press, the result, so that nothing below moves.
        self._way = Text(_way(announcement.channel), "small")

        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(8))
        body.addWidget(self._subject)
        body.addWidget(self._edit)
        body.addWidget(self._notes)
        body.addLayout(
            FlowLayout(self._open, self._copy, self._copy_subject, self._counter, spacing=10)
        )
        body.addWidget(self._way)
        # Only now: without a parent, they would open as windows of their own.
        self._open.setVisible(on_x)
        self._counter.setVisible(on_x)
        self.add(
            FoldingRow((self._title, self._edited), (self._done, self._more)),
            self._body,
        )

    def show_announcement(
        self,
        announcement: Announcement,
        about: str,
        text: str,
        subject: str,
        left: int,
        notes: Sequence[Note],
    ) -> None:
        """Show the announcement; `about` is a name unlike the others.

        `left` is the number of weighted characters left of the 280 that X allows.
        """
        self._announcement = announcement
        self._text = text
        # A field that was just cleared, to write anew, must not be filled again at once.
        clearing = self._edit.hasFocus() and not self._edit.toPlainText()
        if not clearing:
            self._put(text)
        self._subject.setText(subject)
        self._subject.setVisible(bool(subject))
        self._copy_subject.setVisible(bool(subject))
        self._edited.setVisible(bool(announcement.text))
        self._counter.show_left(left, text if self._announcement.channel is Channel.X else "")
        self._done.setChecked(announcement.done)
        self._body.setVisible(not announcement.done)
        self._notes.show_notes(notes, about)
        if about != self._about:
            self._about = about
            self._name_parts()

    def focus_text(self) -> None:
        """Put the focus in the text."""
        self._edit.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._edit and event.type() == QEvent.Type.FocusOut:
            self._put(self._text)
        return super().eventFilter(watched, event)

    def _put(self, text: str) -> None:
        if self._edit.toPlainText() != text:
            self._edit.blockSignals(True)
            self._edit.setPlainText(text)
            self._edit.blockSignals(False)

    def _name_parts(self) -> None:
        about = self._about
        self.setAccessibleName(about)
        self._edit.setAccessibleName(_("Text – {post}").format(post=about))
        self._done.setAccessibleName(_("It is out – {post}").format(post=about))
        self._more.setAccessibleName(_("More about {post}").format(post=about))
        self._open.setAccessibleName(_("Open on X – {post}").format(post=about))
        self._copy.setAccessibleName(_("Copy the text – {post}").format(post=about))
        words, name = _("Copy the title"), _("Copy the title – {post}")
        if self._announcement.channel is Channel.EMAIL:
            words, name = _("Copy the subject"), _("Copy the subject – {post}")
        self._copy_subject.show_text(words, name.format(post=about))

    def _show_menu(self) -> None:
        menu = QMenu(self)
        if self._announcement.text:
            menu.addAction(_("Back to the proposed text"), self._on_reset)
        days = menu.addMenu(_("Publish it…"))
        for minutes in RUNGS:
            action = QAction(lead_words(minutes), days)
            action.setCheckable(True)
            action.setChecked(minutes == self._announcement.minutes_before)
            action.setData(minutes)
            action.triggered.connect(self._on_rung_chosen)
            days.addAction(action)
        menu.addSeparator()
        menu.addAction(_("Remove"), self._on_remove)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def say_opened(self, pasted: bool) -> None:
        """Say that X's page opens; `pasted` if the text is too long for it and was copied."""
        if pasted:
            self._say(_("The text is copied: paste it on X (Ctrl+V, on a Mac ⌘V)."))
        else:
            self._say(_("It opens in your browser. Once you have posted it, tick “It is out”."))

    def say_kept(self, day: str) -> None:
        """Say that nothing was opened, and that the announcement waits for its day."""
        self._say(_("Nothing was opened: it stays for {day}.").format(day=day))

    def _say(self, text: str, tone: Tone = "well") -> None:
        self._way.setText(text)
        self._way.set_tone(tone)
        self.outcome_said.emit(self._way)
        announce(self, text)

    def _on_text_changed(self) -> None:
        self.text_edited.emit(self._announcement.id, self._edit.toPlainText())

    def _on_done(self) -> None:
        self._way.setText(_way(self._announcement.channel))
        self._way.set_tone(None)
        self.done_changed.emit(self._announcement.id, self._done.isChecked())

    def _is_held(self, *texts: str) -> bool:
        """Return whether one of the texts has a blank left to fill in, and say so."""
        words = blank_words(*texts)
        if words:
            self._say(words, "stop")
        return bool(words)

    def _on_open(self) -> None:
        if not self._is_held(self._text):
            self.open_wanted.emit(self._announcement.id)

    def _on_copy(self) -> None:
        if self._is_held(self._text):
            return
        QGuiApplication.clipboard().setText(self._text)
        self._say(_("Copied: paste it where it goes. Once it is published, tick “It is out”."))

    def _on_copy_subject(self) -> None:
        if self._is_held(self._subject.text()):
            return
        QGuiApplication.clipboard().setText(self._subject.text())
        by_mail = self._announcement.channel is Channel.EMAIL
        self._say(_("The subject is copied.") if by_mail else _("The title is copied."))

    def _on_reset(self) -> None:
        self.reset_wanted.emit(self._announcement.id)

    def _on_rung_chosen(self) -> None:
        action = self.sender()
        assert isinstance(action, QAction)
        self.rung_chosen.emit(self._announcement.id, action.data())

    def _on_remove(self) -> None:
        self.remove_wanted.emit(self._announcement.id)


def _way(channel: Channel) -> str:
    """Return how an announcement is published, and what that costs."""
    return {
        Channel.X: _("Free, in the browser: it opens ready, and you post it."),
        Channel.FACEBOOK: _("Free: create an event on your page, then paste title and text."),
        Channel.EMAIL: _("Free: paste it into a message, with your contacts in blind copy."),
        Channel.WHATSAPP: _("Free: paste it into your groups."),
    }[channel]
