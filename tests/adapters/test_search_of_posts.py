"""The search by the index finds what looking through every post finds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.posts import SqlitePosts
from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.folding import fold
from tests.adapters.samples import NOON
from tests.contracts.stores import feed_post

LETTERS = "abéÀ’« 💜ر_%\"'*\n"
texts = st.text(LETTERS, max_size=12)
ids = st.text("12\"'\n\\é", min_size=1, max_size=4)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqlitePosts]:
    with closing(Database(tmp_path / "tchat.sqlite3")) as database:
        SqliteChats(database).save(Chat("chat"), NOON)
        yield SqlitePosts(database)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(ids, texts, max_size=8), st.lists(texts, min_size=1, max_size=6))
def test_a_search_finds_what_a_look_at_every_post_finds(
    store: SqlitePosts, said: dict[str, str], searches: list[str]
) -> None:
    store.clear("chat", Occasion.LIVE)
    posts = [
        replace(one, post=replace(one.post, text=text, author="b", author_name="a"))
        for one, text in ((feed_post(post_id), text) for post_id, text in said.items())
    ]
    store.add("chat", Occasion.LIVE, posts)
    for search in searches:
        words = fold(search).split()
        there = [
            one.post.id
            for one in reversed(posts)
            if all(word in fold(f"{one.post.text} a @b") for word in words)
        ]
        assert store.search("chat", Occasion.LIVE, words, 99) == there
        assert store.search("chat", Occasion.LIVE, words, 2) == there[:2]
