"""Meadow, a network that is nowhere: 300 characters as one sees them, dots in names, no prices."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime

from tchat_desktop.domain.network_rules import (
    Action,
    Entity,
    EntityKind,
    NetworkRules,
    NotAPostLink,
    Platform,
    PostLink,
    RateLimits,
)
from tchat_desktop.domain.outgoing import Reason

MOST = 300
SITE = "https://meadow.example"

_NAME = r"[a-z0-9-]+(?:\.[a-z0-9-]+)+"
_ENTITY = re.compile(
    rf"(?P<url>https?://\S+)|(?<!\w)@(?P<mention>{_NAME})|(?<!\w)#(?P<hashtag>[\w-]+)",
    re.IGNORECASE,
)
_POST = re.compile(rf"{SITE}/@(?P<author>{_NAME})/(?P<id>[a-z]+)")


def graphemes(text: str) -> int:
    """How many characters one sees; good enough for these tests."""
    count, joined = 0, False
    for letter in text:
        stays = unicodedata.category(letter).startswith("M") or letter in "\u200d🏻🏼🏽🏾🏿"
        count += not stays and not joined
        joined = letter == "\u200d"
    return count


def entities(text: str) -> list[Entity]:
    """The links, mentions and tags; a tag may have hyphens, or be a number."""
    found = []
    for match in _ENTITY.finditer(text):
        kind = EntityKind(match.lastgroup or "")
        found.append(Entity(kind, match.start(), match.end(), match[kind.value]))
    return found


def is_account(name: str) -> bool:
    """Whether a bare name is one: it has a dot at least."""
    return re.fullmatch(_NAME, name, re.IGNORECASE) is not None


class MeadowLinks:
    """Its addresses; the id of a post is a word, and tells no instant."""

    def post(self, author: str, post_id: str) -> PostLink:
        return PostLink(author, post_id, f"{SITE}/@{author}/{post_id}")

    def read(self, text: str) -> PostLink:
        found = _POST.fullmatch(text.strip())
        if found is None:
            raise NotAPostLink(text)
        return self.post(found["author"], found["id"])

    def pasted(self, text: str) -> PostLink:
        found = _POST.search(text)
        if found is None:
            raise NotAPostLink(text)
        return self.post(found["author"], found["id"])

    def beside(self, text: str) -> str:
        return _POST.sub("", text).strip()

    def search(self, tag: str) -> str:
        return f"{SITE}/tags/{tag}"

    def tag(self, bare_tag: str) -> str:
        return self.search(bare_tag)

    def profile(self, handle: str) -> str:
        return f"{SITE}/@{handle}"

    def handle_in(self, text: str) -> str:
        found = re.match(rf"{SITE}/@({_NAME})", text)
        return found[1] if found else ""

    def composer(self, target_id: str = "") -> str:
        return f"{SITE}/write/{target_id}"

    def page_left(self, text: str, *, reply: bool = False) -> int:
        return 10_000 - len(text)


def made_up_id(_at: datetime, number: int) -> str:
    """A word for a number, in letters."""
    return "".join("abcdefghij"[int(figure)] for figure in str(number))


MEADOW = NetworkRules(
    longest_post=MOST,
    weigh=graphemes,
    takes=lambda text: 0 < graphemes(text) <= MOST,
    entities=entities,
    is_account=is_account,
    longest_handle=60,
    not_people=frozenset(),
    links=MeadowLinks(),
    made_up_id=made_up_id,
    is_later=lambda one, other: one != other,
    refusals={
        "said-before": Reason.DUPLICATE,
        "too-much": Reason.TOO_LONG,
        "unknown-key": Reason.KEYS_REFUSED,
        "gate-closed": Reason.ACCOUNT_LOCKED,
        "no-more-today": Reason.DAILY_LIMIT,
        "not-here": Reason.NOT_PERMITTED,
    },
    platform=Platform(
        date(2020, 2, 29),
        dict.fromkeys(Action, 0.0),
        RateLimits(*(1_000,) * 4),
    ),
)
