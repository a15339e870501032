"""What the pages after the hour work on: the real hour first, a rehearsal for want of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tchat_desktop.domain.chat import Chat, Occasion, Route
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.services.material import MOST_FORMER, Material, former_editions, gather
from tchat_desktop.services.ports import SavedChat
from tests.fakes.memory_store import MemoryOutbox, MemoryPosts
from tests.fakes.network import NETWORK

START = datetime(2026, 12, 5, 20, tzinfo=UTC)


def post(number: int) -> FeedPost:
    return FeedPost(Post(str(number), "awa_ex", "Awa", "Bonsoir", START))


def row(occasion: Occasion, state: PostState, kind: PostKind = PostKind.QUESTION) -> OutboxPost:
    return OutboxPost(
        id=f"{occasion}-{kind}-{state}",
        chat_id="c",
        occasion=occasion,
        slot=f"{kind}-{state}",
        kind=kind,
        text="Q1 …",
        due_at=START,
        expires_at=START + timedelta(minutes=10),
        route=Route.ASSISTED,
        state=state,
    )


class Shelf:
    """Chats by their change, as a ChatStore tells them."""

    def __init__(self, *chats: Chat) -> None:
        self._chats = chats

    def chats(self) -> Sequence[SavedChat]:
        return [SavedChat(chat, START) for chat in self._chats]


def test_the_real_hour_comes_before_the_rehearsal() -> None:
    outbox, posts = MemoryOutbox(), MemoryPosts()
    posts.add("c", Occasion.REHEARSAL, [post(1), post(2)])
    posts.add("c", Occasion.LIVE, [post(3)])
    outbox.add([row(Occasion.LIVE, PostState.SENT), row(Occasion.REHEARSAL, PostState.SENT)])
    found = gather("c", outbox, posts)
    assert found.occasion is Occasion.LIVE
    assert [one.post.id for one in found.posts] == ["3"]
    assert [one.occasion for one in found.rows] == [Occasion.LIVE]


@pytest.mark.parametrize("state", [PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN])
def test_a_post_that_is_out_is_enough_for_the_real_hour(state: PostState) -> None:
    outbox, posts = MemoryOutbox(), MemoryPosts()
    posts.add("c", Occasion.REHEARSAL, [post(1)])
    outbox.add([row(Occasion.LIVE, state)])
    assert gather("c", outbox, posts).occasion is Occasion.LIVE


def test_a_planned_hour_leaves_the_rehearsal_in_sight() -> None:
    outbox, posts = MemoryOutbox(), MemoryPosts()
    posts.add("c", Occasion.REHEARSAL, [post(1)])
    outbox.add([row(Occasion.LIVE, PostState.PLANNED)])
    found = gather("c", outbox, posts)
    assert found.occasion is Occasion.REHEARSAL
    assert not found.is_empty


def test_before_anything_there_is_an_empty_real_hour() -> None:
    assert gather("c", MemoryOutbox(), MemoryPosts()) == Material(Occasion.LIVE)
    assert gather("c", MemoryOutbox(), MemoryPosts()).is_empty


def edition(chat_id: str, days: int, **changes: object) -> Chat:
    chat = Chat(id=chat_id, hashtag="FillesDabord2026", starts_at=START + timedelta(days=days))
    return replace(chat, **changes)


def test_former_editions_are_those_of_which_something_was_kept() -> None:
    posts = MemoryPosts()
    for chat_id in ("old", "older", "other"):
        posts.add(chat_id, Occasion.LIVE, [post(1)])
    now = edition("now", 0)
    shelf = Shelf(
        now,
        edition("old", -30, hashtag="fillesdabord2025"),
        edition("older", -60),
        edition("empty", -10),
        edition("other", -5, hashtag="AutreChose"),
        edition("later", 30),
        edition("undated", 0, starts_at=None),
    )
    found = former_editions(now, shelf, MemoryOutbox(), posts, NETWORK)
    assert [one.chat.id for one in found] == ["older", "old"]
    assert found[1].figures.posts == 1
    assert [one.figures.newcomers for one in found] == [None, 0]


def test_of_many_former_editions_the_last_ones_are_compared() -> None:
    posts = MemoryPosts()
    earlier = [edition(f"e{number}", -number) for number in range(1, MOST_FORMER + 3)]
    for one in earlier:
        posts.add(one.id, Occasion.LIVE, [post(1)])
    found = former_editions(edition("now", 0), Shelf(*earlier), MemoryOutbox(), posts, NETWORK)
    assert [one.chat.id for one in found] == [f"e{number}" for number in range(MOST_FORMER, 0, -1)]


def test_an_edition_may_go_by_its_topic() -> None:
    posts = MemoryPosts()
    posts.add("old", Occasion.LIVE, [post(1)])
    now = edition("now", 0, topic="Agir à Dakar")
    shelf = Shelf(edition("old", -30, hashtag="Autre", topic=" agir à dakar "))
    assert former_editions(now, shelf, MemoryOutbox(), posts, NETWORK)


def test_chats_without_topic_or_tag_are_no_editions_of_each_other() -> None:
    posts = MemoryPosts()
    posts.add("old", Occasion.LIVE, [post(1)])
    now = edition("now", 0, hashtag="2026")
    shelf = Shelf(edition("old", -30, hashtag="2025"))
    assert former_editions(now, shelf, MemoryOutbox(), posts, NETWORK) == ()
    assert (
        former_editions(replace(now, starts_at=None), shelf, MemoryOutbox(), posts, NETWORK) == ()
    )
