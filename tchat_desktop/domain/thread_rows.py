"""The thread that tells the recap, as rows of the outbox: each post answers the one before it.

They are rows of an occasion of their own, so that the hour neither counts nor moves them. Once a
post of the thread is out, or may be, the rows say which posts there are and in which order: those
that have not left can only change their words, or be taken out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from tchat_desktop.domain.chat import Chat, Occasion, Route, ThreadPost, new_id
from tchat_desktop.domain.decisions import planned_at
from tchat_desktop.domain.network_rules import Action, NetworkRules
from tchat_desktop.domain.outgoing import (
    OUT,
    WAITING,
    OutboxPost,
    PostKind,
    PostState,
    Reason,
    late_window,
)
from tchat_desktop.domain.recap_thread import texts_published
from tchat_desktop.domain.replanning import Replanning
from tchat_desktop.domain.routes import exact_cents, price_cents
from tchat_desktop.domain.thread_writing import with_place

IN_DOUBT = frozenset({PostState.UNKNOWN, PostState.HANDED_OVER})
"""States in which a post may be out, and what was read of the account since can tell."""

BETWEEN = timedelta(seconds=20)
"""Time between two posts of the thread, in which it can be stopped."""


@dataclass(frozen=True, slots=True)
class ThreadLine:
    """One post of the thread with what became of it."""

    post: ThreadPost
    text: str
    """As it is published, with its number."""
    state: PostState
    """`DRAFT` while nothing was asked of it."""
    row: OutboxPost | None = None
    url: str = ""

    @property
    def is_out(self) -> bool:
        """Whether it is out, or may be: its words can no longer change."""
        return self.state in OUT


def thread_lines(
    chat: Chat, rows: Sequence[OutboxPost], rules: NetworkRules
) -> tuple[ThreadLine, ...]:
    """The posts of the thread in order, each with what became of it.

    `rows` are all rows of its occasion; they may lack what another computer published of it, which
    the chat then tells.
    """
    begun = _chain(rows)
    left = (_bare(row, place, len(begun)) for place, row in enumerate(begun, 1))
    typed = {post.id: post for post in chat.thread}
    posts = tuple(
        replace(typed.get(row.slot, ThreadPost(row.slot)), text=text)
        for row, text in zip(begun, left, strict=True)
        # What has not left may still be taken out; a chat that tells of no thread took none out.
        if row.state in OUT or row.slot in typed or not typed
    )
    posts = posts or chat.thread
    stored = {row.slot: row for row in rows}
    told = dict(chat.thread_out)
    # What is not out says what the organiser has typed since.
    shown = tuple(
        post if post.id in stored and stored[post.id].state in OUT else typed.get(post.id, post)
        for post in posts
    )
    return tuple(
        _line(post, text, stored.get(post.id), told.get(post.id), chat, rules)
        for post, text in zip(shown, texts_published(shown), strict=True)
    )


def _line(
    post: ThreadPost,
    text: str,
    row: OutboxPost | None,
    told: str | None,
    chat: Chat,
    rules: NetworkRules,
) -> ThreadLine:
    if row is not None:
        words = row.text if row.state in OUT else text
        return ThreadLine(post, words, row.state, row, row.url)
    if told is None:
        return ThreadLine(post, text, PostState.DRAFT)
    if not told:
        return ThreadLine(post, text, PostState.UNKNOWN)
    return ThreadLine(post, text, PostState.SENT, url=rules.links.post(chat.account, told).url)


def thread_has_begun(lines: Iterable[ThreadLine]) -> bool:
    """Whether a post is out or may be, so that none can be added or moved any more."""
    return any(line.is_out for line in lines)


def thread_is_whole(lines: Sequence[ThreadLine]) -> bool:
    """Whether every post is out for certain."""
    return bool(lines) and all(line.state is PostState.SENT for line in lines)


def thread_standing(chat: Chat) -> tuple[int, int] | None:
    """How many posts of the thread are out or may be, and of how many, as the chat notes it.

    None for a thread that has not begun, that is whole, or that another computer publishes.
    """
    out, count = len(chat.thread_out), len(chat.thread)
    if chat.live_elsewhere is not None or not 0 < out < count:
        return None
    return out, count


def next_line(lines: Iterable[ThreadLine]) -> ThreadLine | None:
    """The first post that is not out for certain, or whose link the next one needs; or None."""
    waiting = tuple(lines)
    for place, line in enumerate(waiting):
        known = line.row is None or bool(line.row.remote_id)
        if line.state is not PostState.SENT or (not known and place + 1 < len(waiting)):
            return line
    return None


def thread_price(lines: Iterable[ThreadLine], rules: NetworkRules) -> float:
    """What the posts that have not left cost with keys, in US cents.

    Raises KeyError where prices are not known.
    """
    return exact_cents(
        sum(
            price_cents(line.text, Action.OWN_REPLY if place else Action.POST, rules)
            for place, line in enumerate(lines)
            if not line.is_out
        )
    )


def thread_followed(
    chat: Chat,
    rows: Sequence[OutboxPost],
    route: Route,
    now: datetime,
    rules: NetworkRules,
) -> Replanning:
    """The changes by which all posts of the thread that are not out leave from `now` (UTC) on.

    With keys they leave one after the other, `BETWEEN` apart; by pages each waits to be opened.
    What is out, or may be, stays what it is.
    """
    lines = thread_lines(chat, rows, rules)
    added: list[OutboxPost] = []
    changed: list[tuple[OutboxPost, OutboxPost]] = []
    before, at = "", now
    for line in lines:
        row = line.row
        if row is None:
            row = _of(chat, line, before, route, at)
            added.append(row)
        elif not line.is_out:
            made = _again(replace(row, text=line.text, follows=before, target_id=""), route, at)
            if made != row:
                changed.append((row, made))
        before = row.id
        at += BETWEEN * (not line.is_out)
    kept = {line.post.id for line in lines}
    gone = [row for row in rows if row.slot not in kept and row.state not in OUT]
    removed = tuple(row for row in gone if not row.attempts)
    # What was tried is not forgotten, but it is in no thread any more.
    tried = [row for row in gone if row.attempts and row.state is not PostState.SKIPPED]
    changed += [(row, replace(row, state=PostState.SKIPPED, follows="")) for row in tried]
    return Replanning(tuple(changed), added=tuple(added), removed=removed)


def thread_out(rows: Iterable[OutboxPost]) -> tuple[tuple[str, str], ...]:
    """What a chat notes of its thread (see `Chat.thread_out`)."""
    return tuple((row.slot, row.remote_id) for row in rows if row.state in OUT)


def _row(
    chat_id: str, text: str, slot: str, follows: str, route: Route, due_at: datetime
) -> OutboxPost:
    return OutboxPost(
        id=new_id(),
        chat_id=chat_id,
        occasion=Occasion.THREAD,
        slot=slot,
        kind=PostKind.THREAD,
        text=text,
        due_at=due_at,
        expires_at=due_at + late_window(PostKind.THREAD),
        route=route,
        follows=follows,
    )


def _of(chat: Chat, line: ThreadLine, before: str, route: Route, at: datetime) -> OutboxPost:
    """A new row for a post; of one that another computer published, as it told."""
    row = _row(chat.id, line.text, line.post.id, before, route, at)
    if line.state is PostState.SENT:
        out = dict(chat.thread_out)[line.post.id]
        return replace(
            row, state=PostState.SENT, reason=Reason.BY_HAND, remote_id=out, url=line.url
        )
    if line.state is PostState.UNKNOWN:
        return replace(row, state=PostState.UNKNOWN, reason=Reason.INTERRUPTED, attempts=1)
    return row if route is Route.KEYS else replace(row, state=PostState.DRAFT)


def _again(row: OutboxPost, route: Route, at: datetime) -> OutboxPost:
    """A row that is not out, to leave at `at` with keys, or when its page is asked for."""
    if route is Route.KEYS:
        return planned_at(replace(row, route=route), at)
    # What did not leave before goes on only when the organiser opens its page.
    state = PostState.DRAFT if row.state in WAITING else row.state
    return replace(row, route=route, state=state)


def _chain(rows: Sequence[OutboxPost]) -> tuple[OutboxPost, ...]:
    """The rows of a thread that has begun, in order; () while no post of it is out."""
    following = {row.follows: row for row in rows if row.follows}
    for first in rows:
        chain = [first] if not first.follows else []
        while chain and chain[-1].id in following:
            chain.append(following.pop(chain[-1].id))
        if any(row.state in OUT for row in chain):
            return tuple(chain)
    return ()


def _bare(row: OutboxPost, place: int, count: int) -> str:
    return row.text.removeprefix(with_place("", place, count)).strip()
