"""The whole way in a real window under Xvfb, without a mouse: by the bus alone, by keys alone."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from tests.e2e.test_journey import missing, travel


def goes(way: str) -> None:
    """From the first start to a recap on disk, with the highlight and its own words."""
    with tempfile.TemporaryDirectory(prefix="e2e-") as folder:
        travel("wound_session.sh", folder, "way.py", way)
        page = Path(folder, "recap.html").read_text("utf-8")
    assert "Mariage des enfants" in page
    assert "Comment aider une voisine" in page
    assert "Ce que nous avons appris ensemble." in page


def test_somebody_goes_all_the_way_by_the_accessibility_bus_alone() -> None:
    if reason := missing():
        pytest.skip(reason)
    goes("bus")


def test_somebody_goes_all_the_way_by_the_keyboard_alone() -> None:
    if reason := missing("xdotool"):
        pytest.skip(reason)
    goes("keys")
