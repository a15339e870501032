"""The posts of participants with the organiser's marks, and which question each one answers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules, NotAPostLink
from tchat_desktop.domain.numbering import numbers
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState, left_at

ANSWERING_TIME = timedelta(minutes=10)
"""How long after a question a post that names no question is taken for an answer to it."""


YES, NO = "yes", "no"
"""The organiser's verdict on a post in `FeedPost.asks`, which counts more than its wording."""


@dataclass(frozen=True, slots=True)
class Post:
    """A post under the tag. `author` is the name on X without the @ sign; `created_at` is UTC."""

    id: str
    author: str
    author_name: str
    text: str
    created_at: datetime
    url: str = ""
    in_reply_to: str = ""
    """Id of the post this one answers; "" when it answers none."""
    reposts: int = 0
    by_hand: bool = False
    """Whether the organiser entered it, or pasted the page it was on; see `is_by_hand`."""


@dataclass(frozen=True, slots=True)
class FeedPost:
    """A collected post with the organiser's marks."""

    post: Post
    starred: bool = False
    hidden: bool = False
    answered: bool = False
    question_id: str = ""
    """Id of the question of the chat it belongs to; "" for none."""
    assigned_to: str = ""
    """Id of the guest who is to answer it; "" for nobody."""
    harmless: bool = False
    """The organiser has read it and says it needs no care, though its words may suggest so."""
    confided: bool = False
    """The organiser says that somebody confides something in it, whatever its words suggest."""
    names_child: bool = False
    """The organiser says that a child is named in it, whatever its words suggest."""
    asks: str = ""
    """`YES` or `NO` if the organiser said whether it is a question; "" to judge by its words."""

    def corrected(self, post: Post, question_id: str) -> FeedPost:
        """This post with new content; `harmless` is cleared when the text changed."""
        same = self.post.text == post.text
        harmless = self.harmless and same
        return replace(self, post=post, question_id=question_id, harmless=harmless)


class Mark(StrEnum):
    """What the organiser can say about a post; each value is the name of a field of `FeedPost`."""

    STARRED = "starred"
    HIDDEN = "hidden"
    ANSWERED = "answered"
    QUESTION = "question_id"
    ASSIGNED = "assigned_to"
    HARMLESS = "harmless"
    CONFIDED = "confided"
    NAMES_CHILD = "names_child"
    ASKS = "asks"


EXCLUDED = {
    Mark.HARMLESS: (Mark.CONFIDED, Mark.NAMES_CHILD),
    Mark.CONFIDED: (Mark.HARMLESS,),
    Mark.NAMES_CHILD: (Mark.HARMLESS,),
}
"""The marks that are cleared when another one is set, because they contradict it."""


@dataclass(frozen=True, slots=True)
class Marking:
    """A change of one mark of one post; the other marks stay, but for those it excludes.

    `value` has the type of that field of `FeedPost`. `beside` are other marks that are given again
    with it, where that undoes what had cleared them all.
    """

    post_id: str
    mark: Mark
    value: bool | str
    beside: tuple[Mark, ...] = ()

    @property
    def changes(self) -> dict[str, Any]:
        """The fields of `FeedPost` to change, with their new values."""
        cleared = EXCLUDED.get(self.mark, ()) if self.value else ()
        changes: dict[str, Any] = {self.mark.value: self.value}
        changes |= {one.value: False for one in cleared}
        return changes | {one.value: True for one in self.beside}

    def on(self, feed: FeedPost) -> FeedPost:
        """The post with this mark changed."""
        return replace(feed, **self.changes)


def newest_id(post: Post, rules: NetworkRules) -> str:
    """The id of the newest version of a post, read from its link.

    X gives each edit a new id; `Post.id` stays that of the first version.
    """
    try:
        return rules.links.read(post.url).id
    except NotAPostLink:
        return post.id


def is_by_hand(post: Post) -> bool:
    """Whether the post came through the organiser, so that its reposts are not known.

    One that an earlier version of the app has kept is told by its missing name.
    """
    return post.by_hand or not has_display_name(post)


def has_display_name(post: Post) -> bool:
    """Whether the name that the author shows is known; else it is the handle with an @ sign."""
    return post.author_name != f"@{post.author}"


CLOCK_BEHIND = timedelta(hours=1)
"""How far the computer's clock may be behind X's before a post seems to come from the future."""


# --- what a post is about ------------------------------------------------------------------

_NUMBERED_FIRST = re.compile(
    r"^(?:[#@]\w+|\W)*(?P<letter>r(?:é|e)p(?:onse)?\.?\s?|r\s?|a|q)(?P<number>[0-9]{1,2})(?!\w)",
    re.IGNORECASE,
)
_NUMBERED_INSIDE = re.compile(r"(?<!\w)[RA](?P<number>[0-9]{1,2})(?!\w)")
_OWN_NUMBER = re.compile(r"^Q\s?[0-9]{1,2}(?![\w])\s*[.:)–—-]?\s*", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+")
_ASKS_FOR_A_FACT = re.compile(
    r"\b(?:combien|comment|quel(?:le)?s?|ou (?:peut|trouver|est|sont|aller|puis|dois|doit)"
    r"|a qui (?:peut|faut|doit|dois|puis|s'adresser|demander|parler)|quand (?:peut|faut|est|doit)"
    r"|(?<!n')est-ce (?!pas\b)|c'est (?:quoi|vrai|ou|gratuit|payant|possible)|[ay] a-t-il"
    r"|existe-t-il|peut-(?:on|il|elle)|puis-je|faut-il|do(?:it-on|is-je|it-il)"
    r"|(?:pouvez|pourriez|savez|avez|connaissez)-vous|vous (?:avez|connaissez|savez)"
    r"|how (?:much|many|can|do|does|to)|where|which|when (?:can|do|is|does)"
    r"|(?:can|could|should|may) (?:i|we|you|one)|do(?:es)? (?:it|i|we|you|the|this|that|anyone)"
    r"|(?:is|are|was) (?:it|this|that|there|they)|what (?:is|are|does|do)|who (?:can|do|should) i)"
)
"""In folded text: words that ask for a fact, which makes even an answer a question."""
_FOR_EFFECT = re.compile(
    r"est-ce (?:encore )?possible|(?:oser|accepter|laisser|voudr|croir)ait|jusqu'a quand"
    r"|combien de \w+ encore|encore combien|comment (?:peut-on|ose-t-on|osent) \w*\s?"
    r"(?:accepter|laisser|dormir|se taire|croire)|quel monde|vous (?:savez|avez) quoi$"
    r"|how many more|how (?:can|do) (?:i|we|you) (?:accept|let|sleep|allow|stay)"
    r"|is it any wonder|is that not"
)
"""In folded text: rhetorical phrases that look like a question and wait for no answer."""
_ASKS_AT_FIRST = re.compile(
    r"(?:et |alors |mais |svp |s'il vous plait |and |please )?(?:"
    r"comment (?:faire|puis-je|peut-on|on peut|je peux|savoir|trouver|porter plainte"
    r"|(?:convaincre|aider|parler|proteger|reagir|repondre|soutenir) )"
    r"|que (?:faire|puis-je|peut-on|doit-on|dire) |qu'est-ce qu|est-ce qu"
    r"|combien (?:coute|ca coute|faut-il|de temps)|a partir de quel age"
    r"|ou (?:trouver|aller|puis-je|peut-on|appeler|s'adresser|se renseigner|porter plainte)"
    r"|a qui (?:peut-on|puis-je|s'adresser|demander|parler)|(?:y a-t-il|existe-t-il|peut-on"
    r"|puis-je|faut-il|doit-on|pouvez-vous|pourriez-vous|savez-vous|connaissez-vous) "
    r"|quel(?:le)?s? (?:est|sont|numero|recours|papiers|documents) "
    r"|(?:how (?:do|can|to|much|should)|where (?:can|do|should|is)|what (?:can|should|do) (?:i|we)"
    r"|who can|is there|are there|does any|can (?:i|we|you|some|any)|could you) )"
)
"""In folded text, at the beginning of a sentence: words that ask, with or without their mark."""
_ASKS_ANYWHERE = re.compile(
    r"\b(?:(?:voudrais|voulais|aimerais|souhaite|souhaiterais|veux) (?:bien )?savoir"
    r"|quelqu'un (?:sait|connait|peut|pourrait|aurait)|(?:ma|une|petite) question ?:"
    r"|(?:would|'d) like to know|(?:anyone|anybody|someone) knows? (?:how|where|if|who|a)"
    r"|(?:quisiera|me gustaria) saber|alguien sabe|gostaria de saber|alguem sabe)"
)
_PARTS = re.compile(r"[.!:;,…\n]")
_END_OF_SENTENCE = re.compile(r"([.!?？؟])")
_OUT = (PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN)
"""States of posts that are published, or may be."""
_QUESTION_MARKS = ("?", "？", "؟")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the chat that was published, with its id on X and when it left (UTC).

    `remote_id` is "" while it is not known, `number` None for a question without one.
    """

    question_id: str
    remote_id: str
    at: datetime
    number: int | None = None


def asked_questions(
    chat: Chat, rows: Sequence[OutboxPost], rules: NetworkRules
) -> tuple[Asked, ...]:
    """The questions that are published, or may be, in the order they left."""
    ids = {question.id for question in chat.questions}
    asked = [
        Asked(row.question_id, row.remote_id, left_at(row, rules), row.number)
        for row in rows
        if row.kind is PostKind.QUESTION and row.state in _OUT
    ]
    return tuple(sorted((one for one in asked if one.question_id in ids), key=lambda one: one.at))


def asked_wordings(chat: Chat, rows: Iterable[OutboxPost]) -> dict[str, str]:
    """The wording of each question that is published, or may be, by the id of the question.

    The number before it and the tag of the chat after it are removed: the screens add both.
    """
    tag = fold(f"#{chat.hashtag}")
    worded: dict[str, str] = {}
    for row in rows:
        if row.kind is not PostKind.QUESTION or row.state not in _OUT:
            continue
        words = _OWN_NUMBER.sub("", row.text.strip(), count=1).strip()
        *before, last = words.rsplit(maxsplit=1) or [""]
        worded[row.question_id] = "".join(before) if fold(last) == tag else words
    return worded


def closed_at(rows: Sequence[OutboxPost], rules: NetworkRules) -> datetime | None:
    """When the closing words or the thanks left (UTC), whichever was first; None if neither did.

    What participants write later is not taken for an answer to the last question.
    """
    last_words = (PostKind.CLOSING, PostKind.THANKS)
    left = [left_at(row, rules) for row in rows if row.kind in last_words and row.state in _OUT]
    return min(left, default=None)


def number_named(text: str) -> int | None:
    """The number of the question that a post says it answers ("R3 …", "A3 …"), None for none."""
    found = _NUMBERED_FIRST.search(text) or _NUMBERED_INSIDE.search(text)
    return int(found["number"]) if found else None


def question_of(
    post: Post, chat: Chat, asked: Sequence[Asked], closed: datetime | None = None
) -> str:
    """The id of the question a post belongs to, "" for none.

    First counts the number the post names ("R3 …"), then the post it replies to, then the time: the
    last question asked at most `ANSWERING_TIME` before it, if it is older than `closed` (UTC). Time
    alone never decides for a post that asks something itself.
    """
    number = number_named(post.text)
    if number is not None:
        # Some answer a question before it is asked, so the planned numbers count as well.
        out = [(one.question_id, one.number) for one in asked if one.number]
        to_come = [pair for pair in numbers(chat).items() if pair[0] not in dict(out)]
        if found := [one for one, its in (*out, *to_come) if its == number]:
            return found[0]
    if post.in_reply_to:
        for one in asked:
            if one.remote_id == post.in_reply_to:
                return one.question_id
    if is_question(post.text) or (closed is not None and post.created_at >= closed):
        return ""
    before = [one for one in asked if one.at <= post.created_at]
    if before and post.created_at - before[-1].at <= ANSWERING_TIME:
        return before[-1].question_id
    return ""


def is_question(text: str) -> bool:
    """Whether a participant asks something, by the words: a question mark outside of a link.

    Many ask without one ("Comment faire pour…", "je voudrais savoir"). In a post that begins as an
    answer ("R3 …") only a request for a fact counts, such as what something costs, since questions
    for effect are frequent there.
    """
    plain = _ADDRESS.sub("", text)
    if _NUMBERED_FIRST.search(text):
        return _asks_for_a_fact(fold(plain))
    return any(mark in plain for mark in _QUESTION_MARKS) or _asks_without_mark(plain)


def _asks_without_mark(plain: str) -> bool:
    said = fold(" ".join(word for word in plain.split() if word[0] not in "#@"))
    begins = (part.strip() + " " for part in _PARTS.split(said))
    return bool(_ASKS_ANYWHERE.search(said)) or any(map(_ASKS_AT_FIRST.match, begins))


def _asks_for_a_fact(folded: str) -> bool:
    parts = _END_OF_SENTENCE.split(folded)
    return any(
        mark in _QUESTION_MARKS
        and _ASKS_FOR_A_FACT.search(sentence)
        and not _FOR_EFFECT.search(sentence)
        for sentence, mark in zip(parts[::2], parts[1::2], strict=False)
    )


def asks(feed: FeedPost) -> bool:
    """Whether a post is a question, as the organiser said or else by its words."""
    return feed.asks == YES or (feed.asks != NO and is_question(feed.post.text))


def is_from_guest(post: Post, chat: Chat) -> bool:
    """Whether the author is a guest of the chat who has not declined."""
    author = fold(post.author)
    return any(fold(guest.typed_account) == author for guest in chat.guests if guest.typed_account)


def is_from_organiser(post: Post, chat: Chat) -> bool:
    """Whether the author is the organising account."""
    return bool(chat.account) and fold(post.author) == fold(chat.account)
