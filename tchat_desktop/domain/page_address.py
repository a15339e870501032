"""The addresses of the pre-filled pages on x.com, and how long they may be.

Pages and their parameters: X's "Web Intents". What fits in a post need not fit in an address: each
letter of Bengali takes nine characters there, a family emoji more than seventy.
"""

from __future__ import annotations

from urllib.parse import quote

from tchat_desktop.domain.x.rules import X_RULES

LONGEST_PAGE = 2048
"""Characters of an address that every system passes on whole to the browser; Windows cuts at 2,083.

A post of 280 accented or Arabic letters takes 1,680.
"""
_X = "https://x.com/"
_LONGEST_ID = "9" * 20


class PageTooLong(ValueError):
    """The address would be cut on its way to the browser."""


def address(path: str, **parameters: str) -> str:
    """The address of a page on x.com. Raises PageTooLong."""
    made = _address(path, **parameters)
    if len(made) > LONGEST_PAGE:
        raise PageTooLong(f"{len(made)} > {LONGEST_PAGE}")
    return made


def page_left(text: str, *, reply: bool = False) -> int:
    """Characters left in the address of the page for a text; negative when it does not fit."""
    target = {"in_reply_to": _LONGEST_ID} if reply else {}
    return LONGEST_PAGE - len(_address("intent/tweet", **target, text=text))


def fits_post_but_no_page(text: str, *, reply: bool = False) -> bool:
    """Whether X takes a text that its pre-filled page cannot be given."""
    return X_RULES.remaining(text) >= 0 and page_left(text, reply=reply) < 0


def _address(path: str, **parameters: str) -> str:
    # quote, not quote_plus: a page that takes "+" literally would show it in the post.
    # A lone surrogate, from a broken paste, must not stop the post: it becomes "?".
    fields = (
        f"{name}={quote(each, safe='', errors='replace')}" for name, each in parameters.items()
    )
    return f"{_X}{path}?{'&'.join(fields)}"
