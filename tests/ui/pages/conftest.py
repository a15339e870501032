"""What runs behind a page ends with each test; and the stage the pages after the hour share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tchat_desktop.ui.bridge import Bridge
from tests.ui.pages.hands import bridges
from tests.ui.pages.stage import Stage


@pytest.fixture(autouse=True)
def _no_bridge_left() -> Iterator[None]:
    yield
    while bridges:
        assert bridges.pop().stop()


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    bridge = Bridge()
    stage = Stage(bridge)
    yield stage
    assert stage.thread.stop()
    assert bridge.stop()
