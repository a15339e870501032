"""What is found on a page beside what is there: new, known, more complete, one's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.conversation import Post, has_display_name, is_by_hand
from tchat_desktop.domain.found_posts import SortedPosts, completed, sort_posts
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.x.post_ids import made_up_id
from tests.domain.chats import START, a_chat
from tests.fakes.network import NETWORK
from tests.fakes.outgoing import planned

CHAT = a_chat()
NOW = START + timedelta(minutes=30)


def post(number: int = 1, text: str = "R1 oui #UnionsPrécoces", **changes: object) -> Post:
    post_id = made_up_id(START + timedelta(minutes=number), number)
    made = Post(
        post_id, "awa_ex", "Awa", text, START + timedelta(minutes=number),
        f"https://x.com/awa_ex/status/{post_id}", by_hand=True,
    )  # fmt: skip
    return replace(made, **changes)  # type: ignore[arg-type]


def sort(
    found: list[Post], there: tuple[Post, ...] = (), rows: tuple[OutboxPost, ...] = ()
) -> SortedPosts:
    return sort_posts(found, there, rows, CHAT, NOW, NETWORK)


def test_each_post_is_counted_where_it_belongs() -> None:
    there = (post(1), post(2, ""))
    found = [
        post(1),
        post(2, "R2 non #unionsprecoces"),
        post(3, "R3 rien"),
        post(4, "R4 #UNIONSPRÉCOCES"),
        post(5, ""),
        post(6, author="FillesDebout", author_name="Filles Debout"),
        post(7, created_at=NOW + timedelta(days=400)),
    ]
    made = sort(found, there)
    assert [one.text for one in made.new] == ["R3 rien", "R4 #UNIONSPRÉCOCES", ""]
    assert made.completed == ((there[1], found[1]),)
    assert (made.known, made.own, made.impossible) == (1, 1, 1)
    assert (made.untagged, made.untold) == (1, 1)


def test_a_post_of_the_outbox_is_the_organisers_own() -> None:
    out = replace(planned("q1"), remote_id=post().id)
    assert sort([post()], rows=(out,)).own == 1


def test_a_post_that_was_edited_on_x_is_known_by_both_its_ids() -> None:
    later = post(2)
    edited = replace(post(1), url=later.url)
    assert sort([post(1), later], (edited,)).known == 2


def test_on_one_page_the_fuller_text_counts() -> None:
    made = sort([post(1, ""), post(1), post(1, "")])
    assert made.new == (post(1),)


@pytest.mark.parametrize(
    ("before", "seen", "text"),
    [
        ("", "R1 oui", "R1 oui"),
        ("R1 oui, mais…", "R1 oui, mais non", "R1 oui, mais non"),
        ("R1 oui, mais", "R1 oui, mais non", "R1 oui, mais non"),
        ("R1 oui", "", "R1 oui"),
        ("R1 oui, corrigé", "R1 oui", "R1 oui, corrigé"),
        ("Tout autre chose", "R1 oui, et plus long encore", "Tout autre chose"),
    ],
)
def test_a_text_is_completed_and_never_replaced(before: str, seen: str, text: str) -> None:
    assert completed(post(text=before), post(text=seen)).text == text


def test_what_is_known_by_its_link_gets_its_author() -> None:
    bare = post(text="", author="", author_name="@")
    assert completed(bare, post()) == post()
    named = post(author_name="@awa_ex")
    assert completed(named, post()).author_name == "Awa"
    assert completed(post(), named).author_name == "Awa"


def test_what_came_with_keys_stays_as_it_came() -> None:
    read = post(text="R1 o", by_hand=False)
    assert completed(read, post()) == read


def test_a_pasted_post_has_a_name_and_came_by_hand() -> None:
    assert is_by_hand(post())
    assert has_display_name(post())
    assert is_by_hand(post(by_hand=False, author_name="@awa_ex"))


_POSTS = st.lists(
    st.builds(post, st.integers(1, 5), st.sampled_from(["", "R1", "R1 oui", "R1 oui, toujours"])),
    max_size=12,
)


@given(_POSTS, _POSTS)
def test_pasting_twice_changes_nothing_more(first: list[Post], second: list[Post]) -> None:
    there: dict[str, Post] = {}
    for found in (first, second):
        made = sort(found, tuple(there.values()))
        there |= {one.id: one for one in (*made.new, *(after for _b, after in made.completed))}
    again = sort([*first, *second], tuple(there.values()))
    assert not again.changes_something
    assert again.known == len(there)
