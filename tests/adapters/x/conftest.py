"""A fake X, and clients of it that do not wait long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tchat_desktop.adapters.x.client import XClient
from tests.fakes.clock import FakeClock
from tests.fakes.x_server import XServer

NewClient = Callable[..., XClient]


@pytest.fixture
def server() -> Iterator[XServer]:
    """X, in which nothing may pass that X's own document does not describe."""
    with XServer() as running:
        running.api.search_delay = 0.0
        yield running
    assert running.violations == []


@pytest.fixture
def clock() -> FakeClock:
    """The clock of the chat."""
    return FakeClock()


@pytest.fixture
def new_client(server: XServer, clock: FakeClock) -> NewClient:
    """Makes clients of the server; arguments are those of XClient."""

    def make(keys: Any = None, **changes: Any) -> XClient:
        usual: dict[str, Any] = {"now": clock.now, "timeout": (20.0, 20.0)}
        return XClient(keys or server.keys, server.url, **{**usual, **changes})

    return make


@pytest.fixture
def client(new_client: NewClient) -> XClient:
    """A client with the four keys."""
    return new_client()
