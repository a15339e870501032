"""The stage the pages after the hour are played on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from tchat_desktop.ui.bridge import Bridge
from tests.ui.pages.after.stage import Stage


@pytest.fixture
def stage(qapp: QApplication) -> Iterator[Stage]:
    bridge = Bridge()
    yield Stage(bridge)
    assert bridge.stop()
