"""Stores that keep everything in memory, under the same contract as the real ones."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from tchat_desktop.domain.chat import Occasion, Route
from tchat_desktop.domain.conversation import FeedPost, Marking, Post
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.outgoing import OutboxPost, PostState, may_become
from tchat_desktop.domain.replanning import Replanning
from tchat_desktop.domain.spending import Reads
from tchat_desktop.services.ports import (
    HourState,
    LedgerStore,
    OutboxStore,
    PictureStore,
    PostStore,
    StoreError,
    UnsentStore,
)


class MemoryOutbox:
    """An OutboxStore.

    `fail_next` makes that many writes fail, as a full disk does; `fail_after` makes that many moves
    fail once they are written.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._rows: dict[str, OutboxPost] = {}
        self._states: dict[tuple[str, Occasion], HourState] = {}
        self.fail_next = 0
        self.fail_after = 0

    def check(self) -> None:
        """Memory keeps what it was given."""

    def add(self, posts: Iterable[OutboxPost]) -> None:
        with self._lock:
            self._fail()
            slots = {(row.chat_id, row.occasion, row.slot) for row in self._rows.values()}
            for post in posts:
                key = (post.chat_id, post.occasion, post.slot)
                if key not in slots:
                    slots.add(key)
                    self._rows[post.id] = post

    def rows(self, chat_id: str, occasion: Occasion) -> Sequence[OutboxPost]:
        with self._lock:
            rows = (
                row
                for row in self._rows.values()
                if row.chat_id == chat_id and row.occasion is occasion
            )
            return sorted(rows, key=lambda row: row.due_at)

    def get(self, post_id: str) -> OutboxPost:
        with self._lock:
            return self._rows[post_id]

    def move(self, post: OutboxPost, expected: PostState) -> bool:
        if post.state is not expected and not may_become(expected, post.state):
            raise ValueError(f"{expected} -> {post.state}")
        with self._lock:
            self._fail()
            if self._rows[post.id].state is not expected:
                return False
            self._rows[post.id] = post
            if self.fail_after:
                self.fail_after -= 1
                raise StoreError("written, but the disk says no")
            return True

    def clear(self, chat_id: str, occasion: Occasion) -> None:
        with self._lock:
            self._fail()
            self._rows = {
                row.id: row
                for row in self._rows.values()
                if (row.chat_id, row.occasion) != (chat_id, occasion)
            }
            self._states.pop((chat_id, occasion), None)

    def replan(self, replanning: Replanning) -> None:
        for before, made in replanning.changed:
            if made.state is not before.state and not may_become(before.state, made.state):
                raise ValueError(f"a post cannot go from {before.state} to {made.state}")
        if any(row.attempts for row in replanning.removed):
            raise ValueError("tried")
        with self._lock:
            self._fail()
            for before, made in replanning.changed:
                if before.id in self._rows and self._rows[before.id].state is before.state:
                    self._rows[before.id] = made
            for row in replanning.removed:
                known = self._rows.get(row.id)
                if known is not None and known.state is row.state and not known.attempts:
                    del self._rows[row.id]
            slots = {(row.chat_id, row.occasion, row.slot) for row in self._rows.values()}
            for row in replanning.added:
                if (row.chat_id, row.occasion, row.slot) not in slots:
                    self._rows[row.id] = row

    def learn(self, learnt: Replanning) -> None:
        if any(row.state in (PostState.SENDING, PostState.SENT) for row, _made in learnt.changed):
            raise ValueError("what is out stays out")
        with self._lock:
            self._fail()
            for before, made in learnt.changed:
                if before.id in self._rows and self._rows[before.id].state is before.state:
                    self._rows[before.id] = made
        self.add(learnt.added)

    def tried_by_keys(self, since: datetime) -> Sequence[OutboxPost]:
        with self._lock:
            rows = [
                row
                for row in self._rows.values()
                if row.attempts and row.route is Route.KEYS
                if row.changed_at is not None and row.changed_at >= since
            ]
        return sorted(rows, key=lambda row: row.changed_at or since)

    def hour_state(self, chat_id: str, occasion: Occasion) -> HourState:
        with self._lock:
            return self._states.get((chat_id, occasion), HourState())

    def keep_hour_state(self, chat_id: str, occasion: Occasion, state: HourState) -> None:
        with self._lock:
            self._fail()
            self._states[chat_id, occasion] = state

    def _fail(self) -> None:
        if self.fail_next:
            self.fail_next -= 1
            raise StoreError("the disk refuses")


class MemoryPosts:
    """A PostStore."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.in_order = threading.RLock()
        self._posts: dict[tuple[str, Occasion, str], FeedPost] = {}
        self.fail_next = 0

    def add(
        self, chat_id: str, occasion: Occasion, posts: Iterable[FeedPost]
    ) -> Sequence[FeedPost]:
        new = []
        with self._lock:
            if self.fail_next:
                self.fail_next -= 1
                raise StoreError("the disk refuses")
            for post in posts:
                key = (chat_id, occasion, post.post.id)
                if key not in self._posts:
                    self._posts[key] = post
                    new.append(post)
        return new

    def mark(self, chat_id: str, occasion: Occasion, marking: Marking) -> bool:
        key = (chat_id, occasion, marking.post_id)
        with self._lock:
            if key not in self._posts:
                return False
            self._posts[key] = marking.on(self._posts[key])
            return True

    def correct(
        self, chat_id: str, occasion: Occasion, post_id: str, post: Post, question_id: str
    ) -> FeedPost | None:
        with self._lock:
            before = self._posts.pop((chat_id, occasion, post_id), None)
            if before is None:
                return None
            made = before.corrected(post, question_id)
            return self._posts.setdefault((chat_id, occasion, post.id), made)

    def complete(
        self, chat_id: str, occasion: Occasion, posts: Iterable[Post]
    ) -> Sequence[FeedPost]:
        made = []
        with self._lock:
            for post in posts:
                key = (chat_id, occasion, post.id)
                if (before := self._posts.get(key)) is not None:
                    self._posts[key] = before.corrected(post, before.question_id)
                    made.append(self._posts[key])
        return made

    def remove(self, chat_id: str, occasion: Occasion, *post_ids: str) -> None:
        with self._lock:
            for post_id in post_ids:
                self._posts.pop((chat_id, occasion, post_id), None)

    def find(self, chat_id: str, occasion: Occasion, post_id: str) -> FeedPost | None:
        with self._lock:
            return self._posts.get((chat_id, occasion, post_id))

    def search(
        self, chat_id: str, occasion: Occasion, words: Sequence[str], most: int
    ) -> Sequence[str]:
        found = []
        for (chat, of, post_id), feed in list(self._posts.items()):
            post = feed.post
            said = fold(f"{post.text} {post.author_name} @{post.author}")
            if (chat, of) == (chat_id, occasion) and all(word in said for word in words):
                found.append(post_id)
        return found[::-1][:most]

    def all(self, chat_id: str, occasion: Occasion) -> Sequence[FeedPost]:
        with self._lock:
            posts = (post for key, post in self._posts.items() if key[:2] == (chat_id, occasion))
            return sorted(posts, key=lambda one: one.post.created_at)

    def clear(self, chat_id: str, occasion: Occasion) -> None:
        with self._lock:
            self._posts = {
                key: one for key, one in self._posts.items() if key[:2] != (chat_id, occasion)
            }


class MemoryPictures:
    """A PictureStore; `in_outbox` gives the ids of the pictures of rows of the outbox."""

    def __init__(self, in_outbox: Collection[str] = ()) -> None:
        self._contents: dict[tuple[str, str], bytes] = {}
        self._in_outbox = in_outbox

    def add(self, chat_id: str, content: bytes) -> str:
        picture_id = hashlib.sha256(content).hexdigest()
        self._contents[chat_id, picture_id] = content
        return picture_id

    def content(self, chat_id: str, picture_id: str) -> bytes:
        return self._contents[chat_id, picture_id]

    def prune(self, chat_id: str, wanted: Collection[str]) -> None:
        kept = {*wanted, *self._in_outbox}
        self._contents = {
            key: one for key, one in self._contents.items() if key[0] != chat_id or key[1] in kept
        }


class MemoryUnsent:
    """An UnsentStore."""

    def __init__(self) -> None:
        self._kept: dict[str, dict[str, str]] = {}

    def keep(self, chat_id: str, texts: Mapping[str, str]) -> None:
        self._kept[chat_id] = dict(texts)

    def texts(self, chat_id: str) -> Mapping[str, str]:
        return dict(self._kept.get(chat_id, {}))


class MemoryLedger:
    """A LedgerStore."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._reads: dict[tuple[str, date], Reads] = {}

    def add(self, chat_id: str, day: date, reads: Reads) -> None:
        with self._lock:
            self._reads[chat_id, day] = self._reads.get((chat_id, day), Reads()) + reads

    def reads(self, chat_id: str) -> Reads:
        with self._lock:
            return sum(
                (reads for key, reads in self._reads.items() if key[0] == chat_id), start=Reads()
            )


if TYPE_CHECKING:

    def _is_an_outbox_store(outbox: MemoryOutbox) -> OutboxStore:
        return outbox

    def _is_a_post_store(posts: MemoryPosts) -> PostStore:
        return posts

    def _is_a_picture_store(pictures: MemoryPictures) -> PictureStore:
        return pictures

    def _is_an_unsent_store(unsent: MemoryUnsent) -> UnsentStore:
        return unsent

    def _is_a_ledger_store(ledger: MemoryLedger) -> LedgerStore:
        return ledger
