"""What the findings of the pre-flight mean."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.account_keys import AccountSeen
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.domain.preflight import (
    BATTERY_WANTED,
    CLOCK_TOLERATED,
    Finding,
    Power,
    PreflightCheck,
    Readiness,
    account_checks,
    clock_check,
    power_check,
    refusal_check,
    run_sheet_check,
)
from tests.domain.chats import a_chat
from tests.fakes.texts import load_texts

FR = load_texts("fr")
SECOND = timedelta(seconds=1)
ASSO = AccountSeen("42", "L’asso", "Asso")


@pytest.mark.parametrize(
    ("skew", "finding"),
    [
        (None, Finding.CLOCK_UNKNOWN),
        (timedelta(), Finding.ON_TIME),
        (CLOCK_TOLERATED, Finding.ON_TIME),
        (-CLOCK_TOLERATED, Finding.ON_TIME),
        (CLOCK_TOLERATED + SECOND, Finding.CLOCK_OFF),
        (-CLOCK_TOLERATED - SECOND, Finding.CLOCK_OFF),
    ],
)
def test_a_clock_may_be_half_a_minute_off(skew: timedelta | None, finding: Finding) -> None:
    check = clock_check(skew)
    assert check.finding is finding
    assert (check.value == skew) is (finding is Finding.CLOCK_OFF)


def test_keys_that_write_for_the_account_are_well() -> None:
    assert {check.verdict for check in account_checks(ASSO, "@asso")} == {Readiness.WELL}
    assert {check.verdict for check in account_checks(ASSO, "")} == {Readiness.WELL}


def test_keys_of_another_account_ask_for_a_look_and_reading_keys_stop() -> None:
    other, _rights, _credit = account_checks(ASSO, "autre")
    assert (other.finding, other.verdict) == (Finding.OTHER_ACCOUNT, Readiness.LOOK)
    _keys, rights, _credit = account_checks(replace(ASSO, may_write=False), "asso")
    assert (rights.finding, rights.verdict) == (Finding.READ_ONLY, Readiness.STOP)


@pytest.mark.parametrize("reason", list(Reason))
def test_no_refusal_is_taken_for_well(reason: Reason) -> None:
    assert refusal_check(reason).verdict is not Readiness.WELL


def test_no_credit_stops_and_a_lost_answer_is_only_not_known() -> None:
    assert refusal_check(Reason.NO_CREDIT) == PreflightCheck(Finding.NO_CREDIT)
    assert refusal_check(Reason.NO_CREDIT).verdict is Readiness.STOP
    assert refusal_check(Reason.NETWORK).verdict is Readiness.LOOK


@pytest.mark.parametrize(
    ("power", "finding", "verdict"),
    [
        (None, Finding.NO_BATTERY, Readiness.WELL),
        (Power(True, 3), Finding.PLUGGED_IN, Readiness.WELL),
        (Power(False, 100), Finding.ON_BATTERY, Readiness.LOOK),
        (Power(False, BATTERY_WANTED), Finding.ON_BATTERY, Readiness.LOOK),
        (Power(False, BATTERY_WANTED - 1), Finding.BATTERY_LOW, Readiness.STOP),
    ],
)
def test_half_a_battery_may_do_and_less_does_not(
    power: Power | None, finding: Finding, verdict: Readiness
) -> None:
    check = power_check(power)
    assert (check.finding, check.verdict) == (finding, verdict)
    if power is not None and not power.plugged_in:
        assert check.value == power.percent


def test_every_finding_has_a_verdict() -> None:
    assert {PreflightCheck(finding).verdict for finding in Finding} == set(Readiness)
    assert PreflightCheck(Finding.NOT_REACHED).verdict is Readiness.STOP


def test_two_posts_that_say_the_same_are_found() -> None:
    chat = a_chat()
    assert run_sheet_check(run_sheet.build_run_sheet(chat, FR)) == PreflightCheck(
        Finding.ALL_DIFFERENT
    )
    chat = run_sheet.with_item_text(chat, "welcome", "Bonsoir #UnionsPrécoces", FR)
    chat = run_sheet.with_item_text(chat, "closing", "bonsoir  #UnionsPrécoces", FR)
    sheet = run_sheet.build_run_sheet(chat, FR)
    assert run_sheet_check(sheet) == PreflightCheck(Finding.SAME_TWICE, sheet.item("closing"))
