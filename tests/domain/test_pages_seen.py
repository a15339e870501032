"""Where posts may be missing between the pages of a tag that were seen."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.pages_seen import PagesSeen, Stretch, holes, stretch_of
from tests.domain.chats import NOW
from tests.fakes.network import NETWORK

CHAT = Chat(id="chat", hashtag="UnionsPrécoces", starts_at=NOW)

minutes = st.integers(-60, 60)
stretches = st.lists(st.tuples(minutes, minutes).map(sorted), max_size=8)


def at(since: int, until: int) -> Stretch:
    return Stretch(NOW + timedelta(minutes=since), NOW + timedelta(minutes=until))


def post(minute: int, text: str = "R1 oui #unionsprécoces") -> Post:
    when = NOW + timedelta(minutes=minute)
    return Post(f"{minute + 1000}", "awa", "Awa", text, when, "https://x.com", by_hand=True)


def page(since: int, until: int) -> list[Post]:
    return [post(one) for one in range(since, until + 1)]


def test_two_pages_without_a_common_instant_leave_a_hole() -> None:
    assert holes([at(3, 10), at(13, 20)], NOW) == (at(10, 13),)
    assert holes([at(3, 10), at(10, 20)], NOW) == ()
    assert holes([at(3, 10), at(13, 20), at(9, 14)], NOW) == ()
    assert holes([at(3, 10), at(16, 20), at(12, 17)], NOW) == (at(10, 12),)


def test_what_was_written_before_the_chat_is_not_missing() -> None:
    assert holes([at(-50, -40), at(4, 8)], NOW) == (at(0, 4),)
    assert holes([at(-50, -40), at(-30, 8)], NOW) == ()
    assert holes([at(-50, -40), at(-30, 8)], None) == (at(-40, -30),)


@given(stretches, st.randoms())
def test_the_order_of_the_pages_does_not_matter(found: list[list[int]], order: object) -> None:
    seen = [at(*one) for one in found]
    mixed = list(seen)
    order.shuffle(mixed)  # type: ignore[attr-defined]
    assert holes(mixed, NOW) == holes(seen, NOW)


@given(stretches)
def test_a_hole_is_in_no_page_and_a_page_over_it_closes_it(found: list[list[int]]) -> None:
    seen = [at(*one) for one in found]
    for hole in holes(seen, NOW):
        assert NOW <= hole.since < hole.until
        assert not any(one.since < hole.until and hole.since < one.until for one in seen)
        assert hole not in holes([*seen, hole], NOW)


def test_a_page_of_the_tag_is_told_by_its_posts() -> None:
    assert stretch_of(page(3, 7), CHAT, NETWORK) == at(3, 7)
    advertised = post(-500, "Achetez !")
    assert stretch_of([advertised, *page(3, 7)], CHAT, NETWORK) == at(3, 7)
    assert stretch_of(page(3, 4), CHAT, NETWORK) is None, "two posts are a choice"
    by_links = [post(one, "") for one in range(9)]
    assert stretch_of(by_links, CHAT, NETWORK) is None
    profile = [post(one, "Autre chose") for one in range(9)]
    assert stretch_of([*profile, *page(1, 3)], CHAT, NETWORK) is None
    assert stretch_of(page(3, 7), Chat(id="chat"), NETWORK) is None


def test_the_first_page_comes_after_what_was_there() -> None:
    pages = PagesSeen()
    pages.add(at(10, 20), lambda: page(1, 5))
    assert pages.missing(NOW) == (at(5, 10),)
    pages.add(at(4, 12), list)
    assert pages.missing(NOW) == ()
    first = PagesSeen()
    first.add(at(10, 20), list)
    assert first.missing(NOW) == (), "nobody knows whether anything was written before"


def test_a_page_taken_back_was_not_seen() -> None:
    pages = PagesSeen()
    pages.add(at(1, 5), list)
    pages.add(at(10, 20), list)
    pages.add(at(4, 12), list)
    pages.take_back(page(5, 9))
    assert pages.missing(NOW) == (at(5, 10),)
    pages.take_back(page(11, 20))
    pages.take_back(())
    assert pages.missing(NOW) == ()
