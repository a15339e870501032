"""Which way an action goes, why, and what it costs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.network_rules import Action
from tchat_desktop.domain.routes import (
    RouteChoice,
    SendingConditions,
    Usual,
    Why,
    action_of,
    charged_as,
    chat_price,
    price_cents,
    route_for,
    summons,
)
from tests.fakes.network import NETWORK

KEYS = SendingConditions(Route.KEYS)
LINKED = "Lisez https://example.org/rapport"


def test_a_link_makes_a_post_dearer() -> None:
    assert action_of("bonjour", NETWORK) is Action.POST
    assert action_of(LINKED, NETWORK) is Action.POST_WITH_LINK
    assert price_cents("bonjour", Action.POST, NETWORK) == 2
    assert price_cents(LINKED, Action.POST, NETWORK) == 30
    assert price_cents(LINKED, Action.REPLY, NETWORK) == 30
    assert price_cents(LINKED, Action.REPOST, NETWORK) == 3
    with pytest.raises(KeyError):
        price_cents("", Action.LIKE, NETWORK)


def test_the_bill_names_a_link_whatever_it_stands_in() -> None:
    assert charged_as(LINKED, Action.OWN_REPLY, NETWORK) is Action.POST_WITH_LINK
    assert charged_as("bonjour", Action.REPLY, NETWORK) is Action.REPLY
    assert charged_as(LINKED, Action.REPOST, NETWORK) is Action.REPOST


def test_a_mention_of_the_account_summons_it() -> None:
    assert summons("R1 @VoixFilles_ex : à l’école", "voixfilles_ex", NETWORK)
    assert not summons("R1 @voixfilles_exemple", "voixfilles_ex", NETWORK)
    assert not summons("voixfilles_ex sans arobase", "voixfilles_ex", NETWORK)
    assert not summons("bonsoir", "", NETWORK)


def test_a_quote_of_the_account_summons_it_too() -> None:
    quoted = "Bien dit https://x.com/VoixFilles_ex/status/1234567890123456789"
    assert summons(quoted, "voixfilles_ex", NETWORK)
    assert not summons(quoted, "autre_ex", NETWORK)
    assert not summons("Voir https://x.com/voixfilles_ex", "voixfilles_ex", NETWORK)
    assert not summons("https://x.com/i/status/1234567890123456789", "", NETWORK)


def test_without_keys_everything_goes_by_the_page_for_free() -> None:
    for route in (None, Route.ASSISTED):
        for action in Action:
            choice = route_for(action, SendingConditions(route), NETWORK, LINKED)
            assert choice == RouteChoice(Route.ASSISTED, Why.CHOSEN, 0.0)


def test_a_rehearsal_never_leaves() -> None:
    for action in Action:
        choice = route_for(action, SendingConditions(Route.REHEARSAL), NETWORK, summoned=True)
        assert choice == RouteChoice(Route.REHEARSAL, Why.REHEARSAL, 0.0)


def test_with_keys_what_x_accepts_goes_by_keys() -> None:
    for action in NETWORK.priced - {Action.REPLY}:
        choice = route_for(action, KEYS, NETWORK)
        assert choice == RouteChoice(Route.KEYS, Why.CHOSEN, NETWORK.platform.cents[action])


def test_replies_by_keys_only_when_summoned() -> None:
    assert route_for(Action.REPLY, KEYS, NETWORK) == RouteChoice(Route.ASSISTED, Why.NOT_SUMMONED)
    assert route_for(Action.REPLY, KEYS, NETWORK, summoned=True).route is Route.KEYS


def test_a_network_may_let_keys_answer_anybody() -> None:
    open_to_all = replace(NETWORK, only_summoned_by_keys=False)
    assert route_for(Action.REPLY, KEYS, open_to_all).route is Route.KEYS


def test_answers_to_oneself_need_no_summons() -> None:
    assert route_for(Action.OWN_REPLY, KEYS, NETWORK).route is Route.KEYS


@pytest.mark.parametrize("action", sorted(NETWORK.never_by_keys))
def test_likes_follows_and_quotes_never_go_by_keys(action: Action) -> None:
    assert route_for(action, KEYS, NETWORK, summoned=True) == RouteChoice(
        Route.ASSISTED, Why.NEVER_BY_KEYS
    )


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"keys_work": False}, Why.NO_KEYS),
        ({"account_may": False}, Why.ACCOUNT_REFUSED),
        ({"may_write": False}, Why.READ_ONLY),
        ({"has_credit": False}, Why.NO_CREDIT),
        ({"spent_cents": 499.0}, Why.OVER_LIMIT),
    ],
)
def test_the_page_takes_over(change: dict[str, object], why: Why) -> None:
    account = replace(KEYS, **change)
    assert route_for(Action.POST, account, NETWORK) == RouteChoice(Route.ASSISTED, why)


def test_the_ceiling_may_be_reached_but_not_passed() -> None:
    account = replace(KEYS, spent_cents=470.0)
    assert route_for(Action.POST, account, NETWORK, LINKED).route is Route.KEYS
    account = replace(KEYS, spent_cents=470.1)
    assert route_for(Action.POST, account, NETWORK, LINKED).why is Why.OVER_LIMIT
    assert route_for(Action.POST, account, NETWORK, "bonjour").route is Route.KEYS


def test_keys_that_only_read_may_read() -> None:
    account = replace(KEYS, may_write=False)
    assert route_for(Action.READ_POST, account, NETWORK).route is Route.KEYS


def test_an_hour_costs_its_posts_and_what_is_usual_besides() -> None:
    price = chat_price(["bonjour"] * 14 + [LINKED] * 2, NETWORK, Usual())
    assert (price.posts, price.with_links) == (16, 2)
    assert price.cents_posts == 14 * 2 + 2 * 30
    assert price.total_cents == price.cents_posts + 10 * 3 + 10 * 1 + 330 * 0.5 + 50 * 1.5
