"""The groups of words a topic is made of, and the tags that come of each."""

from __future__ import annotations

import pytest

from tchat_desktop.domain.noun_groups import (
    capital,
    joined_tags,
    keywords,
    noun_groups,
    plain,
    refuses,
    whole_words,
)


def groups_of(topic: str, language: str = "fr") -> list[str]:
    """The groups, with "|" between the chunks of each."""
    return [
        " | ".join(" ".join((*chunk.links, *chunk.words)) for chunk in group)
        for group in noun_groups(topic, language)
    ]


@pytest.mark.parametrize(
    ("topic", "groups"),
    [
        ("", []),
        ("« Mariage précoce des filles »", ["Mariage précoce | des filles"]),
        ("École et mariage des filles, santé", ["École", "santé"]),
        ("Filles quittent", ["Filles"]),
        ("Mariage précoce l’école", ["Mariage précoce", "l école"]),
        ("École sans peur", ["École | sans peur"]),
        ("École non violente", ["École", "non violente"]),
        ("Non à l’excision fait école", ["Non excision"]),
        ("Refuser l’excision, garder l’école", ["l école"]),
        ("Filles 12 mars", ["Filles", "mars"]),
    ],
)
def test_a_group_ends_where_a_name_would_say_something_else(topic: str, groups: list[str]) -> None:
    assert groups_of(topic) == groups


def test_only_in_french_do_words_of_one_group_agree() -> None:
    assert groups_of("Girls school", "en-GB") == ["Girls school"]
    assert groups_of("Filles école", "fr-CI") == ["Filles"]


@pytest.mark.parametrize(
    ("topic", "language", "tags"),
    [
        ("Mariage", "fr", []),
        ("Mariage précoce", "fr", ["MariagePrecoce"]),
        ("Mariage précoce forcé", "fr", ["MariagePrecoceForce"]),
        ("Unions précoces forcées illégales", "fr", []),
        (
            "Mariage précoce des filles",
            "fr",
            ["MariagePrecoce", "MariagePrecoceDesFilles", "MariagePrecoceFilles"],
        ),
        ("Mariage précoce des filles mariées", "fr", ["MariagePrecoce"]),
        ("Mariage d’enfants", "fr", ["MariageEnfants"]),
        ("Bourses pour les filles", "fr", ["BoursesPourLesFilles"]),
        (
            "Bourses pour filles de Dakar",
            "fr",
            ["BoursesPourFilles", "BoursesPourFillesDeDakar", "BoursesPourFillesDakar"],
        ),
        ("Early child marriage", "en", ["ChildMarriage"]),
        ("Child marriage", "en-GB", ["ChildMarriage"]),
        ("No shame", "en", ["NoShame"]),
        ("No early child marriage", "en", ["NoChildMarriage"]),
    ],
)
def test_a_tag_has_two_or_three_words_of_its_group(
    topic: str, language: str, tags: list[str]
) -> None:
    (group,) = noun_groups(topic, language)
    assert joined_tags(group, language) == tags


@pytest.mark.parametrize(
    ("text", "language", "refusing"),
    [
        ("Sans honte", "fr", True),
        ("En parler sans honte", "fr", True),
        ("Refuser l’excision", "fr", True),
        ("École des filles", "fr", False),
        ("No shame", "en", True),
        ("Don’t wait", "en", True),
        ("Girls at school", "en", False),
        ("", "fr", False),
    ],
)
def test_a_text_that_refuses_what_it_names_is_told(
    text: str, language: str, refusing: bool
) -> None:
    assert refuses(text, language) is refusing


def test_words_that_carry_meaning_come_once_and_as_first_written() -> None:
    assert keywords("Le 8 mars, 12 filles : École école", "fr") == ["mars", "12", "filles", "École"]


def test_an_elided_word_is_what_follows_it_in_french_only() -> None:
    assert whole_words("l’école d’ici", "fr-CI") == ["école", "ici"]
    assert whole_words("l’école", "en") == ["l", "école"]


def test_accents_go_from_latin_letters_only() -> None:
    assert [capital(word) for word in ("l’école", "ONU", "œuvre")] == ["Lecole", "ONU", "Oeuvre"]
    assert plain("e\u0301te\u0302\u0301") == "ete"
    assert plain("\u0301a") == "\u0301a"
    assert plain("\u064a\u0651") == "\u064a\u0651"
