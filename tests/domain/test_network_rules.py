"""What any network imposes, at its limits: a post and its page, and the words of a refusal."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.network_rules import Action, EntityKind
from tchat_desktop.domain.outgoing import Reason
from tests.fakes.network import NETWORK

FAMILIES = "👨\u200d👩\u200d👧\u200d👦" * 26
"""It takes much room in the address of a page and little in the post: 66 "a" fill the page."""


@pytest.mark.parametrize(
    ("more", "reply", "no_page"),
    [
        (66, False, False),
        (67, False, True),
        (33, True, False),
        (34, True, True),
        # The post is full, then too long for the network as well.
        (228, False, True),
        (229, False, False),
    ],
)
def test_a_text_that_fills_its_page_to_the_last_character_fits(
    more: int, reply: bool, no_page: bool
) -> None:
    assert NETWORK.fits_post_but_no_page(FAMILIES + "a" * more, reply=reply) is no_page


@pytest.mark.parametrize(("length", "left"), [(0, 280), (279, 1), (280, 0), (281, -1)])
def test_what_is_left_of_a_post(length: int, left: int) -> None:
    assert NETWORK.remaining("a" * length) == left


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("Refused: CODE 64.", Reason.SUSPENDED),
        ("code 641", Reason.NONE),
        ("code 641, then code 64", Reason.SUSPENDED),
        ("too long", Reason.TOO_LONG),
        ("too long (code 64)", Reason.SUSPENDED),
        ("", Reason.NONE),
    ],
)
def test_a_refusal_is_known_by_its_whole_code_and_the_first_one_listed_counts(
    answer: str, reason: Reason
) -> None:
    rules = replace(NETWORK, refusals={"code 64": Reason.SUSPENDED, "too long": Reason.TOO_LONG})
    assert rules.reason_in(answer) is reason


def test_each_kind_of_link_is_found_by_itself() -> None:
    text = "Avec @awa_ex : https://example.org #Filles"
    assert NETWORK.mentions(text) == ["awa_ex"]
    assert NETWORK.urls(text) == ["https://example.org"]
    assert NETWORK.hashtags(text) == ["Filles"]
    assert {one.kind for one in NETWORK.entities(text)} == set(EntityKind)


def test_every_action_has_a_price_or_is_never_done_by_keys() -> None:
    assert NETWORK.priced == set(NETWORK.platform.cents)
    assert NETWORK.priced | NETWORK.never_by_keys == set(Action)
