"""What each answer of X means for a post."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.adapters.x.errors import (
    FIRST_PAUSE,
    NETWORK_PAUSE,
    WINDOW,
    NoAnswer,
    Refusal,
    judge,
)
from tchat_desktop.domain.outgoing import Reason
from tchat_desktop.services.ports import (
    PublishByHand,
    PublishError,
    PublishLater,
    PublishRefused,
    PublishUnknown,
)
from tests.fakes import x_faults
from tests.fakes.clock import START
from tests.fakes.x_faults import Fault

SERVER_TIME = 1_800_000_000.0


def judged(
    status: int, body: bytes = b"", creates: bool = True, repeats: int = 0, **headers: str
) -> PublishError:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return judge(
        Refusal(status, named, body),
        creates=creates,
        later=lambda seconds: START + timedelta(seconds=seconds),
        server_time=SERVER_TIME,
        repeats=repeats,
    )


def waits(error: PublishError) -> float:
    assert isinstance(error, PublishLater)
    return (error.until - START).total_seconds()


@pytest.mark.parametrize(
    ("fault", "kind", "reason"),
    [
        (x_faults.UNAUTHORIZED, PublishByHand, Reason.KEYS_REFUSED),
        (x_faults.NO_CREDIT, PublishByHand, Reason.NO_CREDIT),
        (x_faults.DUPLICATE, PublishRefused, Reason.DUPLICATE),
        (x_faults.NOT_SUMMONED, PublishByHand, Reason.NOT_SUMMONED),
        (x_faults.NOT_SUMMONED_EITHER, PublishByHand, Reason.NOT_SUMMONED),
        (x_faults.READ_ONLY, PublishByHand, Reason.READ_ONLY),
        (x_faults.NOT_ENROLLED, PublishByHand, Reason.NOT_ENROLLED),
        (x_faults.LEGACY_453, PublishByHand, Reason.NOT_ENROLLED),
        (x_faults.FORBIDDEN, PublishByHand, Reason.NOT_PERMITTED),
        (x_faults.ACCOUNT_LOCKED, PublishByHand, Reason.ACCOUNT_LOCKED),
        (x_faults.LOOKS_AUTOMATED, PublishByHand, Reason.LOOKS_AUTOMATED),
        (x_faults.DAILY_LIMIT, PublishByHand, Reason.DAILY_LIMIT),
        (x_faults.SUSPENDED, PublishByHand, Reason.SUSPENDED),
        (x_faults.APP_BARRED, PublishByHand, Reason.APP_BARRED),
        (x_faults.A_LIST, PublishRefused, Reason.REFUSED),
        (x_faults.RATE_LIMIT, PublishLater, Reason.RATE_LIMIT),
        (x_faults.RATE_LIMIT_DAY, PublishByHand, Reason.CAPPED),
        (x_faults.USAGE_CAPPED, PublishByHand, Reason.CAPPED),
        (x_faults.SERVER_ERROR, PublishUnknown, Reason.ANSWER_LOST),
        (x_faults.BAD_GATEWAY, PublishUnknown, Reason.ANSWER_LOST),
        (x_faults.UNAVAILABLE, PublishUnknown, Reason.ANSWER_LOST),
        (x_faults.CAPTIVE_PORTAL, PublishUnknown, Reason.ANSWER_LOST),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else None,
)
def test_each_body_of_a_post(fault: Fault, kind: type[PublishError], reason: Reason) -> None:
    error = judged(fault.status, fault.body, **dict(fault.headers))
    assert type(error) is kind
    assert error.reason is reason


@pytest.mark.parametrize(
    "fault", [x_faults.SERVER_ERROR, x_faults.BAD_GATEWAY, x_faults.CAPTIVE_PORTAL]
)
def test_a_lost_answer_to_a_question_can_be_asked_again(fault: Fault) -> None:
    error = judged(fault.status, fault.body, creates=False)
    assert error.reason is Reason.NETWORK
    assert waits(error) == NETWORK_PAUSE


@pytest.mark.parametrize(
    ("left", "creates", "kind"),
    [
        (True, True, PublishUnknown),
        (False, True, PublishLater),
        (True, False, PublishLater),
        (False, False, PublishLater),
    ],
)
def test_only_a_post_that_left_is_of_unknown_outcome(
    left: bool, creates: bool, kind: type[PublishError]
) -> None:
    error = judge(
        NoAnswer("ReadTimeout", left=left),
        creates=creates,
        later=lambda _seconds: START,
        server_time=SERVER_TIME,
    )
    assert type(error) is kind


def test_too_fast_waits_until_x_says() -> None:
    assert waits(judged(429, x_rate_limit_reset=str(int(SERVER_TIME) + 120))) == 121


@pytest.mark.parametrize(
    ("reset", "seconds"),
    [
        (str(int(SERVER_TIME) - 4000), 1),
        (str(int(SERVER_TIME) + 90_000), WINDOW),
        ("9" * 40, WINDOW),
        ("soon", FIRST_PAUSE),
        ("nan", FIRST_PAUSE),
        ("", FIRST_PAUSE),
    ],
)
def test_a_strange_reset_does_not_hold_posts_back_for_ever(reset: str, seconds: float) -> None:
    assert waits(judged(429, x_rate_limit_reset=reset)) == seconds


def test_a_reset_that_has_passed_is_believed_once() -> None:
    passed = str(int(SERVER_TIME) - 5)
    waited = [waits(judged(429, repeats=n, x_rate_limit_reset=passed)) for n in range(4)]
    assert waited == [1, 120, 240, 480]
    coming = str(int(SERVER_TIME) + 30)
    assert waits(judged(429, repeats=3, x_rate_limit_reset=coming)) == 31


def test_a_server_that_waited_too_long_for_a_post_says_nothing_of_it() -> None:
    assert type(judged(408, b"Request Timeout")) is PublishUnknown
    assert judged(408, creates=False).reason is Reason.NETWORK


def test_too_fast_without_a_time_waits_longer_each_time() -> None:
    waited = [waits(judged(429, b"Too Many Requests", repeats=n)) for n in range(6)]
    assert waited == [60, 120, 240, 480, 900, 900]


def test_running_out_of_money_is_told_from_a_monthly_cap() -> None:
    spent = b'{"title":"SpendCapReached","detail":"reached its billing cycle spend cap","type":"https://api.x.com/2/problems/credits"}'
    assert judged(402, spent).reason is Reason.CAPPED
    assert judged(402, b"").reason is Reason.NO_CREDIT


def test_reading_that_is_not_permitted_says_nothing_of_publishing() -> None:
    fault = x_faults.FORBIDDEN
    assert judged(fault.status, fault.body, creates=False).reason is Reason.REFUSED
    suspended = x_faults.SUSPENDED
    assert judged(suspended.status, suspended.body, creates=False).reason is Reason.SUSPENDED


def test_a_code_is_not_the_beginning_of_another() -> None:
    assert judged(403, b'{"errors":[{"code":641,"message":"no"}]}').reason is Reason.REFUSED


def test_what_x_repeats_of_the_post_is_not_taken_for_its_own_words() -> None:
    body = (
        b'{"errors":[{"parameters":{"text":["duplicate content usage-capped"]},"message":"bad"}],'
        b'"title":"Invalid Request","detail":"One or more parameters was invalid."}'
    )
    error = judged(400, body)
    assert error.reason is Reason.REFUSED
    assert "usage-capped" not in error.detail


@pytest.mark.parametrize("before", [0, 200, 270, 290, 400])
def test_a_key_that_x_repeats_is_never_cut_in_half(before: int) -> None:
    key = "CanaryAccessToken0000000000000000000000003"
    body = ("n’est pas " * 60)[:before] + f" {key} inconnu"
    error = judged(403, body.encode())
    for kept in (error.detail, error.said):
        assert len(kept) <= 300
        assert "Canary" not in kept.replace(key, "")


def test_x_own_words_are_told_without_the_code_and_without_mere_addresses() -> None:
    body = (
        b'{"title":"Forbidden","type":"about:blank","detail":"Not now, please.",'
        b'"errors":[{"code":326,"message":"Log in to https://x.com to unlock."}]}'
    )
    error = judged(403, body)
    assert error.said == "Forbidden \u00b7 Not now, please. \u00b7 code 326 \u00b7 " + (
        "Log in to https://x.com to unlock."
    )
    assert error.detail.startswith("403 Forbidden, about:blank, Not now, please.")
    again = error.refused_for(Reason.TOO_LONG)
    assert (again.reason, again.detail, again.said) == (Reason.TOO_LONG, error.detail, error.said)
    # What we say of a refusal ourselves is not X's.
    assert PublishRefused(Reason.REFUSED, "not the id of a post").said == ""


def test_a_page_is_no_reason_and_not_shown() -> None:
    error = judged(403, b"\n <html>secret</html>")
    assert type(error) is PublishUnknown
    assert (error.detail, error.said) == ("403", "")


@given(
    status=st.integers(100, 599),
    body=st.one_of(
        st.binary(max_size=60),
        st.sampled_from(
            [
                b"[]",
                b"null",
                b"7",
                b'{"errors":null}',
                b'{"errors":{"code":1}}',
                b'{"title":7,"detail":["x"]}',
                b"[" * 90_000,
            ]
        ),
    ),
    reset=st.none() | st.text(max_size=8),
    creates=st.booleans(),
)
def test_whatever_comes_one_of_the_four_kinds_is_raised(
    status: int, body: bytes, reset: str | None, creates: bool
) -> None:
    headers = {} if reset is None else {"x_rate_limit_reset": reset}
    error = judged(status, body, creates=creates, **headers)
    assert type(error) in (PublishRefused, PublishLater, PublishUnknown, PublishByHand)
    assert not (type(error) is PublishUnknown and not creates)
    assert len(error.detail) <= 300


def test_the_day_limit_does_not_hide_an_ordinary_wait() -> None:
    fault = replace(x_faults.RATE_LIMIT_DAY, headers={"x-user-limit-24hour-remaining": "7"})
    assert isinstance(judged(429, fault.body, **dict(fault.headers)), PublishLater)


def test_instants_are_on_the_clock_of_the_chat() -> None:
    error = judge(
        NoAnswer("x", left=False),
        creates=True,
        later=lambda seconds: START + timedelta(seconds=60 * seconds),
        server_time=SERVER_TIME,
    )
    assert isinstance(error, PublishLater)
    assert error.until == START + timedelta(minutes=NETWORK_PAUSE)
    assert isinstance(error.until, datetime)
