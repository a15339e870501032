"""The bench of the posting thread. A module whose hour is another has a fixture of its own."""

from __future__ import annotations

import pytest

from tests.services.bench import Bench


@pytest.fixture
def bench() -> Bench:
    return Bench()
