"""The short replies at hand: in the language of the posts, with what is known filled in."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tchat_desktop.domain.blanks import unfilled
from tchat_desktop.domain.canned_replies import (
    answer_mark,
    canned_replies,
    guest_replies,
    marked,
)
from tchat_desktop.domain.chat import Chat, Invitation, OwnText, Person, Question
from tchat_desktop.domain.conversation import FeedPost, Post
from tchat_desktop.domain.languages import LANGUAGES
from tchat_desktop.domain.texts import CANNED
from tests.domain.chats import a_chat
from tests.fakes.clock import START
from tests.fakes.texts import load_texts

FR = load_texts("fr")
POST = FeedPost(Post("7", "fatou_ex", "Fatou", "R1 Oui #UnionsPrécoces", START))


def asked(sources: tuple[str, ...] = ()) -> Chat:
    return replace(
        a_chat(), hashtag="UnionsPrécoces", questions=(Question("q1", "Quoi ?", sources=sources),)
    )


def test_they_name_who_is_answered_and_have_the_tag() -> None:
    thanks, clarify, source, private = canned_replies(asked(), POST, FR)
    assert thanks.text == "Merci @fatou_ex\u00a0! #UnionsPrécoces"
    assert "préciser" in clarify.text
    assert unfilled(source.text) == ("[lien]",)
    assert "#" not in private.text
    assert [one.tagged for one in (thanks, clarify, source, private)] == [True, True, True, False]


def test_the_source_of_the_question_is_in_its_reply() -> None:
    post = replace(POST, question_id="q1")
    source = canned_replies(asked(("https://a.org/1", "https://b.org")), post, FR)[2]
    assert source.text == "La source\u00a0: https://a.org/1 #UnionsPrécoces"


def test_the_organiser_words_them_otherwise() -> None:
    own = OwnText("fr", CANNED[0], "Un grand merci {name} {tag}")
    chat = replace(asked(), own_texts=(own,))
    assert canned_replies(chat, POST, FR)[0].text == "Un grand merci @fatou_ex #UnionsPrécoces"


@pytest.mark.parametrize("language", [one.code for one in LANGUAGES])
def test_each_language_has_them_and_they_fit(language: str) -> None:
    texts = load_texts(language)
    found = canned_replies(asked(("https://a.org/1",)), replace(POST, question_id="q1"), texts)
    assert len(found) == len(CANNED)
    for one in found:
        assert texts.rules.takes(one.text)
        assert not unfilled(one.text)


def test_the_mark_is_that_of_the_language_and_needs_a_question() -> None:
    assert answer_mark(1, FR) == "R1"
    assert answer_mark(12, load_texts("en")) == "A12"
    assert answer_mark(None, FR) == ""


@pytest.mark.parametrize("text", ["Oui #A", " #A", "R1 Oui #A"])
def test_the_mark_comes_and_goes(text: str) -> None:
    other = marked(text, "R1")
    assert other.startswith("R1 ") is not text.startswith("R1 ")
    assert marked(other, "R1").strip() == text.strip()


def test_what_a_guest_without_account_prepared_is_there_for_its_question() -> None:
    diop = Person(
        "d", name="M. Diop", no_account=True, invitation=Invitation.ACCEPTED,
        answers=(("q1", "Il faut des bourses."),),
    )  # fmt: skip
    chat = replace(asked(), people=(diop,))
    post = replace(POST, question_id="q1")
    [(guest, text)] = guest_replies(chat, post, 1, FR)
    assert guest is diop
    assert text == "R1 M. Diop répond\u00a0: Il faut des bourses. #UnionsPrécoces"
    assert guest_replies(chat, POST, None, FR) == []
    unasked = replace(chat, people=(replace(diop, invitation=Invitation.INVITED),))
    assert guest_replies(unasked, post, 1, FR) == []
