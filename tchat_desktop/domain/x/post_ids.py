"""What the id of a post on X tells by itself: when it was published, and before which others."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

FIRST_INSTANT = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
"""The instant X's ids count milliseconds from, in their bits above the lowest 22 (X's "Snowflake").

Ids of posts from before it are plain numbers, and tell no instant.
"""
_PLAIN_IDS_END = 30_000_000_000
_BELOW = 22
"""Bits that tell apart the ids of one millisecond."""
LONGEST_ID = 19
"""Digits: ids are counted in 63 bits."""


def posted_at(post_id: str) -> datetime | None:
    """When a post was published, by its id (UTC); None for what is no such id, or an old one."""
    if not (post_id.isascii() and post_id.isdigit() and len(post_id) <= LONGEST_ID):
        return None
    number = int(post_id)
    if number < _PLAIN_IDS_END:
        return None
    return FIRST_INSTANT + timedelta(milliseconds=number >> _BELOW)


def is_later(post_id: str, than: str) -> bool:
    """Whether a post was published after another one: ids grow. Raises ValueError for no id."""
    return int(post_id) > int(than)


def made_up_id(at: datetime, number: int) -> str:
    """The id of a made-up post of an instant (UTC); `number` is below 4 million, and grows."""
    milliseconds = (at - FIRST_INSTANT) // timedelta(milliseconds=1)
    return str((milliseconds << _BELOW) + number)
