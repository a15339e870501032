"""A line that shows a proposed value: what is typed after a click takes its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QMouseEvent

from tchat_desktop.ui.widgets.heard_line import HeardLine
from tchat_desktop.ui.widgets.line_edit import LineEdit


class ProposedLine(HeardLine):
    """The click that enters it selects all, as Tab does; a second one puts the cursor.

    Who marks a part with the mouse keeps that part. For a box it is made with the box as its
    parent: without one the style sheet gives it a height of its own, which the box has no room for.
    """

    _entered = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._entered = event.reason() is Qt.FocusReason.MouseFocusReason

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        # Not before: the press that brought the focus puts the cursor, which ends a selection.
        if self._entered and not self.hasSelectedText():
            self.selectAll()
        self._entered = False


class ProposedLineEdit(ProposedLine, LineEdit):
    """The same for a text that comes in any form, and is replaced whole: a name on X."""
