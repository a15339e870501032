"""A card that offers one paper of the chat: what it is, and the button that saves it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Generic, TypeVar

from PySide6.QtWidgets import QWidget

from tchat_desktop.domain.chat import Chat
from tchat_desktop.ui.bridge import Bridge
from tchat_desktop.ui.pages.shared.saving import Export, Saving
from tchat_desktop.ui.widgets.buttons import Button
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.flow import FlowLayout
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _

Paper = TypeVar("Paper")


class PaperCard(Card, Generic[Paper]):
    """Offers the paper of the chat that is shown, as a file of each of the exports.

    `paper_of` makes what is written of the chat; `choices` stand above the button. `open_path`
    opens a file or folder with the system's program; it returns False when nothing opened.
    """

    def __init__(
        self,
        bridge: Bridge,
        exports: Sequence[Export[Paper]],
        open_path: Callable[[Path], bool],
        paper_of: Callable[[Chat], Paper],
        title: str,
        words: str,
        *choices: QWidget,
    ) -> None:
        super().__init__()
        self._paper_of = paper_of
        self._chat: Chat | None = None
        buttons = [
            Button(_(one.title), "quiet", "download", partial(self._on_save, one))
            for one in exports
        ]
        self.saving = Saving(bridge, open_path)
        self.add(
            Text(title, "label"),
            Text(words, "small"),
            *choices,
            FlowLayout(*buttons),
            self.saving,
        )

    def show_chat(self, chat: Chat) -> None:
        """Offer the paper of this chat."""
        self._chat = chat

    def _on_save(self, export: Export[Paper]) -> None:
        if self._chat is not None:
            paper = self._paper_of(self._chat)
            self.saving.save(export, paper, self._chat, rehearsing=False)
