"""What in a post of the public asks for care: a confidence, a minor, a child named, an insult.

A hint and no more: it is read by words (`signal_words.py` and
`signal_words_es_pt_ar.py`), misses much and is sometimes wrong.
Nothing is ever done because of it: the app says what it noticed, proposes, and does not propose
what could harm. The organiser reads the post and decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache

from tchat_desktop.domain import signal_words as words
from tchat_desktop.domain import signal_words_es_pt_ar as more
from tchat_desktop.domain.anonymity import comparable_handle
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.child_names import child_hints
from tchat_desktop.domain.conversation import FeedPost, is_from_guest, is_from_organiser
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.guest_answers import is_for_guest
from tchat_desktop.domain.openings import Openings, WordStarts
from tchat_desktop.domain.short_spelling import spelt_out

READ = 25_000
"""Characters of a text that are read: the longest post X knows."""
_KEPT = 1 << 17
"""Texts of which is remembered what was read in them."""


class Signal(StrEnum):
    """What a post may hold, the gravest first."""

    DISCLOSURE = "disclosure"
    """Somebody tells what they live through, or somebody close, or asks for help."""
    MINOR = "minor"
    """Who writes, or somebody close to them, is under 18."""
    NAMED_CHILD = "named_child"
    INSULT = "insult"
    """An insult or a threat."""


class Care(StrEnum):
    """What is proposed for such a post."""

    ANSWER_IN_PRIVATE = "answer_in_private"
    HIDE = "hide"
    NO_REPOST = "no_repost"
    """Do not repost or highlight it: that would show it to many more people."""


def _words(patterns: Iterable[str]) -> re.Pattern[str]:
    """One pattern for all; the beginning of a word is said once: that is quicker."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})")


_OF_ONESELF = Openings((*words.TOLD_OF_ONESELF, *more.MORE_TOLD_OF_ONESELF))
_NEAR_WORDS = (*words.NEAR_WORDS, *more.MORE_NEAR_WORDS)
_NEAR, _SOMEBODY_NEAR = _words(_NEAR_WORDS), Openings(_NEAR_WORDS)
_HARM = _words((*words.HARM_TO_NEAR, *more.MORE_HARM_TO_NEAR))
_MINOR = Openings(
    (*words.MINOR_ONESELF, *words.MINOR_NEAR, *more.MORE_MINOR_ONESELF, *more.MORE_MINOR_NEAR)
)
_INSULT = Openings((*words.INSULTS, *more.MORE_INSULTS))
_ASKS_WHOM = _words((*words.ASKS_WHOM, *more.MORE_ASKS_WHOM))
_IN_PARTICULAR = _words((*words.OF_SOMEBODY_IN_PARTICULAR, *more.MORE_OF_SOMEBODY_IN_PARTICULAR))
_SENTENCE = re.compile(r"(?<=[.!?؟])")
_SAID_NEARBY = 120
"""Characters of the folded text within which what happens to somebody close is told."""


@lru_cache(maxsize=_KEPT)
def signals_in(text: str) -> tuple[Signal, ...]:
    """What a text may hold, the gravest first; empty for most texts."""
    disclosure, minor, insult = _told_in(text)
    found = {
        Signal.DISCLOSURE: disclosure,
        Signal.MINOR: minor,
        Signal.NAMED_CHILD: bool(child_hints(text[:READ])),
        Signal.INSULT: insult,
    }
    return tuple(signal for signal in Signal if found[signal])


@lru_cache(maxsize=_KEPT)
def _told_in(text: str) -> tuple[bool, bool, bool]:
    """Whether there may be a confidence in a text, a minor, an insult: all but names of children,
    which no figure asks for.
    """
    folded = fold(text[:READ])
    as_typed, spelt = WordStarts(folded), spelt_out(folded)
    # As it stands, and as it would stand in a dictionary.
    readings = [as_typed] if spelt == folded else [as_typed, WordStarts(spelt)]
    return (
        any(map(_tells, readings)),
        any(map(_MINOR.match_in, readings)),
        _INSULT.match_in(as_typed),
    )


def noticed(feed: FeedPost) -> tuple[Signal, ...]:
    """What a post holds by its words and by what the organiser says of it, the gravest first."""
    if not (feed.confided or feed.names_child):
        return () if feed.harmless else signals_in(feed.post.text)
    wanted = {
        *signals_in(feed.post.text),
        *((Signal.DISCLOSURE,) if feed.confided else ()),
        *((Signal.NAMED_CHILD,) if feed.names_child else ()),
    }
    return tuple(signal for signal in Signal if signal in wanted)


def signals_of(feed: FeedPost, chat: Chat) -> tuple[Signal, ...]:
    """What a post holds that asks for care. What guests and the organiser write is left to them,
    but for the name of a child and for what the organiser says is a confidence.
    """
    found = noticed(feed)
    known = is_from_guest(feed.post, chat) or is_from_organiser(feed.post, chat)
    if found and known and not feed.confided:
        return tuple(signal for signal in found if signal is Signal.NAMED_CHILD)
    return found


def care_for(signals: Iterable[Signal]) -> tuple[Care, ...]:
    """What to propose; empty when there is nothing."""
    seen = set(signals)
    if not seen:
        return ()
    confided = seen - {Signal.INSULT}
    first = (Care.ANSWER_IN_PRIVATE,) if confided else ()
    return (*first, Care.HIDE, Care.NO_REPOST)


_CONFIDED = frozenset({Signal.DISCLOSURE, Signal.MINOR, Signal.NAMED_CHILD})


_GRAVE = frozenset({Signal.DISCLOSURE, Signal.MINOR})
"""What harms whoever said it once their name stands beside it."""


def is_grave(signals: Iterable[Signal]) -> bool:
    """Whether there may be a confidence among these, or a minor."""
    return not _GRAVE.isdisjoint(signals)


def is_urgent(signals: Iterable[Signal]) -> bool:
    """Whether somebody tells what they live through: the organiser is told at once."""
    return Signal.DISCLOSURE in signals


def confides(text: str) -> bool:
    """Whether a text may be a confidence, or a minor's."""
    disclosure, minor, _insult = _told_in(text)
    return disclosure or minor


def is_confidence(item: FeedPost, chat: Chat) -> bool:
    """Whether a post is kept as a confidence: the organiser says so, or does not deny it."""
    if item.confided:
        return True
    if item.harmless or is_for_guest(item) or not confides(item.post.text):
        return False
    return not is_from_guest(item.post, chat) and not is_from_organiser(item.post, chat)


def countable(chat: Chat, posts: Iterable[FeedPost]) -> list[FeedPost]:
    """The posts that may be counted and shown to others: neither hidden nor a confidence.

    A number tells too: "one reply" to a question only a child confided under. So every figure and
    every table made of posts begins here; a highlight is chosen by the organiser, post by post.
    """
    return [item for item in posts if not item.hidden and not is_confidence(item, chat)]


def exposes(signals: Iterable[Signal]) -> bool:
    """Whether showing such a post to more people could harm somebody."""
    return not _CONFIDED.isdisjoint(signals)


def delicate_authors(posts: Iterable[FeedPost]) -> frozenset[str]:
    """Who wrote what may ask for care, as `anonymity.bare` names them. For many posts, not on
    the GUI thread.
    """
    return frozenset(comparable_handle(one.post.author) for one in posts if noticed(one))


def people_to_spare(chat: Chat, delicate: frozenset[str]) -> frozenset[str]:
    """Whom of `delicate_authors` the app proposes neither to welcome nor to thank.

    Who confides something is not pointed at in public, and an insult is not thanked. Guests and
    the organising account, whom the organiser knows, are left out.
    """
    known = {comparable_handle(guest.typed_account) for guest in chat.guests} | {
        comparable_handle(chat.account)
    }
    return delicate - known


def _tells(reading: WordStarts) -> bool:
    if _OF_ONESELF.match_in(reading):
        return True
    if not _SOMEBODY_NEAR.match_in(reading):
        return False
    told = "".join(one for one in _SENTENCE.split(reading.text) if not _merely_asks_whom(one))
    return any(
        _HARM.search(told, near.end(), near.end() + _SAID_NEARBY) for near in _NEAR.finditer(told)
    )


def _merely_asks_whom(sentence: str) -> bool:
    """Whether a sentence asks whom to call, of nobody in particular: that is a useful question."""
    return (
        sentence.endswith(("?", "؟"))
        and bool(_ASKS_WHOM.search(sentence))
        and not _IN_PARTICULAR.search(sentence)
    )
