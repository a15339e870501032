"""Where a text names a child: a name with an age, a word for a child, a class or a school.

A hint and no more: it misses much, and may be about something else. Every text is read as it is
typed, in capitals, without accents, in French or English; the words are in `child_words.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from tchat_desktop.domain import child_words as words
from tchat_desktop.domain.anonymity import MASK
from tchat_desktop.domain.folding import fold

_LETTERS = r"[^\W\d_]+(?:[-'’ʼ][^\W\d_]+)*"
_TOKEN = re.compile(
    rf"{re.escape(MASK)}|\n"
    # "l’école" is two words, "N’Diaye" is one.
    r"|(?:\b[ldjmtsnc]|\b[LDJMTSNC](?=['’ʼ][a-zà-ÿ])|\b[Qq]u)['’ʼ](?=[^\W\d_])"
    rf"|[A-Za-z]{{1,4}}\d{{1,2}}\b|{_LETTERS}|\d{{1,4}}[^\W\d_]*|[^\w\s]"
)
_TITLE = re.compile(r"[A-ZÀ-ÖØ-Þ][’'ʼ]?[A-ZÀ-ÖØ-Þ]?[a-zà-öø-ÿ]+(?:[-'’ʼ][^\W\d_]+)*")
_AGE_IN_ONE = re.compile(r"(\d{1,2})(ans?|yo|yrs?|mois)")
_END = frozenset(".!?…\n;؟؛")
_SHORT_FORMS = frozenset({"m", "mme", "mlle", "dr", "mr", "mrs", "ms", "st", "ste", "prof"})
_MASKED = fold(MASK)
_LONGEST_NAME = 3
_NEAR = 8
"""Words between a name and what tells of a child, at most."""


class _Looks(NamedTuple):
    """What a word looks like, wherever it stands."""

    text: str
    folded: str
    is_title: bool
    is_first_name: bool
    """Whether it is a first name we know."""
    may_be_name: bool
    """Whether it is no word that means something else, as far as we know."""
    is_name: bool
    """Whether it has the looks of a name: one we know, or a capital that is no small word."""


@lru_cache(maxsize=1 << 14)
def _looks_of(text: str) -> _Looks:
    """Kept for each word: people say much with few of them."""
    folded, is_title = fold(text), bool(_TITLE.fullmatch(text))
    parts = {folded, folded.split("-")[0]}
    known = not parts.isdisjoint(words.FIRST_NAMES) or (
        is_title and not parts.isdisjoint(words.NAMES_WITH_CAPITAL)
    )
    stands_alone = len(text) >= 2 and folded not in words.NEVER_A_NAME and text[0].isalpha()
    return _Looks(text, folded, is_title, known, stands_alone, known or (is_title and stands_alone))


class _Word(NamedTuple):
    looks: _Looks
    start: int
    end: int


@lru_cache(maxsize=1 << 16)
def child_hints(text: str) -> tuple[str, ...]:
    """Pieces of a text that may name a child, such as "Aminata, 12 ans"; each begins by the name.

    A name in no such piece may be a child's all the same.
    """
    found: dict[int, str] = {}
    for sentence in _sentences(text):
        if not any(one.looks.is_name for one in sentence):
            continue
        for start, end in _Sentence(sentence).hints():
            found.setdefault(start, text[start:end])
    return tuple(found.values())


def naming_children(texts: Iterable[str]) -> tuple[str, ...]:
    """Those of the texts that may name a child: the same for every file that shows them."""
    return tuple(text for text in texts if child_hints(text))


def name_in(hint: str) -> str:
    """The first name in a piece found by `child_hints`."""
    found = re.match(_LETTERS, hint)
    return found[0] if found else ""


def says_age_of_child(hint: str) -> bool:
    """Whether a piece found by `child_hints` says an age under 18, as in "Awa, 7 ans", "Awa (7"."""
    bare = (int(number) for number in re.findall(r"\b\d{1,2}\b", hint))
    return any(2 < years < 18 for years in bare) or any(
        years < 18 for words in _sentences(hint) for years in _Sentence(words).ages
    )


def _sentences(text: str) -> Iterator[list[_Word]]:
    sentence: list[_Word] = []
    for match in _TOKEN.finditer(text):
        one = _Word(_looks_of(match[0]), *match.span())
        if match[0] in _END and not (match[0] == "." and _is_short(sentence)):
            yield sentence
            sentence = []
        else:
            sentence.append(one)
    yield sentence


def _is_short(sentence: Sequence[_Word]) -> bool:
    """Whether a sentence so far ends with a short form, after which a full stop ends nothing."""
    return bool(sentence) and sentence[-1].looks.folded in _SHORT_FORMS


class _Sentence:
    """Looks for the names of children in one sentence."""

    def __init__(self, sentence: Sequence[_Word]) -> None:
        self._words = sentence
        self._looks = [one.looks for one in sentence]
        self._folded = [one.folded for one in self._looks]
        self._ages = self._all_ages()
        self._age_ending = {end: at for at, (_years, end) in self._ages.items()}
        self._classes = self._all_classes()
        self._after_classes = set(self._classes.values())
        self._schools, self._in_school_name = self._all_schools()
        self._beside = self._all_beside()

    def hints(self) -> Iterator[tuple[int, int]]:
        """Where a hint begins and ends in the text."""
        index = 0
        while index < len(self._words):
            end = self._name_from(index)
            if end == index:
                index += 1
                continue
            if not self._is_of_adult(index, end) and (last := self._last_of_hint(index, end)):
                yield self._words[index].start, self._words[last - 1].end
            index = end

    @property
    def ages(self) -> Iterator[int]:
        """The ages that stand in it, in years."""
        return (years for years, _end in self._ages.values())

    # --- what stands in the sentence ---------------------------------------------------------

    def _at(self, index: int) -> str:
        return self._folded[index] if 0 <= index < len(self._folded) else ""

    def _all_ages(self) -> dict[int, tuple[int, int]]:
        """Where an age begins, with the years and the index after it."""
        found = {}
        for index, word in enumerate(self._folded):
            if joined := _AGE_IN_ONE.fullmatch(word):
                years = 0 if joined[2] == "mois" else int(joined[1])
                found[index] = (years, index + 1)
                continue
            if (years := words.AGES.get(word, -1)) < 0:
                continue
            unit = index + 1
            if self._at(unit) in ("et", "and", "ou", "or") and self._at(unit + 1) in words.AGES:
                unit += 2
            unit += self._at(unit) == "-"
            if self._at(unit) in words.UNITS_OF_AGE:
                after = unit + 1
                after += self._at(after) == "-" and self._at(after + 1) == "old"
                after += self._at(after) == "old"
                found[index] = (0 if self._at(unit) in words.MONTHS else years, after)
        return {at: age for at, age in found.items() if not self._tells_of_time(age[1])}

    def _tells_of_time(self, after: int) -> bool:
        """Whether "12 ans" goes on as "de mariage" or "plus tard": then it is nobody's age."""
        of = self._at(after) in ("de", "d'", "of")
        return self._at(after + of) in (words.SPENT if of else words.NO_AGE_AFTER)

    def _all_classes(self) -> dict[int, int]:
        """Where a class of a school begins, with the index after it."""
        found = {}
        for index, word in enumerate(self._folded):
            before, after = self._at(index - 1), self._at(index + 1)
            if word in words.CLASSES:
                introduced = before in words.IN_CLASS or after in ("annee", "b", "c")
                if introduced or word not in words.LOOSE_CLASSES:
                    found[index] = index + 1
            elif word in words.GRADES and after in words.AGES and 0 < words.AGES[after] < 13:
                found[index] = index + 2
        return found

    def _all_schools(self) -> tuple[dict[int, int], set[int]]:
        """Where a school with its name begins, with the index after it; and the words of names."""
        found, named = {}, set[int]()
        for index, word in enumerate(self._folded):
            if word.removeprefix("l'").removeprefix("d'") not in words.SCHOOLS:
                continue
            before = index
            while before and self._folded[before - 1] in words.KINDS_OF_SCHOOL - {"de", "la"}:
                before -= 1
            first = before
            while word in ("school", "academy") and first and self._is_of_name(first - 1):
                first -= 1
            name = index + 1
            while self._at(name) in words.KINDS_OF_SCHOOL:
                name += 1
            end = name
            while end < min(name + 4, len(self._words)) and self._is_of_name(end):
                end += 1
            if end == name and self._at(name + 1) in words.AGES:
                end = name + 2
            if end > name or first < before:
                found[first] = max(end if end > name else index + 1, index + 1)
                named |= {*range(first, before), *range(name, end)}
        return found, named

    def _is_of_name(self, index: int) -> bool:
        """Whether a word may stand in the name of a school."""
        one = self._looks[index]
        return one.is_title or one.text.isdigit() or (one.text.isupper() and len(one.text) > 1)

    def _all_beside(self) -> set[int]:
        """The words of ages, classes and schools, with the small ones that lead to them."""
        spans = [(at, end) for at, (_years, end) in self._ages.items()]
        spans += [*self._classes.items(), *self._schools.items()]
        found = set[int]()
        for start, end in spans:
            first = start
            while first and self._at(first - 1) in words.IN_CLASS | {"age", "agee", "aged", "who"}:
                first -= 1
            found |= set(range(first, end))
        return found

    def _name_from(self, index: int) -> int:
        """The index after the name that begins here; the same index where there is none."""
        first = self._looks[index]
        if index in self._in_school_name or not first.is_name:
            return index
        if not first.is_first_name and first.folded.endswith(words.DEMONYMS):
            return index
        after = index + 1
        while after < min(index + _LONGEST_NAME, len(self._words)):
            one = self._looks[after]
            # Capitals tell nothing in a text typed in small letters, or all in capitals.
            family = one.is_name or (one.may_be_name and (one.text.isupper() or not first.is_title))
            if after in self._beside or not family:
                break
            after += 1
        return after

    def _is_of_adult(self, start: int, end: int) -> bool:
        before = self._at(start - 1)
        if before == "." and self._at(start - 2) in _SHORT_FORMS:
            return True
        if before in words.NO_PERSON or before in ("@", "#"):
            return True
        little = self._at(start - 2) in words.LITTLE and before in words.SIBLINGS
        if before in words.ADULTS and not little:
            return True
        age = self._age_after(end)
        return age is not None and age[0] > 17

    # --- what tells that it is a child -------------------------------------------------------

    def _last_of_hint(self, start: int, end: int) -> int:
        """The index after the hint; 0 where nothing tells of a child."""
        known = self._looks[start].is_first_name
        if (age := self._age_after(end)) is not None and (
            known or self._at(start - 1) not in words.OF_PLACE
        ):
            return age[1]
        if self._is_after_child(start, known) or (self._is_after_age(start, known)):
            return end
        if not known:
            return 0
        if bare := self._bare_age_after(end):
            return bare
        if self._at(start - 1) in words.GREETINGS:
            return 0
        return self._child_after(end) or self._school_beside(start, end)

    def _age_after(self, end: int) -> tuple[int, int] | None:
        for index in range(end, min(end + 5, len(self._words))):
            if index in self._ages:
                return self._ages[index]
            if self._at(index) not in words.BEFORE_AGE:
                return None
        return None

    def _bare_age_after(self, end: int) -> int:
        """The index after "Awa, 7," and "Awa (7)"; 0 where there is no such age."""
        index = end
        while self._at(index) in ("(", ",", "is", "was", "aged", "only", "just"):
            index += 1
        years, after = words.AGES.get(self._at(index), 0), self._at(index + 1)
        closed = after in ("", ",", ")", "and", "from", "is", "was", "has")
        return index + 1 if 2 < years < 18 and index > end and closed else 0

    def _is_after_age(self, start: int, known: bool) -> bool:
        """Whether the name follows a child's age: "une fille de 12 ans, Awa"."""
        index = start - 1
        linked = False
        while index >= 0 and (self._at(index) in words.CALLED or self._at(index) == ","):
            linked |= self._at(index) != ","
            index -= 1
        if not known and not linked:
            return False
        if index + 1 not in self._age_ending:
            return False
        at = self._age_ending[index + 1]
        return self._ages[at][0] < 18 and self._at(at - 1) not in words.AGE_OF_LONG_AGO

    def _is_after_child(self, start: int, known: bool) -> bool:
        """Whether a word for a child leads to the name: "mon élève", "la petite"."""
        index, apart = start - 1, False
        for _step in range(_NEAR):
            word = self._at(index)
            if index in self._beside or word == _MASKED or word in words.CALLED:
                pass
            elif word in (",", ":", "(", "et", "and", "&") or (
                apart and index >= 0 and self._looks[index].is_name
            ):
                # Of several children, or of one named after a pause.
                apart = True
            else:
                break
            index -= 1
        if apart and (not known or self._at(index + 1) in ("et", "and", "&")):
            return False
        return self._is_child(index, known, adjacent=index == start - 1)

    def _is_child(self, index: int, known: bool, *, adjacent: bool) -> bool:
        word, before = self._at(index).removeprefix("l'").removesuffix("'s"), self._at(index - 1)
        if word in words.LITTLE:
            meant = adjacent or self._at(index + 1) == _MASKED
            return meant and (known or self._is_one(index, before))
        is_child = word in words.CHILD_NOUNS or (word in words.SIBLINGS and before in words.LITTLE)
        classmate = word == "classe" and self._at(index - 2).startswith(("camarade", "copain"))
        if not is_child:
            return classmate and known
        if before in words.LITTLE:
            before = self._at(index - 2)
        return known or self._is_one(index, before)

    def _is_one(self, index: int, before: str) -> bool:
        """Whether a word is of one child: "Les filles Peules" and "Voix des Filles" are not."""
        word = self._looks[index]
        proper = index > 1 and word.is_title
        return before in words.OF_A_CHILD and not _are_several(word.folded) and not proper

    def _child_after(self, end: int) -> int:
        """The index after "Awa, ma fille," or "Awa est une élève"; 0 where there is none."""
        index = end + 1
        if self._at(end) not in (",", "(", "est", "is", "was", "etait"):
            return 0
        owned = self._at(index) in words.POSSESSIVE
        determined = self._at(index) in words.OF_A_CHILD
        index += determined
        little = self._at(index) in words.LITTLE
        index += little
        word = self._at(index)
        if word not in words.CHILD_NOUNS and not (little and word in words.SIBLINGS):
            return 0
        if _are_several(word):
            return 0
        closed = self._at(index + 1) in ("", ",", ")")
        # "Bonsoir Awa, mon fils a toussé" speaks to Awa.
        if self._at(end) in (",", "(") and not closed and (owned or not determined):
            return index + 1 if not owned and index + 1 in self._beside else 0
        return index + 1

    def _school_beside(self, start: int, end: int) -> int:
        """The index after a class or a school that belongs to the name; 0 where there is none."""
        presents = {self._at(start - 1), self._at(start - 2)} & words.ONESELF
        for index in range(end, min(end + _NEAR, len(self._words))):
            if index in self._classes:
                return self._classes[index]
            if index in self._schools and not presents:
                return self._schools[index]
            if index not in self._beside and self._at(index) not in words.TO_SCHOOL:
                break
        return end if self._is_after_class(start, end) else 0

    def _is_after_class(self, start: int, end: int) -> bool:
        """Whether "Au CM2, Fatou Ba…": a class stands right before the name of no teacher."""
        index = start - 1 - (self._at(start - 1) in (",", ":"))
        if len(self._at(index)) == 1 and self._at(index).isalpha():
            index -= 1
        near = {self._at(one) for one in range(end, end + 4)}
        return index + 1 in self._after_classes and near.isdisjoint(words.ADULTS)


def _are_several(noun: str) -> bool:
    return noun == "children" or (noun.endswith("s") and noun not in ("fils", "petit-fils"))
