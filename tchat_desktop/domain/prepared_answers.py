"""The answers that guests prepare and send before the day, at hand when their question is asked.

A guest without an account has them published by the organiser (see `guest_answers`); a guest with
one is reminded, and publishes them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tchat_desktop.domain.chat import Chat, Person
from tchat_desktop.domain.conversation import asked_questions
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.numbering import numbers
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState
from tchat_desktop.domain.people import account_of
from tchat_desktop.domain.texts import (
    Texts,
    fill,
    values,
    with_own_texts,
)

_MARK = re.compile(
    r"^[ \t]*(?:(?:question|réponse|reponse|answer)[ \t]*|[QRA][ \t]?)(\d{1,2})(?![\d\w])"
    r"[ \t]*[.:),;/–—-]*[ \t]*",
    re.IGNORECASE | re.MULTILINE,
)
"""The number that begins an answer: "R1", "Q2:", "Réponse 3 –"."""


@dataclass(frozen=True, slots=True)
class ReadyAnswer:
    """An answer that waits to be used, to a question that was asked by that number."""

    guest: Person
    question_id: str
    number: int
    text: str


def answer_of(person: Person, question_id: str) -> str:
    """What a person prepared for a question; "" for nothing."""
    return dict(person.answers).get(question_id, "").strip()


def with_answer(person: Person, question_id: str, text: str) -> Person:
    """The person with another prepared answer to a question; an empty one is taken out."""
    others = tuple(pair for pair in person.answers if pair[0] != question_id)
    return replace(person, answers=(*others, (question_id, text)) if text.strip() else others)


def answers_in(text: str, chat: Chat) -> tuple[tuple[str, str], ...]:
    """The answers in a message that a guest sent, as pairs of (question id, answer).

    Each begins on a line of its own by the number of its question ("R1", "Q2:"), as the guest pack
    asks for. What stands before the first one, and under a number no question has, is left out.
    """
    ids: dict[int, str] = {}
    for question_id, number in numbers(chat).items():
        ids.setdefault(number, question_id)
    marks = list(_MARK.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    found: dict[str, str] = {}
    for mark, end in zip(marks, ends, strict=False):
        question_id, said = (
            ids.get(int(mark[1]), ""),
            bare_answer(text[mark.start() : end], chat.hashtag),
        )
        if question_id and said:
            found[question_id] = "\n".join(filter(None, (found.get(question_id, ""), said)))
    return tuple(found.items())


def with_answers(person: Person, answers: Iterable[tuple[str, str]]) -> Person:
    """The person with these answers in place of former ones to the same questions."""
    for question_id, text in answers:
        person = with_answer(person, question_id, text)
    return person


def ready_answers(
    chat: Chat, rows: Sequence[OutboxPost], rules: NetworkRules
) -> tuple[ReadyAnswer, ...]:
    """The prepared answers to the questions asked so far, those to the latest question first.

    What was published for a guest, or is about to be, is not there any more.
    """
    used = {
        (row.guest_id, row.question_id)
        for row in rows
        if row.kind is PostKind.GUEST_ANSWER and row.state is not PostState.SKIPPED
    }
    return tuple(
        ReadyAnswer(guest, one.question_id, one.number, text)
        for one in reversed(asked_questions(chat, rows, rules))
        for guest in chat.guests
        if one.number
        and (guest.name.strip() or account_of(guest, rules))
        and (text := bare_answer(answer_of(guest, one.question_id), chat.hashtag))
        and (guest.id, one.question_id) not in used
    )


def your_turn(chat: Chat, answer: ReadyAnswer, texts: Texts) -> str:
    """A message to a guest with an account, whose question was just asked, with their answer."""
    texts = with_own_texts(chat, texts)
    guest = answer.guest
    name = guest.name.strip() or f"@{guest.typed_account}"
    said = {"name": name, "number": str(answer.number), "text": answer.text}
    return fill(texts, "pack.your_turn", **(values(chat, texts) | said))


def bare_answer(text: str, tag: str) -> str:
    """An answer without the number before it and the tag at its end."""
    mark = _MARK.match(text)
    said = text[mark.end() if mark else 0 :].strip()
    ending = f"#{tag}"
    if tag and fold(said[-len(ending) :]) == fold(ending):
        said = said[: -len(ending)].rstrip()
    return said
