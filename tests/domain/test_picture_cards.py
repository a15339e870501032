"""How a long post is cut for a picture."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tchat_desktop.domain.picture_cards import cut_to_fit


def short(most: int) -> object:
    return lambda text: len(text) <= most


def test_a_text_that_fits_is_left_as_it_is() -> None:
    assert cut_to_fit("Une. Deux.", lambda _text: True) == "Une. Deux."


def test_a_long_text_is_cut_after_a_sentence() -> None:
    text = "La loi existe ! Qui la connaît ? Personne au village, ou presque."
    assert cut_to_fit(text, lambda cut: len(cut) < 40) == "La loi existe ! Qui la connaît ? …"
    arabic = "كيف نحمي البنات؟ نحميهن بالمدرسة وبالقانون وبالكلام."
    assert cut_to_fit(arabic, lambda cut: len(cut) < 30) == "كيف نحمي البنات؟ …"
    quoted = "Elle a dit « non. » Puis plus rien, pendant des mois et des mois."
    assert cut_to_fit(quoted, lambda cut: len(cut) < 30) == "Elle a dit « non. …"


def test_one_long_sentence_is_cut_between_two_words() -> None:
    text = "Quand la mère parle, on écoute et on la suit"
    assert cut_to_fit(text, lambda cut: len(cut) < 24) == "Quand la mère parle…"


def test_a_number_and_an_address_end_no_sentence() -> None:
    text = "Voir exemple.org/page : 3.5 millions de filles chaque année dans le monde"
    assert cut_to_fit(text, lambda cut: len(cut) < 30) == "Voir exemple.org/page : 3.5…"


@given(st.text(max_size=3000), st.integers(1, 200))
def test_what_is_left_fits_or_is_one_word_and_is_the_beginning(text: str, most: int) -> None:
    asked: list[str] = []

    def fits(cut: str) -> bool:
        asked.append(cut)
        return len(cut) <= most

    kept = cut_to_fit(text, fits)
    assert len(asked) < 30
    assert text.startswith(kept.removesuffix("…").rstrip())
    if kept != text:
        assert kept.endswith("…")
        assert fits(kept) or len(kept.split()) <= 2
