"""Takes a person, or a chat, out of the database and all its copies, for good."""

from __future__ import annotations

import logging
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from tchat_desktop.adapters import codec
from tchat_desktop.adapters.shared_hour_codec import decode_shared, encode_shared
from tchat_desktop.adapters.sqlite.chats import SqliteChats
from tchat_desktop.adapters.sqlite.copies import in_every_copy
from tchat_desktop.adapters.sqlite.database import Database
from tchat_desktop.adapters.sqlite.outbox import row_read, row_values
from tchat_desktop.adapters.sqlite.posts import (
    REWRITE_POST,
    forget_words,
    post_read,
    post_values,
)
from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.finding import bears
from tchat_desktop.domain.folding import alike, fold, fold_alike
from tchat_desktop.domain.forgetting import (
    Erased,
    KnownPerson,
    PersonMask,
    chat_without,
    post_without,
    quoting,
    row_without,
    shared_without,
    unsent_without,
)
from tchat_desktop.services.ports import ChatFile, ChatFileError, CopiesDone, SharedFileError

log = logging.getLogger(__name__)


class SqliteEraser:
    """The Eraser in the database. It waits for the disk: never use it on the GUI thread."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def people(self, said: str) -> Sequence[KnownPerson]:
        """Who bears in a name or account what is said, of everybody of whom something is kept.

        Whoever is called exactly so comes first, then those with the most posts.
        """
        wanted = comparable_handle(said)
        if not wanted:
            return ()
        posts: Counter[str] = Counter()
        names: dict[str, set[str]] = defaultdict(set)
        handles: dict[str, str] = {}
        chats: dict[str, set[str]] = defaultdict(set)

        def found(account: str, name: str, chat_id: str) -> str:
            key = comparable_handle(account) or f" {fold(name)}"
            handles.setdefault(key, account.strip().removeprefix("@"))
            chats[key].add(chat_id)
            if name.strip() and comparable_handle(name) != key:
                names[key].add(name.strip())
            return key

        with self._database.reading() as connection:
            wrote = connection.execute(
                "SELECT chat_id, author, author_name, count(*) FROM post GROUP BY 1, 2, 3"
            ).fetchall()
            invited = [
                (chat.id, person.typed_account, person.name, 0)
                for chat in _chats(connection)
                for person in chat.people
            ]
        kept = [*wrote, *invited]
        # Who is called so somewhere may have written under another name: it is the account.
        called = [bears(said, name, account) for _id, account, name, _n in kept]
        accounts = {
            comparable_handle(account)
            for (_id, account, _name, _n), is_called in zip(kept, called, strict=True)
            if is_called
        } - {""}
        for (chat_id, account, name, count), is_called in zip(kept, called, strict=True):
            if is_called or comparable_handle(account) in accounts:
                posts[found(account, name, chat_id)] += count
        known = [
            KnownPerson(handles[key], frozenset(names[key]), posts[key], len(chats[key]))
            for key in chats
        ]

        def rank(one: KnownPerson) -> tuple[bool, int, str]:
            exact = wanted in {comparable_handle(one.handle), *map(fold, one.names)}
            return not exact, -one.posts, one.called

        return sorted(known, key=rank)

    def forget(self, person: KnownPerson) -> tuple[Erased, CopiesDone]:
        """Take a person out of all chats and all copies. Raises StoreError.

        The copies come first: if the disk refuses, it can be done again.
        """
        # A copy may quote a post that it does not hold: it was made before, or X had lost the post.
        with self._database.reading() as connection:
            known = frozenset(_posts_of(person, connection))
        done = in_every_copy(self._database.path, partial(_without, person, known))
        erased = _without(person, known, self._database)
        self._database.erase_remains()
        return erased, done

    def forget_chat(self, chat_id: str) -> CopiesDone:
        """Take a chat out of the database and of all copies. Raises StoreError."""

        def job(database: Database) -> None:
            SqliteChats(database).delete(chat_id)

        done = in_every_copy(self._database.path, job)
        job(self._database)
        self._database.erase_remains()
        return done


def _posts_of(person: KnownPerson, connection: sqlite3.Connection) -> Iterator[str]:
    """The ids of the posts by a person."""
    for post_id, author, name in connection.execute("SELECT id, author, author_name FROM post"):
        if person.is_it(author, "" if author else name):
            yield post_id


def _without(person: KnownPerson, known: frozenset[str], database: Database) -> Erased:
    """Take a person out of one database, in one transaction; `known` are ids of their posts."""
    mask = PersonMask(person)
    erased = Erased()
    with database.writing() as connection:
        for chat in list(_chats(connection)):
            erased += _Erasing(connection, chat, person, mask, known).run()
        forget_words(connection)
    return erased


class _Erasing:
    """Takes a person out of what is kept of one chat."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        chat: Chat,
        person: KnownPerson,
        mask: PersonMask,
        known: frozenset[str],
    ) -> None:
        self._connection = connection
        self._chat = chat
        self._person = person
        self._mask = mask
        self._gone = set(known)
        """The ids of their posts, and of rows that tell of nobody any more."""

    def run(self) -> Erased:
        forgotten = {occasion: self._forget_posts(occasion) for occasion in Occasion}
        posts = sum(forgotten.values())
        mentions = sum(self._rewrite_posts(occasion) for occasion in Occasion)
        mentions += sum(self._rewrite_rows(occasion) for occasion in Occasion)
        after = chat_without(self._chat, self._person, self._mask, self._gone)
        if forgotten[Occasion.LIVE] and after.to_thank:
            # They were counted with those to thank; the page of thanks counts anew once it opens.
            after = replace(after, to_thank=after.to_thank - 1)
        self._rewrite_shared(after)
        self._rewrite_unsent()
        if after != self._chat:
            self._connection.execute(
                "UPDATE chat SET document = ? WHERE id = ?",
                (codec.encode(ChatFile(after)).decode(), self._chat.id),
            )
        touched = bool(posts or mentions or after != self._chat)
        return Erased(posts, mentions, int(touched))

    def _forget_posts(self, occasion: Occasion) -> int:
        found = self._connection.execute(
            "SELECT id, author, author_name FROM post WHERE chat_id = ? AND occasion = ?",
            (self._chat.id, occasion.value),
        )
        person = self._person
        theirs = [
            (post_id,)
            for post_id, author, name in found
            if person.is_it(author, "" if author else name)
        ]
        self._gone.update(post_id for (post_id,) in theirs)
        self._connection.executemany(
            "DELETE FROM post WHERE chat_id = ? AND occasion = ? AND id = ?",
            [(self._chat.id, occasion.value, *one) for one in theirs],
        )
        return len(theirs)

    def _rewrite_posts(self, occasion: Occasion) -> int:
        """Mask the person in the posts of others; returns in how many they were named."""
        named = 0
        for item in map(post_read, list(self._suspects(occasion))):
            after = post_without(item, self._person, self._mask, self._gone)
            if after is not None and after != item:
                values = post_values(self._chat.id, occasion, after)
                self._connection.execute(REWRITE_POST, values)
                named += after.post.text != item.post.text
        return named

    def _suspects(self, occasion: Occasion) -> Iterator[sqlite3.Row]:
        """The posts in which the person may stand, or that answer one of theirs."""
        parts = {fold_alike(self._person.handle)}
        parts |= {fold_alike(one).split()[0] for one in self._names()}
        for row in self._connection.execute(
            "SELECT * FROM post WHERE chat_id = ? AND occasion = ?",
            (self._chat.id, occasion.value),
        ):
            words = alike(row["words"])
            if row["in_reply_to"] in self._gone or any(part in words for part in parts if part):
                yield row

    def _names(self) -> Iterator[str]:
        return (one for one in self._person.names if one.strip())

    def _rewrite_rows(self, occasion: Occasion) -> int:
        named = 0
        quoted_in = quoting(self._chat, self._gone)
        for row in map(
            row_read,
            self._connection.execute(
                "SELECT * FROM outbox WHERE chat_id = ? AND occasion = ?",
                (self._chat.id, occasion.value),
            ).fetchall(),
        ):
            after = row_without(row, self._person, self._mask, self._gone, quoted_in)
            if after == row:
                continue
            named += 1
            self._connection.execute("DELETE FROM outbox WHERE id = ?", (row.id,))
            if after is None or after.slot != row.slot:
                self._gone.add(row.id)
            if after is not None:
                values = row_values(after)
                self._connection.execute(
                    f"INSERT INTO outbox ({', '.join(values)})"
                    f" VALUES ({', '.join(f':{name}' for name in values)})",
                    values,
                )
        return named

    def _rewrite_shared(self, chat: Chat) -> None:
        found = self._connection.execute(
            "SELECT document FROM shared WHERE chat_id = ?", (self._chat.id,)
        ).fetchone()
        if found is None or not found["document"]:
            return
        try:
            before = decode_shared(bytes(found["document"]), self._chat.id, None)
            after = shared_without(before, self._person, self._mask, self._gone)
            document = encode_shared(chat, after)
        except SharedFileError as error:
            # What cannot be read is as if nothing had been shared.
            log.warning("what was shared is forgotten: %r", error)
            document = b""
        self._connection.execute(
            "UPDATE shared SET document = ? WHERE chat_id = ?", (document, self._chat.id)
        )

    def _rewrite_unsent(self) -> None:
        found = dict(
            self._connection.execute(
                "SELECT place, text FROM unsent WHERE chat_id = ?", (self._chat.id,)
            ).fetchall()
        )
        after = unsent_without(found, self._mask, self._gone)
        if after == found:
            return
        self._connection.execute("DELETE FROM unsent WHERE chat_id = ?", (self._chat.id,))
        self._connection.executemany(
            "INSERT INTO unsent (chat_id, place, text) VALUES (?, ?, ?)",
            [(self._chat.id, place, text) for place, text in after.items()],
        )


def _chats(connection: sqlite3.Connection) -> Iterator[Chat]:
    """The chats that can be read."""
    for chat_id, document in connection.execute(
        "SELECT id, CAST(document AS BLOB) FROM chat"
    ).fetchall():
        try:
            chat = codec.decode(document, from_outside=False).chat
        except ChatFileError as error:
            log.warning("chat %s cannot be read: %s", chat_id, error)
            continue
        if chat.id == chat_id:
            yield chat


if TYPE_CHECKING:
    from tchat_desktop.services.ports import Eraser

    def _is_an_eraser(eraser: SqliteEraser) -> Eraser:
        return eraser
