"""The tag of a chat: short, easy to say and to remember, and clear (the guide)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from unicodedata import normalize
from urllib.parse import quote

from tchat_desktop.domain.post_text import is_valid_hashtag, weighted_length

SHORT = 15
"""A tag of at most this many characters is easy to remember and leaves room in each post."""

LONG = 25
"""Beyond this a tag is hard to type on a phone."""

SUGGESTIONS = 6

_STOP_WORDS = {
    "fr": """a à afin ai ainsi après au aux avant avec c ce ces cet cette chez comme comment contre
        d dans de des du elle elles en ensemble entre est et il ils je l la le les leur leurs lui
        ma mais mes mon n ne nos notre nous on ont ou où par pas plus pour pourquoi qu quand que
        quel quelle quelles quels qui quoi s sa sans ses si son sont sous sur ta te tes ton tous
        tout toute toutes tu un une vers vos votre vous y""",
    "en": """a about after all an and are as at be before by can do does for from have how i in into
        is it its let me my of on or our out she so than that the their them they this to together
        up us was we what when where which who why will with you your""",
}


class Check(StrEnum):
    """What is looked at in a tag."""

    VALID = "valid"
    NOT_ONLY_DIGITS = "not_only_digits"
    SHORT = "short"
    CAMEL_CASE = "camel_case"
    SAYABLE = "sayable"
    JOINED = "joined"
    ACCENTS = "accents"
    COST = "cost"


class Level(StrEnum):
    """How a check came out: well, worth a thought, or not possible on X."""

    GOOD = "good"
    HINT = "hint"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome of one check.

    `value` is, for VALID the characters X does not accept; for SHORT the number of characters; for
    CAMEL_CASE a better way to write the tag, "" if none is known; for JOINED the letters that read
    badly; for COST the weighted characters the tag takes in each post, its space included.
    """

    check: Check
    level: Level
    value: str | int = ""


def normalise(typed: str) -> str:
    """The tag as kept: without the # sign and without spaces."""
    return normalize("NFC", re.sub(r"[\s#＃\u200b\ufeff]", "", typed))


def cost(tag: str) -> int:
    """The weighted characters that " #Tag" takes in each post, of 280."""
    return weighted_length(f" #{tag}") if tag else 0


def is_usable(tag: str) -> bool:
    """Whether X makes a link of the tag."""
    return bool(tag) and is_valid_hashtag(tag)


def search_page(tag: str) -> str:
    """The page of X that shows what lives under the tag, latest first."""
    return f"https://x.com/search?q={quote('#' + tag, safe='')}&f=live"


def year_variant(tag: str, year: int) -> str:
    """The tag with the year at its end, in place of another year if there is one."""
    return re.sub(r"(19|20)\d\d$", "", tag) + str(year)


def verdicts(tag: str, now_year: int) -> tuple[Verdict, ...]:
    """How the tag comes out; () for none. JOINED and ACCENTS are there only when worth a thought.

    A year near `now_year` at the end is easy to say; other figures are not.
    """
    if not tag:
        return ()
    only_digits = tag.isdigit()
    valid = is_usable(tag) or only_digits
    unwanted = "" if valid else "".join(dict.fromkeys(re.findall(r"\W", tag)))
    found = [
        Verdict(Check.VALID, Level.GOOD if valid else Level.BAD, unwanted),
        Verdict(Check.NOT_ONLY_DIGITS, Level.BAD if only_digits else Level.GOOD),
        Verdict(Check.SHORT, Level.GOOD if len(tag) <= SHORT else Level.HINT, len(tag)),
    ]
    if not only_digits:
        camel = _is_camel_case(tag)
        better = "" if camel or not valid else _in_camel_case(tag)
        found.append(Verdict(Check.CAMEL_CASE, Level.GOOD if camel else Level.HINT, better))
        sayable = _is_sayable(tag, now_year)
        found.append(Verdict(Check.SAYABLE, Level.GOOD if sayable else Level.HINT))
    if joined := _reads_badly(tag):
        found.append(Verdict(Check.JOINED, Level.HINT, joined))
    if accents := "".join(dict.fromkeys(c for c in tag if _is_accented(c))):
        found.append(Verdict(Check.ACCENTS, Level.HINT, accents))
    found.append(Verdict(Check.COST, Level.GOOD if len(tag) <= LONG else Level.HINT, cost(tag)))
    return tuple(found)


def suggestions(topic: str, organisation: str, year: int, language: str) -> tuple[str, ...]:
    """Tags made from the topic, at most six: short ones first, then with the year."""
    words = [_capital(word) for word in keywords(topic, language)]
    house = _short_name(organisation, language)
    candidates = [
        "".join(pair) for pair in (*pairwise(words), *zip(words, words[2:], strict=False))
    ]
    candidates += ["".join(words[:3])] if len(words) > 2 else []
    candidates += [f"Tchat{word}" if language.startswith("fr") else f"{word}Chat" for word in words]
    if house:
        candidates += [word + house for word in words[:2]]
    short = [tag for tag in candidates if len(tag) <= SHORT]
    ranked = (short + [tag for tag in candidates if SHORT < len(tag) <= LONG])[: SUGGESTIONS - 1]
    if ranked:
        ranked.append(year_variant(ranked[0], year))
    return tuple(dict.fromkeys(tag for tag in ranked if is_usable(tag)))


def keywords(text: str, language: str) -> list[str]:
    """The words that carry meaning, once each, in order."""
    stop = set(_STOP_WORDS.get(language[:2].lower(), _STOP_WORDS["fr"]).split())
    pieces = re.findall(r"[^\W\d_]+|\d+", text)
    kept = [piece for piece in pieces if piece.lower() not in stop and len(piece) > 1]
    return list({piece.lower(): piece for piece in reversed(kept)}.values())[::-1]


def _capital(word: str) -> str:
    return word if word.isupper() else word[0].upper() + word[1:].lower()


def _short_name(organisation: str, language: str) -> str:
    """The organisation in a few letters: its acronym, or its name when that is one short word."""
    words = keywords(organisation, language)
    for word in words:
        if word.isupper() and 2 <= len(word) <= 6:
            return word
    if len(words) == 1 and len(words[0]) <= 8:
        return _capital(words[0])
    return "".join(word[0].upper() for word in words) if len(words) > 1 else ""


def _pieces(tag: str) -> list[str]:
    """The words a reader sees: cut before capitals and around figures and underscores."""
    return re.findall(r"[^\W\d_a-zà-öø-ÿ]+(?![a-zà-öø-ÿ])|[^\W\d_][a-zà-öø-ÿ]*|\d+", tag)


def _is_camel_case(tag: str) -> bool:
    letters = re.sub(r"\d+$", "", tag)
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
    pieces = _pieces(tag)
    for left, right in pairwise(pieces):
        if left + right not in tag:
            continue
        if left[-1].isalpha() and left[-1].lower() == right[0].lower():
            return (left[-1] + right[0]).lower()
        if left[-1] in "OoIl" and right[0].isdigit():
            return left[-1] + right[0]
    return ""
