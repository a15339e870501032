"""The language of a post is told by its commonest words, or not told."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.post_languages import (
    LanguageCount,
    count_languages,
    language_of_post,
)

RESOURCES = Path(__file__).parents[2] / "resources" / "languages"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("R1 La loi existe, mais personne ne la connaît. #UnionsPrécoces", "fr"),
        ("R2 My father said no, and I stayed at school #UnionsPrécoces", "en"),
        ("Las niñas que van a la escuela no se casan pronto", "es"),
        ("As meninas que ficam na escola não casam cedo", "pt"),
        ("القانون موجود ولكن لا أحد يعرفه #UnionsPrécoces", "ar"),
        ("Merci !", ""),
        ("", ""),
        ("https://example.org/la-loi-et-les-filles", ""),
        ("Xale yu jigéen yi dañu wara dem jàng", ""),
        ("#UnionsPrécoces 💜💜", ""),
    ],
)
def test_a_language_is_told_by_its_words_or_not_at_all(text: str, code: str) -> None:
    assert language_of_post(text) == code


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


@pytest.mark.parametrize("code", [one.code for one in LANGUAGES])
def test_of_our_own_texts_none_is_taken_for_another_language(code: str) -> None:
    texts = [
        text
        for name in ("posts.toml", "rehearsal.toml")
        for text in _texts(tomllib.loads((RESOURCES / code / name).read_text("utf-8")))
        if len(text) > 40
    ]
    told = [language_of_post(text) for text in texts]
    assert set(told) <= {code, ""}
    assert told.count(code) > 0.75 * len(told)


@given(st.lists(st.text(max_size=60), max_size=20))
def test_every_post_is_counted_once_and_those_not_told_come_last(texts: list[str]) -> None:
    counts = count_languages(texts)
    assert sum(one.posts for one in counts) == len(texts)
    assert all(one.posts > 0 for one in counts)
    assert "" not in [one.code for one in counts[:-1]]


def test_the_most_spoken_comes_first() -> None:
    french, english = "La loi est lue dans les villages", "The law is read in the village"
    counts = count_languages([english, french, french, "ok"])
    assert counts == (LanguageCount("fr", 2), LanguageCount("en", 1), LanguageCount("", 1))
