"""What a reader takes for the same is the same to the app."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.folding import fold, fold_with_places


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aïssatou", normalize("NFD", "aïssatou")),
        ("Aïssatou Ba", "Aissatou\u00a0Ba"),
        ("Aissatou Ba", "Aissatou\n Ba"),
        ("Aissatou", "Ais\u200bsa\u00adtou\ufeff"),
        ("l’école", "L'ECOLE"),
        ("sœur", "SOEUR"),
        ("#Filles", "＃Filles"),
        ("محمد", "مُحَمَّد"),
        ("مـحمد", "محمد"),
        ("❤", "❤\ufe0f"),
        ("week‑end", "week-end"),
    ],
)
def test_written_differently_compared_the_same(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Ba", "Bas"), ("Q1", "Q2"), ("Awa Ba", "AwaBa"), ("कु", "कि")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_forms_of_unicode_do_not_matter(text: str) -> None:
    assert fold(normalize("NFC", text)) == fold(normalize("NFD", text))


@given(st.text())
def test_places_lead_back_into_the_text(text: str) -> None:
    folded, places = fold_with_places(text)
    assert folded.strip() == fold(text)
    assert len(places) == len(folded)
    assert list(places) == sorted(places)
    assert all(0 <= place < len(text) for place in places)
