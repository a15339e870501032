"""The plan of the day: the hour on paper, for whoever animates it when a screen fails.

It is for the team alone: it holds telephones and whom to tell when somebody is in danger.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from tchat_desktop.domain import protection
from tchat_desktop.domain.chat import Chat, HelpLine, Person, Question, Role
from tchat_desktop.domain.run_items import RunItem, RunSheet
from tchat_desktop.domain.run_sheet import build_run_sheet
from tchat_desktop.domain.texts import Texts, When

_ROLES = (Role.CO_HOST, Role.MODERATOR, Role.GUEST)


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """A post of the plan: when it leaves (UTC, None without a date), and what belongs to it."""

    at: datetime | None
    item: RunItem
    prepared_answer: str = ""
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayPlan:
    """What is on the sheet."""

    topic: str
    tag: str
    when: When
    lines: tuple[PlannedLine, ...]
    reserve: tuple[PlannedLine, ...]
    people: tuple[Person, ...]
    """The team first, then the guests who have not declined."""
    tell: str
    """Whom to tell at once when somebody is in danger, or ""."""
    help_lines: tuple[HelpLine, ...]
    """The numbers that were checked."""
    disclosure: str
    """What to answer in public to somebody who confides something."""
    private: str
    """What to write to them in private."""
    child_named: str
    """What to ask in private of somebody who names a child."""


def day_plan(chat: Chat, texts: Texts, when: When) -> DayPlan:
    """The plan of a chat, in the language of its posts; `when` in the organiser's zone."""
    sheet: RunSheet = build_run_sheet(chat, texts)
    questions = {question.id: question for question in chat.questions}
    people = [one for one in chat.people if one.role is not Role.GUEST or one in chat.guests]
    return DayPlan(
        topic=chat.topic.strip(),
        tag=f"#{chat.hashtag}" if chat.hashtag else "",
        when=when,
        lines=tuple(_line(item, chat.starts_at, questions) for item in sheet.items),
        reserve=tuple(_line(item, None, questions) for item in sheet.reserve),
        people=tuple(sorted(people, key=lambda one: _ROLES.index(one.role))),
        tell=protection.whom_to_tell(chat),
        help_lines=protection.lines_to_give(chat),
        disclosure=protection.answer(chat, texts),
        private=protection.private_answer(chat, texts),
        child_named=protection.name_out_request(chat, texts),
    )


def _line(item: RunItem, starts_at: datetime | None, questions: dict[str, Question]) -> PlannedLine:
    at = starts_at + timedelta(minutes=item.offset) if starts_at is not None else None
    question = questions.get(item.question_id)
    if question is None:
        return PlannedLine(at, item)
    return PlannedLine(at, item, question.prepared_answer.strip(), question.sources)
