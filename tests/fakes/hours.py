"""Real hours on stores and clocks of the tests."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.hour import Hour
from tchat_desktop.services.hour_parts import HourConditions, HourParts, HourStores, by_pages
from tchat_desktop.services.ports import Clock, Publisher, Report, TagReader
from tests.fakes.network import NETWORK
from tests.fakes.purse import a_purse

ASKING = HourConditions(asks=True)
"""Somebody is there to decide what becomes of posts that were missed."""


def hour_by_pages(
    chat: Chat,
    rows: Sequence[OutboxPost],
    stores: HourStores,
    pages: Publisher,
    report: Report,
    clock: Clock,
    conditions: HourConditions = ASKING,
) -> Hour:
    """A real hour without keys."""
    parts = HourParts(stores, by_pages(pages), report, clock, NETWORK)
    return Hour(chat, Occasion.LIVE, Route.ASSISTED, rows, parts, conditions)


def hour_by_keys(
    chat: Chat,
    rows: Sequence[OutboxPost],
    stores: HourStores,
    publishers: Mapping[Route, Publisher],
    report: Report,
    clock: Clock,
    conditions: HourConditions = ASKING,
    reader: TagReader | None = None,
) -> Hour:
    """A real hour with keys; with a purse of its own unless the conditions have one."""
    if conditions.purse is None:
        conditions = replace(conditions, purse=a_purse(clock, report))
    parts = HourParts(stores, publishers, report, clock, NETWORK, reader=reader)
    return Hour(chat, Occasion.LIVE, Route.KEYS, rows, parts, conditions)
