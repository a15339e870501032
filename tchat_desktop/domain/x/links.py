"""The addresses of x.com: the one place that builds them, and reads those of posts and profiles.

Pages and their parameters: X's "Web Intents". What fits in a post need not fit in the address
of its page: each letter of Bengali takes nine characters there, a family emoji more than seventy.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from tchat_desktop.domain.clean_text import bare
from tchat_desktop.domain.network_rules import NotAPostLink, PageTooLong, PostLink

X = "https://x.com"

LONGEST_PAGE = 2048
"""Characters of an address that every system passes on whole to the browser; Windows cuts at 2,083.

A post of 280 accented or Arabic letters takes 1,680.
"""
_LONGEST_ID = "9" * 20

# --- pages to publish on ---------------------------------------------------------------------


def post_page(text: str) -> str:
    """The page to publish `text`. Raises PageTooLong."""
    return _whole(_address("intent/tweet", text=text))


def reply_page(text: str, target_id: str) -> str:
    """The page to answer a post. Raises PageTooLong, ValueError for what is no id."""
    return _whole(_address("intent/tweet", in_reply_to=_known(target_id), text=text))


def repost_page(target_id: str) -> str:
    """The page to repost a post. Raises ValueError for what is no id."""
    return _address("intent/retweet", tweet_id=_known(target_id))


def composer(target_id: str = "") -> str:
    """X's own page to write on, with nothing in it; under the post of that id, if it is one."""
    page = f"{X}/intent/tweet"
    return f"{page}?in_reply_to={target_id}" if _is_id(target_id) else page


def page_left(text: str, *, reply: bool = False) -> int:
    """Characters left in the address of the page for a text; negative when it does not fit."""
    target = {"in_reply_to": _LONGEST_ID} if reply else {}
    return LONGEST_PAGE - len(_address("intent/tweet", **target, text=text))


def _address(path: str, **parameters: str) -> str:
    # quote, not quote_plus: a page that takes "+" literally would show it in the post.
    # A lone surrogate, from a broken paste, must not stop the post: it becomes "?".
    fields = (
        f"{name}={quote(each, safe='', errors='replace')}" for name, each in parameters.items()
    )
    return f"{X}/{path}?{'&'.join(fields)}"


def _whole(address: str) -> str:
    if len(address) > LONGEST_PAGE:
        raise PageTooLong(f"{len(address)} > {LONGEST_PAGE}")
    return address


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _known(target_id: str) -> str:
    if not _is_id(target_id):
        raise ValueError(f"not the id of a post: {target_id!r}")
    return target_id


# --- pages to look at ------------------------------------------------------------------------


def search(tag: str) -> str:
    """The page that shows what lives under a bare tag, latest first."""
    return _address("search", q=f"#{tag}", f="live")


def tag(bare_tag: str) -> str:
    """The page of a bare tag."""
    return f"{X}/hashtag/{quote(bare_tag, safe='')}"


def profile(handle: str) -> str:
    """The page of the account of a bare name."""
    return f"{X}/{handle}"


LONGEST_ADDRESS = 500
"""Characters in which the address of a profile is looked for."""

_PROFILE = re.compile(
    r"(?<![\w.@-])(?:https?://)?(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com/"
    r"(?:intent/(?:user|follow)\?(?:[^\s#]*&)?screen_name=@?(?P<asked>\w+)"
    r"|(?:#!/)?@?(?P<path>\w+))",
    re.IGNORECASE,
)


def handle_in(text: str) -> str:
    """The bare name in the address of a profile, "" for none."""
    found = _PROFILE.search(text[:LONGEST_ADDRESS])
    return (found["asked"] or found["path"]) if found else ""


NOT_PEOPLE = frozenset(
    {
        *("compose", "explore", "hashtag", "home", "i", "intent", "login", "messages"),
        *("notifications", "search", "settings", "share", "signup"),
    }
)
"""Pages of X whose addresses look like those of profiles."""

# --- links of posts --------------------------------------------------------------------------

_POST = (
    r"(?:https?://)?(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com/"
    r"(?:i/(?:web/)?|(?P<author>[a-z0-9_]{1,15})/)status(?:es)?/(?P<id>[0-9]{1,20})"
)
_MORE = r"(?:/(?:(?:photo|video)/[0-9]|analytics|quotes|likes|retweets|reposts|history))?/?"
_LINK = re.compile(rf"{_POST}{_MORE}(?:[?#]\S*)?", re.ASCII | re.IGNORECASE)
_PASTED = re.compile(rf"(?<![\w.@/=%&?#-]){_POST}(?!\w)", re.ASCII | re.IGNORECASE)
LONGEST_PASTED = 5_000
"""Characters in which a link is looked for."""


def post(author: str, post_id: str) -> PostLink:
    """The link of a post as X writes it today; `author` is a bare name, or "" when not known."""
    address = f"{X}/{author or 'i'}/status/{post_id}"
    return PostLink(author, post_id, address)


def read(text: str) -> PostLink:
    """The post a link leads to; old and mobile addresses too. Raises NotAPostLink."""
    found = _LINK.fullmatch(text.strip())
    if found is None:
        raise NotAPostLink(text)
    return post(found["author"] or "", found["id"])


def pasted(text: str) -> PostLink:
    """The post of the one link in what was pasted: a sentence, a link in <>, with a full stop.

    Raises NotAPostLink when there is none, or more than one.
    """
    found = {
        one["id"]: one["author"] or "" for one in _PASTED.finditer(bare(text)[:LONGEST_PASTED])
    }
    if len(found) != 1:
        raise NotAPostLink(text)
    ((post_id, author),) = found.items()
    return post(author, post_id)


def beside(text: str) -> str:
    """What was pasted together with the link of a post: its text, "" for a link alone."""
    words = re.sub(r"\S+", lambda one: "" if _PASTED.search(one[0]) else one[0], text)
    return words[:LONGEST_PASTED].strip()


def canonical(text: str) -> str:
    """The address of a post as X writes it; empty for anything else, whatever it ends with."""
    try:
        return read(text).url
    except NotAPostLink:
        return ""
