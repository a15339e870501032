"""Tool tips that show the words of others: always as text, never as markup.

Qt takes a tool tip for rich text when it looks like it: a name such as `<img src=…>` would load a
file, or ask another computer for one.
"""

from __future__ import annotations

from PySide6.QtGui import Qt
from PySide6.QtWidgets import QWidget


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget its tool tip; "" takes it away."""
    widget.setToolTip(as_tip(text))


def as_tip(text: str) -> str:
    """The text as a tool tip shows it letter by letter."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text
