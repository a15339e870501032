"""Asking the system to stay awake never fails, and ends with the context."""

from __future__ import annotations

import sys
import threading
from types import ModuleType

import pytest

from tchat_desktop.adapters.awake import Awake


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "awake"]


class Mode:
    """Stands for a mode of wakepy; remembers whether it is on."""

    active = True
    entered = threading.Event()
    on = False

    def __enter__(self) -> Mode:
        Mode.on = True
        Mode.entered.set()
        return self

    def __exit__(self, *_error: object) -> None:
        Mode.on = False


def test_the_system_is_kept_awake_as_long_as_the_context(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def running(on_fail: str) -> Mode:
        asked.append(on_fail)
        return Mode()

    library = ModuleType("wakepy")
    library.keep = ModuleType("keep")  # type: ignore[attr-defined]
    library.keep.running = running  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "wakepy", library)
    with Awake():
        assert Mode.entered.wait(5)
        assert Mode.on
    assert not Mode.on
    assert asked == ["pass"]
    assert threads() == []


def test_a_system_that_cannot_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wakepy", None)
    with Awake():
        pass
    assert threads() == []
