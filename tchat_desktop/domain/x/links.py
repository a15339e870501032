"""Builds the addresses of x.com, and reads those of posts and profiles.

The pages and their parameters are those of X's "Web Intents". A text that fits in a post may be too
long for the address of its page: there each letter of Bengali takes nine characters, a family emoji
more than seventy.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from tchat_desktop.domain.clean_text import bare
from tchat_desktop.domain.network_rules import NotAPostLink, PageTooLong, PostLink

X = "https://x.com"
HOME = f"{X}/home"
"""Where an account lands; X tells it there what it wants of it."""
CONSOLE = "https://console.x.com"
"""Where X gives out keys and sells credit."""
API = "https://api.x.com"
"""What programs with keys talk to."""
PUBLISH = "https://publish.x.com"
"""What tells, without keys, how a public post is shown on another site."""

LONGEST_PAGE = 2048
"""Most characters of an address that every system passes whole to the browser.

Windows cuts at 2,083. A post of 280 accented or Arabic letters takes 1,680.
"""
_LONGEST_ID = "9" * 20

# --- pages to publish on ---------------------------------------------------------------------


def post_page(text: str) -> str:
    """The address of the page that publishes `text`. Raises PageTooLong."""
    return _whole(_address("intent/tweet", text=text))


def reply_page(text: str, target_id: str) -> str:
    """The address of the page that answers a post.

    Raises PageTooLong, and ValueError when `target_id` is not the id of a post.
    """
    return _whole(_address("intent/tweet", in_reply_to=_known(target_id), text=text))


def repost_page(target_id: str) -> str:
    """The address of the page that reposts a post.

    Raises ValueError when `target_id` is not the id of a post.
    """
    return _address("intent/retweet", tweet_id=_known(target_id))


def composer(target_id: str = "") -> str:
    """The address of X's empty page to write a post on, as an answer when `target_id` is an id."""
    page = f"{X}/intent/tweet"
    return f"{page}?in_reply_to={target_id}" if _is_id(target_id) else page


def page_left(text: str, *, reply: bool = False) -> int:
    """How many characters are left in the address of the page; negative when the text is too long.

    The text counts as it is percent-encoded. A `reply` is counted with the longest possible id.
    """
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
    """The address of the search for a tag, latest posts first; `tag` is without the # sign."""
    return _address("search", q=f"#{tag}", f="live")


def tag(bare_tag: str) -> str:
    """The address of the page of a tag, which is given without the # sign."""
    return f"{X}/hashtag/{quote(bare_tag, safe='')}"


def profile(handle: str) -> str:
    """The address of the profile of an account; `handle` is without the @ sign."""
    return f"{X}/{handle}"


LONGEST_ADDRESS = 500
"""How many characters of a text are searched for the address of a profile."""

_PROFILE = re.compile(
    r"(?<![\w.@-])(?:https?://)?(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com/"
    r"(?:intent/(?:user|follow)\?(?:[^\s#]*&)?screen_name=@?(?P<asked>\w+)"
    r"|(?:#!/)?@?(?P<path>\w+))",
    re.IGNORECASE,
)


def handle_in(text: str) -> str:
    """The name, without the @ sign, in the first address of a profile in a text; "" for none."""
    found = _PROFILE.search(text[:LONGEST_ADDRESS])
    return (found["asked"] or found["path"]) if found else ""


NOT_PEOPLE = frozenset(
    {
        *("compose", "explore", "hashtag", "home", "i", "intent", "login", "messages"),
        *("notifications", "search", "settings", "share", "signup"),
    }
)
"""Names in lower case that are pages of X and not accounts, such as x.com/home."""

# --- links of posts --------------------------------------------------------------------------

_POST = (
    r"(?:https?://)?(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com/"
    r"(?:i/(?:web/)?|(?P<author>[a-z0-9_]{1,15})/)status(?:es)?/(?P<id>[0-9]{1,20})"
)
_MORE = r"(?:/(?:(?:photo|video)/[0-9]|analytics|quotes|likes|retweets|reposts|history))?/?"
_LINK = re.compile(rf"{_POST}{_MORE}(?:[?#]\S*)?", re.ASCII | re.IGNORECASE)
_PASTED = re.compile(rf"(?<![\w.@/=%&?#-]){_POST}(?!\w)", re.ASCII | re.IGNORECASE)
LONGEST_PASTED = 5_000
"""How many characters of a pasted text are searched for the link of a post."""


def post(author: str, post_id: str) -> PostLink:
    """The link of a post as X writes it today; `author` is without the @ sign, "" if not known."""
    address = f"{X}/{author or 'i'}/status/{post_id}"
    return PostLink(author, post_id, address)


def read(text: str) -> PostLink:
    """The post a link leads to, also a link of twitter.com or of the mobile site.

    Raises NotAPostLink.
    """
    found = _LINK.fullmatch(text.strip())
    if found is None:
        raise NotAPostLink(text)
    return post(found["author"] or "", found["id"])


def pasted(text: str) -> PostLink:
    """The post of the only link in a pasted text, whatever stands around the link.

    Raises NotAPostLink when the text links to no post, or to more than one.
    """
    found = {
        one["id"]: one["author"] or "" for one in _PASTED.finditer(bare(text)[:LONGEST_PASTED])
    }
    if len(found) != 1:
        raise NotAPostLink(text)
    ((post_id, author),) = found.items()
    return post(author, post_id)


def beside(text: str) -> str:
    """A pasted text without the links of posts in it, which leaves the words of the post."""
    words = re.sub(r"\S+", lambda one: "" if _PASTED.search(one[0]) else one[0], text)
    return words[:LONGEST_PASTED].strip()


_HOST = r"(?:(?:https?:)?//(?:www\.|mobile\.|m\.)?(?:x|twitter)\.com)?"
_PROFILE_PAGE = re.compile(rf"{_HOST}/(?P<name>\w{{1,15}})/?(?:[?#]\S*)?", re.ASCII | re.IGNORECASE)
_POST_PAGE = re.compile(
    rf"{_HOST}/(?:i/(?:web/)?|(?P<author>\w{{1,15}})/)status(?:es)?/(?P<id>[0-9]{{1,19}})"
    r"(?P<more>/[^\s?#]*)?(?:[?#]\S*)?",
    re.ASCII | re.IGNORECASE,
)


def profile_led_to(address: str) -> str:
    """The bare name of the account whose profile a link on a page of X leads to; "" for no profile.

    The address may lack its host, as in the source of a page.
    """
    found = _PROFILE_PAGE.fullmatch(address)
    return "" if found is None or found["name"].lower() in NOT_PEOPLE else found["name"]


def post_led_to(address: str, alone: bool = False) -> PostLink | None:
    """The post that a link on a page of X leads to, None for another page.

    With `alone` a part of a post, such as its picture or its figures, is another page too.
    """
    found = _POST_PAGE.fullmatch(address)
    if found is None or (alone and (found["more"] or "/") != "/"):
        return None
    return post(found["author"] or "", found["id"])


def posts_linked(text: str) -> list[PostLink]:
    """Every post whose address stands in a text, each once, whatever stands around the addresses.

    An address that names the author is preferred to one that does not.
    """
    found: dict[str, str] = {}
    for one in _PASTED.finditer(text):
        found[one["id"]] = found.get(one["id"]) or one["author"] or ""
    return [post(author, post_id) for post_id, author in found.items()]


def canonical(text: str) -> str:
    """The link of a post rewritten as X writes it today; "" when `text` is not such a link."""
    try:
        return read(text).url
    except NotAPostLink:
        return ""
