"""The two kinds of real hour: without keys, and with them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.hour import Hour, HourStores
from tchat_desktop.services.ledger import Purse
from tchat_desktop.services.outbox import Gate, no_gate, nobody, not_typing
from tchat_desktop.services.ports import Clock, PostingRight, Publisher, Report, TagReader
from tchat_desktop.services.poster import nothing


def assisted_hour(
    chat: Chat,
    rows: Sequence[OutboxPost],
    stores: HourStores,
    pages: Publisher,
    report: Report,
    clock: Clock,
    rules: NetworkRules,
    right: PostingRight | None = None,
    typing: Callable[[], float] = not_typing,
) -> Hour:
    """The real hour without keys: `pages` opens pre-filled pages, posts are read by hand.

    A post planned by keys, before the organiser chose otherwise, opens as a page too.
    """
    return Hour(
        chat,
        Occasion.LIVE,
        rows,
        stores,
        report,
        rules=rules,
        route=Route.ASSISTED,
        publishers={Route.ASSISTED: pages, Route.KEYS: pages},
        reader=None,
        clock=clock,
        right=right,
        asks=True,
        typing=typing,
    )


def keys_hour(
    chat: Chat,
    rows: Sequence[OutboxPost],
    stores: HourStores,
    publishers: Mapping[Route, Publisher],
    reader: TagReader | None,
    report: Report,
    clock: Clock,
    *,
    purse: Purse,
    gate: Gate = no_gate,
    sender: Callable[[], str] = nobody,
    prepare: Callable[[], object] = nothing,
    right: PostingRight | None = None,
    without_keys: bool = False,
    asks: bool = False,
    typing: Callable[[], float] = not_typing,
) -> Hour:
    """The real hour with the organisation's keys.

    `publishers` has one for KEYS and, where there is a browser, one for ASSISTED, which takes the
    posts that keys cannot publish. `purse` tells what was spent, `gate` holds posts back
    (`limits.Limits`), `sender` tells the id of the account connected, `prepare` is what the posting
    thread does first, `asks` whether somebody is there to decide about posts that were missed.
    """
    return Hour(
        chat,
        Occasion.LIVE,
        rows,
        stores,
        report,
        rules=purse.rules,
        route=Route.KEYS,
        publishers=publishers,
        reader=reader,
        clock=clock,
        gate=gate,
        sender=sender,
        purse=purse,
        prepare=prepare,
        right=right,
        without_keys=without_keys,
        asks=asks,
        typing=typing,
    )
