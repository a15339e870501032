"""What became of the highlights on X since they were collected, and what follows for the recap."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from tchat_desktop.domain.conversation import FeedPost, Post, newest_id
from tchat_desktop.domain.found_own import same_words
from tchat_desktop.domain.guest_answers import is_for_guest
from tchat_desktop.domain.network_rules import NetworkRules, NotAPostLink

UNLIKELY = 3
"""From how many posts on it is not believed that all of them are gone, where no key was used.

Networks that refuse everything to programs answer like that.
"""

_CUT = "…"
_ANSWERED = re.compile(r"\s*(?:@\w{1,15}\s+)+")


class Fate(StrEnum):
    """What was learned of a post."""

    THERE = "there"
    EDITED = "edited"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class RefreshedPost:
    """A highlight as it was collected, and what X tells of it now."""

    before: FeedPost
    fate: Fate
    after: Post | None = None
    """The post with its new text, when it was edited."""


def to_refresh(
    posts: Iterable[FeedPost], rules: NetworkRules, known: frozenset[str] = frozenset()
) -> tuple[FeedPost, ...]:
    """The highlights of a recap that have a link to look at; those of `known` ids are left out."""
    return tuple(
        one
        for one in posts
        if one.starred and not one.hidden and one.post.id not in known and _has_link(one, rules)
    )


def refreshed(
    asked: Sequence[FeedPost],
    told: Mapping[str, Post | None],
    rules: NetworkRules,
    *,
    doubtful: bool = False,
) -> tuple[RefreshedPost, ...]:
    """What became of the posts that were asked about.

    `told` has each post as X shows it now, by its id; None for one that is not public any more. A
    post that is not in it stays unknown. With `doubtful` nothing is believed of an asking in which
    every one of several posts is gone.
    """
    gone = [one for one in asked if one.post.id in told and told[one.post.id] is None]
    if doubtful and len(gone) >= UNLIKELY and len(gone) == len(asked):
        return tuple(RefreshedPost(one, Fate.UNKNOWN) for one in asked)
    return tuple(_refreshed(one, told, rules) for one in asked)


def _refreshed(
    item: FeedPost, told: Mapping[str, Post | None], rules: NetworkRules
) -> RefreshedPost:
    before = item.post
    if before.id not in told:
        return RefreshedPost(item, Fate.UNKNOWN)
    seen = told[before.id]
    if seen is None:
        return RefreshedPost(item, Fate.GONE)
    if is_for_guest(item):
        # The outbox says what the organiser published for somebody.
        return RefreshedPost(item, Fate.THERE)
    after = _as_now(before, seen, rules)
    return (
        RefreshedPost(item, Fate.THERE)
        if after == before
        else RefreshedPost(item, Fate.EDITED, after)
    )


def _as_now(before: Post, seen: Post, rules: NetworkRules) -> Post:
    """The post with the text and the link that X tells.

    Its author stays as they were collected: who is hidden under one name must not come back under
    another.
    """
    if rules.is_later(newest_id(seen, rules), newest_id(before, rules)):
        return replace(before, text=seen.text, url=seen.url)
    if says_the_same(before.text, seen.text, rules):
        return before
    return replace(before, text=seen.text)


def says_the_same(before: str, seen: str, rules: NetworkRules) -> bool:
    """Whether two texts of a post say the same, as `same_words` compares them.

    Nor do the names count that a reply begins with: some pages of X leave them out. A text that X
    shows the beginning of says the same as the whole.
    """
    ours, theirs = _without_answered(before).strip(), _without_answered(seen).strip()
    if ours == theirs or same_words(ours, theirs, rules):
        return True
    begun = theirs.removesuffix(_CUT).rstrip()
    return theirs.endswith(_CUT) and same_words(ours[: len(begun)], begun, rules)


def _without_answered(text: str) -> str:
    found = _ANSWERED.match(text)
    return text[found.end() :] if found else text


def _has_link(item: FeedPost, rules: NetworkRules) -> bool:
    try:
        rules.links.read(item.post.url)
    except NotAPostLink:
        return False
    return True


def was_edited(post: Post, rules: NetworkRules) -> bool:
    """Whether the author edited a post on X since it was first published, as its link tells."""
    return newest_id(post, rules) != post.id
