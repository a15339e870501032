"""What a reader takes for the same is the same to the app."""

import re
from pathlib import Path
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


def test_each_letter_that_is_left_knows_where_it_stood() -> None:
    assert fold_with_places("  É\u00a0 œ\u200bu ") == (" e oeu ", (0, 2, 3, 5, 5, 7, 8))
    assert fold_with_places("") == ("", ())


def test_nothing_else_compares_words_by_itself() -> None:
    """Another way to compare would find different what is the same here."""
    package = Path(__file__).parents[2] / "tchat_desktop"
    # X's own rules, the names of files and of folders, and text that is kept rather than compared.
    own = {
        *("folding.py", "clean_text.py", "noun_groups.py", "post_text.py", "hashtag.py"),
        "initials.py",
        *("lookup.py", "files.py", "paths.py", "application.py"),
    }
    found = [
        f"{path.name}: {line.strip()}"
        for path in package.rglob("*.py")
        for line in path.read_text("utf-8").splitlines()
        if path.name not in own and re.search(r"\.casefold\(|\bnormalize\(|\bcombining\(", line)
    ]
    assert found == []
