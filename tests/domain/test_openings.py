"""What is looked for only where a word begins like it is found exactly where `re` finds it."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tchat_desktop.domain import short_spelling, signal_words, signal_words_es_pt_ar
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.openings import Openings, WordStarts, openings
from tests.domain.test_signals_as_typed import CALLS

LISTS = {
    name: words
    for module in (signal_words, signal_words_es_pt_ar)
    for name, words in vars(module).items()
    if name.isupper() and isinstance(words, tuple)
}
PATTERNS = sorted({pattern for words in LISTS.values() for pattern in words})
PIECES = sorted(
    {piece for one in PATTERNS for piece in re.findall(r"[a-z\u0600-\u06ff']+ ?", one)}
    | {word for call in CALLS for word in fold(call).split()}
)
texts = st.lists(
    st.sampled_from([*PIECES, " ", " ", ". ", "? ", "'", "-", "14", "2", "ans ", "g ", "m "])
    | st.text("abemj' ", max_size=4),
    max_size=14,
).map("".join)


def in_one(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """All of them as one pattern, tried at every character."""
    return re.compile(rf"\b(?:{'|'.join(patterns)})")


@pytest.mark.parametrize("name", LISTS)
@settings(max_examples=40)
@given(texts=st.lists(texts, min_size=8, max_size=8))
def test_a_list_of_words_finds_what_one_pattern_finds(name: str, texts: list[str]) -> None:
    slow, quick = in_one(LISTS[name]), Openings(LISTS[name])
    for text in texts:
        assert quick.match_in(WordStarts(text)) is bool(slow.search(text)), text


@given(st.data())
def test_whatever_a_pattern_matches_begins_as_it_is_said_to(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    text = data.draw(st.from_regex(rf"\A\b(?:{pattern})", alphabet=st.characters(codec="utf-8")))
    begun = openings(pattern)
    assert any(text.startswith(opening) for opening in begun)
    assert Openings([pattern]).match_in(WordStarts(text))


@pytest.mark.parametrize(
    ("pattern", "begun"),
    [
        ("ab", {"ab"}),
        ("abcdefg", {"abcd"}),
        ("a?bc", {"abc", "bc"}),
        ("ab{2,4}c", {"abbc", "abbb"}),
        ("a[0-2 -]b", {"a0b", "a1b", "a2b", "a b", "a-b"}),
        ("(?:ma|mon) (?:soeur|x)", {"ma s", "ma x", "mon "}),
        ("(?<!je )(?!non)oui", {"oui"}),
        ("ou(?= la)", {"ou"}),
        ("b[^.]{0,9}c", {"b"}),
        (r"m\w+ (?:a|b)", {"m"}),
        (r"on\b ici$", {"on i"}),
        ("(?:a|bc){2}", {"aa", "abc", "bca", "bcbc"}),
    ],
)
def test_beginnings_of_patterns(pattern: str, begun: set[str]) -> None:
    assert openings(pattern) == begun


@pytest.mark.parametrize(
    "pattern", ["", "a?", r"\w+", " a", "(?:a|)b?", "(a)", "(?:a", "a)", "(?i)a"]
)
def test_what_may_begin_with_anything_is_not_taken(pattern: str) -> None:
    with pytest.raises(ValueError, match=r"may begin with anything|not understood|not closed"):
        openings(pattern)


@settings(max_examples=200)
@given(texts.map(fold))
def test_typed_words_are_read_as_by_every_rule_in_turn(text: str) -> None:
    spelt = short_spelling._WORD.sub(lambda word: short_spelling._SPELT.get(word[0], word[0]), text)
    for pattern, words in short_spelling._AGES:
        spelt = pattern.sub(words, spelt)
    for _needed, pattern, words in short_spelling._RULES:
        spelt = pattern.sub(words, spelt)
    assert short_spelling.spelt_out(text) == spelt
