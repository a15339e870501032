"""Who takes part in a rehearsal, and what they say of the chat that is rehearsed."""

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
"""Characters of a topic that are quoted at the most."""


class Someone(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fictitious participant; `handle` is a bare name that ends in "_ex"."""

    name: str
    handle: str


class Sort(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is answered to questions of one sort; it fits each of them, whatever it is about."""

    answers: tuple[str, ...]
    opens: tuple[str, ...] = ()
    """How one of its sentences begins, in folded words; empty for any way."""
    about: tuple[str, ...] = ()
    """Beginnings of words, one of which is in it; empty for any words."""
    grave: bool = False
    """About danger or violence: nothing else is answered to it while there is something left."""


class Incident(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something to deal with, said `seconds` after the question number `after_question` asked."""

    after_question: int
    seconds: int
    name: str
    handle: str
    text: str
    what: str = ""
    """What the debrief speaks of: "awkward", "troll", "disclosure", "named_child"; else empty."""
    when_answered: str = ""
    """What the person says once the organiser has replied; empty for nothing more."""


class Script(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A public in one language; what it says is without number or tag, see `filled`."""

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
        """What fits the way a question is put; None when nothing does."""
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
    """Read a script. Raises OSError, msgspec.ValidationError, tomllib.TOMLDecodeError."""
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), Script)


def words_of(chat: Chat, script: Script, asked: str = "") -> dict[str, str]:
    """What stands for the words in braces: the chat's own topic, a guest, a greeting, and what was
    `asked`, which nobody quotes when its words would make the quote look like a confidence.
    """
    guests = [guest.name for guest in chat.guests if guest.name]
    return {
        "topic": "" if signals_in(chat.topic) else _quoted(chat.topic),
        "asked": "" if signals_in(asked) else _quoted(asked),
        "guest": guests[0] if guests else "",
        "greeting": script.evening_greeting if is_in_evening(chat) else script.day_greeting,
    }


def filled(text: str, words: Mapping[str, str], around: str, rules: NetworkRules) -> str:
    """The sentence with its words; "" when one is missing or it would not fit beside `around`."""
    wanted = {name for _text, name, _spec, _how in string.Formatter().parse(text) if name}
    if any(not words.get(name) for name in wanted):
        return ""
    said = text.format_map(words)
    return said if rules.remaining(said + around) >= 0 else ""


def _quoted(text: str) -> str:
    """The text on one line, cut between words: it asks, mentions and tags nothing any more."""
    first = re.split(r"[?？؟]", text, maxsplit=1)[0]
    words = [word.strip("@＠#＃") for word in first.split()]
    plain = " ".join(word for word in words if word)
    if len(plain) <= QUOTED:
        return plain
    return plain[:QUOTED].rsplit(" ", 1)[0] + "…"
