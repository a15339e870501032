"""What the fake X answers, route by route."""

from __future__ import annotations

import base64
import binascii
import html
import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from tchat_desktop.domain.network_rules import NotAPostLink
from tchat_desktop.domain.x import links
from tests.fakes.x_portraits import portrait
from tests.fakes.x_sign_in import WRITING_SCOPE, Answer, Request, SignIn
from tests.fakes.x_signing import BadSignature, OAuth1Checker
from tests.fakes.x_world import Refused, Token, World, XPost, XUser, invalid, not_found

WINDOW = 900
LIMITS = {
    "POST /2/tweets": 100,
    "POST /2/users/:id/retweets": 50,
    "GET /2/tweets/search/recent": 300,
    "GET /2/tweets": 900,
    "GET /2/users/me": 75,
    "GET /2/users/:id/tweets": 900,
}
"""Requests a user may make in a window of 15 minutes."""


PORTRAIT = "/profile_images/:id/o_bigger.png"


class Api:
    """The routes. `search_delay` are the seconds by which search lags behind.

    `wall` is the clock of signatures, in Unix seconds; the world may have another.
    """

    def __init__(self, world: World, wall: Callable[[], float]) -> None:
        self.world = world
        self.consumers: dict[str, str] = {}
        self.tokens: dict[str, Token] = {}
        self.bearers: dict[str, Token] = {}
        self.search_delay = 30.0
        self.refuses_operators = False
        """Whether search knows tags only."""
        self.limits = dict(LIMITS)
        self.edition = "posts"
        """How fields are named: "posts" as in X's document, "tweets" as before."""
        self._used: dict[tuple[str, str], tuple[float, int]] = {}
        self._checker = OAuth1Checker(self.consumers.__getitem__, self._secret_of, wall)
        self.sign_in = SignIn(world, self._checker, self.tokens, self.bearers)
        self.requested = self.sign_in.requested
        self.refreshes = self.sign_in.refreshes
        self._routes: list[tuple[str, str, Callable[..., Answer]]] = [
            ("POST", "/2/tweets", self._create),
            ("GET", "/2/tweets", self._by_ids),
            ("DELETE", "/2/tweets/:id", self._delete),
            ("GET", "/2/users/me", self._me),
            ("GET", "/2/users/:id/tweets", self._timeline),
            ("GET", "/2/tweets/search/recent", self._search),
            ("POST", "/2/users/:id/retweets", self._repost),
            ("POST", "/2/media/upload", self._upload),
            ("GET", "/2/media/upload", self._upload_status),
            ("POST", "/2/media/upload/initialize", self._initialize),
            ("POST", "/2/media/upload/:id/append", self._append),
            ("POST", "/2/media/upload/:id/finalize", self._finalize),
            ("POST", "/2/media/metadata", self._describe),
            *self.sign_in.routes,
            ("GET", "/oembed", self._oembed),
            ("GET", PORTRAIT, self._portrait),
        ]

    def route(self, method: str, path: str) -> str:
        """The name of a route, such as "GET /2/users/:id/tweets"."""
        for verb, template, _ in self._routes:
            if verb == method and re.fullmatch(template.replace(":id", "[^/]+"), path):
                return f"{verb} {template}"
        return f"{method} {path}"

    def answer(self, request: Request) -> Answer:
        """What X answers when it behaves."""
        name = self.route(request.method, request.path)
        for verb, template, act in self._routes:
            if f"{verb} {template}" != name:
                continue
            found = re.fullmatch(template.replace(":id", "([^/]+)"), request.path)
            assert found
            try:
                if not template.startswith("/2/") or template == "/2/oauth2/token":
                    return act(request)
                token = self._who(request)
                headers = self._count(name, token)
                made = act(request, token.user, *found.groups())
                made.headers |= headers
                return made
            except Refused as error:
                kind = "application/problem+json"
                return Answer(error.body, error.status, kind, error.headers)
        return Answer(not_found("route", request.path).body, 404)

    # --- who asks, and how often ---------------------------------------------------------------

    def _secret_of(self, token: str) -> str:
        if token in self.requested:
            return self.requested[token][0]
        return self.tokens[token].secret

    def _who(self, request: Request) -> Token:
        header = request.headers.get("Authorization", "")
        writes = request.method != "GET"
        if header.startswith("Bearer "):
            token = self.bearers.get(header.removeprefix("Bearer "))
            if token is None or token.expires_at <= self.world.now():
                raise Refused(401, "Unauthorized")
            if writes and WRITING_SCOPE not in token.access:
                raise Refused(
                    403, "Missing scope.", "https://api.x.com/2/problems/oauth2-permissions"
                )
            return token
        try:
            form = request.form if isinstance(request.body, dict) else []
            signed = self._checker.check(request.method, request.url, header, form)
            token = self.tokens[signed.token]
        except (BadSignature, KeyError) as error:
            raise Refused(401, "Unauthorized") from error
        if writes and token.access == "read":
            raise Refused(
                403,
                "Your client app is not configured with the appropriate oauth1 app permissions for "
                "this endpoint.",
                "https://api.twitter.com/2/problems/oauth1-permissions",
            )
        return token

    def _count(self, route: str, token: Token) -> dict[str, str]:
        headers = {}
        if not token.access.startswith("tweet"):
            headers["x-access-level"] = token.access
        if route not in self.limits:
            return headers
        with self.world.lock:
            now = self.world.now()
            began, used = self._used.get((token.user.id, route), (now, 0))
            if now - began >= WINDOW:
                began, used = now, 0
            limit = self.limits[route]
            headers |= {
                "x-rate-limit-limit": str(limit),
                "x-rate-limit-remaining": str(max(0, limit - used - 1)),
                "x-rate-limit-reset": str(int(began + WINDOW)),
            }
            if used >= limit:
                refused = Refused(429, "Too Many Requests", title="Too Many Requests")
                refused.headers = headers
                raise refused
            self._used[token.user.id, route] = (began, used + 1)
        return headers

    # --- posts ---------------------------------------------------------------------------------

    def _create(self, request: Request, user: XUser) -> Answer:
        body = request.body or {}
        reply_to = (body.get("reply") or {}).get("in_reply_to_tweet_id", "")
        media = (body.get("media") or {}).get("media_ids", ())
        post = self.world.publish(user, body.get("text", ""), reply_to, media)
        data = {"id": post.id, "text": post.text, "edit_history_post_ids": [post.id]}
        return Answer({"data": data}, 201)

    def _delete(self, _request: Request, user: XUser, post_id: str) -> Answer:
        self.world.delete(user, post_id)
        return Answer({"data": {"deleted": True}})

    def _repost(self, request: Request, user: XUser, user_id: str) -> Answer:
        if user_id != user.id:
            raise Refused(403, "You are not permitted to perform this action.")
        self.world.repost(user, request.body["tweet_id"])
        return Answer({"data": {"retweeted": True, "rest_id": request.body["tweet_id"]}})

    def _me(self, request: Request, user: XUser) -> Answer:
        data = {"id": user.id, "name": user.name, "username": user.handle}
        if "profile_image_url" in request.query.get("user.fields", ""):
            data["profile_image_url"] = (
                f"https://pbs.twimg.com/profile_images/{user.id}/o_normal.png"
            )
        return Answer({"data": data})

    def _timeline(self, request: Request, _user: XUser, user_id: str) -> Answer:
        if user_id not in self.world.users:
            raise not_found("user", user_id)
        return self._listed(request, self.world.listed(user_id))

    def _search(self, request: Request, _user: XUser) -> Answer:
        query = request.query.get("query", "")
        if not 0 < len(query) <= 512:
            raise invalid("The query is too long or missing.")
        if "to:" in query and self.refuses_operators:
            raise invalid("Reference to invalid operator 'to' in the query.")
        return self._listed(request, self.world.search(query, self.search_delay))

    def _listed(self, request: Request, found: list[XPost]) -> Answer:
        asked = request.query
        ours, theirs = ("post", "tweet") if self.edition == "posts" else ("tweet", "post")
        if f"{theirs}.fields" in asked:
            raise invalid(f"The query parameter [{theirs}.fields] is not one of those known.")
        if "since_id" in asked:
            found = [post for post in found if int(post.id) > int(asked["since_id"])]
        if "start_time" in asked:
            start = datetime.fromisoformat(asked["start_time"].replace("Z", "+00:00"))
            if start.timestamp() > self.world.now() - 10:
                raise invalid("'start_time' must be a minimum of 10 seconds before now.")
            found = [post for post in found if post.created_at >= start]
        token = asked.get("next_token") or asked.get("pagination_token")
        if token:
            last = int(base64.b32hexdecode(token.upper() + "=" * (-len(token) % 8)))
            found = [post for post in found if int(post.id) < last]
        size = int(asked.get("max_results", "10"))
        page, rest = found[:size], found[size:]
        meta: dict[str, object] = {"result_count": len(page)}
        if page:
            meta |= {"newest_id": page[0].id, "oldest_id": page[-1].id}
        if rest:
            meta["next_token"] = base64.b32hexencode(page[-1].id.encode()).decode().rstrip("=")
        return Answer({"meta": meta} | self._told(page, asked, ours))

    def _by_ids(self, request: Request, _user: XUser) -> Answer:
        asked = request.query
        ours, theirs = ("post", "tweet") if self.edition == "posts" else ("tweet", "post")
        if f"{theirs}.fields" in asked:
            raise invalid(f"The query parameter [{theirs}.fields] is not one of those known.")
        ids = asked["ids"].split(",")
        if len(ids) > 100:
            raise invalid("The number of values in the `ids` query parameter is too large.")
        found, errors = [], []
        for post_id in ids:
            try:
                post = self.world.version(post_id)
            except KeyError:
                errors.append(_problem("resource-not-found", "Not Found Error", post_id))
                continue
            if post.author.handle in self.world.protected:
                errors.append(
                    _problem("not-authorized-for-resource", "Authorization Error", post_id)
                )
            else:
                found.append(post)
        body = self._told(found, asked, ours)
        return Answer(body | {"errors": errors} if errors else body)

    def _told(self, page: list[XPost], asked: Mapping[str, str], ours: str) -> dict[str, object]:
        """The posts of a page with their authors, as far as they are asked for."""
        body: dict[str, object] = {}
        if page:
            body["data"] = [self._described(post, asked, ours) for post in page]
        if page and "author_id" in asked.get("expansions", ""):
            users = {post.author.id: post.author for post in page}.values()
            body["includes"] = {
                "users": [{"id": u.id, "name": u.name, "username": u.handle} for u in users]
            }
        return body

    def _described(self, post: XPost, asked: Mapping[str, str], ours: str) -> dict[str, object]:
        fields = asked.get(f"{ours}.fields", "").split(",")
        expansions = asked.get("expansions", "").split(",")
        made: dict[str, object] = {
            "id": post.id,
            "text": post.text,
            f"edit_history_{ours}_ids": list(post.versions),
        }
        if "created_at" in fields:
            made["created_at"] = post.created_at.isoformat(timespec="milliseconds")[:-6] + "Z"
        if "author_id" in (*fields, *expansions):
            made["author_id"] = post.author.id
        if "entities" in fields and post.links:
            made["entities"] = {"urls": [_link(post, *link) for link in post.links]}
        if "public_metrics" in fields:
            reposts = sum(one.repost_of == post.id for one in self.world.posts.values())
            kept = dict.fromkeys(("reply", "like", "quote", "bookmark", "impression"), 0)
            kept["repost" if ours == "post" else "retweet"] = reposts
            made["public_metrics"] = {f"{name}_count": value for name, value in kept.items()}
        referenced = [("replied_to", post.reply_to), ("retweeted", post.repost_of)]
        if f"referenced_{ours}s" in (*fields, *expansions) and any(dict(referenced).values()):
            made[f"referenced_{ours}s"] = [
                {"type": kind, "id": which} for kind, which in referenced if which
            ]
        return made

    # --- pictures ------------------------------------------------------------------------------

    def _upload(self, request: Request, _user: XUser) -> Answer:
        content = _bytes(request.body["media"])
        made = self.world.new_media(request.body["media_category"], content)
        return Answer({"data": {"id": made.id, "media_key": f"3_{made.id}", "size": made.size}})

    def _upload_status(self, request: Request, _user: XUser) -> Answer:
        media = self._media(request.query["media_id"])
        info = {"state": "succeeded", "progress_percent": 100}
        return Answer({"data": {"id": media.id, "processing_info": info}})

    def _initialize(self, request: Request, _user: XUser) -> Answer:
        body = request.body
        made = self.world.new_media(body["media_category"], size=body["total_bytes"])
        return Answer({"data": {"id": made.id, "expires_after_secs": 86400}})

    def _append(self, request: Request, _user: XUser, media_id: str) -> Answer:
        media = self._media(media_id)
        media.pieces[int(request.body["segment_index"])] = _bytes(request.body["media"])
        return Answer({"data": {"expires_at": int(self.world.now()) + 86400}})

    def _finalize(self, _request: Request, _user: XUser, media_id: str) -> Answer:
        media = self._media(media_id)
        content = b"".join(media.pieces[index] for index in range(len(media.pieces)))
        if len(content) != media.size:
            raise invalid(f"{len(content)} bytes came instead of {media.size}.")
        media.content = content
        data: dict[str, object] = {"id": media.id, "size": media.size}
        if media.kind != "tweet_image":
            data["processing_info"] = {"state": "pending", "check_after_secs": 1}
        return Answer({"data": data})

    def _describe(self, request: Request, _user: XUser) -> Answer:
        media = self._media(request.body["id"])
        media.alt_text = request.body["metadata"]["alt_text"]["text"]
        return Answer({"data": {"id": media.id, "associated_metadata": request.body["metadata"]}})

    def _media(self, media_id: str) -> Any:
        if media_id not in self.world.media:
            raise not_found("media", media_id)
        return self.world.media[media_id]

    def _portrait(self, _request: Request) -> Answer:
        return Answer(portrait(), kind="image/png")

    # --- outside -------------------------------------------------------------------------------

    def _oembed(self, request: Request) -> Answer:
        try:
            link = links.read(request.query.get("url", ""))
            post = self.world.version(link.id)
        except (NotAPostLink, KeyError):
            return Answer({"error": "Sorry, that page does not exist"}, 404)
        if post.author.handle in self.world.protected:
            return Answer({"error": "Sorry, you are not authorized to see this status."}, 403)
        page = f"https://twitter.com/{post.author.handle}"
        text = html.escape(html.unescape(post.text), quote=False)
        return Answer(
            {
                "url": f"{page}/status/{post.id}",
                "author_name": post.author.name,
                "author_url": page,
                "html": '<blockquote class="twitter-tweet">'
                f'<p lang="fr" dir="ltr">{text}</p>&mdash; '
                f"{html.escape(post.author.name)} (@{post.author.handle})</blockquote>",
                "type": "rich",
                "version": "1.0",
            }
        )


def _problem(kind: str, title: str, post_id: str) -> dict[str, object]:
    """What X says of one post in a list of others that it shows."""
    return {
        "title": title,
        "detail": f"Could not find tweet with ids: [{post_id}].",
        "type": f"https://api.x.com/2/problems/{kind}",
        "resource_type": "tweet",
        "resource_id": post_id,
        "parameter": "ids",
        "value": post_id,
    }


def _bytes(media: object) -> bytes:
    if isinstance(media, bytes):
        return media
    try:
        return base64.b64decode(str(media), validate=True)
    except binascii.Error as error:
        raise invalid("media is not base64.") from error


def _link(post: XPost, short: str, whole: str) -> dict[str, object]:
    start = post.text.find(short)
    made: dict[str, object] = {
        "start": start,
        "end": start + len(short),
        "url": short,
        "expanded_url": whole,
        "display_url": re.sub("^https?://", "", whole)[:27],
    }
    if post.media and whole.endswith("/photo/1"):
        made["media_key"] = f"3_{post.media[0]}"
    return made
