"""What X sees in the text of a post: its weighted length, and its links, mentions and hashtags.

The rules are those of twitter-text v3, X's own library; `python -m tests.conformance` runs X's
conformance suite against this module. A length is in weighted characters: Latin, Greek, Cyrillic,
Arabic and the like weigh 1, other characters and whole emoji weigh 2, a URL 23 whatever its size;
a post holds 280. Positions count code points of the text as given (Qt counts UTF-16 units).

Everything here runs at each key press, so all of it is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from tchat_desktop.domain.network_rules import Entity, EntityKind
from tchat_desktop.domain.x.post_urls import LATIN_LETTERS, REFUSED, url_spans

MAX_WEIGHT = 280
"""Weighted characters a post may have (twitter-text v3 configuration)."""

URL_WEIGHT = 23
"""Weighted characters of any URL, which X replaces by a t.co address of that size."""


@dataclass(frozen=True, slots=True)
class Counting:
    """A version of X's counting rules; the defaults are twitter-text v3, the one in force."""

    max_weight: int = MAX_WEIGHT
    heavy_weight: int = 2
    """Weight of a character outside the ranges that weigh 1."""
    joins_emoji: bool = True
    """Whether an emoji made of several code points weighs as one heavy character."""


V3 = Counting()


def _ranges(code_points: str) -> str:
    """The inside of a regex character class, from hexadecimal code points and ranges."""
    escaped = re.sub("[0-9A-F]+", lambda number: f"\\U{number[0]:0>8}", code_points)
    return escaped.replace(" ", "")


_LEADS_TO_LINK = re.compile(r"[\s:：(\[→➜➡\ufe0f👉-]+\Z")
"""Colons, arrows and the like before an address, which mean nothing without it."""
_BLANKS = re.compile(r"[)\]]?\s*")

# --- Length ---------------------------------------------------------------------------------

# The light ranges of the configuration: 0–4351, 8192–8205, 8208–8223, 8242–8247.
_HEAVY = re.compile(f"[^{_ranges('0-10FF 2000-200D 2010-201F 2032-2037')}]+")

# The emoji grammar follows the form of sequences (Unicode TS #51) and includes the whole blocks
# that Unicode reserves for pictographs, so that future emoji count right. Only older characters
# are listed: those that need U+FE0F to be emoji, and those that may have it. As with X, U+FE0F
# counts after any other emoji, and is needed even in a longer sequence where it is needed alone.
_TEXT_STYLE = _ranges(
    "A9 AE 203C 2049 2122 2139 2194-2199 21A9-21AA 2328 23CF 23ED-23EF 23F1-23F2 23F8-23FA 24C2 "
    "25AA-25AB 25B6 25C0 25FB-25FC 2600-2604 260E 2611 2618 261D 2620 2622-2623 2626 262A "
    "262E-262F 2638-263A 2640 2642 265F-2660 2663 2665-2666 2668 267B 267E 2692 2694-2697 2699 "
    "269B-269C 26A0 26A7 26B0-26B1 26C8 26CF 26D1 26D3 26E9 26F0-26F1 26F4 26F7-26F9 2702 "
    "2708-2709 270C-270D 270F 2712 2714 2716 271D 2721 2733-2734 2744 2747 2763-2764 27A1 "
    "2934-2935 2B05-2B07 3030 303D 3297 3299 1F170-1F171 1F17E-1F17F 1F202 1F237 1F321 "
    "1F324-1F32C 1F336 1F37D 1F396-1F397 1F399-1F39B 1F39E-1F39F 1F3CB-1F3CE 1F3D4-1F3DF 1F3F3 "
    "1F3F5 1F3F7 1F43F 1F441 1F4FD 1F549-1F54A 1F56F-1F570 1F573-1F579 1F587 1F58A-1F58D 1F590 "
    "1F5A5 1F5A8 1F5B1-1F5B2 1F5BC 1F5C2-1F5C4 1F5D1-1F5D3 1F5DC-1F5DE 1F5E1 1F5E3 1F5E8 1F5EF "
    "1F5F3 1F5FA 1F6CB 1F6CD-1F6CF 1F6E0-1F6E5 1F6E9 1F6F0 1F6F3"
)
_EITHER_STYLE = _ranges(
    "231A-231B 25FD-25FE 2614-2615 2648-2653 267F 2693 26A1 26AA-26AB 26BD-26BE 26C4-26C5 26D4 "
    "26EA 26F2-26F3 26F5 26FA 26FD 2757 2B1B-2B1C 2B50 2B55 1F004 1F21A 1F22F"
)
_EMOJI_STYLE = _EITHER_STYLE + _ranges(
    "23E9-23EC 23F0 23F3 26CE 2705 270A-270B 2728 274C 274E 2753-2755 2795-2797 27B0 27BF "
    "1F000-1F1E5 1F200-1F3FA 1F400-1FAFF 1FC00-1FFFD"
)
_SKIN_TONE = _ranges("1F3FB-1F3FF")
_FLAG_LETTER = _ranges("1F1E6-1F1FF")
_TAG, _LAST_TAG = _ranges("E0020-E007E"), _ranges("E007F")

# Slow to compile, so a plain string: `re` compiles it at the first emoji and keeps it.
_EMOJI = (
    f"[{_TEXT_STYLE}{_EITHER_STYLE}]\ufe0f"
    f"|[{_TEXT_STYLE}{_EMOJI_STYLE}][{_SKIN_TONE}]"
    f"|[{_FLAG_LETTER}]{{2}}"
    f"|(?![{_TEXT_STYLE}])[{_EMOJI_STYLE}](?:[{_TAG}]+{_LAST_TAG})?"
)
_KEYCAP = re.compile("[0-9#*]\ufe0f?\u20e3")
# An emoji of one code point weighs 2 like any heavy character: only these make the difference.
_JOINER = re.compile(f"[\u200d\ufe0f{_SKIN_TONE}{_FLAG_LETTER}{_LAST_TAG}]")
# Emoji are looked for in runs of heavy characters, ©, ® and U+200D: ordinary text stays fast.
_EMOJI_RUN = re.compile(f"[^{_ranges('0-A8 AA-AD AF-10FF 2000-200C 2010-201F 2032-2037')}]{{2,}}")
_JOINED = "\uffff"
_JOINED_TO_NEXT = re.compile(f"(?<={_JOINED})(?:\u200d{_JOINED})+")


def weighted_length(text: str, counting: Counting = V3) -> int:
    """The length of `text` in weighted characters, counted after NFC normalisation as X does."""
    text = unicodedata.normalize("NFC", text)
    weight = 0
    pieces = []
    written = 0
    for start, end in url_spans(text):
        pieces.append(text[written:start])
        weight += URL_WEIGHT - 1
        written = end
    # A light character stands for each URL, so that what surrounds it cannot join into an emoji.
    text = "\0".join([*pieces, text[written:]])
    if not text.isascii():
        if counting.joins_emoji:
            text = _join_emoji(text)
        weight += (counting.heavy_weight - 1) * sum(map(len, _HEAVY.findall(text)))
    return weight + len(text)


def _join_emoji(text: str) -> str:
    """`text` with each emoji replaced by one character of weight 2."""
    if "\u20e3" in text:
        text = _KEYCAP.sub("\u20e3", text)
    if _JOINER.search(text):
        text = _EMOJI_RUN.sub(_join_run, text)
    return text


def _join_run(run: re.Match[str]) -> str:
    return _JOINED_TO_NEXT.sub("", re.sub(_EMOJI, _JOINED, run[0]))


def is_valid_post(text: str, counting: Counting = V3) -> bool:
    """Whether X accepts the text: not empty, not too long, without the characters it refuses."""
    if any(character in text for character in REFUSED):
        return False
    return 0 < weighted_length(text, counting) <= counting.max_weight


# --- Entities -------------------------------------------------------------------------------


def entities(text: str) -> list[Entity]:
    """The URLs, mentions and hashtags of a post in reading order; they never overlap."""
    found = [Entity(EntityKind.URL, start, end, text[start:end]) for start, end in url_spans(text)]
    found += _mentions(text)
    found += _hashtags(text)
    found.sort(key=lambda entity: entity.start)
    kept: list[Entity] = []
    for entity in found:
        if not kept or kept[-1].end <= entity.start:
            kept.append(entity)
    return kept


def without_links(text: str) -> str:
    """The text without its addresses, and without the colon or arrow that led to each."""
    parts: list[str] = []
    written = 0
    for start, end in [*url_spans(text), (len(text), len(text))]:
        parts.append(text[written:start])
        written = end
    kept = parts[0]
    for part in parts[1:]:
        kept = _joined(_LEADS_TO_LINK.sub("", kept), part)
    return kept


def _joined(before: str, after: str) -> str:
    """Join what stood before and after an address that was removed.

    One blank or line break remains between them, and none before closing punctuation, save for the
    blank that French puts before "?" and the like.
    """
    blank = _BLANKS.match(after)
    gap = blank[0] if blank else ""
    following = after[len(gap) :]
    if not before.strip() or not following:
        return before + following
    if following[0] in ".,)…":
        return before + following
    if following[0] in "?!;:»":
        # In French a blank stands before these signs.
        return before + gap + following
    return before + (gap if "\n" in gap else " ") + following


def is_valid_username(name: str) -> bool:
    """Whether "@" + `name` is a mention of that account: 1 to 20 of A–Z, 0–9 and "_"."""
    return _USERNAME.fullmatch(name) is not None


_USERNAME = re.compile("[A-Za-z0-9_]{1,20}")
_AT_NAME = re.compile(rf"[@＠]({_USERNAME.pattern})(/[A-Za-z][A-Za-z0-9_-]{{0,24}})?")
_NOT_BEFORE_MENTION = re.compile("[A-Za-z0-9_!#$%&*@＠]")
_NOT_BEFORE_RETWEET = re.compile("[A-Za-z0-9_+~.-]")
_NOT_AFTER_MENTION = re.compile(f"[@＠{LATIN_LETTERS}]|://")


def _mentions(text: str) -> list[Entity]:
    """The mentions of accounts in a text, in reading order."""
    found = []
    free = 0  # an earlier mention, kept or not, holds what lies before
    for match in _AT_NAME.finditer(text):
        start, end = match.span()
        if not (_follows(_NOT_BEFORE_MENTION, text, start, free) or _retweets(text, start, free)):
            continue
        free = end
        # "@name/list" names a list, not an account.
        if match[2] is None and not _NOT_AFTER_MENTION.match(text, end):
            found.append(Entity(EntityKind.MENTION, start, end, match[1]))
    return found


def _follows(barred: re.Pattern[str], text: str, index: int, free: int) -> bool:
    """Whether an entity may begin at `index`, given the character before it.

    It may at the start of the text, or after a character from `free` on that is not `barred`.
    """
    return index == 0 or (index > free and not barred.match(text, index - 1))


def _retweets(text: str, at: int, free: int) -> bool:
    """Whether "RT" stands right before the "@", the one word that may touch it."""
    word = at - 2
    if word < free or text[word:at].lower() != "rt":
        return False
    return _follows(_NOT_BEFORE_RETWEET, text, word, free)


_HASH = re.compile("[#＃](?![\ufe0f\u20e3])")
_TAG_SIGNS = frozenset("_\u200c\u200d\ua67e\u05be\u05f3\u05f4～〜゛゜゠・〃\u0f0b\u0f0c·")
_VARIATION_SELECTORS = ("\ufe0e", "\ufe0f")


def _hashtags(text: str) -> list[Entity]:
    """The hashtags in a text, in reading order."""
    found = []
    free = 0  # an earlier hashtag, kept or not, holds what lies before
    for match in _HASH.finditer(text):
        start, end = match.span()
        if start > 0 and (start <= free or not _is_tag_boundary(text[start - 1])):
            continue
        while end < len(text) and _is_in_tag(text[end]):
            end += 1
        if not any(map(_is_letter, text[start + 1 : end])):
            continue
        free = end
        if not text.startswith(("#", "＃", "://"), end):
            found.append(Entity(EntityKind.HASHTAG, start, end, text[start + 1 : end]))
    return found


def _is_letter(character: str) -> bool:
    """Whether a character is a letter, or a mark upon a letter, of any script."""
    return unicodedata.category(character)[0] in "LM"


def _is_in_tag(character: str) -> bool:
    is_digit = unicodedata.category(character) == "Nd"
    return _is_letter(character) or is_digit or character in _TAG_SIGNS


def _is_tag_boundary(character: str) -> bool:
    # "&" would make an HTML entity of the tag; a selector only ends the emoji before the tag.
    if character in _VARIATION_SELECTORS:
        return True
    return character != "&" and not _is_in_tag(character)
