"""A purse for an hour of the tests: nothing was spent yet, and the ledger is kept in memory."""

from __future__ import annotations

from tchat_desktop.services.ledger import Ledger, Purse
from tchat_desktop.services.ports import Clock, Report
from tests.fakes.memory_store import MemoryLedger
from tests.fakes.network import NETWORK


def a_purse(clock: Clock, report: Report, ceiling: float = 500.0) -> Purse:
    """For the chat "chat"; `ceiling` in US cents."""
    ledger = Ledger(MemoryLedger(), report, clock.now)
    return Purse(ledger, "chat", NETWORK, lambda: ceiling)
