"""Screens are tested in French, in the light colours, as most people see them."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from tchat_desktop import i18n
from tchat_desktop.ui import theme


@pytest.fixture(autouse=True)
def french(qapp: QApplication) -> Iterator[None]:
    """French texts and the light look for every test of a screen.

    What earlier tests left is collected here, and not in a thread of a later one.
    """
    gc.disable()
    gc.collect(1)
    qapp.setStyle("Fusion")
    i18n.activate("fr")
    theme.apply(theme.LIGHT)
    yield
    # What a test leaves behind would be styled again by every later one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect(1)
    gc.enable()
