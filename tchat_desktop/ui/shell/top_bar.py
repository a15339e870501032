"""The bar at the top: which chat, whether it is saved, how posts leave, and the language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from tchat_desktop.domain.clean_text import with_capital
from tchat_desktop.domain.languages import SCREEN_LANGUAGES
from tchat_desktop.ui import theme
from tchat_desktop.ui.shortcuts import Shortcut, sequence
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.text import Chip, ElidedText, Text
from tchat_desktop.ui.widgets.tool_tip import set_tip
from tchat_desktop.wording import i18n
from tchat_desktop.wording.i18n import _, ngettext
from tchat_desktop.wording.tone import Tone

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu

    from tchat_desktop.domain.chat import Chat
    from tchat_desktop.services.editor import ChatEditor
    from tchat_desktop.ui.pages.page import Offer

ROOMY = 860
"""From this width on (at a text scale of 1) everything fits."""


class TopBar(QFrame):
    """Always there, so that the state of saving is always visible."""

    home_wanted = Signal()
    check_wanted = Signal()
    hour_wanted = Signal()
    """To the page where the next post is counted down."""
    hour_undo_wanted = Signal()
    """What was decided last in the hour is to be taken back."""
    export_wanted = Signal()
    archive_wanted = Signal()
    """Everything of the chat is wanted in one file."""
    language_chosen = Signal(str)
    went_back = Signal(object, object)
    """With the chat before and after something was undone."""
    came_again = Signal(object, object)
    """With the chat before and after something undone was brought back."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("bar", True)
        self.setProperty("side", "top")
        self._editor: ChatEditor | None = None
        self._way_shown = True
        self.offers: Callable[[], Sequence[Offer]] = tuple
        """Returns what the page on screen offers in the menu."""
        self.home = Button(_("My chats"), "link", "bubble", self.home_wanted.emit)
        self.home.setShortcut(sequence(Shortcut.MY_CHATS))
        self._title = ElidedText(_("Tchat"), "strong")
        self._tag = Text("", "number", wrap=False)
        self.undo = Button(_("Undo"), "icon", "undo", self._undo)
        self.undo.setShortcut(sequence(Shortcut.UNDO))
        self.redo = Button(_("Redo"), "icon", "redo", self._redo)
        self.redo.setShortcut(sequence(Shortcut.REDO))
        self._check = Button("", "danger", "alert", self.check_wanted.emit)
        self._check.hide()
        self._next = Button("", "quiet", "clock", self.hour_wanted.emit)
        self._next.hide()
        self._in_hour = False
        """Whether undo is about the commands of the hour, and not about what was prepared."""
        self._saved = Chip()
        self._route = Chip()
        current = next((one for one in SCREEN_LANGUAGES if one.code == i18n.language()), None)
        self._language_name = current.name if current else i18n.language()
        self._language = Button(self._language_name, "link", "globe", self._show_languages)
        self._language.setAccessibleName(self._language_words)
        set_tip(self._language, self._language_name)
        self.more = Button(_("More about this chat"), "icon", "more", self._show_more)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(5), theme.px(12), theme.px(5))
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.home)
        layout.addWidget(self._title)
        layout.addWidget(self._tag)
        layout.addStretch(1)
        for widget in (
            self._next, self._check, self.undo, self.redo,
            self._saved, self._route, self._language, self.more,
        ):  # fmt: skip
            layout.addWidget(widget)
        self.show_editor(None)

    def show_editor(self, editor: ChatEditor | None) -> None:
        """Show the chat under edit, or the name of the app on the home screen."""
        self._editor = editor
        for widget in (self.undo, self.redo, self._saved, self._route, self.more, self._tag):
            widget.setVisible(editor is not None)
        if editor is None:
            self._check.hide()
            self._next.hide()
            self._title.show_text(_("Tchat"))
        else:
            self.show_chat(editor.chat)

    def show_chat(self, chat: Chat) -> None:
        """Show the chat as it is now."""
        # Not for the first paint.
        from tchat_desktop.ui.network import NETWORK

        topic = with_capital(chat.topic) or _("New chat")
        self._title.show_text(topic)
        self._tag.setText(f"#{chat.hashtag}" if NETWORK.is_tag(chat.hashtag) else "")
        self._fit()
        words: dict[str, tuple[str, Tone]] = {
            "assisted": (_("In the browser"), "plum"),
            "keys": (_("With keys"), "plum"),
            "rehearsal": (_("Rehearsal"), "plain"),
        }
        if chat.route is not None:
            self._route.say(*words[chat.route])
        self._show_undo()

    def _show_undo(self) -> None:
        if self._editor is None:
            return
        # In the hour a press that can undo nothing says so.
        self.undo.setEnabled(self._in_hour or self._editor.can_undo)
        self.redo.setEnabled(not self._in_hour and self._editor.can_redo)
        undo, redo = _("Undo"), _("Redo")
        if self._in_hour:
            undo = _("Undo your last decision in the chat")
            redo = _("What you prepared is undone on its own pages, not during the chat.")
        set_tip(self.undo, undo)
        set_tip(self.redo, redo)

    def show_hour_undo(self, in_hour: bool) -> None:
        """Let undo take back the last command of the hour, or else what was prepared."""
        if in_hour is not self._in_hour:
            self._in_hour = in_hour
            self._show_undo()

    def show_next(self, words: str, short: str, name: str) -> None:
        """Count the next post down in `words`, `short` where the bar is narrow; "" for none."""
        if words:
            # Called by a name that stays: the seconds are not read out one by one.
            self._next.show_text(words if self._is_roomy else short, name)
            set_tip(self._next, "" if self._is_roomy else name)
            self._next.keep_size()
        self._next.setVisible(bool(words) and self._editor is not None)

    def say_next(self, words: str) -> None:
        """Let a screen reader say it."""
        announce(self._next, words)

    def show_to_check(self, count: int) -> None:
        """Say on every page how many posts of the chat wait for the organiser's word."""
        words = ngettext("{count} to check", "{count} to check", count).format(count=count)
        if count and words != self._check.accessibleName():
            self._check.show_text(words)
        self._check.setVisible(count > 0 and self._editor is not None)

    def show_way(self, shown: bool) -> None:
        """Show which way was chosen for the posts, or leave it to the page where they leave."""
        self._way_shown = shown
        self._fit()

    def show_saving(self) -> None:
        """Say that the last edit is on its way to disk."""
        self._saved.say(_("Saving…"), "plain")

    def show_saved(self) -> None:
        """Say that everything is on disk."""
        self._saved.say("✓ " + _("Saved"), "well")

    def show_unsaved(self) -> None:
        """Say that the last edit could not be written yet."""
        self._saved.say(_("Not saved"), "stop")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    @property
    def _is_roomy(self) -> bool:
        return self.width() >= theme.px(ROOMY)

    def _fit(self) -> None:
        """Where the bar is narrow, what the pages say too gives way."""
        chat = self._editor.chat if self._editor else None
        roomy = self._is_roomy
        chosen = chat is not None and chat.route is not None
        self._route.setVisible(roomy and chosen and self._way_shown)
        self._tag.setVisible(roomy and chat is not None)
        shown = self._language_name if roomy else i18n.language().upper()
        name = self._language_words
        if (shown, name) != (self._language.text(), self._language.accessibleName()):
            self._language.show_text(shown, name)

    @property
    def _language_words(self) -> str:
        """What the button of the languages is called: what it shows, short or long, comes first."""
        name = self._language_name
        shown = name if self._is_roomy else f"{i18n.language().upper()}, {name}"
        return _("{shown} – language of the screens").format(shown=shown)

    def _undo(self) -> None:
        if self._in_hour:
            self.hour_undo_wanted.emit()
        elif self._editor is not None:
            before = self._editor.chat
            self._editor.undo()
            self.went_back.emit(before, self._editor.chat)

    def _redo(self) -> None:
        if self._editor is not None:
            before = self._editor.chat
            self._editor.redo()
            self.came_again.emit(before, self._editor.chat)

    def _show_languages(self) -> None:
        from PySide6.QtGui import QActionGroup
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        group = QActionGroup(menu)
        for one in SCREEN_LANGUAGES:
            action = QAction(one.name, menu, checkable=True)
            action.setChecked(one.code == i18n.language())
            action.setData(one.code)
            action.triggered.connect(self._on_language_picked)
            group.addAction(action)
            menu.addAction(action)
        self._pop_up(menu, self._language)

    def _on_language_picked(self) -> None:
        picked = self.sender()
        assert isinstance(picked, QAction)
        self.language_chosen.emit(picked.data())

    def _show_more(self) -> None:
        from PySide6.QtWidgets import QMenu

        menu = QMenu(self)
        for words, act in self.offers():
            menu.addAction(words, act)
        if not menu.isEmpty():
            menu.addSeparator()
        menu.addAction(_("Save a .tchat copy…"), self.export_wanted.emit)
        menu.addAction(_("Save everything in one file…"), self.archive_wanted.emit)
        self._pop_up(menu, self.more)

    @staticmethod
    def _pop_up(menu: QMenu, button: Button) -> None:
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(button.mapToGlobal(QPoint(0, button.height())))
