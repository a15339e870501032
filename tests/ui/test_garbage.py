"""No widget is ever destroyed in another thread than the GUI's."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tchat_desktop.ui import garbage
from tchat_desktop.ui.bridge import Bridge


class Knot:
    """Refers to itself, so that only the collector can do away with it."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collecting() -> Iterator[list[str]]:
    """The names of the threads in which garbage was collected."""
    names: list[str] = []

    def collected(phase: str, _info: object) -> None:
        if phase == "start":
            names.append(threading.current_thread().name)

    gc.callbacks.append(collected)
    yield names
    gc.callbacks.remove(collected)


def knots() -> int:
    for _number in range(5000):
        Knot()
    return 1


def test_threads_collect_nothing_while_the_screens_live(
    qapp: QApplication, qtbot: QtBot, collecting: list[str]
) -> None:
    gc.enable()
    bridge = Bridge()
    done: list[int] = []
    bridge.run(bridge, knots, done.append, done.append)  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: bool(done))
    assert done == [1]
    assert "background" not in collecting
    assert bridge.stop()


def test_the_gui_thread_collects_in_their_place(
    qapp: QApplication, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(garbage, "EVERY_MS", 1)
    bridge = Bridge()
    knot = weakref.ref(Knot())
    knots()
    qtbot.waitUntil(lambda: knot() is None)
    assert bridge.stop()


def test_nothing_is_collected_before_it_is_due(qapp: QApplication, collecting: list[str]) -> None:
    gc.collect()
    collecting.clear()
    garbage.collect_due()
    assert collecting == []
