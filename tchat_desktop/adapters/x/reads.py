"""Finds what X charges in its answers: the ids of posts, people, and the account's own posts."""

from __future__ import annotations

import re
from typing import Any

from tchat_desktop.domain.spending import ReadIds

_OWN_POSTS = re.compile(r"/2/users/[0-9]+/tweets")


def read_in(path: str, body: Any) -> ReadIds:
    """The ids in the answer to a request that X charges; none for any other request."""
    data = body.get("data") if isinstance(body, dict) else None
    if path == "/2/users/me":
        return ReadIds(users=_ids([data]))
    own = _OWN_POSTS.fullmatch(path) is not None
    if not own and path not in ("/2/tweets/search/recent", "/2/tweets"):
        return ReadIds()
    included = body.get("includes") if isinstance(body, dict) else None
    included = included if isinstance(included, dict) else {}
    posts = _ids(data)
    # Posts that a post refers to come with it, and are charged like any other.
    referred = _ids(included.get("posts")) | _ids(included.get("tweets"))
    return ReadIds(
        posts=referred - posts if own else posts | referred,
        users=_ids(included.get("users")),
        own_posts=posts if own else frozenset(),
    )


def _ids(items: Any) -> frozenset[str]:
    if not isinstance(items, list):
        return frozenset()
    return frozenset(str(one["id"]) for one in items if isinstance(one, dict) and one.get("id"))
