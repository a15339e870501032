"""Stores the collected posts of the public and the organiser's marks on them."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterable, Sequence
from dataclasses import fields
from typing import TYPE_CHECKING

from msgspec.json import decode

from tchat_desktop.adapters.codec import storable
from tchat_desktop.adapters.reading.instants import moment
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.rows import instant
from tchat_desktop.domain.chat import Occasion
from tchat_desktop.domain.conversation import FeedPost, Marking, Post
from tchat_desktop.domain.folding import fold
from tchat_desktop.services.ports import PostStore, StoreError

_POST = tuple(field.name for field in fields(Post))
_MARKS = tuple(field.name for field in fields(FeedPost) if field.name != "post")
_COLUMNS = ("chat_id", "occasion", *_POST, *_MARKS)
_WRITTEN = (*_COLUMNS, "words")
_ADD = (
    f"INSERT INTO post ({', '.join(_WRITTEN)})"
    f" VALUES ({', '.join(f':{name}' for name in _WRITTEN)})"
    " ON CONFLICT (chat_id, occasion, id) DO NOTHING"
)
REWRITE_POST = (
    f"UPDATE post SET {', '.join(f'{name} = :{name}' for name in (*_POST, *_MARKS, 'words'))}"
    " WHERE chat_id = :chat_id AND occasion = :occasion AND id = :id"
)
"""Writes all of a stored post anew; its parameters are `post_values`."""
_SELECT = f"SELECT {', '.join(_COLUMNS)} FROM post WHERE chat_id = ? AND occasion = ?"
_BY_TIME = " ORDER BY created_at, row"
_SHORTEST = 3
"""Letters of the shortest word that the index of words knows."""


class SqlitePosts:
    """The PostStore in the database; the chat of the posts must have been saved before.

    Every method may raise StoreError.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.in_order = threading.RLock()
        """The lock held while a change is written and reported (see PostStore.in_order)."""

    def add(
        self, chat_id: str, occasion: Occasion, posts: Iterable[FeedPost]
    ) -> Sequence[FeedPost]:
        """Add posts and return the new ones; known posts keep their marks."""
        with self._database.writing() as connection:
            return [
                item
                for item in posts
                if connection.execute(_ADD, post_values(chat_id, occasion, item)).rowcount == 1
            ]

    def mark(self, chat_id: str, occasion: Occasion, marking: Marking) -> bool:
        """Write one mark of a post and nothing else; return False if the post is not there."""
        with self._database.writing() as connection:
            # The column names come from an enumeration, never from a text of somebody.
            columns = ", ".join(f"{name} = ?" for name in marking.changes)
            written = connection.execute(
                f"UPDATE post SET {columns} WHERE chat_id = ? AND occasion = ? AND id = ?",
                (*marking.changes.values(), chat_id, occasion.value, marking.post_id),
            )
            return written.rowcount == 1

    def correct(
        self, chat_id: str, occasion: Occasion, post_id: str, post: Post, question_id: str
    ) -> FeedPost | None:
        """Replace a post by another one; the organiser's other marks stay.

        Return the stored post, None if there was none with `post_id`. If the new id is stored
        already, that post stays as it is and the old one is deleted.
        """
        with self._database.writing() as connection:
            before = _one(connection, chat_id, occasion, post_id)
            if before is None:
                return None
            _delete(connection, chat_id, occasion, post_id)
            made = before.corrected(post, question_id)
            forget_words(connection)
            connection.execute(_ADD, post_values(chat_id, occasion, made))
            return _one(connection, chat_id, occasion, post.id)

    def complete(
        self, chat_id: str, occasion: Occasion, posts: Iterable[Post]
    ) -> Sequence[FeedPost]:
        """Give stored posts other contents, in one transaction; return those that are there."""
        made = []
        with self._database.writing() as connection:
            for post in posts:
                before = _one(connection, chat_id, occasion, post.id)
                if before is not None:
                    after = before.corrected(post, before.question_id)
                    values = post_values(chat_id, occasion, after)
                    connection.execute(REWRITE_POST, values)
                    made.append(after)
            forget_words(connection)
        return made

    def remove(self, chat_id: str, occasion: Occasion, *post_ids: str) -> None:
        """Delete posts in one transaction; one that is not there is passed over."""
        with self._database.writing() as connection:
            for post_id in post_ids:
                _delete(connection, chat_id, occasion, post_id)
            forget_words(connection)

    def find(self, chat_id: str, occasion: Occasion, post_id: str) -> FeedPost | None:
        """Return one post, None if it is not there."""
        with self._database.reading() as connection:
            return _one(connection, chat_id, occasion, post_id)

    def search(
        self, chat_id: str, occasion: Occasion, words: Sequence[str], most: int
    ) -> Sequence[str]:
        """Return the ids of the posts in which all these folded words stand, the last added first.

        At most `most`.
        """
        # The words come from a person: they are values, never part of the statement.
        wanted = [storable(word) for word in words]
        indexed = [word for word in wanted if len(word) >= _SHORTEST and "\0" not in word]
        others = [word for word in wanted if word not in indexed]
        # The plus keeps SQLite from going through the chat by another index than that of words.
        tests = [
            "+post.chat_id = ?",
            "+post.occasion = ?",
            *["instr(post.words, ?) > 0"] * len(others),
        ]
        values: list[str | int] = [chat_id, occasion.value, *others, most]
        source = "post"
        if indexed:
            source = "post_words CROSS JOIN post ON post.row = post_words.rowid"
            tests.insert(0, "post_words MATCH ?")
            values.insert(0, " ".join(map(_quoted, indexed)))
        order = "post_words.rowid" if indexed else "post.row"
        with self._database.reading() as connection:
            # In one row: Python lets other threads go first at each, and the window may be busy.
            found = connection.execute(
                "SELECT json_group_array(id) FROM ("
                f"SELECT post.id AS id FROM {source} WHERE {' AND '.join(tests)}"
                f" ORDER BY {order} DESC LIMIT ?)",
                values,
            )
            return decode(found.fetchone()[0], type=list[str])

    def all(self, chat_id: str, occasion: Occasion) -> Sequence[FeedPost]:
        """Return every post of an hour, oldest first."""
        with self._database.reading() as connection:
            found = connection.execute(_SELECT + _BY_TIME, (chat_id, occasion.value))
            return [post_read(row) for row in found]

    def clear(self, chat_id: str, occasion: Occasion) -> None:
        """Delete all posts of an hour."""
        with self._database.writing() as connection:
            connection.execute(
                "DELETE FROM post WHERE chat_id = ? AND occasion = ?", (chat_id, occasion.value)
            )
            forget_words(connection)


def forget_words(connection: sqlite3.Connection) -> None:
    """Have the index of words keep nothing of posts that were deleted.

    It would only note that they are gone, until it is put together anew by itself.
    """
    connection.execute("INSERT INTO post_words (post_words) VALUES ('optimize')")


def _quoted(word: str) -> str:
    """A word as the index takes it: as it is, whatever signs are in it."""
    doubled = word.replace('"', '""')
    return f'"{doubled}"'


def _one(
    connection: sqlite3.Connection, chat_id: str, occasion: Occasion, post_id: str
) -> FeedPost | None:
    found = connection.execute(f"{_SELECT} AND id = ?", (chat_id, occasion.value, post_id))
    row = found.fetchone()
    return None if row is None else post_read(row)


def _delete(connection: sqlite3.Connection, chat_id: str, occasion: Occasion, post_id: str) -> None:
    connection.execute(
        "DELETE FROM post WHERE chat_id = ? AND occasion = ? AND id = ?",
        (chat_id, occasion.value, post_id),
    )


def post_values(chat_id: str, occasion: Occasion, item: FeedPost) -> dict[str, str | int]:
    """The values of a post by its columns, with its folded words."""
    post = item.post
    return {
        "chat_id": chat_id,
        "occasion": occasion.value,
        "id": post.id,
        "author": storable(post.author),
        "author_name": storable(post.author_name),
        "text": storable(post.text),
        "created_at": instant(post.created_at),
        "url": storable(post.url),
        "in_reply_to": post.in_reply_to,
        "reposts": post.reposts,
        "by_hand": post.by_hand,
        "starred": item.starred,
        "hidden": item.hidden,
        "answered": item.answered,
        "question_id": item.question_id,
        "assigned_to": item.assigned_to,
        "harmless": item.harmless,
        "confided": item.confided,
        "names_child": item.names_child,
        "asks": item.asks,
        "words": fold(
            f"{storable(post.text)} {storable(post.author_name)} @{storable(post.author)}"
        ),
    }


def post_read(row: sqlite3.Row) -> FeedPost:
    """A row as a post with its marks. Raises StoreError if it cannot be read."""
    try:
        post = Post(
            id=row["id"],
            author=row["author"],
            author_name=row["author_name"],
            text=row["text"],
            created_at=moment(row["created_at"]),
            url=row["url"],
            in_reply_to=row["in_reply_to"],
            reposts=row["reposts"],
            by_hand=bool(row["by_hand"]),
        )
    except ValueError as error:
        raise StoreError(f"post {row['id']} cannot be read: {error}") from error
    return FeedPost(
        post=post,
        starred=bool(row["starred"]),
        hidden=bool(row["hidden"]),
        answered=bool(row["answered"]),
        question_id=row["question_id"],
        assigned_to=row["assigned_to"],
        harmless=bool(row["harmless"]),
        confided=bool(row["confided"]),
        names_child=bool(row["names_child"]),
        asks=row["asks"],
    )


if TYPE_CHECKING:

    def _is_a_post_store(posts: SqlitePosts) -> PostStore:
        return posts
