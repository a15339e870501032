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
_FORBIDDEN = 403
_GONE = (_FORBIDDEN, 404, 410)
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
        return _with_answer(post, self._asked(links.post(post.author, post.id).url))

    def now(self, post: Post) -> Post | None:
        """The post with the text that X shows now; None when X says that it is not public any more.

        A refusal that may come from the network on the way says nothing. Raises NotReached.
        """
        try:
            answer = self._asked(post.url)
        except _Gone as gone:
            if not gone.certain:
                raise NotReached(Obstacle.UNKNOWN, str(gone)) from None
            return None
        if not _author_in(answer):
            raise NotReached(Obstacle.STRANGER, "nothing told")
        # Of a picture alone there is no text to tell.
        return replace(post, text=_text_in(answer) or post.text)

    def _asked(self, address: str) -> dict[str, Any]:
        """What X answers about the post of an address. Raises _Gone, NotReached."""
        from tchat_desktop.adapters.x.session import XSession

        session = XSession(self._base, self._timeout, self._longest, biggest=_BIGGEST)
        asked = {
            "url": address,
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
                raise _Gone(error) from None
            raise NotReached(Obstacle.UNKNOWN, f"HTTP {error.status}") from None
        except (ValueError, RecursionError):
            # The page of a hotel's network, or of an office's.
            raise NotReached(Obstacle.UNKNOWN, "no JSON") from None
        return answer if isinstance(answer, dict) else {}


class _Gone(LookupError):
    """X refused to show a post."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(f"HTTP {refusal.status}")
        said = refusal.body.lstrip()[:1] == b"{"
        # What does not come from X may answer 403 to everything.
        self.certain = refusal.status != _FORBIDDEN or (said and b"authorized" in refusal.body)


def _with_answer(post: Post, answer: dict[str, Any]) -> Post:
    """The post with what an answer tells. Raises LookupError when it is about no such post."""
    author, text = _author_in(answer), _text_in(answer)
    if not author or not text:
        raise LookupError("nothing told")
    name = answer.get("author_name")
    named = in_one_line(name).strip()[: Cap.NAME] if isinstance(name, str) else ""
    return replace(
        post,
        author=author,
        author_name=named or f"@{author}",
        text=text,
        url=links.post(author, post.id).url,
    )


def _author_in(answer: dict[str, Any]) -> str:
    page = answer.get("author_url")
    return links.profile_led_to(page) if isinstance(page, str) else ""


def _text_in(answer: dict[str, Any]) -> str:
    markup = answer.get("html")
    return first_words(page_pieces(markup))[: Cap.POST] if isinstance(markup, str) else ""


if TYPE_CHECKING:
    from tchat_desktop.services.ports import PostTexts

    def _is_a_post_texts(posts: EmbeddedPosts) -> PostTexts:
        return posts
