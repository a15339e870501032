"""The tag of a chat: short, easy to say and to remember, and clear (the guide)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from string import digits
from unicodedata import normalize

from tchat_desktop.domain.clean_text import bare
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.noun_groups import (
    capital,
    joined_tags,
    keywords,
    noun_groups,
    plain,
    refuses,
    whole_words,
)

SHORT = 15
"""A tag of at most this many characters is easy to remember and leaves room in each post."""

_LONG = 25
"""Beyond this a tag is hard to type on a phone."""

SUGGESTIONS = 6


class TagCheck(StrEnum):
    """What is looked at in a tag."""

    VALID = "valid"
    NOT_ONLY_DIGITS = "not_only_digits"
    SHORT = "short"
    CAMEL_CASE = "camel_case"
    SAYABLE = "sayable"
    JOINED = "joined"
    ACCENTS = "accents"


class Level(StrEnum):
    """How a check came out: well, worth a thought, or not possible on X."""

    GOOD = "good"
    HINT = "hint"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class TagVerdict:
    """The outcome of one check.

    `value` is, for VALID the characters X does not accept; for SHORT the number of characters; for
    CAMEL_CASE a better way to write the tag, "" if none is known; for JOINED the letters that read
    badly; for ACCENTS the letters with one.
    """

    check: TagCheck
    level: Level
    value: str | int = ""


def normalise(typed: str) -> str:
    """The tag as kept: without the # sign and without spaces; where there were some, each word
    begins with a capital, as its readers need it.
    """
    words = re.sub(r"[#＃]", "", bare(typed)).split()
    return "".join(word[0].upper() + word[1:] for word in words) if words[1:] else "".join(words)


def year_variant(tag: str, year: int) -> str:
    """The tag with the year at its end, in place of another year if there is one."""
    return re.sub(r"(19|20)\d\d$", "", tag) + str(year)


def verdicts(tag: str, now_year: int, rules: NetworkRules) -> tuple[TagVerdict, ...]:
    """How the tag comes out; () for none. JOINED and ACCENTS are there only when worth a thought.

    A year near `now_year` at the end is easy to say; other figures are not.
    """
    if not tag:
        return ()
    only_digits = tag.isdigit()
    valid = rules.is_tag(tag) or only_digits
    unwanted = "" if valid else "".join(dict.fromkeys(re.findall(r"\W", tag)))
    found = [
        TagVerdict(TagCheck.VALID, Level.GOOD if valid else Level.BAD, unwanted),
        TagVerdict(TagCheck.NOT_ONLY_DIGITS, Level.BAD if only_digits else Level.GOOD),
        TagVerdict(TagCheck.SHORT, Level.GOOD if len(tag) <= SHORT else Level.HINT, len(tag)),
    ]
    if not only_digits:
        camel = _is_camel_case(tag)
        better = "" if camel or not valid else _in_camel_case(tag)
        found.append(TagVerdict(TagCheck.CAMEL_CASE, Level.GOOD if camel else Level.HINT, better))
        sayable, joined = _is_sayable(tag, now_year), _reads_badly(tag)
        if not (sayable and joined):
            # What reads badly is not praised beside it.
            found.append(TagVerdict(TagCheck.SAYABLE, Level.GOOD if sayable else Level.HINT))
    if joined := _reads_badly(tag):
        found.append(TagVerdict(TagCheck.JOINED, Level.HINT, joined))
    if accents := "".join(dict.fromkeys(c for c in tag if _is_accented(c))):
        found.append(TagVerdict(TagCheck.ACCENTS, Level.HINT, accents))
    return tuple(found)


def as_tag(typed: str, language: str, rules: NetworkRules) -> str:
    """What was typed as a tag X accepts, its words told by capitals: "école-des-filles" gives
    "EcoleDesFilles"; "" when that is what was typed, or when nothing of it can be used."""
    words = whole_words(bare(typed), language)
    tag = "".join(word[0].upper() + word[1:] for word in map(plain, words))
    return tag if tag != normalise(typed) and rules.is_tag(tag) else ""


def suggestions(
    topic: str, organisation: str, year: int, language: str, rules: NetworkRules
) -> tuple[str, ...]:
    """Tags from the noun groups of the topic, at most six: short ones first, then with the year.

    Each comes out of `verdicts` without a hint, but that it may be a little long.
    """
    groups = noun_groups(topic, language)
    house = _short_name(organisation, language)
    named = [tag for group in groups for tag in joined_tags(group, language)]
    heads = [capital(group[0].words[0]) for group in groups if len(group[0].words) == 1]
    around = [f"Tchat{head}" if language.startswith("fr") else f"{head}Chat" for head in heads]
    around += [head + house for head in heads[:2]] if house else []
    around += [one + other for one, other in pairwise(heads)]
    # What a topic is about, without the words between: "les filles à l'école à Thiès".
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
    """The words a reader sees: cut before capitals and around figures and underscores."""
    return _PIECE.findall(tag)


def _is_camel_case(tag: str) -> bool:
    letters = tag.rstrip(digits)
    if not letters or letters == letters.upper():
        # One acronym, or a script without capitals.
        return len(letters) <= 6 or letters == letters.lower()
    if not letters[0].isupper():
        return False
    return len(_pieces(letters)) > 1 or len(letters) <= 9


def _in_camel_case(tag: str) -> str:
    """The tag with its words' first letters in capitals, when the words can be told."""
    words = [word for word in tag.split("_") if word]
    if len(words) > 1:
        return "".join(word[0].upper() + word[1:] for word in words)
    pieces = _pieces(tag)
    if len(pieces) > 1 or len(tag) <= 9:
        better = tag[0].upper() + tag[1:]
        return better if better != tag else ""
    return ""


def _is_sayable(tag: str, now_year: int) -> bool:
    """No figures inside, no underscores, not more than four words."""
    body = re.sub(r"\d{4}$", "", tag) if tag[-4:] in _years(now_year) else tag
    return not re.search(r"[\d_]", body) and len(_pieces(body)) <= 4


def _is_accented(character: str) -> bool:
    """A Latin letter some keyboards do not have."""
    return character.isalpha() and normalize("NFD", character)[0].isascii() != character.isascii()


def _years(now_year: int) -> set[str]:
    return {str(year) for year in range(now_year - 1, now_year + 3)}


def _reads_badly(tag: str) -> str:
    """Letters where two words meet that blur into one another: "FillesSages" gives "ss"."""
    for one, other in pairwise(_PIECE.finditer(tag)):
        left, right = one[0], other[0]
        if one.end() != other.start():
            continue
        if left[-1].isalpha() and fold(left[-1]) == fold(right[0]):
            return (left[-1] + right[0]).lower()
        if left[-1] in "OoIl" and right[0].isdigit():
            return left[-1] + right[0]
    return ""
