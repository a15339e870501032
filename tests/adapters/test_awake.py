"""Asking the system to stay awake never fails, and ends with the context."""

from __future__ import annotations

import sys
import threading
from types import ModuleType

import pytest

from tchat_desktop.adapters.awake import Awake, can_stay_awake


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


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A wakepy that listens; remembers what it was asked."""
    asked: list[str] = []

    def running(on_fail: str) -> Mode:
        asked.append(on_fail)
        return Mode()

    library = ModuleType("wakepy")
    library.keep = ModuleType("keep")  # type: ignore[attr-defined]
    library.keep.running = running  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "wakepy", library)
    return asked


def test_the_system_is_kept_awake_as_long_as_the_context(asked: list[str]) -> None:
    with Awake():
        assert Mode.entered.wait(20)
        assert Mode.on
    assert not Mode.on
    assert asked == ["pass"]
    assert threads() == []


@pytest.mark.usefixtures("asked")
def test_a_system_that_listens_is_only_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_stay_awake()
    assert not Mode.on
    monkeypatch.setattr(Mode, "active", False)
    assert not can_stay_awake()
    assert threads() == []


def test_a_system_that_cannot_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "wakepy", None)
    with Awake():
        pass
    assert not can_stay_awake()
    assert threads() == []
