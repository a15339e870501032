"""A line of text that can be filled without a key: by voice, or by a screen reader."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QLineEdit, QWidget


class HeardLine(QLineEdit):
    """Emits `textEdited` also for a text that was set by voice control or a screen reader.

    Those put the text in as the app does, which Qt tells by `textChanged` alone: whoever keeps what
    is typed would lose it. What the app itself shows comes by `setText`, `clear`, or while it is
    `showing`, and is no edit. A field that the keyboard is not in is finished with it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shows = 0
        self._typed: str | None = None
        self.textEdited.connect(self._note_typed)
        self.textChanged.connect(self._on_any_change)

    @contextmanager
    def showing(self) -> Iterator[None]:
        """What changes meanwhile is shown by the app."""
        self._shows += 1
        try:
            yield
        finally:
            self._shows -= 1

    def setText(self, text: str | None) -> None:
        """Show a text."""
        with self.showing():
            super().setText(text or "")

    def clear(self) -> None:
        """Show nothing."""
        self.setText("")

    def _note_typed(self, text: str) -> None:
        self._typed = text

    def _on_any_change(self, text: str) -> None:
        if self._shows:
            return
        # Qt tells of what was typed by `textEdited`, just before this.
        typed, self._typed = self._typed, None
        if typed == text or self._is_of_its_box(text):
            return
        self.textEdited.emit(text)
        self._typed = None
        if not self.hasFocus():
            self.editingFinished.emit()

    def _is_of_its_box(self, text: str) -> bool:
        """Whether the box around this line, or the list below it, wrote the text."""
        box, completer = self.parentWidget(), self.completer()
        if isinstance(box, QComboBox) and text == box.itemText(box.currentIndex()):
            return True
        popup = completer.popup() if completer is not None else None
        return isinstance(box, QAbstractSpinBox) or (popup is not None and popup.isVisible())
