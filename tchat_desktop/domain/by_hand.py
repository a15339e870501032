"""What a person does on the network itself: open a page to write on, and bring back a link."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules, NotAPostLink
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, left_at


def composer_page(post: OutboxPost, rules: NetworkRules) -> str:
    """Return the address of a page on which the post can be pasted.

    For a reply it is the page of the post that it answers.
    """
    return rules.links.composer(post.target_id if post.kind is PostKind.REPLY else "")


class LinkProblem(StrEnum):
    """Why a link cannot be the address of one of our posts."""

    NOT_A_POST = "not_a_post"
    OF_ANOTHER = "of_another"
    """Another account wrote that post."""
    USED = "used"
    """It is the link of another post of this chat, or of the post that is replied to."""
    EARLIER = "earlier"
    """It was published more than a day before our post was due."""
    BEFORE_PAGE = "before_page"
    """By this computer's clock it was published before the page of our post was opened."""
    BEFORE_ANSWERED = "before_answered"
    """It was published before the post that ours answers, so it is no answer to it."""
    OTHER_WORDS = "other_words"
    """A page that was read shows other words under that link."""
    OF_A_LATER_PAGE = "of_a_later_page"
    """It was published after another post's page was opened, later than the page of this post."""
    AHEAD_OF_CLOCK = "ahead_of_clock"
    """By this computer's clock it is published up to a day from now."""
    TO_COME = "to_come"
    """It would be published more than a day from now, so the id is not a real one."""


DOUBTS = frozenset(
    {
        LinkProblem.BEFORE_PAGE,
        LinkProblem.OTHER_WORDS,
        LinkProblem.OF_A_LATER_PAGE,
        LinkProblem.AHEAD_OF_CLOCK,
    }
)
"""Problems that a wrong clock here, posts published late, or a text changed on X may also explain.

The organiser, who has the link, may decide that it is the right one all the same.
"""
CLOCKS_APART = timedelta(minutes=1)
"""How far X's clock and this computer's may differ before a link is doubted."""
_LONG_BEFORE = timedelta(days=1)
"""A post older than the one awaited by more than this does not belong to this chat."""


def _nothing(_post_id: str) -> bool:
    """Return False: no post of the public is known."""
    return False


def link_problem(
    link: str,
    post: OutboxPost,
    rows: Iterable[OutboxPost],
    account: str,
    rules: NetworkRules,
    heard: Callable[[str], bool] = _nothing,
    now: datetime | None = None,
) -> LinkProblem | None:
    """Return why `link` cannot be the address of `post`; None when it can.

    `rows` are all rows of the outbox of this chat. `account` is the bare name of the organising
    account, "" when it is not known. `heard` says whether the public wrote the post with a given
    id; it catches a foreign link that names no author. `now` is in UTC; without it a link from the
    future is not noticed.
    """
    try:
        found = rules.links.pasted(link)
    except NotAPostLink:
        return LinkProblem.NOT_A_POST
    if account and found.author and fold(found.author) != fold(account):
        return LinkProblem.OF_ANOTHER
    if heard(found.id):
        return LinkProblem.OF_ANOTHER
    others = [row for row in rows if row.id != post.id]
    if found.id in {row.remote_id for row in others} | {post.target_id}:
        return LinkProblem.USED
    at = rules.posted_at(found.id)
    answered = next((row.remote_id for row in others if row.id == post.follows), "")
    before = rules.posted_at(answered) if answered else None
    if at is not None and before is not None and at < before:
        return LinkProblem.BEFORE_ANSWERED
    return _untimely(at, post, now, rules) or _of_a_later_page(at, post, others, rules)


def _of_a_later_page(
    at: datetime | None,
    post: OutboxPost,
    others: Iterable[OutboxPost],
    rules: NetworkRules,
) -> LinkProblem | None:
    """Return OF_A_LATER_PAGE if a page opened later, which also waits for its link, may own it."""
    if at is None or post.state is not PostState.HANDED_OVER:
        return None
    later = any(
        left_at(post, rules) < left_at(other, rules) <= at
        for other in others
        if other.state is PostState.HANDED_OVER and other.kind is not PostKind.REPOST
    )
    return LinkProblem.OF_A_LATER_PAGE if later else None


def is_before_page(link: str, post: OutboxPost, rules: NetworkRules) -> bool:
    """Return whether a link is older than the page of a post that was confirmed by hand.

    The page of such a post is taken to have opened at `due_at`. Raises NotAPostLink.
    """
    at = rules.posted_at(rules.links.pasted(link).id)
    return post.route is Route.ASSISTED and at is not None and at < post.due_at - CLOCKS_APART


def _untimely(
    at: datetime | None, post: OutboxPost, now: datetime | None, rules: NetworkRules
) -> LinkProblem | None:
    """Return why a post published at `at` (UTC) is not the one awaited; None if it may be.

    None also when `at` is None, because the instant is not known.
    """
    if at is None:
        return None
    if now is not None and at > now + CLOCKS_APART:
        far = at > now + _LONG_BEFORE
        return LinkProblem.TO_COME if far else LinkProblem.AHEAD_OF_CLOCK
    if at < min(post.changed_at or post.due_at, post.due_at) - _LONG_BEFORE:
        return LinkProblem.EARLIER
    opened = post.state is PostState.HANDED_OVER
    return LinkProblem.BEFORE_PAGE if opened and at < left_at(post, rules) - CLOCKS_APART else None
