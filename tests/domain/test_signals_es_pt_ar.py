"""What asks for care is noticed in Spanish, Portuguese and Arabic, and ordinary posts are not."""

from __future__ import annotations

import pytest

from tchat_desktop.domain import signal_words_es_pt_ar as more
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.signals import Signal, signals_in


@pytest.mark.parametrize(
    ("text", "signal"),
    [
        ("Tengo 15 años", Signal.MINOR),
        ("Mi hermana tiene 12 años y la van a casar", Signal.MINOR),
        ("Mi hermana tiene 12 años y la van a casar", Signal.DISCLOSURE),
        ("Mi tío me golpea", Signal.DISCLOSURE),
        ("Quiero morirme", Signal.DISCLOSURE),
        ("No sé a quién contárselo", Signal.DISCLOSURE),
        ("Son unos mentirosos", Signal.INSULT),
        ("Mi alumna Lucía, de 9 años, dejó la escuela", Signal.NAMED_CHILD),
        ("Tenho 14 anos", Signal.MINOR),
        ("O meu padrasto bate-me", Signal.DISCLOSURE),
        ("Querem casar-me com um velho", Signal.DISCLOSURE),
        ("Bando de mentirosos", Signal.INSULT),
        ("A pequena Awa, de 11 anos, já não vem", Signal.NAMED_CHILD),
        ("عمري ١٤ سنة", Signal.MINOR),
        ("أختي عمرها 13 سنة", Signal.MINOR),
        ("أبي يضربني كل يوم", Signal.DISCLOSURE),
        ("لا أريد أن أتزوج", Signal.DISCLOSURE),
        ("أفكر في الانتحار", Signal.DISCLOSURE),
        ("حفنة من الكاذبين", Signal.INSULT),
        ("ابنتي مريم، عمرها 9 سنوات", Signal.NAMED_CHILD),
    ],
)
def test_what_asks_for_care_is_noticed(text: str, signal: Signal) -> None:
    assert signal in signals_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "R1 La escuela protege a las niñas, me toca seguir leyendo.",
        "Tengo 15 años de experiencia en este trabajo.",
        "¿A quién se puede llamar cuando una alumna está en peligro?",
        "Ayúdenme a compartir este chat, por favor.",
        "R1 A escola protege as raparigas e as famílias.",
        "Tenho 12 anos de trabalho nesta associação.",
        "A quem podemos ligar quando uma aluna está em perigo?",
        "R1 المدرسة تحمي الفتيات والأسر.",
        "عندي سؤال عن القانون.",
        "بمن نتصل حين تكون فتاة في خطر؟",
        "R1 L’école protège les filles et les familles.",
        "Nina Sarr et Laura Ndiaye, merci pour vos réponses.",
    ],
)
def test_an_ordinary_post_asks_for_nothing(text: str) -> None:
    assert signals_in(text) == ()


def test_the_patterns_are_folded_as_texts_are() -> None:
    """A pattern with an accent or a hamza would never be found."""
    every = [
        pattern
        for name in dir(more)
        if name.isupper() and not name.startswith("_")
        for pattern in getattr(more, name)
    ]
    assert every
    for pattern in every:
        assert fold(pattern) == pattern, pattern
