"""Good manners: a chat is a conversation, people are not mentioned uninvited, children are safe."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from tchat_desktop.domain.chat import Chat, Invitation, Role
from tchat_desktop.domain.post_text import mentions, urls

ENOUGH = 0.2
TOO_MUCH = 0.3
"""Parts of the posts that speak of the organisation itself. The guide only warns of too much; the
figures are ours: one post in five is enough, one in three too much."""

FEW = 4
"""With fewer posts than this a share says nothing."""


class ShareVerdict(StrEnum):
    """Whether the posts speak too much of the organisation."""

    FINE = "fine"
    ENOUGH = "enough"
    TOO_MUCH = "too_much"


@dataclass(frozen=True, slots=True)
class Share:
    """How many posts speak of the organisation, of how many."""

    promotional: int
    total: int
    verdict: ShareVerdict


def promotional_share(
    texts: Iterable[str], organisation: str, account: str, own_links: Iterable[str] = ()
) -> Share:
    """How far the posts speak of the organisation: its name, its account or its own links."""
    posts = list(texts)
    links = [link.strip().rstrip("/").lower() for link in own_links if link.strip()]
    about = sum(_is_promotional(post, organisation.strip(), account, links) for post in posts)
    verdict = ShareVerdict.FINE
    if len(posts) >= FEW and about >= ENOUGH * len(posts):
        over = about > TOO_MUCH * len(posts)
        verdict = ShareVerdict.TOO_MUCH if over else ShareVerdict.ENOUGH
    return Share(about, len(posts), verdict)


def uninvited_mentions(text: str, chat: Chat) -> tuple[str, ...]:
    """The accounts mentioned that have not agreed to it: not the team, not an accepted guest."""
    agreed = {chat.account.lower()} | {
        person.handle.lower()
        for person in chat.people
        if person.role is not Role.GUEST or person.invitation is Invitation.ACCEPTED
    }
    return tuple(dict.fromkeys(name for name in mentions(text) if name.lower() not in agreed))


_NAME = r"[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ’'-]{2,}"
_CHILD_AGE = r"(?:[1-9]|1[0-7])\s(?:ans|years?\sold|yo)\b"
_NOT_NAMES = """about after aged avant avec before boy boys cette chez dans depuis des dès elle
    j’ai j'ai elles entre fille filles from garçon garçons girl girls les leur leurs mais mariée
    married moins nous plus pour quand selon ses she son the they under une vers vous when with"""


def child_hints(text: str) -> tuple[str, ...]:
    """Pieces of a text that may name a child, such as "Aminata, 12 ans": a first name and an age.

    A hint and no more: it misses much, and may be about something else.
    """
    plain = re.sub(r"\s", " ", text)
    before = (
        rf"{_NAME}(?:\s{_NAME})?(?:,\s?|\s\(|\s(?:a|avait|is|was|n’a que|n'a que)\s|\s){_CHILD_AGE}"
    )
    not_names = _NOT_NAMES.split()
    return tuple(
        match[0]
        for match in re.finditer(before, plain)
        if re.split(r"[\s,(]", match[0])[0].lower() not in not_names
    )


def _is_promotional(text: str, organisation: str, account: str, links: list[str]) -> bool:
    if account and account.lower() in (name.lower() for name in mentions(text)):
        return True
    if any(url.rstrip("/").lower().startswith(link) for url in urls(text) for link in links):
        return True
    return bool(organisation) and bool(
        re.search(rf"(?<!\w){re.escape(organisation)}(?!\w)", text, re.IGNORECASE)
    )
