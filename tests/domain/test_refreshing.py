"""What became of the highlights on X: there, changed, gone, or not known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.refreshing import (
    UNLIKELY,
    Fate,
    refreshed,
    says_the_same,
    to_refresh,
    was_edited,
)
from tests.domain.chats import START
from tests.fakes.network import NETWORK


def post(number: int, text: str = "R1 La loi existe.", **marks: bool) -> FeedPost:
    url = f"https://x.com/awa_ex/status/{1000 + number}"
    return FeedPost(Post(str(1000 + number), "awa_ex", "Awa", text, START, url), **marks)


def fates(told: dict[str, Post | None], *asked: FeedPost, doubtful: bool = False) -> list[Fate]:
    return [one.fate for one in refreshed(asked, told, NETWORK, doubtful=doubtful)]


def test_only_highlights_with_a_link_are_looked_at() -> None:
    wanted = post(1, starred=True)
    others = (post(2), post(3, starred=True, hidden=True))
    linkless = FeedPost(replace(post(4).post, url=""), starred=True)
    assert to_refresh((wanted, *others, linkless), NETWORK) == (wanted,)


def test_each_post_has_its_fate() -> None:
    there, edited, gone, unknown = map(post, range(4))
    now = replace(edited.post, text="R1 Elle existe depuis 1998.")
    told = {there.post.id: there.post, edited.post.id: now, gone.post.id: None}
    found = refreshed((there, edited, gone, unknown), told, NETWORK)
    assert [one.fate for one in found] == [Fate.THERE, Fate.EDITED, Fate.GONE, Fate.UNKNOWN]
    assert [one.after for one in found] == [None, now, None, None]


def test_a_later_version_brings_its_link_and_every_letter_of_its_text() -> None:
    before = post(1, "Les filles mariees")
    seen = replace(before.post, text="Les filles mariées", url="https://x.com/awa_ex/status/2001")
    (found,) = refreshed((before,), {before.post.id: seen}, NETWORK)
    assert (found.fate, found.after) == (Fate.EDITED, seen)
    assert found.after is not None
    assert was_edited(found.after, NETWORK)
    assert not was_edited(before.post, NETWORK)


def test_an_author_who_took_another_name_stays_as_collected() -> None:
    before = post(1)
    seen = replace(before.post, author="awa_neuve", author_name="Awa N.", text="R1 Autre chose")
    (found,) = refreshed((before,), {before.post.id: seen}, NETWORK)
    assert found.after is not None
    assert (found.after.author, found.after.author_name) == ("awa_ex", "Awa")


@pytest.mark.parametrize(
    ("before", "seen"),
    [
        ("R1 Voir https://example.org/loi #Tag", "R1 Voir https://t.co/abc #Tag"),
        ("R1 Chez nous\nils savent", "R1 Chez nous ils savent"),
        ("@voixdesfilles R1 Oui", "R1 Oui"),
        ("R1 Une photo", "R1 Une photo pic.twitter.com/abc"),
        ("R1 Un texte bien plus long que le reste", "R1 Un texte bien…"),
    ],
)
def test_what_pages_write_otherwise_is_no_change(before: str, seen: str) -> None:
    assert says_the_same(before, seen, NETWORK)


@pytest.mark.parametrize("seen", ["R1 Non", "", "…", "R1 Oui et non"])
def test_other_words_are_a_change(seen: str) -> None:
    assert not says_the_same("R1 Oui", seen, NETWORK)


def test_without_keys_it_is_not_believed_that_all_are_gone() -> None:
    asked = tuple(map(post, range(UNLIKELY)))
    told: dict[str, Post | None] = {one.post.id: None for one in asked}
    assert fates(told, *asked, doubtful=True) == [Fate.UNKNOWN] * UNLIKELY
    assert fates(told, *asked) == [Fate.GONE] * UNLIKELY
    fewer = asked[: UNLIKELY - 1]
    assert fates(told, *fewer, doubtful=True) == [Fate.GONE] * len(fewer)
