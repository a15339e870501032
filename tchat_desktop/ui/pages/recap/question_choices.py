"""The questions under which a post may be put, with their names on the pages after the chat."""

from __future__ import annotations

from collections.abc import Mapping

from tchat_desktop.domain.chat import Chat
from tchat_desktop.ui.pages.shared.hour_words import beginning

Choices = tuple[tuple[str, str], ...]
"""Pairs of a question's id and name."""


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
