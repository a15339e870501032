"""Asks X how a public post is shown on other sites (oEmbed), which tells its author and text.

It needs no key and costs nothing; X documents it for anybody who shows a post.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tchat_desktop.adapters.reading.page import page_pieces
from tchat_desktop.adapters.x.client import checked_api_url
from tchat_desktop.adapters.x.errors import NoAnswer, Refusal
from tchat_desktop.domain.caps import Cap
from tchat_desktop.domain.clean_text import in_one_line
from tchat_desktop.domain.conversation import Post
from tchat_desktop.domain.obstacles import Obstacle
from tchat_desktop.domain.x import links
from tchat_desktop.domain.x.page_posts import first_words
from tchat_desktop.services.ports import NotReached

_TIMEOUT = (5.0, 8.0)
_LONGEST = 12.0
_BIGGEST = 200_000
_GONE = (403, 404, 410)
"""What X answers for a post that is deleted, protected or withheld."""


class EmbeddedPosts:
    """The PostTexts of X. `api_url` is a stand-in for X on this computer.

    It waits for X: never use it on the GUI thread. `timeout` (connect, read) and `longest` are in
    seconds.
    """

    def __init__(
        self,
        api_url: str | None = None,
        timeout: tuple[float, float] = _TIMEOUT,
        longest: float = _LONGEST,
    ) -> None:
        self._base = checked_api_url(api_url) if api_url else links.PUBLISH
        self._timeout = timeout
        self._longest = longest

    def told(self, post: Post) -> Post:
        """The post with the author and text that X tells.

        Raises LookupError for a post that is deleted or not public, NotReached.
        """
        from tchat_desktop.adapters.x.session import XSession

        session = XSession(self._base, self._timeout, self._longest, biggest=_BIGGEST)
        asked = {
            "url": links.post(post.author, post.id).url,
            "omit_script": "1",
            "dnt": "true",
            "hide_thread": "1",
        }
        try:
            answer = json.loads(session.request("GET", "/oembed", params=asked).content)
        except NoAnswer as error:
            raise NotReached(error.obstacle, error.why) from None
        except Refusal as error:
            if error.status in _GONE:
                raise LookupError(f"HTTP {error.status}") from None
            raise NotReached(Obstacle.UNKNOWN, f"HTTP {error.status}") from None
        except (ValueError, RecursionError):
            # The page of a hotel's network, or of an office's.
            raise NotReached(Obstacle.UNKNOWN, "no JSON") from None
        return _with_answer(post, answer if isinstance(answer, dict) else {})


def _with_answer(post: Post, answer: dict[str, Any]) -> Post:
    """The post with what an answer tells. Raises LookupError when it is about no such post."""
    markup, page = answer.get("html"), answer.get("author_url")
    author = links.profile_led_to(page) if isinstance(page, str) else ""
    text = first_words(page_pieces(markup)) if isinstance(markup, str) else ""
    if not author or not text:
        raise LookupError("nothing told")
    name = answer.get("author_name")
    named = in_one_line(name).strip()[: Cap.NAME] if isinstance(name, str) else ""
    return replace(
        post,
        author=author,
        author_name=named or f"@{author}",
        text=text[: Cap.POST],
        url=links.post(author, post.id).url,
    )


if TYPE_CHECKING:
    from tchat_desktop.services.ports import PostTexts

    def _is_a_post_texts(posts: EmbeddedPosts) -> PostTexts:
        return posts
