"""Reads pages of posts from X and restores their texts as the authors wrote them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tchat_desktop.adapters.x.client import XClient
from tchat_desktop.domain.x.post_ids import FIRST_INSTANT, posted_at
from tchat_desktop.services.ports import PublishRefused

_NOT_PUBLIC = frozenset({"resource-not-found", "not-authorized-for-resource"})
"""The last words of the addresses by which X says of a post that it is gone, or protected."""
_PICTURE_PAGE = re.compile(r"/status/[0-9]+/(?:photo|video)/[0-9]+$")


@dataclass(frozen=True, slots=True)
class SeenPost:
    """A post on X; `text` has its links in full and no HTML entities; `created_at` is UTC.

    `replied_to` and `reposted` are ids of posts, "" for none; `reposts` is a count.
    """

    id: str
    author_id: str
    text: str
    created_at: datetime
    replied_to: str = ""
    reposted: str = ""
    reposts: int = 0
    versions: tuple[str, ...] = ()
    """The ids of all versions of the post, as X gives each edit a new id; oldest first."""

    @property
    def first_id(self) -> str:
        """The id of the first version, before the post was edited."""
        return self.versions[0] if self.versions else self.id


@dataclass(frozen=True, slots=True)
class PostPage:
    """A page of posts, newest first."""

    posts: tuple[SeenPost, ...]
    people: Mapping[str, tuple[str, str]]
    """By id of an account, its name without the @ sign and its display name."""
    next_token: str
    """The token of the next page; "" when there is none."""
    complete: bool
    """Whether the page has all posts that X counted in it."""
    missing: frozenset[str] = frozenset()
    """The ids asked for of posts that are deleted, or not public any more."""


@dataclass(frozen=True, slots=True)
class _Edition:
    """The parameters by which one version of X's API gives the fields and references of posts."""

    parameter: str
    fields: str
    references: str


_EDITIONS = (
    _Edition("post.fields", "created_at,entities,note_post,public_metrics", ",referenced_posts"),
    _Edition(
        "tweet.fields",
        "author_id,created_at,entities,note_tweet,public_metrics,referenced_tweets",
        "",
    ),
)
"""X renamed tweets to posts in version 2.167 of its API document; its guides have the old names."""


class PostReading:
    """Reads pages of posts with whichever names of fields X's API accepts."""

    def __init__(self, client: XClient) -> None:
        self._client = client
        self._edition = 0

    def page(self, path: str, params: Mapping[str, object], *, references: bool) -> PostPage:
        """Read one page; `references` asks which posts they reply to or repost.

        Raises PublishError.
        """
        refused: PublishRefused | None = None
        poor: Any = None
        for edition in (self._edition, 1 - self._edition):
            try:
                body = self._ask(_EDITIONS[edition], path, params, references)
            except PublishRefused as error:
                if not any(word in error.detail for word in ("fields", "expansions")):
                    raise
                refused = refused or error
                continue
            if _is_full(body):
                self._edition = edition
                return _page(body)
            poor = poor or body
        if poor is None and refused is not None:
            raise refused
        return _page(poor)

    def _ask(
        self, edition: _Edition, path: str, params: Mapping[str, object], references: bool
    ) -> Any:
        asked = {
            **params,
            edition.parameter: edition.fields,
            "expansions": "author_id" + (edition.references if references else ""),
            "user.fields": "name,username",
        }
        return self._client.call("GET", path, params=asked)


def _is_full(body: Any) -> bool:
    """Whether the posts in an answer have the fields that were asked for."""
    return all("created_at" in one for one in _dicts(body.get("data")))


def _page(body: Any) -> PostPage:
    """The page of posts in X's answer."""
    included = body.get("includes") or {}
    people = {
        str(user.get("id")): (str(user.get("username") or ""), str(user.get("name") or ""))
        for user in _dicts(included.get("users"))
    }
    posts = [_seen(one) for one in _dicts(body.get("data")) if str(one.get("id", "")).isdigit()]
    meta = body.get("meta") or {}
    # An error with a resource is about a post referred to, which is not part of the list.
    grave = [one for one in _dicts(body.get("errors")) if not one.get("resource_id")]
    # X always gives a count; an answer without one may come from a proxy.
    complete = not grave and meta.get("result_count") == len(posts)
    token = str(meta.get("next_token") or "")
    return PostPage(tuple(posts), people, token, complete, _missing(body))


def _missing(body: Any) -> frozenset[str]:
    """The ids of the posts that X says it does not have, or does not show to the account."""
    return frozenset(
        str(one.get("resource_id"))
        for one in _dicts(body.get("errors"))
        if str(one.get("type")).rpartition("/")[2] in _NOT_PUBLIC
    )


def _seen(one: Mapping[str, Any]) -> SeenPost:
    """The post that an object in X's answer describes."""
    references = {
        str(each.get("type")): str(each.get("id") or "")
        for each in _dicts(one.get("referenced_posts") or one.get("referenced_tweets"))
    }
    metrics = one.get("public_metrics") or {}
    # The text of a post of more than 280 characters is in a field of its own.
    full = one.get("note_post") or one.get("note_tweet") or {}
    whole = full if full.get("text") else one
    return SeenPost(
        id=str(one["id"]),
        author_id=str(one.get("author_id") or ""),
        text=_as_written(str(whole.get("text") or ""), whole.get("entities")),
        created_at=_instant(one.get("created_at"), int(one["id"])),
        replied_to=references.get("replied_to", ""),
        reposted=references.get("retweeted", ""),
        reposts=int(metrics.get("repost_count") or metrics.get("retweet_count") or 0),
        versions=_versions(one),
    )


def _versions(one: Mapping[str, Any]) -> tuple[str, ...]:
    history = one.get("edit_history_post_ids") or one.get("edit_history_tweet_ids")
    ids = {str(one["id"]), *map(str, history if isinstance(history, list) else ())}
    return tuple(sorted((each for each in ids if each.isascii() and each.isdigit()), key=int))


def _as_written(text: str, entities: Any) -> str:
    """The text with t.co addresses replaced by the full ones; those of pictures are removed."""
    # X escapes these three and no other; "&" comes last, or "&amp;lt;" would become "<".
    text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    for url in _dicts((entities or {}).get("urls")):
        short, expanded = str(url.get("url") or ""), str(url.get("expanded_url") or "")
        if short and (url.get("media_key") or _PICTURE_PAGE.search(expanded)):
            text = text.replace(short, "").rstrip()
        elif short and expanded:
            text = text.replace(short, expanded)
    return text


def _instant(stamp: Any, post_id: int) -> datetime:
    """The instant of a post (UTC), by its stamp or else by its id."""
    try:
        made = datetime.fromisoformat(str(stamp).replace("Z", "+00:00"))
    except ValueError:
        return posted_at(str(post_id)) or FIRST_INSTANT
    return made if made.tzinfo else made.replace(tzinfo=UTC)


def _dicts(items: Any) -> list[Mapping[str, Any]]:
    return [one for one in items or () if isinstance(one, dict)] if isinstance(items, list) else []
