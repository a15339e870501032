"""Keeps posts of the public: adds, marks, corrects and removes them, in the hour or later."""

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
    """Keeps posts and reports them. May wait for the disk: not for the GUI thread.

    The hour, the feed and the pages after the hour each have an `Entries` of their own; the store
    keeps the order between them.

    Every method may raise StoreError.
    """

    def __init__(self, posts: PostStore, report: Report, rules: NetworkRules) -> None:
        self._rules = rules
        self._posts = posts
        self._report = report

    def add(
        self, chat: Chat, occasion: Occasion, rows: Sequence[OutboxPost], posts: Iterable[Post]
    ) -> None:
        """Keep posts, each under the question it answers by what is out according to `rows`.

        Those known already stay as they are, but for another version of one edited on X.
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
        """Keep one mark of a post; nothing if the post was taken out meanwhile."""
        with self._posts.in_order:
            if self._posts.mark(chat_id, occasion, marking):
                self._report(PostMarked(chat_id, occasion, marking))

    def tell(self, chat_id: str, occasion: Occasion) -> None:
        """Report every post as it is now."""
        with self._posts.in_order:
            posts = tuple(self._posts.all(chat_id, occasion))
            if posts:
                self._report(PostsArrived(chat_id, occasion, posts))

    def correct(
        self, chat: Chat, occasion: Occasion, rows: Sequence[OutboxPost], post_id: str, post: Post
    ) -> None:
        """Put `post` in the place of one entered before; the organiser's marks stay.

        It goes under the question it answers now, unless the organiser chose another one.
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
        """Take out a post that was entered by hand."""
        with self._posts.in_order:
            self._posts.remove(chat.id, occasion, post_id)
            self._report(PostRemoved(chat.id, occasion, post_id))

    def _take_versions(
        self, chat: Chat, occasion: Occasion, edited: Sequence[FeedPost]
    ) -> list[FeedPost]:
        """Show the newest words of posts edited on X; returns those that changed."""
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
    """Enters posts of the real hour by hand, once it is over; waits for the disk."""

    def __init__(
        self, posts: PostStore, outbox: OutboxStore, report: Report, rules: NetworkRules
    ) -> None:
        self._entries = Entries(posts, report, rules)
        self._outbox = outbox

    def add(self, chat: Chat, post: Post) -> None:
        """Keep a post, under the question it answers. Raises StoreError."""
        self._entries.add(chat, Occasion.LIVE, self._rows(chat), [post])

    def correct(self, chat: Chat, post_id: str, post: Post) -> None:
        """Put another post in the place of one. Raises StoreError."""
        self._entries.correct(chat, Occasion.LIVE, self._rows(chat), post_id, post)

    def remove(self, chat: Chat, post_id: str) -> None:
        """Take a post out. Raises StoreError."""
        self._entries.remove(chat, Occasion.LIVE, post_id)

    def _rows(self, chat: Chat) -> Sequence[OutboxPost]:
        return self._outbox.rows(chat.id, Occasion.LIVE)


def _question(post: Post, chat: Chat, rows: Sequence[OutboxPost], rules: NetworkRules) -> str:
    asked = asked_questions(chat, rows, rules)
    return question_of(post, chat, asked, closed_at(rows, rules))
