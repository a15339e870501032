"""A text of ours that names a child is asked about, once; people of the chat are grown-ups."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain import run_sheet
from tchat_desktop.domain.chat import Announcement, Channel, Chat, Person, Picture, Role
from tchat_desktop.domain.named_children import (
    all_words,
    children_named,
    reading,
    to_ask_about,
    with_naming_meant,
)
from tchat_desktop.domain.new_edition import new_edition
from tchat_desktop.domain.promotion import AnnouncementProblem, check_announcement
from tchat_desktop.domain.run_items import ProblemKind
from tests.domain.chats import NOW, a_chat
from tests.fakes.network import NETWORK
from tests.fakes.texts import load_texts

FR = load_texts("fr")
CHAT = Chat(
    "c",
    people=(
        Person("g", name="Awa Ba Sow", handle="awa_ex"),
        Person("m", Role.MODERATOR, name="Fatou"),
    ),
)
NAMED = "Bravo à Aïcha, 14 ans, élève au lycée de Thiès"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (NAMED, ("Aïcha, 14 ans",)),
        ("BRAVO AICHA 14 ANS", ("AICHA 14 ANS",)),
        ("Q2 Que dire à Aïcha, élève au CM2 ? #Tag", ("Aïcha, élève",)),
        ("Well done Mary, 15 years old", ("Mary, 15 years old",)),
        # People of the chat are known, by their first name or their whole one.
        ("Bravo à Awa, élève de tous les métiers", ()),
        ("Awa Ba, élève de tous les métiers, répond", ()),
        ("fatou du lycée Blaise Diagne répond", ()),
        # Another family name, and an age, are somebody else's.
        ("Awa Ndiaye, élève au CM2, a gagné", ("Awa Ndiaye, élève",)),
        ("Bravo à Awa, 12 ans", ("Awa, 12 ans",)),
        ("Awa (7) va à l’école", ("Awa (7",)),
        ("Merci à toutes les filles de Thiès", ()),
        ("", ()),
    ],
)
def test_what_is_noticed_in_a_text_of_ours(text: str, found: tuple[str, ...]) -> None:
    assert children_named(text, CHAT) == found
    assert to_ask_about(text, CHAT) == found


def test_the_description_of_a_picture_is_read_too() -> None:
    picture = Picture("0", "image/png", "Aïcha, 14 ans, devant son école")
    assert all_words("Bonsoir", None) == all_words("Bonsoir", replace(picture, alt_text=""))
    assert children_named(all_words("Bonsoir", picture), CHAT) == ("Aïcha, 14 ans",)


def test_what_is_meant_holds_for_that_very_text_alone() -> None:
    meant = with_naming_meant(CHAT, NAMED)
    assert to_ask_about(NAMED, meant) == ()
    assert to_ask_about(f" {NAMED}\n", meant) == ()
    assert to_ask_about(f"{NAMED} !", meant) == children_named(NAMED, CHAT)
    assert with_naming_meant(meant, NAMED) is meant
    assert NAMED not in repr(meant)


def test_a_question_keeps_its_word_when_its_number_follows_the_run_sheet() -> None:
    assert reading(f"Q2 {NAMED}") == reading(f"Q5 {NAMED}") == reading(NAMED)


def test_the_next_edition_asks_anew() -> None:
    meant = with_naming_meant(replace(a_chat(), topic="Autre"), NAMED)
    assert new_edition(meant, None).named_on_purpose == ()


def test_a_post_of_the_run_sheet_that_names_a_child_is_to_be_looked_at() -> None:
    text = f"{NAMED} #UnionsPrécoces"

    def problems(chat: Chat) -> list[object]:
        sheet = run_sheet.build_run_sheet(chat, FR)
        found = sheet.problems_of("closing")
        return [one.value for one in found if one.kind is ProblemKind.NAMES_CHILD]

    chat = run_sheet.with_item_text(a_chat(), "closing", text, FR)
    assert problems(a_chat()) == []
    assert problems(chat) == ["Aïcha, 14 ans"]
    assert problems(with_naming_meant(chat, text)) == []


@pytest.mark.parametrize("channel", list(Channel))
def test_so_is_an_announcement_wherever_it_goes(channel: Channel) -> None:
    def asks(chat: Chat, text: str) -> bool:
        found = check_announcement(chat, Announcement("a", channel), text, NOW, NETWORK).problems
        return AnnouncementProblem.NAMES_CHILD in found

    assert asks(CHAT, NAMED)
    assert not asks(CHAT, "Bonsoir à tous")
    assert not asks(with_naming_meant(CHAT, NAMED), NAMED)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_text_of_the_app_names_one(language: str) -> None:
    for text in load_texts(language).messages.values():
        assert children_named(text, CHAT) == ()
