"""A line about a guest that tells what they lived through, or of them as a child, is noticed."""

from __future__ import annotations

import pytest

from tchat_desktop.domain.delicate_facts import tells_delicate_fact


@pytest.mark.parametrize(
    "text",
    [
        "militante, mariée à 15 ans, fondatrice de Debout les filles",
        "mariée à quinze ans",
        "excisée à l’âge de 6 ans",
        "survivante de violences",
        "vit avec le VIH",
        "activist, married at 15",
        "married at the age of fifteen",
        "Awa, 14 ans, élève",
        "casada a los 15 años",
    ],
)
def test_what_is_hard_to_take_back_is_noticed(text: str) -> None:
    assert tells_delicate_fact(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "sage-femme à Dakar depuis quinze ans",
        "midwife in Dakar for fifteen years",
        "enseignante à Thiès, 12 ans d’expérience",
        "médecin à l’hôpital de Bamako",
        "élue à 42 ans",
        "juriste, présidente de l’association",
    ],
)
def test_a_role_is_a_role(text: str) -> None:
    assert not tells_delicate_fact(text)
