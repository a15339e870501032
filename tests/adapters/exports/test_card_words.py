"""The pictures of a recap say what it says, and of somebody who is hidden nothing."""

from __future__ import annotations

from dataclasses import astuple, replace
from pathlib import Path

import pytest

from tchat_desktop.adapters.exports.card_words import picture_cards, write_card
from tchat_desktop.domain.chat import Chat, Occasion, RecapDraft
from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.picture_cards import CardKind, PictureCard
from tchat_desktop.domain.recap import build_recap
from tchat_desktop.domain.x.pictures import LONGEST_ALT_TEXT
from tests.adapters.exports.sample import STATIONERY, chat, crowd, post, rows
from tests.fakes.network import NETWORK


def cards_of(
    told_of: Chat, posts: list[FeedPost], occasion: Occasion = Occasion.LIVE
) -> tuple[PictureCard, ...]:
    recap = build_recap(told_of, posts, rows(), NETWORK, occasion=occasion)
    return picture_cards(recap, STATIONERY)


def quotes(cards: tuple[PictureCard, ...]) -> list[PictureCard]:
    return [card for card in cards if card.kind is CardKind.QUOTE]


def test_there_is_one_of_the_figures_one_of_thanks_and_one_of_each_highlight() -> None:
    cards = cards_of(chat(), crowd())
    assert [card.kind for card in cards[:2]] == [CardKind.FIGURES, CardKind.THANKS]
    assert len(quotes(cards)) == 14
    figures, thanks, first = cards[:3]
    assert [number for number, _label in figures.facts] == ["48", "328", "7"]
    assert figures.facts[0][1] == "participant·es\ndont 2 invité·es"
    assert thanks.text.endswith("Avec\u202f: Dr Ndèye Sarr · Sage-femme, Dakar")
    assert (first.name, first.organisation, first.tag) == (
        "Enseignante, Thiès",
        "Filles d’abord",
        "#UnionsPrécoces",
    )
    assert first.kicker == "Mariage des enfants\u202f: agir à Dakar, ce que nous avons appris"
    assert first.address.startswith("https://x.com/prof_exemple/status/")
    assert first.address.removeprefix("https://") in first.read_on


def test_each_has_a_description_that_says_the_same() -> None:
    figures, thanks, first = cards_of(chat(), [post(1, 0, "La loi existe. Lisons-la !")])
    assert figures.alt_text.startswith(
        "Le tchat en chiffres\u202f: 1 participant·e dont 1 invité·e"
    )
    assert "Merci\u202f! À toutes les personnes" in thanks.alt_text
    assert first.alt_text == (
        "Citation du tchat. Dr Ndèye Sarr\u202f: «\u202fLa loi existe. Lisons-la !\u202f» "
        "Image préparée par Filles d’abord. #UnionsPrécoces"
    )


def test_a_description_is_never_longer_than_x_takes() -> None:
    long = "Une phrase de plus, et encore une. " * 200
    (card,) = quotes(cards_of(chat(organisation="Association " * 12), [post(1, 1, long)]))
    assert LONGEST_ALT_TEXT - 60 < len(card.alt_text) <= LONGEST_ALT_TEXT
    assert "encore une. …\u202f»" in card.alt_text
    assert card.alt_text.endswith("#UnionsPrécoces")


def test_who_is_hidden_is_on_no_picture_and_in_no_description() -> None:
    posts = [
        post(1, 2, "Moi, Sage-femme, Dakar, je le vois. https://exemple.org/sagefemme_ex"),
        post(2, 1, "Merci @sagefemme_ex et Sage-femme, Dakar !"),
    ]
    hiding = chat(recap=RecapDraft(hidden_authors=("sagefemme_ex",)))
    cards = cards_of(hiding, posts)
    own = quotes(cards)[0]
    assert (own.name, own.detail, own.address, own.read_on) == ("Personne anonyme", "", "", "")
    for card in cards:
        # The key is for the organiser's screen.
        said = repr(astuple(replace(card, key=""))).lower()
        assert "sagefemme" not in said
        assert "sage-femme" not in said


def test_a_rehearsal_says_so_on_every_picture_and_leads_nowhere() -> None:
    cards = cards_of(chat(), crowd(), Occasion.REHEARSAL)
    for card in cards:
        assert card.banner == "Répétition\u202f: participants simulés"
        assert card.alt_text.startswith(card.banner)
        assert (card.address, card.read_on) == ("", "")


def test_a_text_that_may_name_a_child_is_marked() -> None:
    posts = [post(1, 1, "Ma fille Awa, 12 ans, a été mariée."), post(2, 0, "Bonjour à vous.")]
    marked = {card.text[:7]: card.doubtful for card in quotes(cards_of(chat(), posts))}
    assert marked == {"Ma fill": True, "Bonjour": False}


def test_a_quotation_goes_the_way_it_is_written() -> None:
    posts = [post(1, 1, "كيف نحمي البنات؟"), post(2, 0, "Bonjour.")]
    ways = {card.text: card.right_to_left for card in quotes(cards_of(chat(), posts))}
    assert ways == {"كيف نحمي البنات؟": True, "Bonjour.": False}
    assert all(card.right_to_left for card in cards_of(chat(language="ar"), posts)[:2])


@pytest.mark.parametrize("language", ["fr", "en", "es", "pt", "ar"])
def test_every_language_has_its_words(language: str) -> None:
    for card in cards_of(chat(language=language), crowd()):
        assert card.alt_text
        assert "{" not in repr(card)


def test_an_empty_chat_has_no_picture() -> None:
    assert picture_cards(build_recap(Chat(""), [], [], NETWORK), STATIONERY) == ()


def test_the_picture_and_its_description_are_written_side_by_side(tmp_path: Path) -> None:
    written = write_card(b"png", "Une image.\r\nFin", tmp_path / "carte.png", "description")
    assert written.read_bytes() == b"png"
    beside = tmp_path / "carte (description).txt"
    assert beside.read_bytes() == "\ufeffUne image.\nFin".encode()
    assert sorted(tmp_path.iterdir()) == [beside, written]


def test_neither_is_new_when_one_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "carte.png").mkdir()
    with pytest.raises(OSError):  # noqa: PT011
        write_card(b"png", "Une image.", tmp_path / "carte.png", "description")
    assert [one.name for one in tmp_path.iterdir()] == ["carte.png"]
