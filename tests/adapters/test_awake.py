"""Asking the system to stay awake never fails, and ends with the context."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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


@pytest.fixture
def nap(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A Mac, with an appnope that listens; remembers what was begun and ended, and why."""
    told: list[str] = []

    @contextmanager
    def nope_scope(reason: str) -> Iterator[None]:
        told.append(f"begun: {reason}")
        napping.set()
        yield
        told.append("ended")

    napping.clear()
    library = ModuleType("appnope")
    library.nope_scope = nope_scope  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "appnope", library)
    monkeypatch.setattr(sys, "platform", "darwin")
    return told


napping = threading.Event()


@pytest.mark.parametrize("sleep_too", [True, False])
def test_a_mac_lets_the_app_work_on_out_of_sight_as_long_as_the_context(
    nap: list[str], monkeypatch: pytest.MonkeyPatch, asked: list[str], sleep_too: bool
) -> None:
    if not sleep_too:
        monkeypatch.setitem(sys.modules, "wakepy", None)
    with Awake():
        assert napping.wait(20)
        assert nap == ["begun: Posts are to leave at their time"]
    assert nap[1:] == ["ended"]
    assert asked == ["pass"] * sleep_too
    assert threads() == []


def test_a_mac_that_slows_the_app_down_all_the_same_is_no_error(
    asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setitem(sys.modules, "appnope", None)
    Mode.entered.clear()
    with Awake():
        assert Mode.entered.wait(20)
    assert asked == ["pass"]
    assert threads() == []


def test_elsewhere_nothing_is_asked_about_naps(
    nap: list[str], asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    with Awake():
        pass
    assert nap == []
