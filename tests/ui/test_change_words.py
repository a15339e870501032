"""What an undo says: every field of a chat has its words and its step."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.chat_fields import Use, names_used
from tchat_desktop.domain.steps import StepId
from tchat_desktop.wording.change_words import _CHANGES, change_between
from tests.domain.chats import a_chat


def test_every_field_that_is_edited_has_its_words() -> None:
    edited = {one.name for one in fields(Chat)} - {"id", *names_used(Chat, Use.NOTED)}
    silent, idle = edited - _CHANGES.keys(), _CHANGES.keys() - edited
    assert not silent, f"Chat.{silent} has no words: say in _CHANGES what an undo calls it"
    assert not idle, f"nothing is undone of Chat.{idle}"


def test_the_same_chat_has_no_change() -> None:
    assert change_between(a_chat(), a_chat()) is None


def test_the_day_and_the_hour_are_told_apart() -> None:
    chat = a_chat()
    assert chat.starts_at is not None
    later = replace(chat, starts_at=chat.starts_at + timedelta(minutes=30))
    other = replace(chat, starts_at=chat.starts_at + timedelta(days=7))
    assert change_between(chat, later).what == "l’heure"  # type: ignore[union-attr]
    assert change_between(chat, other).what == "le jour"  # type: ignore[union-attr]
    assert change_between(chat, replace(chat, starts_at=None)).what == "le jour"  # type: ignore[union-attr]


def test_a_question_is_named_by_its_number() -> None:
    chat = a_chat()
    second = replace(chat.questions[1], text="Et vous ?")
    found = change_between(
        chat, replace(chat, questions=(chat.questions[0], second, *chat.questions[2:]))
    )
    assert found is not None
    assert (found.what, found.step) == ("la question 2", StepId.QUESTIONS)
    found = change_between(chat, replace(chat, questions=chat.questions[1:]))
    assert found is not None
    assert found.what == "les questions"


def test_a_question_is_called_as_on_its_card_and_one_in_reserve_has_no_number() -> None:
    chat = a_chat()
    reserve = replace(chat.questions[0], essential=False)
    before = replace(chat, questions=(reserve, *chat.questions[1:]))
    second = replace(chat.questions[1], text="Et vous ?")
    found = change_between(before, replace(chat, questions=(reserve, second, *chat.questions[2:])))
    assert found is not None
    assert found.what == "la question 1"
    other = replace(reserve, text="Et vous ?")
    found = change_between(before, replace(chat, questions=(other, *chat.questions[1:])))
    assert found is not None
    assert found.what == "les questions"
