"""Screens are tested in French, in the light colours, as most people see them."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from tchat_desktop.ui import theme
from tchat_desktop.wording import i18n
from tests.ui.running import PATIENCE


class PatientBot(QtBot):
    """Waits as long for what comes at once as a machine that has much to do may need for it."""

    def waitUntil(self, callback, *, timeout: int = PATIENCE) -> None:  # type: ignore[no-untyped-def]
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal, *, timeout: int = PATIENCE, **options):  # type: ignore[no-untyped-def]
        return super().waitSignal(signal, timeout=timeout, **options)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """Every wait of a test of the screens is as patient, unless it says otherwise."""
    return PatientBot(request)


@pytest.fixture(autouse=True, scope="session")
def garbage_in_the_gui_thread() -> Iterator[None]:
    """As in the app: widgets a test leaves behind are not destroyed by a thread of another test."""
    gc.collect()
    gc.freeze()
    gc.disable()
    yield
    gc.enable()


@pytest.fixture(autouse=True, scope="session")
def clipboard(qapp: QApplication) -> Iterator[None]:
    """What Python put there is gone before Python is: Qt would call it while it ends."""
    yield
    qapp.clipboard().clear()


@pytest.fixture(autouse=True)
def no_question_without_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test that asks for a file without saying which fails, rather than to wait for ever."""

    def ask(*_args: object, **_more: object) -> tuple[str, str]:
        raise AssertionError("a file or folder is asked for, and nobody answers")

    for name in ("getOpenFileName", "getOpenFileNames", "getSaveFileName", "getExistingDirectory"):
        monkeypatch.setattr(QFileDialog, name, ask)


@pytest.fixture(autouse=True)
def french(qapp: QApplication) -> Iterator[None]:
    """French texts and the light look for every test of a screen."""
    qapp.setStyle("Fusion")
    i18n.activate("fr")
    theme.apply(theme.LIGHT)
    yield
    # What a test leaves behind would be styled again by every later one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
