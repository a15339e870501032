"""Addresses of pre-filled pages: what fits in a post need not fit there."""

from __future__ import annotations

import re

import pytest

from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.network_rules import PageTooLong
from tchat_desktop.domain.x.links import LONGEST_PAGE, page_left, post_page, reply_page
from tchat_desktop.domain.x.rules import X_RULES
from tests.rooms import PACKAGE, modules

FAMILY = "👨\u200d👩\u200d👧\u200d👦"


@pytest.mark.parametrize(
    ("text", "no_page"),
    [
        ("Où agir ? #UnionsPrécoces", False),
        ("é" * 280, False),
        ("ب" * 280, False),
        ("語" * 140, False),
        ("কি" * 133, True),
        (FAMILY * 40, True),
        ("a" * 3000, False),
    ],
    ids=["usual", "accents", "arabic", "chinese", "bengali", "families", "too long for x as well"],
)
def test_what_x_takes_and_its_page_cannot_hold(text: str, no_page: bool) -> None:
    assert X_RULES.fits_post_but_no_page(text) is no_page
    assert (X_RULES.remaining(text) >= 0 and page_left(text) < 0) is no_page


def test_what_is_left_is_what_still_fits() -> None:
    left = page_left("Où agir ?")
    whole = post_page("Où agir ?" + "a" * left)
    assert len(whole) == LONGEST_PAGE
    with pytest.raises(PageTooLong):
        post_page("Où agir ?" + "a" * (left + 1))


def test_a_reply_has_the_id_of_a_post_in_its_address() -> None:
    assert page_left("Merci", reply=True) < page_left("Merci")
    most = reply_page("Merci", "1" * 20)
    assert LONGEST_PAGE - len(most) == page_left("Merci", reply=True)


def test_addresses_of_x_are_built_in_one_place() -> None:
    address = re.compile(r"https?://(?:[a-z]+\.)*(?:x|twitter)\.com\b")
    with_one = {
        path.relative_to(PACKAGE).as_posix()
        for path in modules()
        if address.search(path.read_text("utf-8"))
    }
    assert with_one == {"domain/x/links.py"}


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("Merci à vous https://x.com/awa/status/123", "Merci à vous"),
        ("Merci à vous (https://x.com/i/status/123?s=20)", "Merci à vous"),
        ("https://x.com/awa/status/123", ""),
        ("Lisez https://exemple.org/a", "Lisez https://exemple.org/a"),
        ("", ""),
    ],
)
def test_the_words_beside_the_link_of_a_post_are_kept(pasted: str, words: str) -> None:
    assert X_RULES.links.beside(pasted) == words


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("exemple.org/venir", "https://exemple.org/venir"),
        (" www.exemple.org ", "https://www.exemple.org"),
        ("http://exemple.org", "http://exemple.org"),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("awa@exemple.org", ""),
        ("bientôt", ""),
        ("", ""),
    ],
)
def test_only_addresses_of_the_web_go_into_a_code_or_a_page(typed: str, address: str) -> None:
    assert web_address(typed) == address
