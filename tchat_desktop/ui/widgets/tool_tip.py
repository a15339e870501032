"""Tool tips that show the words of others: always as text, never as markup.

Qt takes a tool tip for rich text when it looks like it: a name such as `<img src=…>` would load a
file, or ask another computer for one.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QHelpEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel, QToolTip, QWidget


def set_tip(widget: QWidget, text: str) -> None:
    """Give a widget its tool tip; "" takes it away.

    One that only says the name of the widget is shown all the same, but is no tool tip to Qt, which
    would have a screen reader say it again after the name.
    """
    named = widget.accessibleName()
    if not named and isinstance(widget, QLabel):
        named = widget.text()
    repeats = bool(text) and text in named
    widget.setProperty("tip", text if repeats else "")
    widget.setToolTip("" if repeats else as_tip(text))
    if repeats:
        widget.installEventFilter(_names())


def tip_of(widget: QWidget) -> str:
    """What the mouse is shown over a widget, as it is shown."""
    return widget.toolTip() or as_tip(widget.property("tip") or "")


def as_tip(text: str) -> str:
    """The text as a tool tip shows it letter by letter."""
    return Qt.convertFromPlainText(text) if Qt.mightBeRichText(text) else text


class _Names(QObject):
    """Shows the names of widgets over which the mouse rests."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ToolTip or not isinstance(watched, QWidget):
            return False
        words = watched.property("tip")
        if not words or not isinstance(event, QHelpEvent):
            return False
        QToolTip.showText(event.globalPos(), as_tip(words), watched)
        return True


def _names() -> _Names:
    qt = QApplication.instance()
    assert qt is not None
    return qt.findChild(_Names) or _Names(qt)
