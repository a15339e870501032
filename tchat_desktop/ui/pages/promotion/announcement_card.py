"""The card of one announcement: two lines and a tick, and unfolded its text to change and use."""

from __future__ import annotations

from collections.abc import Sequence

import shiboken6
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAction, QGuiApplication, QMouseEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Announcement, Channel
from tchat_desktop.ui import theme
from tchat_desktop.ui.icons import icon
from tchat_desktop.ui.pages.promotion.announcement_words import CHANNELS, RUNGS, lead_words
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.pages.shared.notes import Note, Notes
from tchat_desktop.ui.pages.shared.post_words import too_long_words
from tchat_desktop.ui.shortcuts import Shortcut, named
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_edit import Counter, GrowingEdit, PostEdit
from tchat_desktop.ui.widgets.post_text import PostText
from tchat_desktop.ui.widgets.summary_row import SummaryName, SummaryRow
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.ui.widgets.tick import Tick
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import N_, _
from tchat_desktop.wording.tone import Tone

_OPEN = {
    Channel.X: N_("Open on X"),
    Channel.FACEBOOK: N_("Open the form on Facebook"),
    Channel.EMAIL: N_("Open in my mail program"),
    Channel.WHATSAPP: N_("Open WhatsApp"),
    Channel.PRESS: N_("Open in my mail program"),
}
_SAVE = {
    Channel.EMAIL: N_("Save the e-mail as a file"),
    Channel.PRESS: N_("Save the text"),
}

BEGINNING_LINES = 2
"""Lines of the text that are shown while the card is folded."""
FOLDED_HEIGHT = 72
"""Of a folded card, in pixels at 100 %."""


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
    by_keys_changed = Signal(str, bool)
    save_wanted = Signal(str)
    picture_wanted = Signal(str)
    reset_wanted = Signal(str)
    remove_wanted = Signal(str)
    rung_chosen = Signal(str, int)

    def __init__(self, announcement: Announcement, guard: ChildGuard) -> None:
        super().__init__(padding=theme.Space.UNDER_HEADING, spacing=theme.Space.BESIDE)
        self.setMinimumHeight(theme.px(FOLDED_HEIGHT))
        self._guard = guard
        self._announcement = announcement
        self._text = ""
        self._about = ""
        self._asked_open = self._left = False
        on_x = announcement.channel is Channel.X
        self.name = SummaryName()
        self.name.setText(_(CHANNELS[announcement.channel]))
        self.name.set_tone("plum")
        self._beginning = PostText(most=BEGINNING_LINES)
        self._counter = Counter()
        self._counter.keep_width_of_figures()
        self._done = Tick(_("It is out"), self._on_done)
        self._by_keys = Tick(_("It leaves by itself"), self._on_by_keys)
        self._by_keys.hide()
        self._usual: tuple[str, Tone | None] = (_way(announcement.channel), None)
        self._fold = Button(_("Read and change"), "icon", "down", self._on_fold)
        self._more = Button(_("More"), "icon", "more", self._show_menu)
        self._edited = Text(_("edited"), "small", wrap=False)
        self._subject = Text("", "label")
        self._edit: GrowingEdit = PostEdit() if on_x else GrowingEdit(lines=3)
        if on_x:
            self._counter.belong_to(self._edit)
        self._edit.textChanged.connect(self._on_text_changed)
        self._edit.installEventFilter(self)
        self._notes = Notes()
        self._opens = _(_OPEN[announcement.channel])
        self._open = Button(self._opens, "quiet", "outside", self._on_open)
        self._saves = _(_SAVE.get(announcement.channel, _SAVE[Channel.PRESS]))
        self._save = Button(self._saves, "quiet", "download", self._on_save)
        self._copy_picture = Button(_("Copy the picture"), "quiet", "copy", self._on_copy_picture)
        self._copy = Button(_("Copy the text"), "quiet", "copy", self._on_copy)
        self._copy_subject = Button(_("Copy the title"), "quiet", "copy", self._on_copy_subject)
        # It says how it is published and, after a press, the result, so that nothing below moves.
        self._way = Text(_way(announcement.channel), "small")

        self._body = QWidget()
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(theme.px(theme.Space.BESIDE))
        body.addWidget(self._subject)
        body.addWidget(self._edit)
        body.addLayout(
            FlowLayout(
                *(self._open, self._copy_subject, self._copy, self._copy_picture, self._save),
                self._by_keys,
                self._edited,
                spacing=theme.Space.PART,
            )
        )
        body.addWidget(self._way)
        self.add(
            SummaryRow(
                (self.name,),
                self._beginning,
                (self._counter, self._done, self._fold, self._more),
            ),
            self._notes,
            self._body,
        )
        # Only now: without a parent, they would open as windows of their own.
        self._save.setVisible(announcement.channel in _SAVE)
        self._copy_picture.setVisible(announcement.channel is Channel.FACEBOOK)
        self._counter.setVisible(on_x)
        self._show_fold()

    @property
    def is_open(self) -> bool:
        """Whether the text can be changed, and copied or opened."""
        return self._asked_open and not self._is_out

    @property
    def _is_out(self) -> bool:
        return self._left or self._announcement.done

    def open(self) -> None:
        """Unfold the card, unless its announcement is out."""
        self._asked_open = True
        self._show_fold()

    def go_in(self) -> None:
        """Unfold the card, and put the keyboard into its text."""
        self.open()
        if self.is_open:
            self.focus_text()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton and not self.is_open:
            self.open()

    def _on_fold(self) -> None:
        self._asked_open = not self.is_open
        self._show_fold()

    def _show_fold(self) -> None:
        is_open = self.is_open
        self._body.setVisible(is_open)
        self._beginning.setVisible(not is_open)
        self._fold.setHidden(self._is_out)
        self._fold.setIcon(icon("up" if is_open else "down", theme.tokens().muted))
        self._fold.setAccessibleDescription(_("unfolded") if is_open else _("folded"))

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
        self._beginning.show_text(" ".join(text.split()))
        self._subject.setText(subject)
        self._subject.setVisible(bool(subject))
        self._copy_subject.setVisible(bool(subject))
        self._edited.setVisible(bool(announcement.text))
        self._counter.show_left(left, text if self._announcement.channel is Channel.X else "")
        self._done.setChecked(announcement.done)
        self._show_fold()
        self._notes.show_notes(notes, about)
        if about != self._about:
            self._about = about
            self._name_parts()

    def show_keys(self, offered: bool, left: bool, words: str, tone: Tone | None) -> None:
        """Show whether the keys may publish it, or did, and what is to be said of that."""
        self._left = left
        self._by_keys.setVisible(offered)
        self._by_keys.setChecked(self._announcement.by_keys)
        self._done.setChecked(left or self._announcement.done)
        self._done.setEnabled(not left)
        usual = (words, tone) if words else (_way(self._announcement.channel), None)
        if usual != self._usual:
            self._usual = usual
            self._show_usual()
        self._show_fold()

    def _show_usual(self) -> None:
        words, tone = self._usual
        self._way.setText(words)
        self._way.set_tone(tone)

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
        self._fold.setAccessibleName(_("Read and change – {post}").format(post=about))
        self._more.setAccessibleName(_("More about {post}").format(post=about))
        for button, words in (
            (self._open, self._opens),
            (self._save, self._saves),
            (self._by_keys, _("It leaves by itself")),
            (self._copy_picture, _("Copy the picture")),
        ):
            button.setAccessibleName(f"{words} – {about}")
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
            self.say(
                _("The text is copied: paste it on X ({keys}).").format(keys=named(Shortcut.PASTE))
            )
        else:
            self.say(_("It opens in your browser. Once you have posted it, tick “It is out”."))

    def say_too_long(self, over: int) -> None:
        """Say that nothing was opened, for a text `over` weighted characters too long for X."""
        self.say(_("Nothing was opened.") + " " + too_long_words(over), "stop")

    def say_form_opened(self) -> None:
        """Say that the form for an event opens, to be filled in from here."""
        self.say(_("The form opens in your browser: copy the title, the text and the picture."))

    def say_kept(self, day: str) -> None:
        """Say that nothing was opened, and that the announcement waits for its day."""
        self.say(_("Nothing was opened: it stays for {day}.").format(day=day))

    def say(self, text: str, tone: Tone = "well") -> None:
        """Say what came of a press, in the line that says how it is published."""
        self._way.setText(text)
        self._way.set_tone(tone)
        self.outcome_said.emit(self._way)
        announce(self, text)

    def _on_text_changed(self) -> None:
        self.text_edited.emit(self._announcement.id, self._edit.toPlainText())

    def _on_done(self) -> None:
        self._show_usual()
        self.done_changed.emit(self._announcement.id, self._done.isChecked())

    def _is_held(self, text: str) -> bool:
        """Return whether a text does not leave: it has a blank, or a child is named in it.

        The one is told, the other asked about.
        """
        if words := blank_words(text):
            self.say(words, "stop")
            return True
        if self._guard.lets_leave(self, text):
            return False
        if shiboken6.isValid(self):
            self.go_in()
        return True

    def _on_open(self) -> None:
        if not self._is_held(f"{self._subject.text()}\n{self._text}".strip()):
            self.open_wanted.emit(self._announcement.id)

    def _on_copy(self) -> None:
        if self._is_held(self._text):
            return
        QGuiApplication.clipboard().setText(self._text)
        self.say(_("Copied: paste it where it goes. Once it is published, tick “It is out”."))

    def _on_by_keys(self) -> None:
        given = self._by_keys.isChecked()
        if given and self._is_held(self._text):
            self._by_keys.setChecked(False)
            return
        self.by_keys_changed.emit(self._announcement.id, given)

    def _on_save(self) -> None:
        if not self._is_held(f"{self._subject.text()}\n{self._text}"):
            self.save_wanted.emit(self._announcement.id)

    def _on_copy_picture(self) -> None:
        self.picture_wanted.emit(self._announcement.id)

    def _on_copy_subject(self) -> None:
        if self._is_held(self._subject.text()):
            return
        QGuiApplication.clipboard().setText(self._subject.text())
        by_mail = self._announcement.channel is Channel.EMAIL
        self.say(_("The subject is copied.") if by_mail else _("The title is copied."))

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
        Channel.EMAIL: _(
            "Free: your mail program knows your contacts. Put them in blind copy, so that nobody "
            "sees the addresses of the others."
        ),
        Channel.WHATSAPP: _("Free: choose your groups in WhatsApp, or paste it there."),
        Channel.PRESS: _("Free: send it to the newsrooms you know, a week before."),
    }[channel]
