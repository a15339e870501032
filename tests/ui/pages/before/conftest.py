"""Pages before the chat: what runs behind them ends with each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.ui.pages.before.hands import bridges


@pytest.fixture(autouse=True)
def _no_bridge_left() -> Iterator[None]:
    yield
    while bridges:
        assert bridges.pop().stop()
