"""What was posted arrives, without waiting for the wall."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

ROUNDS = 5
"""One event brings about another: a layout resizes, what is resized asks for a new layout."""


def deliver() -> None:
    """Deliver what was posted, and delete what was to be deleted."""
    for _round in range(ROUNDS):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
