"""A field of one line that takes text in any form, and says what it changed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.clean_text import in_one_line
from tchat_desktop.ui.widgets.bubble import tell, tell_full
from tchat_desktop.ui.widgets.heard_line import HeardLine
from tchat_desktop.wording.i18n import _


class LineEdit(HeardLine):
    """Plain text of at most `cap` characters, without line breaks or invisible marks.

    An Enter that is held down is one Enter: what it repeats was meant for nothing.
    Whoever hears `textEdited` first may still get the text as it came in: what is kept goes through
    the editor of the chat, which cleans it too.
    """

    def __init__(self, cap: Cap = Cap.LINE) -> None:
        super().__init__()
        self._cap = cap
        self.setMaxLength(cap)
        self.inputRejected.connect(self._on_input_rejected)
        self.textEdited.connect(self._on_text_typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.isAutoRepeat() and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.accept()
        else:
            super().keyPressEvent(event)

    def setText(self, text: str | None) -> None:
        """Show a text that is there already, whole even if it is longer than the field takes."""
        text = text or ""
        units = len(text.encode("utf-16-le", "surrogatepass")) // 2
        self.setMaxLength(max(self._cap, units))
        super().setText(text)
        if not self.hasFocus():
            # Who reads a long text wants its beginning; Qt would show its end.
            self.setCursorPosition(0)

    def _on_input_rejected(self) -> None:
        tell_full(self, self._cap)

    def _on_text_typed(self, text: str) -> None:
        kept = in_one_line(text)
        if kept == text:
            return
        place = len(in_one_line(text[: self.cursorPosition()]))
        self.setText(kept)
        self.setCursorPosition(place)
        if kept.count(" ") > text.count(" "):
            tell(self, _("This field has one line: the line break has become a space."))
