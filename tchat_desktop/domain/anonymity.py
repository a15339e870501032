"""Masks people who must not be named (children, people at risk) in every text that is shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Self
from urllib.parse import unquote

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.folding import fold, fold_with_places
from tchat_desktop.domain.network_rules import Entity, EntityKind, NetworkRules

MASK = "[…]"
"""What replaces a name, a handle, a chosen word or a link that would tell who somebody is."""

SHORTEST_HANDLE = 4
"""Characters from which a handle is masked without an @ too: a shorter one is often a word."""

SHORTEST_NAME = 3
SHORTEST_INSIDE = 6
"""Letters from which a name is looked for inside a tag that has no capitals between its words."""

SHORTEST_ID = 6
"""Digits from which a number may be the id of a post."""

_WORD_BEFORE = r"(?<![^\W_])(?<![^\W_]_)(?<![^\W_]__)"
_WORD_AFTER = r"(?!_{0,2}[^\W_])"
_BETWEEN = r"[\W_]{0,3}"
"""What may stand between the words of a name: "Awa Ba", "Awa-Ba", "AwaBa"."""

_JOINED_ARABIC = "[وفبلك]{0,2}"
"""Arabic writes "and", "so", "by", "to" and "like" as one word with the name."""

_INITIAL = {"oe": "oe?", "ae": "ae?", "ij": "ij?"}
"""Initials of words that may begin with two letters written as one (œ, æ, ĳ)."""

_HUMP = re.compile(r"(?<=[^\W\d_])(?=[A-ZÀ-ÖØ-Þ])(?<![A-ZÀ-ÖØ-Þ])|_+")


def comparable_handle(handle: str) -> str:
    """A name on X in the form used for comparing: folded, without the @ sign."""
    return fold(handle).removeprefix("@")


def words_apart(joined: str) -> str:
    """The words of a text written without blanks ("AwaBa", "awa_ba"), separated by blanks."""
    return _HUMP.sub(" ", joined)


@dataclass(frozen=True, slots=True)
class HiddenPeople:
    """The people whom the organiser hides in a chat: their handles, names and posts."""

    handles: frozenset[str]
    """As these people write them, without the @ sign."""
    names: frozenset[str]
    post_ids: frozenset[str]


def hidden_people(chat: Chat, posts: Sequence[FeedPost]) -> HiddenPeople:
    """What the posts and the people of the chat tell of the authors whom the organiser hides."""
    keys = frozenset(comparable_handle(handle) for handle in chat.recap.hidden_authors) - {""}
    theirs = [item.post for item in posts if comparable_handle(item.post.author) in keys]
    known = [person for person in chat.people if comparable_handle(person.typed_account) in keys]
    written = {post.author for post in theirs} | {person.typed_account for person in known}
    handles = keys - set(map(comparable_handle, written)) | {
        one.strip().removeprefix("@") for one in written
    }
    names = {post.author_name for post in theirs} | {person.name for person in known}
    return HiddenPeople(handles, frozenset(names), frozenset(post.id for post in theirs))


class NameMask:
    """Masks the hidden authors of a chat (handles, names, links to them) and chosen words in texts.

    Names are compared with `folding.fold`, so accents, blanks and invisible marks do not matter.
    The time is linear in the length of a text. The `tag` of the chat is never masked.
    """

    def __init__(
        self,
        handles: Iterable[str],
        names: Iterable[str],
        post_ids: Iterable[str],
        words: Iterable[str] = (),
        tag: str = "",
        *,
        rules: NetworkRules,
    ) -> None:
        self._rules = rules
        self._tag = fold(tag)
        # As they are written, since capitals part the words of an @name.
        written = sorted({handle.strip().removeprefix("@") for handle in handles})
        self._handles = frozenset(comparable_handle(handle) for handle in written) - {""}
        self._post_ids = frozenset(post_ids) - {""}
        shown = sorted(names) if self._handles else []
        found = [name for name in map(fold, shown) if _is_long_enough(name)]
        chosen = [word for word in map(fold, words) if word]
        self._words = frozenset(word.lstrip("@#") for word in chosen)
        self._compact = tuple(
            compact
            for compact in ("".join(re.findall(r"[^\W_]+", name)) for name in (*found, *chosen))
            if len(compact) >= SHORTEST_INSIDE
        )
        apart = [fold(words_apart(joined)) for joined in (*written, *shown)]
        apart = [name for name in apart if _is_long_enough(name)]
        self._pattern = _pattern(self._handles, found, chosen, apart)

    @classmethod
    def over(cls, chat: Chat, posts: Sequence[FeedPost], rules: NetworkRules) -> Self:
        """The mask for a chat: its hidden authors, as known from `posts`, and its masked words."""
        people = hidden_people(chat, posts)
        return cls(
            people.handles,
            people.names,
            people.post_ids,
            chat.recap.masked_words,
            chat.hashtag,
            rules=rules,
        )

    def hides(self, handle: str) -> bool:
        """Whether a person must not be named; the handle may have an @ sign."""
        return (
            comparable_handle(handle) in self._handles
            or fold(comparable_handle(handle)) in self._words
        )

    def text(self, text: str) -> str:
        """The text with hidden people and chosen words masked."""
        if self._pattern is None or not text:
            return text
        return self._masked(self._without(text, self._is_telltale))

    def own_text(self, text: str) -> str:
        """A text by a hidden author: its links are masked too, as they may tell who wrote it."""
        return self.text(self._without(text, lambda entity: entity.kind is EntityKind.URL))

    def _masked(self, text: str) -> str:
        """The text with every match of the pattern masked."""
        assert self._pattern is not None
        folded, places = fold_with_places(text)
        kept, reached = [], 0
        for found in self._pattern.finditer(folded):
            group = found.lastgroup or "word"
            if group == "id" and found[0] not in self._post_ids:
                continue
            start, last = places[found.start(group)], places[found.end() - 1]
            # Invisible marks on the last letter are masked with it.
            following = places[found.end()] if found.end() < len(places) else len(text)
            kept += [text[reached : max(start, reached)], MASK]
            reached = max(following, last + 1)
        kept.append(text[reached:])
        return "".join(kept)

    def _without(self, text: str, unwanted: Callable[[Entity], bool]) -> str:
        """The text with those entities masked for which `unwanted` is true."""
        kept, reached = [], 0
        for entity in self._rules.entities(text):
            if unwanted(entity):
                kept += [text[reached : entity.start], MASK]
                reached = entity.end
        return "".join([*kept, text[reached:]])

    def _is_telltale(self, entity: Entity) -> bool:
        """Whether a link or a tag leads to a hidden person or spells their name."""
        if entity.kind is EntityKind.HASHTAG:
            return fold(entity.value) != self._tag and self._spells(entity.value)
        if entity.kind is not EntityKind.URL:
            return False
        link = unquote(entity.value)
        parts = re.split(r"[/?#&=]", link)
        return self._spells(link) or any(
            part in self._post_ids or comparable_handle(part) in self._handles for part in parts
        )

    def _spells(self, joined: str) -> bool:
        """Whether a tag or link, whose words are written without blanks, holds a hidden name."""
        assert self._pattern is not None
        folded = fold(joined)
        apart = fold(words_apart(joined))
        return any(
            found.lastgroup != "id" or found[0] in self._post_ids
            for form in (folded, apart)
            for found in self._pattern.finditer(form)
        ) or any(compact in folded for compact in self._compact)


def _is_long_enough(name: str) -> bool:
    return sum(letter.isalnum() for letter in name) >= SHORTEST_NAME


def _shortened(name: str) -> dict[str, str]:
    """The patterns of a folded name with its initials: "a. b.", "awa b.", "a. ba"; by a key each.

    Initials have their full stops: without them they are words as others ("il a dit"). Arabic has
    none.
    """
    found: dict[str, str] = {}
    for parted in (re.findall(r"[^\W_]+", name), name.replace("_", " ").split()):
        words = [word for word in parted if word[0].isalpha()]
        if len(words) < 2 or any("\u0600" <= word[0] <= "\u06ff" for word in words):
            continue
        first = words[0]
        dots = [_INITIAL.get(word[:2], re.escape(word[0])) + r"\." for word in words]
        ways = (
            dots,
            (re.escape(first), *dots[1:]),
            (dots[0], dots[-1]),
            (re.escape(first), dots[-1]),
            (*dots[:-1], re.escape(words[-1]) + _WORD_AFTER),
            (dots[0], re.escape(words[-1]) + _WORD_AFTER),
        )
        for way in ways:
            pattern = _BETWEEN.join(way)
            found[f"{pattern}."] = pattern
    return found


def _pattern(
    handles: frozenset[str], names: Sequence[str], chosen: Sequence[str], apart: Sequence[str]
) -> re.Pattern[str] | None:
    """A pattern that finds what to mask in a folded text; None when there is nothing to mask.

    `apart` are names and handles with their words apart. The groups `word` and `arabic` are to be
    masked; `id` is any number that may be a post's id.
    """
    if not handles and not chosen:
        return None
    forms: dict[str, str] = {}
    for name in (*names, *chosen):
        # A name displayed with an emoji is also written without it.
        tokens = re.findall(r"[^\W_]+", name)
        forms[name] = re.escape(name)
        forms["".join(tokens)] = _BETWEEN.join(map(re.escape, tokens))
    for name in (*names, *apart):
        forms |= _shortened(name)
    for name in apart:
        tokens = re.findall(r"[^\W_]+", name)
        if sum(map(len, tokens)) >= SHORTEST_INSIDE:
            forms.setdefault(" ".join(tokens), _BETWEEN.join(map(re.escape, tokens)))
    for handle in handles:
        at_first = f"@{fold(handle)}"
        forms[at_first] = re.escape(at_first)
        if len(handle) >= SHORTEST_HANDLE:
            forms[fold(handle)] = re.escape(fold(handle))
    longest_first = [key for key in sorted(forms, key=len, reverse=True) if key]
    # Forms that begin with a letter share one boundary, which keeps the search fast.
    edged = [_ending(key, forms[key]) for key in longest_first if _is_word(key[0])]
    signs = [_ending(key, forms[key]) for key in longest_first if not _is_word(key[0])]
    words = "|".join([f"{_WORD_BEFORE}(?:{'|'.join(edged)})"] * bool(edged) + signs)
    arabic = "|".join(forms[key] for key in longest_first if "\u0621" <= key[0] <= "\u064a")
    parts = [f"(?P<word>{words})"]
    if arabic:
        parts.append(rf"{_WORD_BEFORE}{_JOINED_ARABIC}(?P<arabic>{arabic}){_WORD_AFTER}")
    parts.append(rf"(?<!\d)(?P<id>[0-9]{{{SHORTEST_ID},20}})(?!\d)")
    return re.compile("|".join(parts))


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter in "@_"


def _ending(word: str, form: str) -> str:
    """The pattern `form` of a word, followed by a boundary unless the word ends with a sign."""
    return f"{form}{_WORD_AFTER}" if word[-1].isalnum() or word[-1] == "_" else form
