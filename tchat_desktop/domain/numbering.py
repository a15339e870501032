"""The numbers of the questions while they are asked: Q1, Q2… one after the other, in public.

A number that is out stays, whatever becomes of the list. What is still to be asked takes the
numbers that follow, in the order of its times; what waits in reserve has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from tchat_desktop.domain.chat import Chat, Question
from tchat_desktop.domain.folding import fold
from tchat_desktop.domain.outgoing import OutboxPost, PostKind, PostState

OWN_NUMBER = re.compile(r"^Q(\d{1,4})(?:\s*[.:)–-])?(?:\s+|$)")
"""The number a question begins with when it is posted: "Q3 "."""

_OUT = {PostState.SENDING, PostState.SENT, PostState.HANDED_OVER, PostState.UNKNOWN}
"""States of a question that is out, or may be: an opened page shows its number already."""
_UNDECIDED = {PostState.FAILED, PostState.EXPIRED}
"""States of a question that the organiser is asked about, by the number it was to have."""
_TO_COME = {PostState.PLANNED, PostState.DUE}


def without_number(text: str) -> str:
    """A question as posted, less the number it begins with."""
    return OWN_NUMBER.sub("", text, count=1)


def bare_text(chat: Chat, question: Question) -> str:
    """The question without a number or tag typed by hand: both are added when posting."""
    text = without_number(question.text.strip())
    tag = f"#{chat.hashtag}"
    if chat.hashtag and fold(text[-len(tag) :]) == fold(tag):
        text = text[: -len(tag)].rstrip()
    return text


def numbers(chat: Chat) -> dict[str, int]:
    """The numbers the questions are to be asked by, by question id: 1 for Q1.

    Those in reserve have none: what the public reads goes from one number to the next. An empty one
    shows the number it would take, and takes it from nobody.
    """
    found = {}
    following = 1
    for question in chat.questions:
        if question.essential:
            found[question.id] = following
            following += bool(bare_text(chat, question))
    return found


def with_number(row: OutboxPost, number: int | None) -> OutboxPost:
    """The question with another number in its text, or with none.

    A question whose text has no number, and posts of other kinds, stay as they are.
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
    """The row with another text. A question keeps its number, which may be another than when the
    organiser began to type."""
    found, number = OWN_NUMBER.match(text), row.number
    if row.kind is PostKind.QUESTION and found:
        text = f"Q{number} {text[found.end() :]}" if number else text[found.end() :]
    return replace(row, text=text)


def renumbered(rows: Sequence[OutboxPost]) -> list[tuple[OutboxPost, OutboxPost]]:
    """The questions whose number is another by now, with what they become.

    `rows` are all. Only what the run sheet has asked for is counted.
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
    """The number of each question that has one, by its id: as it is out, else as it is to be.

    A number that went out with one question is no other's.
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


def _said(text: str, before: int | None, number: int | None) -> str:
    found = OWN_NUMBER.match(text)
    if before is None:
        return text if found else f"Q{number} {text}"
    if found is None or int(found[1]) != before:
        return text
    rest = text[found.end() :]
    return f"Q{number} {rest}" if number else rest
