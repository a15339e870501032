"""An action of a card: in its menu, and by keys while the keyboard is in the card."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tchat_desktop.ui.shortcuts import Shortcut, sequence


def card_action(
    card: QWidget, text: str, done: Callable[[], None], keys: Shortcut | None = None
) -> QAction:
    """Make an action of a card, for its menu; `keys` do the same."""
    action = QAction(text, card)
    action.triggered.connect(done)
    if keys is not None:
        action.setShortcut(sequence(keys))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        card.addAction(action)
    return action
