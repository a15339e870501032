"""What was typed in an hour and not handed in yet: kept when its screen is built anew."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tchat_desktop.domain.conversation import Post
from tchat_desktop.ui.models.feed_entry import PostFilter


@dataclass(frozen=True, slots=True)
class PastedPost:
    """A post being added by hand, as typed."""

    link: str
    author: str
    text: str
    entered: Post | None = None
    """The post of the list that is being corrected, None while one is added."""


@dataclass(frozen=True, slots=True)
class UnfinishedFeed:
    """How the conversation was shown, and what was being written there."""

    drafts: Mapping[str, str]
    """The texts of replies by the id of the post they answer."""
    replying_to: str
    """The id of the post whose reply is open, "" when none is."""
    shown: PostFilter
    search: str
    pasted: PastedPost | None
    """None while nothing is added by hand."""


@dataclass(frozen=True, slots=True)
class UnfinishedText:
    """A text typed about one post of the outbox, `post_id` "" for none."""

    post_id: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """Everything of one hour."""

    feed: UnfinishedFeed
    change: UnfinishedText
    """The next post, being changed."""
    link: UnfinishedText
    """The link of the post that is asked about."""
    answer: UnfinishedText
    """The answer of a guest without an account; its `post_id` is the guest's id."""
    mended: Mapping[str, str]
    """The texts of posts that did not leave, being put right, by the ids of the posts."""
    written: str = ""
    """A post of one's own."""
    away: tuple[str, ...] = ()
    """The folded @names of the newcomers whom the organiser does not welcome."""
