"""Buttons or small cards side by side, as many rows as they need."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from tchat_desktop.ui.widgets.flow import FlowLayout


class FlowBox(QWidget):
    """Widgets side by side that wrap."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(spacing=10)
        self.setLayout(self._flow)

    def show_widgets(self, widgets: Sequence[QWidget]) -> None:
        """Show these and no others."""
        self._flow.clear()
        for widget in widgets:
            self._flow.addWidget(widget)
            widget.show()
        self._flow.invalidate()
