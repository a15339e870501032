"""Finds the many forms of many names in a text, in a time that their number hardly changes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import product
from typing import Generic, TypeVar

SHORTEST_HANDLE = 4
"""Characters from which a handle is masked without an @ too: a shorter one is often a word."""

SHORTEST_INSIDE = 6
"""Letters from which a name is looked for inside a tag that has no capitals between its words."""

SHORTEST_ID = 6
"""Digits from which a number may be the id of a post."""

LONGEST_INDEXED = 100
"""Characters of the longest name that is looked for by its letters; X takes 50."""

_WORD_BEFORE = r"(?<![^\W_])(?<![^\W_]_)(?<![^\W_]__)"
_WORD_AFTER = r"(?!_{0,2}[^\W_])"
_BETWEEN = r"[\W_]{0,3}"
"""What may stand between the words of a name: "Awa Ba", "Awa-Ba", "AwaBa"."""

_JOINED_ARABIC = "[وفبلك]{0,2}"
"""Arabic writes "and", "so", "by", "to" and "like" as one word with the name."""

_INITIALS = {"oe": ("o", "oe"), "ae": ("a", "ae"), "ij": ("i", "ij")}
"""Initials of words that may begin with two letters written as one (œ, æ, ĳ)."""

_LETTERS = re.compile(r"[^\W_]+")
_STOPS = re.compile(r"\.{2,}")
_INITIAL = re.compile(r"(?<![^\W_])[^\W\d_]{1,2}\.")
"""An initial with its full stop, as there is none in most texts."""

_INDEXED = 3
"""Letters of a name by which it is looked for."""

Found = TypeVar("Found")
Element = tuple[str, tuple[str, ...]]
"""The pattern of a word of a name, and the ways its letters and full stops may stand in a text."""


class _Index(Generic[Found]):
    """What belongs to each of many strings, to be found by those that stand in a text."""

    def __init__(self, make: Callable[[], Found]) -> None:
        self._make = make
        self._alike: dict[str, dict[int, dict[str, Found]]] = {}
        """By the first letters of a string, its length, and all of it."""

    def at(self, string: str) -> Found:
        """What belongs to a string, made when it is new."""
        alike = self._alike.setdefault(string[:_INDEXED], {}).setdefault(len(string), {})
        if string not in alike:
            alike[string] = self._make()
        return alike[string]

    def standing_in(self, text: str) -> Iterator[tuple[str, Found]]:
        """The strings that stand in a text, each once or more, with what belongs to them."""
        for start in range(len(text)):
            for end in range(start + 1, min(start + _INDEXED, len(text)) + 1):
                for length, alike in self._alike.get(text[start:end], {}).items():
                    string = text[start : start + length]
                    if string in alike:
                        yield string, alike[string]


class NameForms:
    """The forms of names, words and handles, all folded; handles without the @ sign.

    Of thousands of names only those are looked for whose letters stand in the text at all.
    `apart` are names and handles with blanks between their words.
    """

    def __init__(
        self,
        names: Sequence[str],
        words: Iterable[str],
        handles: Iterable[str] = (),
        apart: Sequence[str] = (),
    ) -> None:
        self._always: dict[str, str] = {}
        self._indexed: _Index[dict[str, str]] = _Index(dict)
        self._long: set[str] = set()
        self._long_words: list[str] = []
        self._shortenable = [name for name in (*names, *apart) if len(name) <= LONGEST_INDEXED]
        self._short: _Index[set[str]] | None = None
        """By the letters and full stops of a shortened name: what it is short for."""
        for word in words:
            self._always |= _named_forms(word)
            self._long_words += [_letters_of(word)] * _is_long(word)
        for name in names:
            self._add(name, _named_forms(name))
            if _is_long(name):
                self._long.add(_letters_of(name))
        for name in filter(_is_long, apart):
            tokens = _LETTERS.findall(name)
            self._add(name, {" ".join(tokens): _BETWEEN.join(map(re.escape, tokens))})
        for handle in handles:
            self._add(handle, _handle_forms(handle))

    def pattern(self, folded: str) -> re.Pattern[str]:
        """A pattern for what of the names may be in a folded text.

        The groups `word` and `arabic` are to be masked; `id` is any number that may be a post's id.
        """
        forms = dict(self._always)
        for _letters, found in self._indexed.standing_in(_letters_of(folded)):
            forms.update(found)
        if _INITIAL.search(folded):
            for _letters, names in self._shortened().standing_in(_dotted(folded)):
                for name in names:
                    forms |= _shortened_forms(name)
        return _pattern(tuple(sorted(forms.items())))

    def inside(self, folded: str) -> bool:
        """Whether a name long enough for it is in a tag or link, wherever its words begin."""
        return any(word in folded for word in self._long_words) or any(
            letters in self._long and letters in folded
            for letters, _forms in self._indexed.standing_in(_letters_of(folded))
        )

    def _add(self, name: str, forms: dict[str, str]) -> None:
        letters = _letters_of(name)
        listed = 0 < len(letters) <= LONGEST_INDEXED
        known = self._indexed.at(letters) if listed else self._always
        known.update({key: form for key, form in forms.items() if key not in known})

    def _shortened(self) -> _Index[set[str]]:
        """The index of shortened names, made when the first text has an initial."""
        if self._short is None:
            made: _Index[set[str]] = _Index(set)
            for name in self._shortenable:
                for way in _ways(name):
                    for parts in product(*(written for _pattern_of, written in way)):
                        made.at(_STOPS.sub(".", "".join(parts))).add(name)
            # Whole before another thread sees it: a name that is missing would be shown.
            self._short = made
        return self._short


def _ways(name: str) -> Iterator[list[Element]]:
    """The ways to shorten a folded name: "a. b.", "awa b.", "a. ba".

    Initials have their full stops: without them they are words as others ("il a dit"). Arabic has
    none.
    """
    for parted in (_LETTERS.findall(name), name.replace("_", " ").split()):
        words = [word for word in parted if word[0].isalpha()]
        if len(words) < 2 or any("\u0600" <= word[0] <= "\u06ff" for word in words):
            continue
        first, last = _dotted(words[0]), _dotted(words[-1])
        # A stop may stand between a whole word and what follows it.
        whole_first = (re.escape(words[0]), (first, f"{first}."))
        whole_last = (re.escape(words[-1]) + _WORD_AFTER, (last,))
        dots = [_initial(word) for word in words]
        yield dots
        yield [whole_first, *dots[1:]]
        yield [dots[0], dots[-1]]
        yield [whole_first, dots[-1]]
        yield [*dots[:-1], whole_last]
        yield [dots[0], whole_last]


def _initial(word: str) -> Element:
    letters = _INITIALS.get(word[:2], (word[0],))
    either = "|".join(map(re.escape, sorted(letters, key=len, reverse=True)))
    return rf"(?:{either})\.", tuple(f"{one}." for one in letters)


@lru_cache(maxsize=512)
def _shortened_forms(name: str) -> dict[str, str]:
    patterns = (_BETWEEN.join(pattern for pattern, _written in way) for way in _ways(name))
    return {f"{pattern}.": pattern for pattern in patterns}


def _dotted(text: str) -> str:
    """The letters and full stops of a text, of several stops one."""
    return _STOPS.sub(".", "".join(re.findall(r"[^\W_]+|\.", text)))


def _letters_of(text: str) -> str:
    return "".join(_LETTERS.findall(text))


def _is_long(name: str) -> bool:
    return len(_letters_of(name)) >= SHORTEST_INSIDE


def _named_forms(name: str) -> dict[str, str]:
    # A name displayed with an emoji is also written without it.
    tokens = _LETTERS.findall(name)
    forms = {name: re.escape(name), "".join(tokens): _BETWEEN.join(map(re.escape, tokens))}
    return {key: form for key, form in forms.items() if key}


def _handle_forms(handle: str) -> dict[str, str]:
    forms = {f"@{handle}": re.escape(f"@{handle}")}
    if len(handle) >= SHORTEST_HANDLE:
        forms[handle] = re.escape(handle)
    return forms


@lru_cache(maxsize=512)
def _pattern(pairs: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    """The pattern of pairs of what is looked for, folded, and what finds it."""
    forms = dict(pairs)
    longest_first = sorted(forms, key=len, reverse=True)
    # Forms that begin with a letter share one boundary, which keeps the search fast.
    edged = [_ending(key, forms[key]) for key in longest_first if _is_word(key[0])]
    signs = [_ending(key, forms[key]) for key in longest_first if not _is_word(key[0])]
    words = "|".join([f"{_WORD_BEFORE}(?:{'|'.join(edged)})"] * bool(edged) + signs)
    arabic = "|".join(forms[key] for key in longest_first if "\u0621" <= key[0] <= "\u064a")
    parts = [f"(?P<word>{words})"] * bool(words)
    if arabic:
        parts.append(rf"{_WORD_BEFORE}{_JOINED_ARABIC}(?P<arabic>{arabic}){_WORD_AFTER}")
    parts.append(rf"(?<!\d)(?P<id>[0-9]{{{SHORTEST_ID},20}})(?!\d)")
    return re.compile("|".join(parts))


def _is_word(letter: str) -> bool:
    return letter.isalnum() or letter in "@_"


def _ending(word: str, form: str) -> str:
    """The pattern `form` of a word, followed by a boundary unless the word ends with a sign."""
    return f"{form}{_WORD_AFTER}" if word[-1].isalnum() or word[-1] == "_" else form
