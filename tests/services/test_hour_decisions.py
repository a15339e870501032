"""What is decided for a whole hour: what it changes in the rows, and what a restart keeps of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.outgoing import WAITING, PostState, Reason
from tchat_desktop.services.hour_decisions import HourDecisions
from tests.fakes.clock import START
from tests.fakes.memory_store import MemoryOutbox
from tests.fakes.outgoing import planned


def decided(route: Route = Route.KEYS, store: MemoryOutbox | None = None) -> HourDecisions:
    return HourDecisions(store or MemoryOutbox(), "chat", Occasion.LIVE, route)


@pytest.mark.parametrize(
    ("route", "by_pages"), [(Route.KEYS, False), (Route.ASSISTED, True), (Route.REHEARSAL, False)]
)
def test_an_hour_goes_by_the_way_it_was_planned_for(route: Route, by_pages: bool) -> None:
    hour = decided(route)
    assert (hour.without_keys, hour.by_pages) == (False, by_pages)
    hour.take_up()
    assert (hour.without_keys, hour.by_pages) == (False, by_pages)


@pytest.mark.parametrize("route", [Route.ASSISTED, Route.REHEARSAL])
def test_only_an_hour_with_keys_can_be_without_them(route: Route) -> None:
    hour = decided(route)
    hour.leave_keys(True)
    assert not hour.without_keys


@pytest.mark.parametrize("keep", [True, False])
def test_leaving_the_keys_lasts_over_a_restart_only_if_somebody_decided_it(keep: bool) -> None:
    store = MemoryOutbox()
    hour = decided(store=store)
    hour.leave_keys(keep)
    assert (hour.without_keys, hour.by_pages) == (True, True)
    again = decided(store=store)
    again.take_up()
    assert again.without_keys is keep
    # The same hour, tried again after it could not begin.
    hour.take_up()
    assert hour.without_keys is keep


@pytest.mark.parametrize("keep", [True, False])
def test_taking_the_keys_again_lasts_over_a_restart(keep: bool) -> None:
    store = MemoryOutbox()
    hour = decided(store=store)
    hour.leave_keys(keep)
    hour.take_keys()
    assert (hour.without_keys, hour.by_pages) == (False, False)
    again = decided(store=store)
    again.take_up()
    assert not again.without_keys


def test_a_hold_and_the_way_do_not_undo_each_other() -> None:
    hour = decided()
    hour.hold(True)
    hour.leave_keys(True)
    assert (hour.paused, hour.without_keys) == (True, True)
    hour.take_keys()
    assert (hour.paused, hour.without_keys) == (True, False)
    hour.leave_keys(True)
    hour.hold(False)
    assert (hour.paused, hour.without_keys) == (False, True)


@pytest.mark.parametrize("state", list(PostState))
def test_without_keys_only_what_waits_opens_as_a_page(state: PostState) -> None:
    hour = decided()
    row = planned("q1", state=state)
    assert hour.as_it_goes(row, START, False) == row
    hour.leave_keys(True)
    expected = Route.ASSISTED if state in WAITING else Route.KEYS
    assert hour.as_it_goes(row, START, False) == replace(row, route=expected)
    rehearsed = replace(row, route=Route.REHEARSAL)
    assert hour.as_it_goes(rehearsed, START, False) == rehearsed


def test_a_page_does_not_wait_for_what_x_asked_of_the_keys() -> None:
    wait = {"reason": Reason.RATE_LIMIT, "not_before": START + timedelta(minutes=9)}
    row, hour = planned("q1", **wait), decided()
    assert hour.as_it_goes(row, START, False) == row
    hour.leave_keys(True)
    assert hour.as_it_goes(row, START, False) == planned("q1", route=Route.ASSISTED)
