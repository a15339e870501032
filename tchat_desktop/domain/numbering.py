"""The numbers of the questions as they are asked in public: Q1, Q2 and so on.

A number that was published stays, even if the list of questions is edited. Questions still to come
take the next numbers in the order of their times; questions in reserve have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tchat_desktop.domain.chat import Chat, Question
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState

OWN_NUMBER = re.compile(r"^Q(\d{1,4})(?:\s*[.:)–-])?(?:\s+|$)")
"""The number at the beginning of a question's text, such as "Q3 "."""

_OUT = {PostState.SENDING, PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN}
"""States of a question whose number may be public: an opened page shows it already."""
_UNDECIDED = {PostState.FAILED, PostState.EXPIRED}
"""States of a question about which the organiser is asked; it keeps the number it was to have."""
_TO_COME = {PostState.PLANNED, PostState.DUE}


def without_number(text: str) -> str:
    """Return the text of a question without the number it begins with."""
    return OWN_NUMBER.sub("", text)


def taken_number(text: str, rows: Iterable[OutboxPost]) -> int | None:
    """Return the number a text begins with, if a question of the hour is asked by it; else None."""
    found = OWN_NUMBER.match(text.lstrip())
    taken = set(numbers_of_rows(rows).values())
    return int(found[1]) if found is not None and int(found[1]) in taken else None


def bare_text(chat: Chat, question: Question) -> str:
    """Return the question without a number or tag typed by hand: publishing adds both."""
    text = without_number(question.text.strip())
    tag = f"#{chat.hashtag}"
    if chat.hashtag and fold(text[-len(tag) :]) == fold(tag):
        text = text[: -len(tag)].rstrip()
    return text


def numbers(chat: Chat) -> dict[str, int]:
    """Return the number each question is to be asked by, by question id: 1 for Q1.

    Questions in reserve have none, so that the published numbers have no gaps. A question without
    text gets the number it would have, and the next question gets the same one.
    """
    found = {}
    following = 1
    for question in chat.questions:
        if question.essential:
            found[question.id] = following
            following += bool(bare_text(chat, question))
    return found


def numbered_questions(chat: Chat) -> tuple[tuple[str, str], ...]:
    """Return the essential questions as they are told beforehand: ("Q1", text); none is empty."""
    given = numbers(chat)
    return tuple(
        (f"Q{given[question.id]}", text)
        for question in chat.questions
        if question.id in given and (text := bare_text(chat, question))
    )


def with_number(row: OutboxPost, number: int | None) -> OutboxPost:
    """Return the row of a question with another number in its text, or with none.

    A text that does not begin with the row's present number is not changed, except that a row
    without a number gets one in front of its text. Posts of other kinds stay as they are.
    """
    before = row.number
    if row.kind is not PostKind.QUESTION or before == number:
        return row
    planned = row.planned and replace(row.planned, text=_said(row.planned.text, before, number))
    return replace(
        row,
        number=number,
        text=_said(row.text, before, number),
        planned=planned,
    )


def with_row_text(row: OutboxPost, text: str) -> OutboxPost:
    """Return the row with another text; a question keeps the number of its row.

    That number may have changed since the organiser began to type.
    """
    found, number = OWN_NUMBER.match(text), row.number
    if row.kind is PostKind.QUESTION and found:
        text = f"Q{number} {text[found.end() :]}" if number else text[found.end() :]
    return replace(row, text=text)


def renumbered(rows: Sequence[OutboxPost]) -> list[tuple[OutboxPost, OutboxPost]]:
    """Return pairs (row, new row) for the questions whose number has to change.

    `rows` are all rows of the hour; only questions of the run sheet are counted.
    """
    asked = [row for row in rows if row.kind is PostKind.QUESTION and row.planned is not None]
    fixed = (row.number for row in asked if row.state in _OUT | _UNDECIDED)
    following = max((number for number in fixed if number), default=0) + 1
    changed = []
    for row in sorted(asked, key=lambda row: row.due_at):
        if row.state in _OUT | _UNDECIDED:
            continue
        if row.state in _TO_COME:
            made = with_number(row, following)
            following += 1
        else:
            made = with_number(row, None)
        if made != row:
            changed.append((row, made))
    return changed


def numbers_asked(chat: Chat, rows: Iterable[OutboxPost]) -> dict[str, int]:
    """Return the number of each question by its id: the published one, else the planned one.

    A number that was published with one question is given to no other.
    """
    out = {
        row.question_id: row.number for row in rows if row.state in _OUT and row.number is not None
    }
    known = {question.id for question in chat.questions}
    given = {question_id: number for question_id, number in out.items() if question_id in known}
    taken = set(given.values())
    for question_id, number in numbers(chat).items():
        if question_id not in given and number not in taken:
            given[question_id] = number
    return given


def numbers_of_rows(rows: Iterable[OutboxPost]) -> dict[str, int]:
    """Return the numbers by which an hour asks its questions, by question id.

    They are those of the rows, not of the plan: a question put in reserve meanwhile has none, and
    what comes after it has moved up.
    """
    return {
        row.question_id: row.number
        for row in rows
        if row.kind is PostKind.QUESTION and row.question_id and row.number
    }


def _said(text: str, before: int | None, number: int | None) -> str:
    """Return `text` with the number `number` (or none) in the place of `before`."""
    found = OWN_NUMBER.match(text)
    if before is None:
        return text if found else f"Q{number} {text}"
    if found is None or int(found[1]) != before:
        return text
    rest = text[found.end() :]
    return f"Q{number} {rest}" if number else rest
