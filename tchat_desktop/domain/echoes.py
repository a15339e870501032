"""What the organiser has sent about the posts of participants, by what became of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.outgoing import NEEDS_ORGANISER, OutboxPost, PostKind, PostState
from tchat_desktop.domain.signals import exposes, signals_of
from tchat_desktop.domain.texts import Texts, is_welcome


@dataclass(frozen=True, slots=True)
class Echo:
    """How far a reply to a post and a repost of it have come; None for what was not asked for.

    A reply or repost that was dropped counts as not asked for; of several replies the one that
    came furthest counts.
    """

    reply: PostState | None = None
    repost: PostState | None = None

    @property
    def is_answered(self) -> bool:
        """Whether a reply is out."""
        return self.reply is PostState.SENT

    @property
    def is_reposted(self) -> bool:
        """Whether a repost is out."""
        return self.repost is PostState.SENT


def _answers(_reply: OutboxPost) -> bool:
    """Return True: without the texts of the chat, no reply is known to be a mere welcome."""
    return True


def echoes(
    rows: Iterable[OutboxPost], answers: Callable[[OutboxPost], bool] = _answers
) -> dict[str, Echo]:
    """The echo of each post by its id, from the rows of the outbox.

    `answers` tells whether a reply answers: a word of welcome does not (`texts.is_welcome`).
    """
    found: dict[str, Echo] = {}
    for row in rows:
        if row.state is PostState.SKIPPED or not row.target_id:
            continue
        before = found.get(row.target_id, Echo())
        if row.kind is PostKind.REPLY and answers(row):
            found[row.target_id] = replace(before, reply=_furthest(before.reply, row.state))
        elif row.kind is PostKind.REPOST:
            found[row.target_id] = replace(before, repost=_furthest(before.repost, row.state))
    return found


def needing_care(
    chat: Chat, posts: Iterable[FeedPost], rows: Iterable[OutboxPost]
) -> tuple[FeedPost, ...]:
    """The posts that could expose somebody and are neither answered nor hidden, as they come."""
    found = echoes(rows)
    return tuple(
        one
        for one in posts
        if not (one.hidden or one.answered or found.get(one.post.id, Echo()).is_answered)
        and exposes(signals_of(one, chat))
    )


def _furthest(one: PostState | None, other: PostState) -> PostState:
    return other if one is None or _far(other) > _far(one) else one


def _far(state: PostState) -> int:
    return 2 if state is PostState.SENT else int(state in NEEDS_ORGANISER)


def answering(chat: Chat, texts: Texts) -> Callable[[OutboxPost], bool]:
    """What tells whether a reply is more than a word of welcome, with the ready texts."""

    def answers(reply: OutboxPost) -> bool:
        return not is_welcome(reply.text, reply.target_author, chat, texts)

    return answers
