"""The questions and chapters under which a post may be put, with their names on the screen."""

from __future__ import annotations

from collections.abc import Mapping

from tchat_desktop.domain.chapters import parts_in_order
from tchat_desktop.domain.chat import Chapter, Chat
from tchat_desktop.ui.pages.shared.hour_words import beginning

Choices = tuple[tuple[str, str], ...]
"""Pairs of the id and the name of a question or chapter."""


def question_choices(chat: Chat, numbers: Mapping[str, int]) -> Choices:
    """Return the questions by their number; those in reserve, which have none, come last."""
    ordered = sorted(chat.questions, key=lambda one: numbers.get(one.id, len(chat.questions) + 1))
    return tuple(
        (
            one.id,
            f"Q{numbers[one.id]} {beginning(one.text)}"
            if one.id in numbers
            else beginning(one.text),
        )
        for one in ordered
    )


def part_choices(chat: Chat, numbers: Mapping[str, int]) -> Choices:
    """Return the questions and the chapters among them, in the order of the recap."""
    questions = dict(question_choices(chat, numbers))
    return tuple(
        (part.id, beginning(part.title) if isinstance(part, Chapter) else questions[part.id])
        for part in parts_in_order(chat, numbers)
    )
