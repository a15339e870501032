"""Good manners: a chat is a conversation, and people are not mentioned uninvited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from tchat_desktop.domain.chat import Chat, has_agreed
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.links import web_address
from tchat_desktop.domain.network_rules import EntityKind, NetworkRules
from tchat_desktop.domain.outgoing import OUT, OutboxPost, PostKind, PostState
from tchat_desktop.domain.people import account_of

ENOUGH = 0.2
TOO_MUCH = 0.3
"""Parts of the posts that speak of the organisation itself. The guide only warns of too much; the
figures are ours: one post in five is enough, one in three too much."""

FEW = 4
"""With fewer posts than this, no verdict on the share is given."""


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
    texts: Iterable[str],
    organisation: str,
    account: str,
    rules: NetworkRules,
    own_links: Iterable[str] = (),
) -> Share:
    """How far the posts speak of the organisation: its name, its account or its own links."""
    posts = list(texts)
    links = [fold(link).rstrip("/") for link in own_links if link.strip()]
    about = sum(
        _is_promotional(post, organisation.strip(), account, links, rules) for post in posts
    )
    return _judged(about, len(posts))


def share_in(texts: Iterable[str], chat: Chat, rules: NetworkRules) -> Share:
    """How far posts speak of the organisation of a chat, its account or the link to share."""
    link = web_address(chat.registration_link)
    return promotional_share(texts, chat.organisation, chat.account, rules, (link,))


def one_more(share: Share, of_one: Share) -> Share:
    """The share once one more post, whose own is `of_one`, is published."""
    return _judged(share.promotional + of_one.promotional, share.total + of_one.total)


def _judged(about: int, total: int) -> Share:
    verdict = ShareVerdict.FINE
    if total >= FEW and about >= ENOUGH * total:
        verdict = ShareVerdict.TOO_MUCH if about > TOO_MUCH * total else ShareVerdict.ENOUGH
    return Share(about, total, verdict)


_TO_LEAVE = frozenset({*OUT, PostState.PLANNED, PostState.DUE})
"""States of posts that are published, may be, or leave by themselves."""


def same_already(text: str, rows: Iterable[OutboxPost]) -> OutboxPost | None:
    """The post of the hour with the same words that is out or is to leave; None for none.

    X refuses the same text twice. A repost has the words of somebody else.
    """
    said = fold(text)
    texts = (row for row in rows if row.kind is not PostKind.REPOST and row.state in _TO_LEAVE)
    return next((row for row in texts if fold(row.text) == said), None) if said else None


def uninvited_mentions(text: str, chat: Chat, rules: NetworkRules) -> tuple[str, ...]:
    """The guests mentioned who have not agreed to it."""
    asked = {fold(person.typed_account) for person in chat.people if not has_agreed(person)}
    asked -= {fold(person.typed_account) for person in chat.people if has_agreed(person)}
    return tuple(dict.fromkeys(name for name in rules.mentions(text) if fold(name) in asked))


BULK = 3
"""From so many uninvited mentions on, X may take a post for spam; the figure is ours."""


def mentioned_in_bulk(
    text: str, chat: Chat, rules: NetworkRules, known: Iterable[str] = ()
) -> tuple[str, ...]:
    """Those a post mentions who were not asked, where they are many; () where they are few.

    Those who have agreed, the account of the chat and `known` bare names are not counted.
    """
    agreed = {fold(person.typed_account) for person in chat.people if has_agreed(person)}
    spared = agreed | {fold(chat.account), *map(fold, known)}
    names = {fold(name): name for name in rules.mentions(text) if fold(name) not in spared}
    return tuple(names.values()) if len(names) >= BULK else ()


@dataclass(frozen=True, slots=True)
class Stranger:
    """An @name in a text that is nobody's of the chat."""

    name: str
    meant: str = ""
    """The bare name on X of the person of the chat it resembles; "" when it resembles nobody's."""


_AT_NAME = re.compile(r"(?<![\w.+/@＠-])[@＠](\w{1,40})(?:[ \u00a0\u202f.-]?(\w{1,40}))?")
_MOST_STRANGERS = 5


def strangers(
    text: str, chat: Chat, rules: NetworkRules, known: Iterable[str] = ()
) -> tuple[Stranger, ...]:
    """The @names that are nobody's of the chat, nor of `known`; the first few.

    An @name in two words counts as its first one, as on X, and with the second one for what it
    resembles: "@sf diouf" tags @sf, and @sf_diouf was meant.
    """
    names = {fold(account): account for one in chat.people if (account := account_of(one, rules))}
    if chat.account:
        names[fold(chat.account)] = chat.account
    ours = names.keys() | {fold(name) for name in known}
    likely = {_squeezed(account): account for account in names.values()}
    likely |= {
        _squeezed(one.name): account
        for one in chat.people
        if (account := account_of(one, rules)) and one.name
    }
    found: dict[str, Stranger] = {}
    tagged = _tagged(text, rules)
    for match in _AT_NAME.finditer(text):
        name, second = match[1], match[2] or ""
        if len(longer := tagged.get(match.start(), "")) > len(name):
            # The names of this network go on where a word ends.
            name, second = longer, ""
        if (fold(name) in ours and name.isascii()) or fold(name) in found:
            continue
        whole = _squeezed(name + second)
        near = [whole] if whole in likely else get_close_matches(_squeezed(name), likely, 1, 0.75)
        if near or rules.is_account(name):
            found[fold(name)] = Stranger(name, likely[near[0]] if near else "")
        if len(found) == _MOST_STRANGERS:
            break
    return tuple(found.values())


def _tagged(text: str, rules: NetworkRules) -> dict[int, str]:
    """The names that are tagged, by where their @ stands."""
    if "@" not in text and "＠" not in text:
        return {}
    found = rules.entities(text)
    return {one.start: one.value for one in found if one.kind is EntityKind.MENTION}


_SHORT_TAG = 6
"""Characters up to which one letter less or more makes another tag; longer ones bear two."""


def mistyped_tag(text: str, chat: Chat, rules: NetworkRules) -> str:
    """The tag in a text, without its sign, that is nearly that of the chat; "" for none.

    A text that has the tag of the chat as well is well.
    """
    wanted = fold(chat.hashtag)
    found = rules.hashtags(text) if wanted else []
    if wanted in map(fold, found):
        return ""
    most = 1 if len(wanted) <= _SHORT_TAG else 2
    return next((one for one in found if _differs(fold(one), wanted) <= most), "")


def with_tag_mended(text: str, chat: Chat, rules: NetworkRules) -> str:
    """The text with the tag of the chat in the place of one that is nearly it."""
    wrong = mistyped_tag(text, chat, rules)
    return re.sub(rf"(?<=[#＃]){re.escape(wrong)}(?!\w)", chat.hashtag, text) if wrong else text


def _differs(one: str, other: str) -> int:
    """In how many letters two words differ; two that are swapped count once."""
    former: list[int] = []
    before = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        costs = [row]
        for column, its in enumerate(other, 1):
            cost = min(before[column] + 1, costs[-1] + 1, before[column - 1] + (letter != its))
            if row > 1 and column > 1 and (letter, one[row - 2]) == (other[column - 2], its):
                cost = min(cost, former[column - 2] + 1)
            costs.append(cost)
        former, before = before, costs
    return before[-1]


def _squeezed(name: str) -> str:
    return re.sub(r"[\W_]", "", fold(name))


def _is_promotional(
    text: str, organisation: str, account: str, links: list[str], rules: NetworkRules
) -> bool:
    if account and fold(account) in map(fold, rules.mentions(text)):
        return True
    if any(fold(url).startswith(link) for url in rules.urls(text) for link in links):
        return True
    return bool(organisation) and bool(
        re.search(rf"(?<!\w){re.escape(fold(organisation))}(?!\w)", fold(text))
    )
