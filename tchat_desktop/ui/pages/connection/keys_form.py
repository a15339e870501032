"""The form for the four keys, pasted one by one or all at once, then tested and stored."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from tchat_desktop.domain.account_keys import KeyField
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.x.pasted_keys import BLOCKING, KeyProblem, Pasted, check_pasted
from tchat_desktop.services.accounts import Connection
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.accounts_port import AccountsPort
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.field import Field
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.heard_line import HeardLine
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.key_words import (
    NAMES_ON_X,
    key_name,
    key_problem,
    page_to_open,
    sign_in_trouble,
)
from tchat_desktop.wording.tone import Tone

_AT_ONCE = 12
"""The number of characters that appear at once only by pasting."""
_DISCREET = Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
_GRAVEST: tuple[Tone, ...] = ("stop", "look", "well")
_SHOWN = QLineEdit.EchoMode.Normal


class SecretEdit(HeardLine):
    """A line edit for a secret: it shows dots, and input methods are asked not to remember it."""

    pasted = Signal()
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._before = 0
        self.setMaxLength(Cap.LINK)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        self.setInputMethodHints(_DISCREET)
        self.textEdited.connect(self._on_edited)

    def show_text(self, text: str) -> None:
        """Replace the text; undo does not bring back the former one."""
        self._before = len(text)
        if self.text() != text or not text:
            self.setText(text)

    def reveal(self, shown: bool) -> None:
        """Show the characters, or dots instead."""
        modes = QLineEdit.EchoMode
        self.setEchoMode(modes.Normal if shown else modes.Password)

    def _on_edited(self, text: str) -> None:
        grown, self._before = len(text) - self._before, len(text)
        if grown >= _AT_ONCE:
            self.pasted.emit()
        else:
            self.typed.emit()


class KeysForm(QWidget):
    """Four fields and the button that tests the keys; only that button stores what was typed."""

    answered = Signal()
    """Emitted when X has accepted or refused the keys."""

    def __init__(self, connections: AccountsPort, open_page: Callable[[str], None]) -> None:
        super().__init__()
        self._connections = connections
        self._open_page = open_page
        self._waiting = False
        self.edits: dict[KeyField, SecretEdit] = {}
        self.fields: dict[KeyField, Field] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.UNDER_HEADING))
        for each in KeyField:
            edit = SecretEdit()
            edit.pasted.connect(self._on_pasted)
            edit.typed.connect(self._on_typed)
            edit.returnPressed.connect(self._on_test)
            on_x = _("On X’s page: “{name}”").format(name=NAMES_ON_X[each])
            self.edits[each], self.fields[each] = edit, Field(key_name(each), edit, on_x)
            layout.addWidget(self.fields[each])
        self.test = Button(_("Test and keep"), "primary", "key", self._on_test)
        self.reveal = Button("", "link", "hidden", self._on_reveal)
        self.told = HintNotice()
        self.told.hide()
        self._page = ""
        self._console = Button(_("Open X’s page"), "link", "outside", self._on_console)
        layout.addLayout(FlowLayout(self.test, self.reveal))
        layout.addWidget(self.told)
        layout.addLayout(FlowLayout(self._console))
        self._show_revealed(False)
        self._say("")

    def clear(self) -> None:
        """Empty all fields."""
        for edit in self.edits.values():
            edit.show_text("")
        for field in self.fields.values():
            field.say("")
        self._show_revealed(False)
        self._say("")

    @property
    def verdict(self) -> str:
        """The message about the last test."""
        return self.told.text

    def _on_pasted(self) -> None:
        self._put_in_place(complete=False)
        self._say("")

    def _on_typed(self) -> None:
        for each, edit in self.edits.items():
            if edit is self.sender():
                self.fields[each].say("")
        self._say("")

    def _put_in_place(self, complete: bool) -> Pasted:
        """Move each key to its field and show what is wrong; missing keys only when `complete`."""
        pasted = check_pasted({each: edit.text() for each, edit in self.edits.items()})
        for each, field in self.fields.items():
            self.edits[each].show_text(pasted.values[each])
            found = [problem for where, problem in pasted.problems if where is each]
            if not complete and KeyProblem.MISSING in found:
                found = []
            sentences = [key_problem(problem) for problem in found]
            tones = [tone for _words, tone in sentences]
            gravest: Tone = min(tones, key=_GRAVEST.index) if tones else "look"
            field.say(" ".join(words for words, _tone in sentences), gravest)
        return pasted

    def _on_test(self) -> None:
        if self._waiting:
            return
        pasted = self._put_in_place(complete=True)
        if pasted.keys is None:
            wrong = [each for each, problem in pasted.problems if problem in BLOCKING]
            self.edits[wrong[0]].setFocus()
            self._say(_("These keys cannot be tested yet: see beside the fields."), "stop")
            return
        self._wait(True)
        self._say(_("X is asked whose keys these are…"), "plum")
        self._connections.connect_with(self, pasted.keys, self._on_connected, self._on_refused)

    def _on_connected(self, _connection: Connection | None) -> None:
        self._wait(False)
        self.clear()
        self.answered.emit()

    def _on_refused(self, error: Exception) -> None:
        self._wait(False)
        self._say(sign_in_trouble(error), "stop", page_to_open(error))
        announce(self, self.told.text)
        self.answered.emit()

    def _wait(self, waiting: bool) -> None:
        self._waiting = waiting
        self.test.show_text(_("Being tested…") if waiting else _("Test and keep"))

    def _say(self, words: str, tone: Tone = "look", page: str = "") -> None:
        self.told.say(words, tone)
        self._page = page
        self._console.setHidden(not page)

    def _on_reveal(self) -> None:
        self._show_revealed(self.edits[KeyField.CONSUMER_KEY].echoMode() != _SHOWN)

    def _show_revealed(self, shown: bool) -> None:
        for edit in self.edits.values():
            edit.reveal(shown)
        self.reveal.show_text(_("Hide the keys") if shown else _("Show the keys"))

    def _on_console(self) -> None:
        self._open_page(self._page)
