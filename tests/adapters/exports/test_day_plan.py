"""The plan of the day as it is printed."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest

from tchat_desktop.adapters.exports.day_plan import day_plan_page, write_day_plan
from tchat_desktop.domain.chat import Chat, Person, Role
from tchat_desktop.domain.day_plan import day_plan
from tchat_desktop.wording.when_words import when_of
from tests.adapters.exports.sample import STATIONERY
from tests.domain.chats import a_chat
from tests.fakes.texts import load_texts


def words(page: str) -> str:
    """What is read on a page."""
    return " ".join(unescape(re.sub("<[^>]+>", "", page)).split())


def page_of(chat: Chat) -> str:
    plan = day_plan(chat, load_texts(chat.language), when_of(chat))
    return day_plan_page(chat, plan, STATIONERY)


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_holds_the_hour_the_people_and_the_emergency(language: str) -> None:
    chat = a_chat(language=language, focal_point="Awa Ndiaye", focal_phone="77 12")
    plan = day_plan(chat, load_texts(language), when_of(chat))
    page = page_of(chat)
    text = words(page)
    for line in plan.lines:
        assert " ".join(line.item.text.split("\n")[0].split()) in text
    for person in plan.people:
        assert person.name in text
    assert "Awa Ndiaye" in text
    assert f'lang="{language}"' in page


def test_what_is_typed_is_text_and_nothing_else() -> None:
    mark = "<script>alert(1)</script>"
    chat = a_chat(
        topic=mark, focal_point=mark, people=(Person("p", Role.MODERATOR, mark, email=mark),)
    )
    assert "<script" not in page_of(chat)


def test_an_empty_chat_makes_a_page() -> None:
    assert "Plan du jour" in words(page_of(Chat("", language="fr")))


def test_it_is_written_whole(tmp_path: Path) -> None:
    chat = a_chat()
    plan = day_plan(chat, load_texts("fr"), when_of(chat))
    path = write_day_plan(chat, plan, tmp_path / "plan.html", STATIONERY)
    assert path.read_text("utf-8") == page_of(chat)
