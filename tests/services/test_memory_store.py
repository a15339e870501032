"""The stores of the tests keep the contract of the real ones."""

from __future__ import annotations

import pytest

from tests.contracts.stores import OutboxStoreContract, PostStoreContract
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts


class TestMemoryOutbox(OutboxStoreContract):
    @pytest.fixture
    def store(self) -> MemoryOutbox:
        return MemoryOutbox()


class TestMemoryPosts(PostStoreContract):
    @pytest.fixture
    def store(self) -> MemoryPosts:
        return MemoryPosts()
