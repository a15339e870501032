"""The battery as psutil tells of it, and when it does not."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import psutil
import pytest

from tchat_desktop.adapters.power import power
from tchat_desktop.domain.preflight import Power


def says(monkeypatch: pytest.MonkeyPatch, tell: Callable[[], object]) -> None:
    monkeypatch.setattr(psutil, "sensors_battery", tell, raising=False)


def test_this_machine_tells_something_or_that_it_does_not() -> None:
    try:
        seen = power()
    except OSError:
        return
    assert seen is None or 0 <= seen.percent <= 100


@pytest.mark.parametrize("plugged_in", [True, False])
def test_the_battery_is_told_in_whole_percent(
    monkeypatch: pytest.MonkeyPatch, plugged_in: bool
) -> None:
    says(monkeypatch, lambda: SimpleNamespace(percent=71.6, power_plugged=plugged_in))
    assert power() == Power(plugged_in, 72)


def test_no_battery_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, lambda: None)
    assert power() is None


def test_a_plug_that_is_not_known_is_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    says(monkeypatch, lambda: SimpleNamespace(percent=50, power_plugged=None))
    with pytest.raises(OSError, match="plugged"):
        power()


@pytest.mark.parametrize(
    "error", [AttributeError("sensors_battery"), psutil.Error("no"), OSError()]
)
def test_a_system_that_does_not_tell_is_no_answer(
    monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fails() -> object:
        raise error

    says(monkeypatch, fails)
    with pytest.raises(OSError):  # noqa: PT011
        power()
