"""Checks and suggests the tag of a chat, which is short, easy to say and clear (the guide).

A tag is written without the # sign here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import pairwise
from string import digits
from unicodedata import normalize

from tchat_desktop.domain.chat import Announcement, Chat, is_out
from tchat_desktop.domain.clean_text import bare
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.judgements import judgement
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.noun_groups import (
    capital,
    joined_tags,
    keywords,
    noun_groups,
    plain,
    refuses,
    whole_words,
    without_lead,
)

SHORT = 15
"""The most characters of a tag that is easy to remember and leaves room in each post."""

_LONG = 25
"""The most characters of a suggested tag: a longer one is hard to type on a phone."""

SUGGESTIONS = 6


class TagCheck(StrEnum):
    """What is checked in a tag."""

    VALID = "valid"
    NOT_ONLY_DIGITS = "not_only_digits"
    SHORT = "short"
    CAMEL_CASE = "camel_case"
    SAYABLE = "sayable"
    JOINED = "joined"
    ACCENTS = "accents"
    ACCENTS_LOST = "accents_lost"
    """A word of the topic has lost its accents in it."""


class Level(StrEnum):
    """The result of a check: good, worth a thought, or not possible on the network."""

    GOOD = "good"
    HINT = "hint"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class TagVerdict:
    """The outcome of one check.

    `value` is, for VALID, the characters that are not accepted; for SHORT, the number of
    characters; for CAMEL_CASE, a better spelling of the tag, "" if none is known, or else its words
    as they are seen; for SAYABLE, the number of words, or the figures or "_" that are in the way;
    for JOINED, the letters that read badly; for ACCENTS, the letters that have an accent; for
    ACCENTS_LOST, the tag with its accents. `mark` is what `Chat.meant` keeps when a hint is put
    aside; "" for any other level.
    """

    check: TagCheck
    level: Level
    value: str | int = ""
    mark: str = field(default="", compare=False)


def normalise(typed: str) -> str:
    """The typed tag without # signs and spaces.

    Where there were several words, each begins with a capital, so that they can be told apart.
    """
    words = re.sub(r"[#＃]", "", bare(typed)).split()
    return "".join(word[0].upper() + word[1:] for word in words) if words[1:] else "".join(words)


def year_variant(tag: str, year: int) -> str:
    """The tag with the year at its end, which replaces another year (1900 to 2099) there."""
    return re.sub(r"(19|20)\d\d$", "", tag) + str(year)


def verdicts(
    tag: str, now_year: int, rules: NetworkRules, topic: str = ""
) -> tuple[TagVerdict, ...]:
    """The outcome of every check of a tag; () for an empty tag.

    NOT_ONLY_DIGITS, JOINED, ACCENTS and ACCENTS_LOST are listed only when something is to be said;
    the last one knows the words of the `topic`. A year at the end, from the one before `now_year`
    to two after it, is easy to say; other figures are not.
    """
    return tuple(
        replace(one, mark=judgement("tag", one.check, tag)) if one.level is Level.HINT else one
        for one in _checked(tag, now_year, rules, topic)
    )


def _checked(tag: str, now_year: int, rules: NetworkRules, topic: str) -> tuple[TagVerdict, ...]:
    if not tag:
        return ()
    only_digits = tag.isdigit()
    valid = rules.is_tag(tag) or only_digits
    unwanted = "" if valid else "".join(dict.fromkeys(re.findall(r"\W", tag)))
    found = [
        TagVerdict(TagCheck.VALID, Level.GOOD if valid else Level.BAD, unwanted),
        *([TagVerdict(TagCheck.NOT_ONLY_DIGITS, Level.BAD)] if only_digits else []),
        TagVerdict(TagCheck.SHORT, Level.GOOD if len(tag) <= SHORT else Level.HINT, len(tag)),
    ]
    if not only_digits:
        camel = _is_camel_case(tag)
        better = " ".join(_pieces(tag)) if camel else _in_camel_case(tag) if valid else ""
        found.append(TagVerdict(TagCheck.CAMEL_CASE, Level.GOOD if camel else Level.HINT, better))
        hard, joined = _hard_to_say(tag, now_year), _reads_badly(tag)
        if hard:
            found.append(TagVerdict(TagCheck.SAYABLE, Level.HINT, hard))
        elif not joined:
            # A tag that reads badly is not called easy to say as well.
            found.append(TagVerdict(TagCheck.SAYABLE, Level.GOOD, len(_said(tag, now_year))))
    if joined := _reads_badly(tag):
        found.append(TagVerdict(TagCheck.JOINED, Level.HINT, joined))
    if accents := "".join(dict.fromkeys(c for c in tag if _is_accented(c))):
        found.append(TagVerdict(TagCheck.ACCENTS, Level.HINT, accents))
    if valid and (spelled := accented(tag, topic)) != tag:
        found.append(TagVerdict(TagCheck.ACCENTS_LOST, Level.HINT, spelled))
    return tuple(found)


def as_tag(typed: str, language: str, rules: NetworkRules) -> str:
    """A valid tag made of what was typed: "école-des-filles" gives "EcoleDesFilles".

    "" when that is what was typed already, or when no valid tag can be made of it.
    """
    words = whole_words(bare(typed), language)
    tag = "".join(word[0].upper() + word[1:] for word in map(plain, words))
    return tag if tag != normalise(typed) and rules.is_tag(tag) else ""


def suggestions(
    topic: str, organisation: str, year: int, language: str, rules: NetworkRules
) -> tuple[str, ...]:
    """At most six tags made of the noun groups of the topic, the last one with the year.

    `language` is that of the topic (BCP 47). `verdicts` gives no hint for any of them, except that
    it may be longer than `SHORT`.
    """
    groups = [without_lead(group, language) for group in noun_groups(topic, language)]
    house = _short_name(organisation, language)
    named = [tag for group in groups for tag in joined_tags(group, language)]
    heads = [capital(group[0].words[0]) for group in groups if len(group[0].words) == 1]
    around = [f"Tchat{head}" if language.startswith("fr") else f"{head}Chat" for head in heads]
    around += [head + house for head in heads[:2]] if house else []
    around += [one + other for one, other in pairwise(heads)]
    around += [f"Tchat{house}" if language.startswith("fr") else f"{house}Chat"] if house else []
    # The main words of a topic without those between: "les filles à l'école à Thiès".
    around += ["".join(heads[:3])] if len(heads) > 2 else []
    ranked = [
        tag
        for candidates in (named, around)
        for tag in sorted(candidates, key=lambda tag: len(tag) > SHORT)
        if len(tag) <= _LONG and rules.is_tag(tag) and _hints(tag, year, rules) <= {TagCheck.SHORT}
    ]
    ranked = list(dict.fromkeys(ranked))[: SUGGESTIONS - 1]
    dated = [year_variant(tag, year) for tag in ranked[:1]]
    return (*ranked, *(tag for tag in dated if len(tag) <= _LONG and tag not in ranked))


def accented(tag: str, topic: str) -> str:
    """The tag with the accents that its words have in the topic; the tag itself without any."""
    words = {fold(word): word for word in re.findall(r"[^\W\d_]+", normalize("NFC", topic))}

    def spelled(piece: re.Match[str]) -> str:
        word = words.get(fold(piece[0]), "")
        if not piece[0].isascii() or len(word) != len(piece[0]) or word.isascii():
            return piece[0]
        return "".join(
            letter.upper() if kept.isupper() else letter.lower()
            for letter, kept in zip(word, piece[0], strict=True)
        )

    return _PIECE.sub(spelled, tag)


def variants(tag: str, topic: str, year: int, rules: NetworkRules) -> tuple[str, ...]:
    """The same tag written otherwise: with the year, with accents or without, in fewer words."""
    if not rules.is_tag(tag):
        return ()
    small = _SMALL_PIECES
    pieces = _pieces(tag)
    fewer = "".join(piece for piece in pieces if fold(piece) not in small)
    found = (
        year_variant(tag, year),
        accented(tag, topic),
        plain(tag),
        fewer if 1 < len(fewer) < len(tag) and "_" not in tag else "",
    )
    return tuple(one for one in dict.fromkeys(found) if one and one != tag and rules.is_tag(one))


_SMALL_PIECES = frozenset(
    ["de", "des", "du", "la", "le", "les", "l", "d", "et", "aux", "au", "of", "the", "and", "in"]
)
"""Words of a tag that it can do without."""


def tags_out(chat: Chat, rules: NetworkRules) -> tuple[tuple[Announcement, str], ...]:
    """The announcements that are out with another tag than that of the chat, and which one."""
    found = []
    left_with = dict(chat.announced_tags)
    for one in chat.announcements:
        old = one.tag or left_with.get(one.id) or next(iter(rules.hashtags(one.text)), "")
        if is_out(chat, one) and old and fold(old) != fold(chat.hashtag):
            found.append((one, old))
    return tuple(found)


def _hints(tag: str, year: int, rules: NetworkRules) -> set[TagCheck]:
    return {one.check for one in verdicts(tag, year, rules) if one.level is not Level.GOOD}


def _short_name(organisation: str, language: str) -> str:
    """The acronym of the organisation, or its name when that is one short word; "" for neither."""
    words = [plain(word) for word in keywords(organisation, language)]
    for word in words:
        if word.isupper() and 2 <= len(word) <= 6:
            return word
    if len(words) == 1 and len(words[0]) <= 8 and not refuses(organisation, language):
        return capital(words[0])
    return ""


_PIECE = re.compile(r"[^\W\d_a-zà-öø-ÿ]+(?![a-zà-öø-ÿ])|[^\W\d_][a-zà-öø-ÿ]*|\d+")


def _pieces(tag: str) -> list[str]:
    """The words a reader sees in a tag, which is cut before capitals and around figures and "_"."""
    return _PIECE.findall(tag)


def _is_camel_case(tag: str) -> bool:
    letters = tag.rstrip(digits)
    if letters == letters.upper():
        # One acronym, or a script without capitals.
        return len(letters) <= 6 or letters == letters.lower()
    if not letters[0].isupper():
        return False
    return len(_pieces(letters)) > 1 or len(letters) <= 9


def _in_camel_case(tag: str) -> str:
    """The tag with a capital at the start of each word; "" when its words cannot be told apart."""
    better = "".join(word[0].upper() + word[1:] for word in tag.split("_") if word)
    return better if better != tag and _is_camel_case(better) else ""


def _said(tag: str, now_year: int) -> list[str]:
    """The words that are said aloud, less a near year at the end."""
    return _pieces(re.sub(r"\d{4}$", "", tag) if tag[-4:] in _years(now_year) else tag)


def _hard_to_say(tag: str, now_year: int) -> str | int:
    """What makes a tag hard to say: figures other than a near year, "_", or the number of its words
    where they are more than four; "" for nothing.
    """
    body = re.sub(r"\d{4}$", "", tag) if tag[-4:] in _years(now_year) else tag
    if figures := re.search(r"\d+", body):
        return figures[0]
    words = len(_said(tag, now_year))
    return "_" if "_" in body else words if words > 4 else ""


def _is_accented(character: str) -> bool:
    """Whether a character is a Latin letter with an accent, which some keyboards do not have."""
    return character.isalpha() and normalize("NFD", character)[0].isascii() != character.isascii()


def _years(now_year: int) -> set[str]:
    return {str(year) for year in range(now_year - 1, now_year + 3)}


def _reads_badly(tag: str) -> str:
    """The letters that are hard to tell apart where two words meet: "FillesSages" gives "ss".

    So are O, o, I and l before a figure. "" when there are none.
    """
    for one, other in pairwise(_PIECE.finditer(tag)):
        left, right = one[0], other[0]
        if one.end() != other.start():
            continue
        if left[-1].isalpha() and fold(left[-1]) == fold(right[0]):
            return (left[-1] + right[0]).lower()
        if left[-1] in "OoIl" and right[0].isdigit():
            return left[-1] + right[0]
    return ""
