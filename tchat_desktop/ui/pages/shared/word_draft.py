"""A word to somebody, to read and change, then to open on X or copy."""

from __future__ import annotations

from collections.abc import Callable

import shiboken6
from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tchat_desktop.domain.etiquette import mistyped_tag, with_tag_mended
from tchat_desktop.ui import theme
from tchat_desktop.ui.network import NETWORK
from tchat_desktop.ui.pages.shared.child_guard import ChildGuard
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button, ButtonKind
from tchat_desktop.ui.widgets.card import row
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.post_edit import Counter, PostEdit
from tchat_desktop.ui.widgets.verdict import HintNotice
from tchat_desktop.wording.blank_words import blank_words
from tchat_desktop.wording.i18n import N_, _
from tchat_desktop.wording.mention_words import mistyped_words
from tchat_desktop.wording.tone import Tone


class WordDraft(QWidget):
    """The text of a word to somebody. Changes to it are not stored.

    `open_wanted` is emitted with the text to open on X, `copied` when it was copied.
    """

    open_wanted = Signal(str)
    copied = Signal()
    edited = Signal()
    """Emitted when the text changed, or counts as sent."""
    copied_words = N_("Copied. Paste it where you write to them.")
    """What is said once it is copied."""

    def __init__(self, name: str, whom: str, guard: ChildGuard, kind: ButtonKind = "quiet") -> None:
        super().__init__()
        self._guard = guard
        self._proposed = ""
        self._sent = ""
        self._caution: Callable[[str], str] = lambda _text: ""
        self._forbidden: Callable[[str], str] = lambda _text: ""
        self._edit = PostEdit(lines=3)
        self._edit.setAccessibleName(name)
        self._edit.textChanged.connect(self._on_edited)
        self._counter = Counter()
        self._counter.belong_to(self._edit)
        self._restore = Button(
            _("Back to the proposed text"),
            "link",
            "undo",
            self._on_restore,
            name=_("Back to the proposed text – {who}").format(who=whom),
        )
        self._restore.hide()
        self._blank = HintNotice("", "look")
        self._blank.hide()
        self._open = Button(
            _("Open on X"), kind, "outside", self._on_open,
            name=_("Open on X – {who}").format(who=whom),
        )  # fmt: skip
        self._copy = Button(
            _("Copy"), "quiet", "copy", self._on_copy, name=_("Copy – {who}").format(who=whom)
        )
        mend = Button(
            _("Correct the tag"), "quiet", clicked=self._on_mend_tag,
            name=_("Correct the tag – {who}").format(who=whom),
        )  # fmt: skip
        self._mistyped = HintNotice("", "look", mend)
        self._mistyped.hide()
        self._buttons = FlowLayout(self._open, self._copy)
        self._outcome = HintNotice("", "plum")
        self._outcome.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.BESIDE))
        layout.addWidget(self._edit)
        layout.addLayout(row(self._restore, None, self._counter))
        layout.addWidget(self._blank)
        layout.addWidget(self._mistyped)
        layout.addLayout(self._buttons)
        layout.addWidget(self._outcome)

    @property
    def text(self) -> str:
        """The text with the changes made by hand."""
        return self._edit.toPlainText()

    @property
    def told(self) -> str:
        """The sentence on the result."""
        return self._outcome.text

    def show_proposal(self, text: str, may_open: bool, off_x: bool = False) -> None:
        """Show the proposed text, unless it was changed by hand.

        Without `may_open` it can only be copied: it addresses nobody, or nobody real. With `off_x`
        it is meant for telephone or e-mail, so that no limit of length applies.
        """
        self._counter.setHidden(off_x)
        untouched = self.text == self._proposed
        self._proposed = text
        if untouched:
            self._edit.show_text(text)
        self._open.setVisible(may_open)
        self._on_edited()

    @property
    def typed(self) -> str:
        """The text, "" while it is the proposed one."""
        return "" if self.text == self._proposed else self.text

    @property
    def unsent(self) -> str:
        """The text, "" while it is the proposed one or one that was confirmed as sent."""
        return "" if self.text == self._sent else self.typed

    def note_sent(self) -> None:
        """Let the text as it stands count as sent: the organiser said so."""
        self._sent = self.text
        self.edited.emit()

    def take_up(self, text: str) -> None:
        """Continue with a text that was changed by hand."""
        self._edit.show_text(text)

    def watch_for(self, caution: Callable[[str], str]) -> None:
        """Show under the text what `caution` returns for it, as it is typed."""
        self._caution = caution
        self._on_edited()

    def refuse(self, forbidden: Callable[[str], str]) -> None:
        """Let no text leave for which `forbidden` returns words, which are shown."""
        self._forbidden = forbidden
        self._on_edited()

    def add_button(self, text: str, icon_name: str, clicked: Callable[[], None], name: str) -> None:
        """Add a button for another way to send the text."""
        self._buttons.addWidget(Button(text, "quiet", icon_name, clicked, name))

    def say(self, text: str, tone: Tone = "plum") -> None:
        """Show the result in a sentence."""
        self._outcome.say(text, tone)
        announce(self, text)

    def hush(self) -> None:
        """Take back the sentence on the result: something else tells it."""
        self._outcome.say("", "plum")

    def _on_edited(self) -> None:
        text = self.text
        self._counter.show_text(text)
        self._restore.setVisible(text != self._proposed)
        self._open.setEnabled(bool(text.strip()) and NETWORK.remaining(text) >= 0)
        words = (
            blank_words(text)
            or self._forbidden(text)
            or self._guard.words(text)
            or self._caution(text)
        )
        self._blank.say(words, "stop")
        chat = self._guard.chat
        wrong = mistyped_tag(text, chat, NETWORK)
        self._mistyped.say(mistyped_words(wrong, chat.hashtag) if wrong else "", "look")
        self.edited.emit()

    def _on_mend_tag(self) -> None:
        # The button goes once the tag is right.
        self._edit.setFocus()
        self._edit.show_text(with_tag_mended(self.text, self._guard.chat, NETWORK))

    def _on_restore(self) -> None:
        self._edit.show_text(self._proposed)
        self._edit.setFocus()

    def may_leave(self) -> bool:
        """Return whether the text has no blank and names nobody it must not, or that is meant."""
        if words := blank_words(self.text) or self._forbidden(self.text):
            self.say(words, "stop")
            return False
        if self._guard.lets_leave(self, self.text):
            self._on_edited()
            return True
        if shiboken6.isValid(self):
            self._edit.setFocus()
        return False

    def _on_open(self) -> None:
        if self.may_leave():
            self.open_wanted.emit(self.text)

    def _on_copy(self) -> None:
        if not self.may_leave():
            return
        QGuiApplication.clipboard().setText(self.text)
        self.say(_(self.copied_words))
        self.copied.emit()
