"""Stores the posts of participants: adds, marks, corrects and removes them, and reports it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

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
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.found_posts import SortedPosts, sort_posts
from tchat_desktop.domain.muting import is_muted
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import OutboxPost
from tchat_desktop.domain.shared_hour import News
from tchat_desktop.services.events import PostMarked, PostRemoved, PostsArrived, PostsFound
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
        placed = _placed(posts, chat, rows, self._rules)
        edited = [one for one in placed if self._newest(one) != one.post.id]
        with self._posts.in_order:
            new = list(self._posts.add(chat.id, occasion, placed)) if placed else []
            if edited:
                new += self._take_versions(chat, occasion, edited)
            if new:
                self._report(PostsArrived(chat.id, occasion, tuple(new)))

    def take_in(
        self,
        chat: Chat,
        occasion: Occasion,
        rows: Sequence[OutboxPost],
        found: Iterable[Post],
        now: datetime,
    ) -> SortedPosts:
        """Store the posts of a page: new ones, and what others had lacked; say what became of each.

        `now` is in UTC. Marks and questions stay.
        """
        with self._posts.in_order:
            there = self._known(chat, occasion)
            posts = [one.post for one in there.values()]
            made = sort_posts(found, posts, rows, chat, now, self._rules)
            placed = _placed(made.new, chat, rows, self._rules)
            stored = list(self._posts.add(chat.id, occasion, placed)) if placed else []
            if made.completed:
                told = [after for _before, after in made.completed]
                stored += self._posts.complete(chat.id, occasion, told)
            self._tell_new(chat, occasion, stored)
            return made

    def complete(self, chat: Chat, occasion: Occasion, told: Iterable[Post], now: datetime) -> None:
        """Give stored posts what they lack and these tell; those that are not there stay away."""
        with self._posts.in_order:
            there = self._known(chat, occasion)
            self.take_in(chat, occasion, (), [one for one in told if one.id in there], now)

    def rewrite(self, chat: Chat, occasion: Occasion, posts: Iterable[Post]) -> None:
        """Give stored posts the contents that X tells of them now; marks and questions stay."""
        with self._posts.in_order:
            self._tell_new(chat, occasion, self._posts.complete(chat.id, occasion, posts))

    def take_out(self, chat: Chat, occasion: Occasion, made: SortedPosts) -> bool:
        """Take back what `take_in` made; False where nothing of it is there as it was made."""
        with self._posts.in_order:
            there = self._known(chat, occasion)
            new = [post.id for post in made.new if post.id in there]
            back = [
                before
                for before, after in made.completed
                if after.id in there and there[after.id].post == after
            ]
            if new:
                self._posts.remove(chat.id, occasion, *new)
                for post_id in new:
                    self._report(PostRemoved(chat.id, occasion, post_id))
            if back:
                self._tell_new(chat, occasion, self._posts.complete(chat.id, occasion, back))
            return bool(new or back)

    def _tell_new(self, chat: Chat, occasion: Occasion, stored: Iterable[FeedPost]) -> None:
        in_order = tuple(sorted(stored, key=lambda one: one.post.created_at))
        if in_order:
            self._report(PostsArrived(chat.id, occasion, in_order))

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

    def search(self, chat_id: str, occasion: Occasion, text: str, most: int) -> None:
        """Report the posts in which all words of a text stand, the last added, at most `most`."""
        with self._posts.in_order:
            found = self._posts.search(chat_id, occasion, fold(text).split(), most)
            ids = frozenset(found)
            self._report(PostsFound(chat_id, occasion, text, ids, whole=len(found) < most))

    def correct(
        self, chat: Chat, occasion: Occasion, rows: Sequence[OutboxPost], post_id: str, post: Post
    ) -> None:
        """Replace a post that was entered by hand; the organiser's marks stay.

        The new one goes under the question it answers, unless the organiser had chosen another.
        Nothing happens if the post is no longer there.
        """
        with self._posts.in_order:
            before = self._posts.find(chat.id, occasion, post_id)
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

    def take(self, chat_id: str, occasion: Occasion, told: News) -> None:
        """Store what came from another computer; posts and marks that are gone here stay gone."""
        with self._posts.in_order:
            arrived = list(self._posts.add(chat_id, occasion, told.added))
            here = {one.post.id: one for one in self._posts.all(chat_id, occasion)}
            for post in told.corrected:
                if post.id in here:
                    question = here[post.id].question_id
                    made = self._posts.correct(chat_id, occasion, post.id, post, question)
                    arrived += [made] if made is not None else []
            if arrived:
                self._report(PostsArrived(chat_id, occasion, tuple(arrived)))
            for post_id in told.removed:
                self._posts.remove(chat_id, occasion, post_id)
                self._report(PostRemoved(chat_id, occasion, post_id))
            for marking in told.marks:
                self.mark(chat_id, occasion, marking)

    def _take_versions(
        self, chat: Chat, occasion: Occasion, edited: Sequence[FeedPost]
    ) -> list[FeedPost]:
        """Store newer versions of posts edited on X; returns the posts that changed."""
        changed: list[FeedPost] = []
        for one in edited:
            before = self._posts.find(chat.id, occasion, one.post.id)
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

    def take_in(self, chat: Chat, found: Iterable[Post], now: datetime) -> SortedPosts:
        """Store the posts of a page; say what became of each. Raises StoreError."""
        return self._entries.take_in(chat, Occasion.LIVE, self._rows(chat), found, now)

    def take_out(self, chat: Chat, made: SortedPosts) -> None:
        """Take back what `take_in` made, as far as it is still there. Raises StoreError."""
        self._entries.take_out(chat, Occasion.LIVE, made)

    def rewrite(self, chat: Chat, posts: Iterable[Post]) -> None:
        """Give stored posts the contents that X tells of them now. Raises StoreError."""
        self._entries.rewrite(chat, Occasion.LIVE, posts)

    def correct(self, chat: Chat, post_id: str, post: Post) -> None:
        """Replace the post of an id by another one. Raises StoreError."""
        self._entries.correct(chat, Occasion.LIVE, self._rows(chat), post_id, post)

    def remove(self, chat: Chat, post_id: str) -> None:
        """Remove a post. Raises StoreError."""
        self._entries.remove(chat, Occasion.LIVE, post_id)

    def _rows(self, chat: Chat) -> Sequence[OutboxPost]:
        return self._outbox.rows(chat.id, Occasion.LIVE)


def _placed(
    posts: Iterable[Post], chat: Chat, rows: Sequence[OutboxPost], rules: NetworkRules
) -> list[FeedPost]:
    """The posts, each under the question it answers; those of muted authors are hidden."""
    asked, closed = asked_questions(chat, rows, rules), closed_at(rows, rules)
    return [
        FeedPost(
            post,
            hidden=is_muted(post.author, chat),
            question_id=question_of(post, chat, asked, closed),
        )
        for post in posts
    ]


def _question(post: Post, chat: Chat, rows: Sequence[OutboxPost], rules: NetworkRules) -> str:
    asked = asked_questions(chat, rows, rules)
    return question_of(post, chat, asked, closed_at(rows, rules))
