"""The stores of the tests keep the contract of the real ones."""

from __future__ import annotations

import hashlib

import pytest

from tests.contracts.stores import (
    LedgerStoreContract,
    OutboxStoreContract,
    PictureStoreContract,
    PostStoreContract,
)
from tests.fakes.memory_store import MemoryLedger, MemoryOutbox, MemoryPictures, MemoryPosts


class TestMemoryOutbox(OutboxStoreContract):
    @pytest.fixture
    def store(self) -> MemoryOutbox:
        return MemoryOutbox()


class TestMemoryPosts(PostStoreContract):
    @pytest.fixture
    def store(self) -> MemoryPosts:
        return MemoryPosts()


class TestMemoryPictures(PictureStoreContract):
    @pytest.fixture
    def store(self) -> MemoryPictures:
        return MemoryPictures([hashlib.sha256(self.IN_OUTBOX).hexdigest()])


class TestMemoryLedger(LedgerStoreContract):
    @pytest.fixture
    def store(self) -> MemoryLedger:
        return MemoryLedger()
