"""The panel for answering somebody in private: what to do, whom to call, what to write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.ui import theme
from tchat_desktop.ui.pages.shared.care_steps import CareSteps, numbers_words
from tchat_desktop.ui.widgets.announce import announce
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _


@dataclass(frozen=True, slots=True)
class PrivateWays:
    """What the panel needs: the chat, the ready answer, and what its buttons do."""

    chat: Chat
    answer: str
    opened: Callable[[QWidget], object]
    """Called with a widget when the panel opened in it, perhaps out of sight."""
    open_profile: Callable[[], object]
    done: Callable[[], object]
    begin: Callable[[], object]
    """Called when the answer is about to be pasted: until `end` no page opens by itself."""
    end: Callable[[], object]
    """Called when the answer was sent, or the panel was closed."""


class PrivateAnswer(QWidget):
    """Opens inside the card of a post by `who`; it sends nothing by itself."""

    def __init__(self, who: str, ways: PrivateWays, *, named_child: bool) -> None:
        super().__init__()
        self._ways = ways
        steps = CareSteps(named_child=named_child)
        steps.show_chat(ways.chat)
        self.answer = Text(ways.answer, "body")
        copy = _("Copy the answer")
        name = _("Copy the private answer to {who}").format(who=who)
        self.copy = Button(copy, "quiet", "copy", self._on_copy, name=name)
        name = _("Open the profile of {who}").format(who=who)
        profile = Button(_("Open the profile"), "quiet", "outside", self._on_profile, name=name)
        name = _("It is done for {who}").format(who=who)
        self.done = Button(_("It is done"), "quiet", "check", self._on_done, name=name)
        self._copied = Text("", "small")
        # The room is kept free, so that copying moves no button.
        self._copied.setMinimumHeight(self._copied.fontMetrics().lineSpacing())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(theme.Space.NEAR))
        layout.addWidget(steps)
        layout.addWidget(Text(_("The ready answer, for a private message:"), "label"))
        layout.addWidget(self.answer)
        if numbers := "" if named_child else numbers_words(ways.chat):
            layout.addWidget(Text(numbers, "small"))
        layout.addLayout(FlowLayout(self.copy, profile, self.done, spacing=theme.Space.NEAR))
        layout.addWidget(self._copied)
        self.hide()

    def open_in(self, notice: QWidget) -> None:
        """Open the panel in a notice, and scroll to it."""
        self.show()
        self.copy.setFocus()
        self._ways.opened(notice)

    def put_away(self) -> None:
        """Close the panel: pages open by themselves again."""
        self.hide()
        self._ways.end()

    def _on_profile(self) -> None:
        self._ways.begin()
        self._ways.open_profile()

    def _on_done(self) -> None:
        self._ways.end()
        self._ways.done()

    def _on_copy(self) -> None:
        self._ways.begin()
        QApplication.clipboard().setText(self._ways.answer)
        words = _("Copied. On the profile, open “Message” and paste it there.")
        self._copied.setText(words)
        announce(self, words)
