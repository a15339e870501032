"""The steps of the guide in order, each with its part of the guide, its heading and its rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Self

from tchat_desktop.domain import step_rules as rules
from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.run_items import RunSheet
from tchat_desktop.domain.step_states import Detail, Stage, StepState

Rule = Callable[[Chat, RunSheet, datetime], rules.Progress]
"""Tells how far a step is, from the chat, its run sheet and the present instant (UTC)."""


def _step(name: str, stage: Stage, heading: str, rule: Rule) -> tuple[str, Stage, str, Rule]:
    """The values of one step, with the heading in English.

    `packaging/translations.py` finds the headings by the name of this function, and
    `wording/step_titles.py` translates them.
    """
    return name, stage, heading, rule


class StepId(StrEnum):
    """The steps of the guide, in order; `start/steps.py` gives each one its page."""

    stage: Stage
    """The part of the guide it is in."""
    heading: str
    rule: Rule

    def __new__(cls, name: str, stage: Stage, heading: str, rule: Rule) -> Self:
        step = str.__new__(cls, name)
        step._value_ = name
        step.stage, step.heading, step.rule = stage, heading, rule
        return step

    PURPOSE = _step("purpose", Stage.BEFORE, "The purpose", rules.purpose)
    SCHEDULE = _step("schedule", Stage.BEFORE, "Topic, day and hour", rules.schedule)
    HASHTAG = _step("hashtag", Stage.BEFORE, "The tag", rules.hashtag)
    QUESTIONS = _step("questions", Stage.BEFORE, "The questions", rules.questions)
    PEOPLE = _step("people", Stage.BEFORE, "Guests and team", rules.people)
    PROTECTION = _step("protection", Stage.BEFORE, "Protection", rules.protection)
    PROMOTION = _step("promotion", Stage.BEFORE, "Promotion", rules.promotion)
    RUN_SHEET = _step("run_sheet", Stage.BEFORE, "The run sheet", rules.run_sheet)
    CONNECTION = _step("connection", Stage.BEFORE, "How posts leave", rules.connection)
    REHEARSAL = _step("rehearsal", Stage.BEFORE, "Rehearsal", rules.rehearsal)
    HOUR = _step("hour", Stage.DURING, "The chat", rules.hour)
    THANKS = _step("thanks", Stage.AFTER, "Thank", rules.thanks)
    RECAP = _step("recap", Stage.AFTER, "The recap", rules.recap)
    REPORT = _step("report", Stage.AFTER, "Results and what’s next", rules.report)


STEPS = tuple(StepId)


def step_named(name: str) -> StepId | None:
    """The step of a name that was stored; None when this version of the app has no such step."""
    return next((step for step in STEPS if step == name), None)


@dataclass(frozen=True, slots=True)
class StepStatus:
    """How far a step is, and what the list of steps says about it."""

    step: StepId
    state: StepState
    detail: Detail = Detail.NONE
    number: int = 0
    of: int = 0
    """The total that `number` is a part of; 0 when no total is shown."""


def steps_of(stage: Stage) -> tuple[StepId, ...]:
    """The steps of a part of the guide, in order."""
    return tuple(step for step in STEPS if step.stage is stage)


def step_number(step: StepId) -> int:
    """The number of a step on the rail, from 1."""
    return STEPS.index(step) + 1


def neighbours(step: StepId) -> tuple[StepId | None, StepId | None]:
    """The steps before and after; None at the ends."""
    at = STEPS.index(step)
    return (STEPS[at - 1] if at else None, STEPS[at + 1] if at + 1 < len(STEPS) else None)
