"""The page for the public: true, whole, and naming nobody who has not accepted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tchat_desktop.adapters.exports.public_page import public_page, write_public_page
from tchat_desktop.domain.chat import Chat, Invitation
from tchat_desktop.domain.public_sheet import PublicSheet, public_sheet
from tchat_desktop.wording.when_words import when_of
from tests.adapters.exports.sample import STATIONERY
from tests.adapters.exports.test_day_plan import words
from tests.domain.chats import a_chat
from tests.fakes.texts import load_texts


def sheet_of(chat: Chat, with_questions: bool = True) -> PublicSheet:
    return public_sheet(chat, load_texts(chat.language), when_of(chat), with_questions)


def page_of(chat: Chat, with_questions: bool = True) -> str:
    return public_page(sheet_of(chat, with_questions), chat.language, STATIONERY)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_says_what_when_and_how(language: str) -> None:
    chat = a_chat(language=language, registration_link="www.exemple.org/venir")
    sheet, text = sheet_of(chat), words(page_of(chat))
    for part in (chat.topic, sheet.when.day, sheet.when.hours, sheet.tag, "Filles Debout"):
        assert " ".join(part.split()) in text
    assert 'href="https://www.exemple.org/venir"' in page_of(chat)


def test_the_essential_questions_are_told_only_if_wanted() -> None:
    chat = a_chat()
    asked = [question.text for question in chat.questions if question.essential]
    assert [text for _number, text in sheet_of(chat).questions] == asked
    assert [number for number, _text in sheet_of(chat).questions][:2] == ["Q1", "Q2"]
    spare = next(question for question in chat.questions if not question.essential)
    assert spare.text not in words(page_of(chat))
    assert sheet_of(chat, with_questions=False).questions == ()


def test_a_guest_who_has_not_accepted_is_not_named() -> None:
    first, *others = a_chat().people
    asked = replace(first, invitation=Invitation.INVITED, name="Zeynab")
    assert "Zeynab" not in page_of(a_chat(people=(asked, *others)))


def test_what_is_typed_is_text_and_links_lead_to_the_web_alone() -> None:
    mark = "<script>alert(1)</script>"
    page = page_of(a_chat(topic=mark, summary=mark, registration_link="javascript:alert(1)"))
    assert "<script" not in page
    assert "javascript:" not in page


def test_it_is_written_whole(tmp_path: Path) -> None:
    chat = a_chat()
    path = write_public_page(sheet_of(chat), "fr", tmp_path / "page.html", STATIONERY)
    assert path.read_text("utf-8") == page_of(chat)
