"""The posts of the conversation as participants wrote them, and what the organiser made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
