"""The posts of the conversation as participants wrote them, and what the organiser made of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState

ANSWERING_TIME = timedelta(minutes=10)
"""How long after a question a post that names none is taken for an answer to it."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post seen under the tag. `author` is the bare name on X; `created_at` is UTC."""

    id: str
    author: str
    author_name: str
    text: str
    created_at: datetime
    url: str = ""
    in_reply_to: str = ""
    """Id of the post this one answers; empty when it answers none."""
    reposts: int = 0


@dataclass(frozen=True, slots=True)
class FeedPost:
    """A collected post with the organiser's marks."""

    post: Post
    starred: bool = False
    hidden: bool = False
    answered: bool = False
    reposted: bool = False
    question_id: str = ""
    """The question of the chat it belongs to; empty when to none."""
    assigned_to: str = ""
    """Id of the guest it was given to."""


# --- links to posts ------------------------------------------------------------------------


class NotAPostLink(ValueError):
    """The text is not the link of a post on X."""


@dataclass(frozen=True, slots=True)
class PostLink:
    """Where a post is: its author's bare name (empty when the link has none) and its id."""

    author: str
    id: str

    @property
    def url(self) -> str:
        """The link as X writes it today."""
        return f"https://x.com/{self.author or 'i'}/status/{self.id}"


_LINK = re.compile(
    r"(?:https?://)?(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com/"
    r"(?:i/(?:web/)?|(?P<author>[a-z0-9_]{1,15})/)status(?:es)?/(?P<id>[0-9]{1,20})"
    r"(?:/(?:photo|video)/[0-9])?/?(?:[?#]\S*)?",
    re.ASCII | re.IGNORECASE,
)


def parse_link(text: str) -> PostLink:
    """The post a pasted link leads to; old and mobile addresses too. Raises NotAPostLink."""
    found = _LINK.fullmatch(text.strip())
    if found is None:
        raise NotAPostLink(text)
    return PostLink(found["author"] or "", found["id"])


# --- what a post is about ------------------------------------------------------------------

_NUMBERED_FIRST = re.compile(
    r"^(?:[#@]\w+|\W)*(?P<letter>r(?:é|e)p(?:onse)?\.?\s?|r\s?|a|q)(?P<number>[0-9]{1,2})(?!\w)",
    re.IGNORECASE,
)
_NUMBERED_INSIDE = re.compile(r"(?<!\w)[RA](?P<number>[0-9]{1,2})(?!\w)")
_ADDRESS = re.compile(r"https?://\S+")
_OUT = (PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN)
"""States of posts that are out, or may be."""
_QUESTION_MARKS = ("?", "？", "؟")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the chat that was published: under which id on X, and when (UTC)."""

    question_id: str
    remote_id: str
    at: datetime


def asked_questions(chat: Chat, rows: Sequence[OutboxPost]) -> tuple[Asked, ...]:
    """The questions that are out, or may be, in the order they left."""
    ids = {question.id for question in chat.questions}
    asked = [
        Asked(row.slot.rpartition(":")[2], row.remote_id, row.changed_at or row.due_at)
        for row in rows
        if row.kind is PostKind.QUESTION and row.state in _OUT
    ]
    return tuple(sorted((one for one in asked if one.question_id in ids), key=lambda one: one.at))


def closed_at(rows: Sequence[OutboxPost]) -> datetime | None:
    """When the closing words or the thanks left: what is said after answers no question."""
    last_words = (PostKind.CLOSING, PostKind.THANKS)
    left = [
        row.changed_at or row.due_at for row in rows if row.kind in last_words and row.state in _OUT
    ]
    return min(left, default=None)


def number_named(text: str) -> int | None:
    """The number of the question a post says it answers ("R3 …", "A3 …"), None if it says none."""
    found = _NUMBERED_FIRST.search(text) or _NUMBERED_INSIDE.search(text)
    return int(found["number"]) if found else None


def question_of(
    post: Post, chat: Chat, asked: Sequence[Asked], closed: datetime | None = None
) -> str:
    """The id of the question a post belongs to, "" when to none.

    What the post says ("R3 …") comes first, then the post it answers, then the time: the last
    question asked at most `ANSWERING_TIME` before, until the chat is `closed`. A participant's own
    question is given to none by its time alone: it is one of the audience's questions.
    """
    number = number_named(post.text)
    if number is not None and 1 <= number <= len(chat.questions):
        return chat.questions[number - 1].id
    if post.in_reply_to:
        for one in asked:
            if one.remote_id == post.in_reply_to:
                return one.question_id
    if is_question(post.text) or (closed is not None and post.created_at >= closed):
        return ""
    before = [one for one in asked if one.at <= post.created_at]
    if before and post.created_at - before[-1].at <= ANSWERING_TIME:
        return before[-1].question_id
    return ""


def is_question(text: str) -> bool:
    """Whether a participant asks something: a question mark, in a post that is not an answer."""
    if _NUMBERED_FIRST.search(text):
        return False
    return any(mark in _ADDRESS.sub("", text) for mark in _QUESTION_MARKS)


def is_from_guest(post: Post, chat: Chat) -> bool:
    """Whether one of the chat's guests wrote it."""
    author = fold(post.author)
    return any(fold(guest.account) == author for guest in chat.guests if guest.account)


def is_from_organiser(post: Post, chat: Chat) -> bool:
    """Whether the organising account wrote it."""
    return bool(chat.account) and fold(post.author) == fold(chat.account)
