"""Questions that come in from a file, and go out to the guests in advance."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.pasted_list import questions_in, without_mark
from tchat_desktop.ui import theme
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.file_dialogs import ask_for_list
from tchat_desktop.ui.pages.shared.saving import Export, Saving
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording import error_words
from tchat_desktop.wording.i18n import _
from tchat_desktop.wording.tone import Tone


@dataclass(frozen=True, slots=True)
class QuestionFiles:
    """What is done with files of questions outside of the window."""

    read: Callable[[Path], str]
    """Returns the text of a list, off the GUI thread; raises what `error_words` knows."""
    in_advance: Callable[[Chat], str]
    """Returns the questions for the guests as plain text, in the language of the posts."""
    export: Export[Chat]
    """The same as a file."""
    open: Callable[[Path], bool]


class QuestionExchange(QWidget):
    """The buttons that bring a list in and hand the questions out, and what came of it."""

    imported = Signal(tuple, str)
    """Emitted with the questions of a file, and its name."""

    def __init__(self, bridge: Bridge, files: QuestionFiles) -> None:
        super().__init__()
        self._bridge, self._files = bridge, files
        self._chat = Chat("")
        self.fetch = Button(
            _("Bring in a list (Word, text)…"), icon_name="open", clicked=self._on_fetch
        )
        """The button that brings a list in, to stand where questions are added."""
        self._copy = Button(
            _("Copy the questions for the guests"), icon_name="copy", clicked=self._on_copy
        )
        self._save = Button(_(files.export.title), icon_name="download", clicked=self._on_save)
        self._told = HintNotice("", "plain")
        self._saving = Saving(bridge, files.open)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addLayout(FlowLayout(self._copy, self._save))
        layout.addWidget(self._told)
        layout.addWidget(self._saving)

    def show_chat(self, chat: Chat) -> None:
        """Stand for the questions of a chat; without any there is nothing to hand out."""
        if chat.questions != self._chat.questions:
            self._told.say("", "plain")
        self._chat = chat
        written = any(one.text.strip() for one in chat.questions)
        for button in (self._copy, self._save):
            button.setVisible(written)

    def _on_fetch(self) -> None:
        path = ask_for_list(self)
        if path is None:
            return
        read = self._files.read
        self._bridge.run(
            self,
            lambda: read(path),
            lambda text: self._on_read(text, path.name),
            lambda error: self._tell(error_words.sentence(error), "look"),
        )

    def _on_read(self, text: str, name: str) -> None:
        found = questions_in(text)
        lines = [line for line in text.splitlines() if line.strip()]
        if not found and len(lines) == 1 and "?" in lines[0]:
            found = (without_mark(lines[0]),)
        if found:
            self.imported.emit(found, name)
            return
        words = _(
            "No list of questions is seen in “{file}”. Write one question a line, with a question "
            "mark at its end or a number before it."
        )
        self._tell(words.format(file=name), "look")

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._files.in_advance(self._chat))
        words = _(
            "Copied: paste it into an e-mail or a message to your guests. What you prepared as "
            "answers is not in it."
        )
        self._tell(words, "well")

    def _on_save(self) -> None:
        self._saving.save(self._files.export, self._chat, self._chat, rehearsing=False)

    def _tell(self, words: str, tone: Tone) -> None:
        self._told.say(words, tone)
        announce(self, words)
