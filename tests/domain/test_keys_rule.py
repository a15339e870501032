"""What shows that the keys serve, or that they do not, and for how long that holds."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.keys_rule import keys_trouble, last_word, tells_of_keys
from tchat_desktop.domain.outgoing import (
    KEYS_FAIL,
    KEYS_OF_NO_USE,
    MONEY_FAILS,
    OutboxPost,
    PostState,
    Reason,
)
from tests.fakes.clock import START
from tests.fakes.outgoing import planned

MINUTE = timedelta(minutes=1)


def failed(reason: Reason, at: datetime = START, **changes: object) -> OutboxPost:
    return planned("q1", state=PostState.FAILED, reason=reason, changed_at=at, **changes)


@pytest.mark.parametrize("reason", sorted(Reason))
def test_only_what_holds_for_every_post_tells_of_the_keys(reason: Reason) -> None:
    assert tells_of_keys(failed(reason)) is (reason in KEYS_OF_NO_USE)
    assert not tells_of_keys(failed(reason, route=Route.ASSISTED))


@pytest.mark.parametrize(
    ("reason", "tells"), [(Reason.NONE, True), (Reason.FOUND, False), (Reason.BY_HAND, False)]
)
def test_what_was_only_seen_to_be_out_shows_nothing(reason: Reason, tells: bool) -> None:
    assert tells_of_keys(planned("q1", state=PostState.SENT, reason=reason)) is tells


def test_the_last_one_to_tell_counts() -> None:
    before = planned("q0", state=PostState.SENT, changed_at=START - MINUTE)
    after = planned("q2", state=PostState.SENT, changed_at=START + MINUTE)
    found = planned("q3", state=PostState.SENT, changed_at=START + MINUTE, reason=Reason.FOUND)
    refused = failed(Reason.KEYS_REFUSED)
    assert last_word([before, refused, found]) == refused
    assert last_word([after, refused]) == after
    assert last_word([found, planned("q4")]) is None


@pytest.mark.parametrize("reason", sorted(KEYS_FAIL))
def test_keys_that_fail_do_so_until_an_account_is_connected_after_it(reason: Reason) -> None:
    refused = failed(reason)
    assert keys_trouble(refused, None) == refused
    assert keys_trouble(refused, START - MINUTE) == refused
    assert keys_trouble(refused, START) == refused
    assert keys_trouble(refused, START + MINUTE) is None


@pytest.mark.parametrize("reason", sorted(MONEY_FAILS))
def test_connecting_anew_brings_no_money(reason: Reason) -> None:
    assert keys_trouble(failed(reason), START + MINUTE) == failed(reason)


def test_a_post_that_has_left_is_no_trouble() -> None:
    assert keys_trouble(planned("q1", state=PostState.SENT), None) is None
    assert keys_trouble(None, None) is None
