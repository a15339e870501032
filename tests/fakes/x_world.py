"""What X knows: accounts, keys, posts and pictures, and the rules a post passes."""

from __future__ import annotations

import hashlib
import itertools
import re
import secrets
import threading
import time
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from tchat_desktop.domain.x.post_text import weighted_length
from tchat_desktop.domain.x.post_urls import url_spans
from tchat_desktop.domain.x.rules import X_RULES

EPOCH_MS = 1_288_834_974_657
"""Milliseconds since 1970 from which X's ids count."""
DUPLICATE_WITHIN = timedelta(hours=24)


@dataclass(frozen=True)
class XUser:
    """An account."""

    id: str
    handle: str
    name: str


@dataclass
class XPost:
    """A post as X keeps it: `text` is what its API answers, `sent` what the author sent."""

    id: str
    author: XUser
    sent: str
    text: str
    created_at: datetime
    reply_to: str = ""
    repost_of: str = ""
    media: tuple[str, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    """The t.co address and what it stands for."""
    versions: tuple[str, ...] = ()
    """Its ids, the first one first: an edited post has a new one."""


@dataclass
class XMedia:
    """A picture; `pieces` are what was appended, `content` what it became."""

    id: str
    kind: str
    size: int = 0
    pieces: dict[int, bytes] = field(default_factory=dict)
    content: bytes = b""
    alt_text: str = ""


@dataclass(frozen=True)
class Token:
    """What a token allows; `access` as in the header x-access-level."""

    user: XUser
    secret: str = ""
    access: str = "read-write"
    expires_at: float = float("inf")


def as_sent(text: str) -> str:
    """X that keeps what it is given."""
    return text


def rewritten(text: str) -> str:
    """X as its own Playground is: no U+00A0, no joiners, and apostrophes as entities."""
    kept = re.sub("[\u00a0\u200c\u200d]", "", text)
    return kept.replace("'", "&#39;").replace("’", "&rsquo;")


def unforeseen(text: str) -> str:
    """X that changes what nobody thought of: marks of its own between the words."""
    return rewritten(text).replace(" ", " · ")


class Refused(Exception):
    """X says no: status, type, title and detail of the answer."""

    def __init__(
        self, status: int, detail: str, kind: str = "about:blank", title: str = ""
    ) -> None:
        super().__init__(detail)
        titles = {400: "Invalid Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found"}
        self.status = status
        self.headers: dict[str, str] = {}
        self.body: dict[str, object] = {
            "title": title or titles.get(status, "Error"),
            "detail": detail,
            "type": kind,
            "status": status,
        }


def invalid(detail: str) -> Refused:
    """What X says of a request that makes no sense."""
    return Refused(400, detail, "https://api.x.com/2/problems/invalid-request")


def not_found(what: str, which: str) -> Refused:
    """What X says of what is not there."""
    refused = Refused(
        404,
        f"Could not find {what} with id: [{which}].",
        "https://api.x.com/2/problems/resource-not-found",
        "Not Found Error",
    )
    refused.body |= {"resource_type": what, "resource_id": which, "value": which}
    return refused


class World:
    """Everything X keeps. `now` is its clock, in Unix seconds."""

    def __init__(self, now: Callable[[], float] = time.time) -> None:
        self.now = now
        self.lock = threading.RLock()
        self.users: dict[str, XUser] = {}
        self.posts: dict[str, XPost] = {}
        self.media: dict[str, XMedia] = {}
        self.deleted: set[str] = set()
        self.former: dict[str, XPost] = {}
        """The versions of edited posts that were followed by another, by their ids."""
        self.protected: set[str] = set()
        """The handles of accounts whose posts only those see whom they let."""
        self.refuses_duplicates = True
        """Off, it shows what would have been published twice."""
        self.keeps: Callable[[str], str] = as_sent
        """How the texts the account publishes are answered: `as_sent`, `rewritten`, `unforeseen`.
        """
        self.list_lag = 0.0
        """Seconds by which the list of an account's posts lags behind."""
        self.not_indexed: set[str] = set()
        """The ids of posts that search does not know of yet."""
        self._user_ids = itertools.count(1001)

    def user(self, handle: str, name: str = "") -> XUser:
        """The account of that handle, made when there is none."""
        with self.lock:
            found = next((u for u in self.users.values() if u.handle == handle), None)
            if found is None:
                found = XUser(str(next(self._user_ids)), handle, name or handle)
                self.users[found.id] = found
            return found

    def say(
        self,
        handle: str,
        text: str,
        *,
        reply_to: str = "",
        repost_of: str = "",
        age: float = 0.0,
    ) -> XPost:
        """A participant posts, `age` seconds ago; no rule is asked."""
        return self._store(self.user(handle), text, reply_to, repost_of, (), age)

    def publish(
        self, author: XUser, text: str, reply_to: str = "", media: Iterable[str] = ()
    ) -> XPost:
        """The account posts through the API. Raises Refused."""
        with self.lock:
            media = tuple(media)
            if unknown := [one for one in media if not self.media.get(one, XMedia("", "")).content]:
                raise invalid(f"Your media IDs are invalid: {unknown}.")
            if not text.strip() and not media:
                raise invalid("The text is empty.")
            if weighted_length(text.strip()) > 280:
                raise invalid("The text is too long.")
            if reply_to:
                self._check_reply(author, reply_to)
            since = self._instant() - DUPLICATE_WITHIN
            sent = _stored(text)
            for other in self.posts.values():
                same = other.author == author and _stored(other.sent) == sent
                if not self.refuses_duplicates:
                    break
                if same and other.reply_to == reply_to and other.created_at > since:
                    raise Refused(
                        403, "You are not allowed to create a Tweet with duplicate content."
                    )
            made = self._store(author, text, reply_to, "", media, 0.0)
            made.text = self.keeps(made.text)
            return made

    def repost(self, author: XUser, post_id: str) -> XPost:
        """The account reposts; twice is once. Raises Refused."""
        with self.lock:
            if post_id not in self.posts:
                raise not_found("tweet", post_id)
            for other in self.posts.values():
                if other.author == author and other.repost_of == post_id:
                    return other
            target = self.posts[post_id]
            text = f"RT @{target.author.handle}: {target.sent}"
            return self._store(author, text, "", post_id, (), 0.0)

    def delete(self, author: XUser, post_id: str) -> None:
        """Raises Refused."""
        with self.lock:
            if post_id not in self.posts:
                raise not_found("tweet", post_id)
            if self.posts[post_id].author != author:
                raise Refused(403, "You are not allowed to delete this Tweet.")
            self.take_away(post_id)

    def take_away(self, post_id: str) -> None:
        """A post is gone, with all its versions, whoever deleted it."""
        with self.lock:
            gone = self.posts.pop(post_id)
            self.deleted |= {post_id, *gone.versions}
            for version in gone.versions:
                self.former.pop(version, None)

    def version(self, post_id: str) -> XPost:
        """A post as it was in one of its versions. Raises KeyError."""
        with self.lock:
            if post_id in self.posts:
                return self.posts[post_id]
            old = self.former[post_id]
            newest = next(one for one in self.posts.values() if post_id in one.versions)
            return replace(old, versions=newest.versions)

    def edit(self, post_id: str, text: str) -> XPost:
        """Its author edits a post on X's page: it has a new id, and stands in the same place."""
        with self.lock:
            old = self.posts.pop(post_id)
            self.former[post_id] = old
            made = self._store(old.author, text, old.reply_to, old.repost_of, old.media, 0.0)
            made.versions = (*old.versions, made.id)
            return made

    def of(self, user_id: str) -> list[XPost]:
        """The posts of an account, newest first."""
        with self.lock:
            found = [post for post in self.posts.values() if post.author.id == user_id]
        return sorted(found, key=lambda post: int(post.id), reverse=True)

    def listed(self, user_id: str) -> list[XPost]:
        """Those that its list shows by now."""
        until = self._instant() - timedelta(seconds=self.list_lag)
        return [post for post in self.of(user_id) if post.created_at <= until]

    def search(self, query: str, delay: float) -> list[XPost]:
        """Posts up to `delay` seconds before now, newest first.

        Knows #tags, to:name, (from:name is:reply) and -is:retweet.
        """
        tags = {tag.lower() for tag in X_RULES.hashtags(query)}
        to, of = (set(re.findall(rf"{what}:(\w+)", query.lower())) for what in ("to", "from"))
        until = self._instant() - timedelta(seconds=delay)
        with self.lock:
            found = [
                post
                for post in self.posts.values()
                if not post.repost_of
                and post.created_at <= until
                and post.id not in self.not_indexed
                and (
                    tags <= {tag.lower() for tag in X_RULES.hashtags(post.sent)}
                    or self._answered(post) in to
                    or (post.reply_to and post.author.handle.lower() in of)
                )
            ]
        return sorted(found, key=lambda post: int(post.id), reverse=True)

    def _answered(self, post: XPost) -> str:
        target = self.posts.get(post.reply_to)
        return target.author.handle.lower() if target is not None else ""

    def new_media(self, kind: str, content: bytes = b"", size: int = 0) -> XMedia:
        """A picture, whole or to be appended to."""
        with self.lock:
            made = XMedia(self._new_id(self.now()), kind, size or len(content), content=content)
            self.media[made.id] = made
            return made

    def _check_reply(self, author: XUser, post_id: str) -> None:
        target = self.posts.get(post_id)
        if target is None:
            raise Refused(
                403, "You attempted to reply to a Tweet that is deleted or not visible to you."
            )
        names = {name.lower() for name in X_RULES.mentions(target.sent)}
        if target.author != author and author.handle.lower() not in names:
            raise Refused(
                403,
                "Reply to this conversation is not allowed because you have not been mentioned "
                "or otherwise engaged by the author of the post you are replying to.",
            )

    def _store(
        self,
        author: XUser,
        text: str,
        reply_to: str,
        repost_of: str,
        media: tuple[str, ...],
        age: float,
    ) -> XPost:
        with self.lock:
            at = self.now() - age
            post_id = self._new_id(at)
            shown, links = _with_links(_stored(text))
            target = self.posts.get(reply_to)
            if target is not None and target.author != author:
                # The names of those answered come with the text, though X's pages hide them.
                named = {name.lower() for name in X_RULES.mentions(text)}
                if target.author.handle.lower() not in named:
                    shown = f"@{target.author.handle} {shown}"
            if media:
                short = _short(post_id)
                page = f"https://x.com/{author.handle}/status/{post_id}/photo/1"
                shown = f"{shown} {short}".strip()
                links += ((short, page),)
            post = XPost(
                id=post_id,
                author=author,
                sent=text,
                text=shown.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
                created_at=datetime.fromtimestamp(int(at * 1000) / 1000, UTC),
                reply_to=reply_to,
                repost_of=repost_of,
                media=media,
                links=links,
                versions=(post_id,),
            )
            self.posts[post_id] = post
            return post

    def _instant(self) -> datetime:
        return datetime.fromtimestamp(self.now(), UTC)

    def _new_id(self, at: float) -> str:
        """Like X's own: made of the instant; never twice the same."""
        made = int(at * 1000 - EPOCH_MS) << 22
        with self.lock:
            taken = {*self.posts, *self.media, *self.deleted, *self.former}
            while str(made) in taken:
                made += 1
        return str(made)


def _stored(text: str) -> str:
    """The text as X keeps it."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n"))
    return re.sub(r"[\x00-\x08\x0b-\x1f\x7f]", "", text).strip()


def _with_links(text: str) -> tuple[str, tuple[tuple[str, str], ...]]:
    parts, links = [], []
    written = 0
    for start, end in url_spans(text):
        address = text[start:end]
        whole = address if re.match("https?://", address, re.IGNORECASE) else f"http://{address}"
        links.append((_short(address + secrets.token_hex(4)), whole))
        parts += [text[written:start], links[-1][0]]
        written = end
    return "".join([*parts, text[written:]]), tuple(links)


def _short(seed: str) -> str:
    digest = hashlib.sha256(seed.encode("utf-8", "replace")).hexdigest()
    return f"https://t.co/{digest[:10]}"
