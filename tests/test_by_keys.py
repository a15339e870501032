"""What posting with keys is made of: looking far enough back, and what X said of its limits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tchat_desktop import by_keys
from tchat_desktop.adapters.keyring_vault import MemoryVault
from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.domain.outgoing import OutboxPost, PostState, Reason
from tchat_desktop.logs import Redaction
from tchat_desktop.services.clock import ScaledClock, SystemClock
from tchat_desktop.services.ports import PublishByHand, PublishError
from tests.fakes import x_faults
from tests.fakes.outgoing import planned
from tests.fakes.x_server import XServer

SPEED = 60.0
MUCH = 10_000.0


@pytest.fixture
def server() -> Iterator[XServer]:
    with XServer() as server:
        yield server
    assert server.violations == []


@pytest.fixture
def client(server: XServer) -> Iterator[XClient]:
    client = XClient(server.keys, server.url)
    yield client
    client.close()


def row(due_at: datetime, **changes: object) -> OutboxPost:
    made = planned("q1", text="Q1 Où agir ? #Tag", **changes)
    return replace(made, due_at=due_at, expires_at=due_at + timedelta(minutes=10))


def test_an_accelerated_run_looks_back_to_its_real_beginning(
    server: XServer, client: XClient
) -> None:
    start = datetime(2027, 3, 5, 20, tzinfo=UTC)
    clock = ScaledClock(start, SPEED)
    lost = row(start)
    # Stored before the computer was off for three hours, in which the clock of the run stood still.
    server.world.say(server.user.handle, lost.text, age=3 * 3600)
    began_at = datetime.now(UTC) - timedelta(hours=4)
    client.now = clock.now
    clean = Redaction().clean
    assert by_keys.make_publisher(client, clock, clean).look_up(lost).published is None
    found = by_keys.make_publisher(client, clock, clean, began_at).look_up(lost)
    assert found.published is not None


def test_the_last_request_of_a_window_holds_the_next_post_back(
    server: XServer, client: XClient
) -> None:
    clock = SystemClock()
    limits = by_keys.make_limits(client, clock, MUCH)
    publisher = by_keys.make_publisher(client, clock, Redaction().clean)
    due = row(clock.now(), state=PostState.DUE)
    server.api.limits["POST /2/tweets"] = 2
    publisher.publish(replace(due, text="one"))
    assert limits(due, [], clock.now()) is None
    publisher.publish(replace(due, text="two"))
    patient = replace(due, expires_at=clock.now() + timedelta(hours=1))
    held = limits(patient, [], clock.now())
    assert held is not None
    assert (held.state, held.reason) == (PostState.PLANNED, Reason.RATE_LIMIT)
    assert held.not_before is not None
    wait = held.not_before - clock.now()
    assert timedelta(minutes=14) < wait <= timedelta(minutes=15, seconds=2)


def test_on_a_faster_clock_the_wait_is_as_much_longer(server: XServer, client: XClient) -> None:
    clock = ScaledClock(datetime(2027, 3, 5, 20, tzinfo=UTC), SPEED)
    limits = by_keys.make_limits(client, clock, MUCH, SPEED)
    publisher = by_keys.make_publisher(client, clock, Redaction().clean)
    server.api.limits["POST /2/tweets"] = 1
    due = row(clock.now(), state=PostState.DUE)
    publisher.publish(due)
    held = limits(replace(due, expires_at=clock.now() + timedelta(days=2)), [], clock.now())
    assert held is not None
    assert held.not_before is not None
    assert held.not_before - clock.now() > timedelta(minutes=14) * SPEED


def test_what_x_repeats_of_the_keys_is_taken_out(server: XServer, client: XClient) -> None:
    redaction = Redaction()
    redaction.learn(server.keys.access_token)
    body = f'{{"detail": "no: {server.keys.access_token}"}}'.encode()
    server.fail("POST /2/tweets", x_faults.Fault("echo", 403, body))
    publisher = by_keys.make_publisher(client, SystemClock(), redaction.clean)
    with pytest.raises(PublishError) as caught:
        publisher.publish(row(datetime.now(UTC)))
    assert "[hidden]" in caught.value.detail
    assert server.keys.access_token not in f"{caught.value.detail} {caught.value!r}"


def test_keys_that_only_read_are_kept_only_when_nobody_wants_to_publish(server: XServer) -> None:
    keys = server.new_keys(access="read")
    told: list[str] = []
    vault = MemoryVault()
    with pytest.raises(PublishByHand) as caught:
        by_keys.make_accounts(
            told.append, SystemClock().now, server.url, vault, to_publish=True
        ).connect(keys)
    assert caught.value.reason is Reason.READ_ONLY
    assert vault.read("access_token") is None
    connection = by_keys.make_accounts(told.append, SystemClock().now, server.url, vault).connect(
        keys
    )
    assert not connection.account.may_write
    assert set(keys.secrets()) <= set(told)
