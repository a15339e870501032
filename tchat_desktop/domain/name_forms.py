"""Finds the many forms of many names in a text, in a time that their number hardly changes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

SHORTEST_HANDLE = 4
"""Characters from which a handle is masked without an @ too: a shorter one is often a word."""

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

_LETTERS = re.compile(r"[^\W_]+")
_INDEXED = 3
"""Letters of a name by which it is looked for."""


class NameForms:
    """The forms of names, words and handles, all folded; handles without the @ sign.

    Of thousands of names only those are looked for whose letters stand in the text at all.
    """

    def __init__(self, names: Iterable[str], words: Iterable[str], handles: Iterable[str]) -> None:
        self._always: dict[str, str] = {}
        self._indexed: dict[str, dict[int, dict[str, dict[str, str]]]] = {}
        """By the first letters of a name, its number of letters, and all of them: its forms."""
        self._long: set[str] = set()
        self._long_words: list[str] = []
        for word in words:
            self._always |= _named_forms(word)
            self._long_words += [_letters_of(word)] * _is_long(word)
        for name in names:
            self._add(name, _named_forms(name))
            if _is_long(name):
                self._long.add(_letters_of(name))
        for handle in handles:
            self._add(handle, _handle_forms(handle))

    def pattern(self, folded: str) -> re.Pattern[str]:
        """A pattern for what of the names may be in a folded text.

        The groups `word` and `arabic` are to be masked; `id` is any number that may be a post's id.
        """
        forms = dict(self._always)
        for _letters, found in self._standing_in(_letters_of(folded)):
            forms.update(found)
        return _pattern(tuple(sorted(forms.items())))

    def inside(self, folded: str) -> bool:
        """Whether a name long enough for it is in a tag or link, wherever its words begin."""
        return any(word in folded for word in self._long_words) or any(
            letters in self._long and letters in folded
            for letters, _forms in self._standing_in(_letters_of(folded))
        )

    def _add(self, name: str, forms: dict[str, str]) -> None:
        letters = _letters_of(name)
        if not letters:
            self._always |= forms
            return
        alike = self._indexed.setdefault(letters[:_INDEXED], {}).setdefault(len(letters), {})
        alike.setdefault(letters, {}).update(forms)

    def _standing_in(self, letters: str) -> Iterator[tuple[str, dict[str, str]]]:
        """The indexed names whose letters follow each other in these, each once or more."""
        for start in range(len(letters)):
            for end in range(start + 1, min(start + _INDEXED, len(letters)) + 1):
                for length, alike in self._indexed.get(letters[start:end], {}).items():
                    name = letters[start : start + length]
                    if name in alike:
                        yield name, alike[name]


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
