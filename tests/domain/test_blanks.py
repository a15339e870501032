"""What is still to be filled in is recognised, and ordinary brackets are left alone."""

from __future__ import annotations

import time

import pytest

from tchat_desktop.domain.blanks import filled_only, unfilled
from tchat_desktop.domain.texts import BLANKS
from tchat_desktop.start.data_directory import texts_of
from tests.domain.test_texts import LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_blank_of_our_own_templates_is_recognised(language: str) -> None:
    for name in BLANKS:
        word = texts_of(language).messages[f"blank.{name}"]
        assert unfilled(f"Le texte : {word} et la suite") == (word.removeprefix("#"),)


@pytest.mark.parametrize(
    ("text", "holes"),
    [
        ("Appelez [numéros d'aide]", ("[numéros d'aide]",)),
        ("Appelez [NUMEROS D’AIDE]", ("[NUMEROS D’AIDE]",)),
        ("Inscrivez-vous : [ lien ]", ("[ lien ]",)),
        ("［lien］ et [link]", ("［lien］", "[link]")),
        ("[votre ville], [votre ville]", ("[votre ville]",)),
        ("[à compléter avant le 5] [insert your link]", None),
        ("Bonjour {name}, le tag {tag}", ("{name}", "{tag}")),
        ("Le tag #[tag]", ("[tag]",)),
        ("[#tag] [à venir] [votre] {ab}", ("[#tag]", "[à venir]", "[votre]", "{ab}")),
    ],
)
def test_blanks_are_told_as_they_are_written(text: str, holes: tuple[str, ...] | None) -> None:
    found = unfilled(text)
    assert len(found) == 2 if holes is None else found == holes


@pytest.mark.parametrize(
    "text",
    [
        "Elle a dit « oui [sic] »",
        "Il faut agir […] maintenant [...]",
        "[1] Voir la note, [2] aussi",
        "[MàJ] La salle a changé [vidéo]",
        "{0} }{ {} {Bonjour}",
        "[Lien\nsur deux lignes]",
        "[]",
        "[un long passage ajouté par la rédaction pour la clarté de la phrase citée]",
    ],
)
def test_ordinary_brackets_are_left_alone(text: str) -> None:
    assert unfilled(text) == ()


@pytest.mark.parametrize("sign", ["[", "]", "[a", "{a", "[[]", "{ ", "［"])
def test_looking_takes_time_in_proportion(sign: str) -> None:
    def seconds(times: int) -> float:
        began = time.thread_time()
        unfilled(sign * times)
        return time.thread_time() - began

    seconds(1000)
    assert min(seconds(40_000) for _ in range(3)) < 4 * max(
        min(seconds(20_000) for _ in range(3)), 0.002
    )


def test_what_may_be_left_out_leaves_only_when_it_is_whole() -> None:
    assert filled_only("Trois élèves [de dos]") == "Trois élèves [de dos]"
    assert filled_only("L’école de [ville]") == ""
