"""What a person does on the network itself: the page to write on, the link they bring back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from tchat_desktop.domain.chat import Route
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules, NotAPostLink
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, left_at


def composer_page(post: OutboxPost, rules: NetworkRules) -> str:
    """The address of the page where a post can be pasted; a reply's is the post it answers."""
    return rules.links.composer(post.target_id if post.kind is PostKind.REPLY else "")


class LinkProblem(StrEnum):
    """What keeps a link from being the one of a post of ours."""

    NOT_A_POST = "not_a_post"
    OF_ANOTHER = "of_another"
    """Another account wrote it."""
    USED = "used"
    """It is the link of another post of this chat, or of the one that is answered."""
    EARLIER = "earlier"
    """It was published long before the post."""
    BEFORE_PAGE = "before_page"
    """By the clock here it was published before the page of the post was opened."""
    OF_A_LATER_PAGE = "of_a_later_page"
    """When it was published the page of another message was open, which was opened later."""
    AHEAD_OF_CLOCK = "ahead_of_clock"
    """By the clock here its instant is still to come."""
    TO_COME = "to_come"
    """Its instant is far in the future: nobody has published it."""


DOUBTS = frozenset(
    {LinkProblem.BEFORE_PAGE, LinkProblem.OF_A_LATER_PAGE, LinkProblem.AHEAD_OF_CLOCK}
)
"""What a clock that is wrong here, or messages published late, explain as well: whoever has the
link in hand decides."""
CLOCKS_APART = timedelta(minutes=1)
"""How far X's clock and the computer's may differ before a link is doubted."""
_LONG_BEFORE = timedelta(days=1)
"""A post that is older than the one awaited by more than this is none of this chat."""


def _nothing(_post_id: str) -> bool:
    """False: no post of the public is known."""
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
    """Why `link` cannot be the address of `post`, None when it can.

    `rows` are all that left from this chat; `account` is the bare name of the organising account,
    "" when it is not known. `heard` tells whether the public wrote the post of an id: for an
    address that names no author, which is believed else. `now` is UTC.
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
    return _untimely(at, post, now, rules) or _of_a_later_page(at, post, others, rules)


def _of_a_later_page(
    at: datetime | None,
    post: OutboxPost,
    others: Iterable[OutboxPost],
    rules: NetworkRules,
) -> LinkProblem | None:
    """Whether the link may belong to another page, opened later, that also waits for its link."""
    if at is None or post.state is not PostState.HANDED_OVER:
        return None
    later = any(
        left_at(post, rules) < left_at(other, rules) <= at
        for other in others
        if other.state is PostState.HANDED_OVER and other.kind is not PostKind.REPOST
    )
    return LinkProblem.OF_A_LATER_PAGE if later else None


def is_before_page(link: str, post: OutboxPost, rules: NetworkRules) -> bool:
    """Whether a link leads to a post published before the page of a confirmed post was opened.

    The page of a post opens at its time. Raises NotAPostLink.
    """
    at = rules.posted_at(rules.links.pasted(link).id)
    return post.route is Route.ASSISTED and at is not None and at < post.due_at - CLOCKS_APART


def _untimely(
    at: datetime | None, post: OutboxPost, now: datetime | None, rules: NetworkRules
) -> LinkProblem | None:
    """Why a post published at `at` (UTC) is not the one awaited; None when `at` is not known."""
    if at is None:
        return None
    if now is not None and at > now + CLOCKS_APART:
        far = at > now + _LONG_BEFORE
        return LinkProblem.TO_COME if far else LinkProblem.AHEAD_OF_CLOCK
    if at < min(post.changed_at or post.due_at, post.due_at) - _LONG_BEFORE:
        return LinkProblem.EARLIER
    opened = post.state is PostState.HANDED_OVER
    return LinkProblem.BEFORE_PAGE if opened and at < left_at(post, rules) - CLOCKS_APART else None
