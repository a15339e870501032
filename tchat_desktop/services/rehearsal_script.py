"""The people who take part in a rehearsal, and what they say about the chat."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.signals import signals_in
from tchat_desktop.domain.texts import is_in_evening

_PARTS = re.compile(r"[.!?:;,–—]")
_WORDS = re.compile(r"[^\W_]+")
QUOTED = 100
"""The most characters of a topic that are quoted."""


class Someone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A simulated participant; `handle` is a bare name that ends in "_ex"."""

    name: str
    handle: str


class Sort(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers that fit every question of one sort, whatever the topic."""

    answers: tuple[str, ...]
    opens: tuple[str, ...] = ()
    """How one of the question's sentences begins, in folded words; empty for any beginning."""
    about: tuple[str, ...] = ()
    """Beginnings of words; the question has at least one of them. Empty for any words."""
    grave: bool = False
    """Whether it is about danger or violence: other answers come only once these are used up."""


class Incident(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A difficult post, said `seconds` after the question with the number `after_question`."""

    after_question: int
    seconds: int
    name: str
    handle: str
    text: str
    what: str = ""
    """What the debrief calls it: "awkward", "troll", "disclosure" or "named_child"; else empty."""
    when_answered: str = ""
    """What the person says once the organiser has replied; empty for nothing."""


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a simulated public says, in one language; without numbers and tags (see `filled`)."""

    answer_mark: str
    day_greeting: str
    evening_greeting: str
    people: tuple[Someone, ...]
    greetings: tuple[str, ...]
    guest_greetings: tuple[str, ...]
    answers: tuple[str, ...]
    guest_answers: tuple[str, ...]
    when_answered: tuple[str, ...]
    thanks: tuple[str, ...]
    sorts: tuple[Sort, ...]
    incidents: tuple[Incident, ...]

    def sort_of(self, question: str) -> Sort | None:
        """Return the first sort that the wording of the question fits; None when none does."""
        sentences = [" ".join(_WORDS.findall(one)) + " " for one in _PARTS.split(fold(question))]
        asked = " " + " ".join(sentences)
        for sort in self.sorts:
            opens = not sort.opens or any(
                one.startswith(f"{words} ") for one in sentences for words in sort.opens
            )
            about = not sort.about or any(f" {word}" in asked for word in sort.about)
            if opens and about:
                return sort
        return None


def load_script(path: Path) -> Script:
    """Read a script from a TOML file.

    Raises OSError, msgspec.ValidationError or tomllib.TOMLDecodeError.
    """
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Script)


def words_of(chat: Chat, script: Script, asked: str = "") -> dict[str, str]:
    """Return the values of the words in braces: topic, question asked, a guest, and a greeting.

    A topic or question that contains words of a confidence is left empty, so that no quote of it
    looks like a confidence.
    """
    guests = [guest.name for guest in chat.guests if guest.name]
    return {
        "topic": "" if signals_in(chat.topic) else _quoted(chat.topic),
        "asked": "" if signals_in(asked) else _quoted(asked),
        "guest": guests[0] if guests else "",
        "greeting": script.evening_greeting if is_in_evening(chat) else script.day_greeting,
    }


def filled(text: str, words: Mapping[str, str], around: str, rules: NetworkRules) -> str:
    """Return the sentence with its words; "" if one is empty or it does not fit beside `around`."""
    wanted = {name for _text, name, _spec, _how in string.Formatter().parse(text) if name}
    if any(not words.get(name) for name in wanted):
        return ""
    said = text.format_map(words)
    return said if rules.remaining(said + around) >= 0 else ""


def _quoted(text: str) -> str:
    """Return the text in one line for a quote, cut between words after QUOTED characters.

    Only what precedes the first question mark is taken, without the signs of mentions and tags.
    """
    first = re.split(r"[?？؟]", text, maxsplit=1)[0]
    words = [word.strip("@＠#＃") for word in first.split()]
    plain = " ".join(word for word in words if word)
    if len(plain) <= QUOTED:
        return plain
    return plain[:QUOTED].rsplit(" ", 1)[0] + "…"
