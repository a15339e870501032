"""Stores the posts of participants: adds, marks, corrects and removes them, and reports it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tchat_desktop.domain.chat import Chat, Occasion
from tchat_desktop.domain.conversation import (
    FeedPost,
    Marking,
    Post,
    asked_questions,
    closed_at,
    newest_id,
    question_of,
)
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.services.events import PostMarked, PostRemoved, PostsArrived
from tchat_desktop.services.ports import OutboxStore, PostStore, Report


class Entries:
    """Stores posts and reports the changes. It waits for the disk: never use it on the GUI thread.

    The hour, the feed and the pages after the hour each have an `Entries` of their own, which
    report in the order of their writings (`PostStore.in_order`). Every method may raise StoreError.
    """

    def __init__(self, posts: PostStore, report: Report, rules: NetworkRules) -> None:
        self._rules = rules
        self._posts = posts
        self._report = report

    def add(
        self, chat: Chat, occasion: Occasion, rows: Sequence[OutboxPost], posts: Iterable[Post]
    ) -> None:
        """Store new posts, each under the question it answers (see `question_of`).

        `rows` is the outbox, which tells the questions asked. A post that is stored already stays
        as it is, unless this is a newer version of one edited on X.
        """
        placed = [
            FeedPost(post, question_id=_question(post, chat, rows, self._rules)) for post in posts
        ]
        edited = [one for one in placed if self._newest(one) != one.post.id]
        with self._posts.in_order:
            new = list(self._posts.add(chat.id, occasion, placed)) if placed else []
            if edited:
                new += self._take_versions(chat, occasion, edited)
            if new:
                self._report(PostsArrived(chat.id, occasion, tuple(new)))

    def mark(self, chat_id: str, occasion: Occasion, marking: Marking) -> None:
        """Store one mark of a post, if the post is still there."""
        with self._posts.in_order:
            if self._posts.mark(chat_id, occasion, marking):
                self._report(PostMarked(chat_id, occasion, marking))

    def tell(self, chat_id: str, occasion: Occasion) -> None:
        """Report all stored posts of an occasion, if there are any."""
        with self._posts.in_order:
            posts = tuple(self._posts.all(chat_id, occasion))
            if posts:
                self._report(PostsArrived(chat_id, occasion, posts))

    def correct(
        self, chat: Chat, occasion: Occasion, rows: Sequence[OutboxPost], post_id: str, post: Post
    ) -> None:
        """Replace a post that was entered by hand; the organiser's marks stay.

        The new one goes under the question it answers, unless the organiser had chosen another.
        Nothing happens if the post is no longer there.
        """
        with self._posts.in_order:
            before = self._known(chat, occasion).get(post_id)
            if before is None:
                return
            question = before.question_id
            if question == _question(before.post, chat, rows, self._rules):
                question = _question(post, chat, rows, self._rules)
            made = self._posts.correct(chat.id, occasion, post_id, post, question)
            if post.id != post_id:
                self._report(PostRemoved(chat.id, occasion, post_id))
            if made is not None:
                self._report(PostsArrived(chat.id, occasion, (made,)))

    def remove(self, chat: Chat, occasion: Occasion, post_id: str) -> None:
        """Remove a post that was entered by hand."""
        with self._posts.in_order:
            self._posts.remove(chat.id, occasion, post_id)
            self._report(PostRemoved(chat.id, occasion, post_id))

    def _take_versions(
        self, chat: Chat, occasion: Occasion, edited: Sequence[FeedPost]
    ) -> list[FeedPost]:
        """Store newer versions of posts edited on X; returns the posts that changed."""
        known, changed = self._known(chat, occasion), []
        for one in edited:
            before = known.get(one.post.id)
            if before is not None and self._rules.is_later(self._newest(one), self._newest(before)):
                post = replace(one.post, created_at=before.post.created_at)
                made = self._posts.correct(chat.id, occasion, post.id, post, before.question_id)
                changed += [made] if made is not None else []
        return changed

    def _newest(self, item: FeedPost) -> str:
        return newest_id(item.post, self._rules)

    def _known(self, chat: Chat, occasion: Occasion) -> dict[str, FeedPost]:
        return {one.post.id: one for one in self._posts.all(chat.id, occasion)}


class LateEntries:
    """Enters posts of the real hour by hand after it is over.

    It waits for the disk: never use it on the GUI thread.
    """

    def __init__(
        self, posts: PostStore, outbox: OutboxStore, report: Report, rules: NetworkRules
    ) -> None:
        self._entries = Entries(posts, report, rules)
        self._outbox = outbox

    def add(self, chat: Chat, post: Post) -> None:
        """Store a post under the question it answers. Raises StoreError."""
        self._entries.add(chat, Occasion.LIVE, self._rows(chat), [post])

    def correct(self, chat: Chat, post_id: str, post: Post) -> None:
        """Replace the post of an id by another one. Raises StoreError."""
        self._entries.correct(chat, Occasion.LIVE, self._rows(chat), post_id, post)

    def remove(self, chat: Chat, post_id: str) -> None:
        """Remove a post. Raises StoreError."""
        self._entries.remove(chat, Occasion.LIVE, post_id)

    def _rows(self, chat: Chat) -> Sequence[OutboxPost]:
        return self._outbox.rows(chat.id, Occasion.LIVE)


def _question(post: Post, chat: Chat, rows: Sequence[OutboxPost], rules: NetworkRules) -> str:
    asked = asked_questions(chat, rows, rules)
    return question_of(post, chat, asked, closed_at(rows, rules))
