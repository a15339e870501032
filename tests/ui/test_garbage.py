"""Widgets are destroyed in the GUI thread, whoever allocates."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from tchat_desktop.start import garbage
from tchat_desktop.start.garbage import GarbageCollection


class Ring(QObject):
    """A QObject in a cycle: only a collection destroys it."""

    def __init__(self) -> None:
        super().__init__()
        self.itself = self


@pytest.fixture
def automatic() -> Iterator[None]:
    """Python collects as it does by itself, and as before afterwards."""
    before = gc.isenabled()
    gc.enable()
    yield
    if before:
        gc.enable()
    else:
        gc.disable()


def garbage_ring() -> list[str]:
    """Where a ring that is garbage was destroyed, once it is: names of threads."""
    names: list[str] = []
    weakref.finalize(Ring(), lambda: names.append(threading.current_thread().name))
    return names


def allocate() -> None:
    """Bring about collections in another thread, as a posting thread does that reads answers."""

    def work() -> None:
        kept = [[] for _ in range(50_000)]
        assert kept

    thread = threading.Thread(target=work, name="poster")
    thread.start()
    thread.join()


@pytest.mark.usefixtures("automatic")
def test_python_by_itself_destroys_them_in_other_threads() -> None:
    destroyed_in = garbage_ring()
    allocate()
    assert destroyed_in == ["poster"]


@pytest.mark.usefixtures("automatic")
def test_they_wait_for_the_gui_thread() -> None:
    collection = GarbageCollection()
    destroyed_in = garbage_ring()
    try:
        allocate()
        assert destroyed_in == []
        for _ in range(garbage.FULL_EVERY):
            collection.collect()
        assert destroyed_in == ["MainThread"]
    finally:
        collection.stop()
    assert gc.isenabled()
