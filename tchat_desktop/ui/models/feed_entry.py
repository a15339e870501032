"""A post of the conversation as the screen knows it, and the filters that let it through."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tchat_desktop.domain.conversation import FeedPost
from tchat_desktop.domain.echoes import Echo
from tchat_desktop.domain.folding import fold


class FeedFilter(StrEnum):
    """Which posts to show. Hidden posts are in their own filter and in no other."""

    ALL = "all"
    QUESTIONS = "questions"
    GUESTS = "guests"
    UNANSWERED = "unanswered"
    """What waits for a reply: questions of the public, and what was given to a guest."""
    STARRED = "starred"
    NEWCOMERS = "newcomers"
    """The first post of each person who may be welcomed."""
    GIVEN = "given"
    """Given to a guest and not answered yet."""
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True)
class AnswersTo:
    """The filter of the answers to one question, which lets through what the figures count."""

    question_id: str


PostFilter = FeedFilter | AnswersTo


class Gathered(StrEnum):
    """Posts that no filter of the cockpit shows together, only the window with the columns."""

    ANSWERS = "answers"
    """The answers to all the questions, as the figures count them."""


class CareKind(StrEnum):
    """Why a post that is neither answered nor hidden asks for care, the gravest first."""

    CONFIDES = "confides"
    MINOR = "minor"
    NAMES = "names"


@dataclass(frozen=True, slots=True)
class FeedEntry:
    """A post with what was found out about it once."""

    feed: FeedPost
    is_question: bool
    from_guest: bool
    """Whether a guest says it: under their own account, or through the organiser."""
    echo: Echo
    """What the organiser sent about it, and how far that has come."""
    who: str
    """Its author in the form used for comparing."""
    is_ours: bool = False
    """Whether the organiser published it for a guest: nothing is left to do about it here."""

    @property
    def is_answered(self) -> bool:
        """Whether a reply is out, or the organiser says it needs none any more."""
        return self.feed.answered or self.echo.is_answered

    @property
    def waits(self) -> bool:
        """Whether somebody waits for a reply to it."""
        return (self.is_question or bool(self.feed.assigned_to)) and not self.is_answered


@dataclass(frozen=True, slots=True)
class Arrival:
    """Someone who has just written for the first time in this hour."""

    entry: FeedEntry
    at: datetime


def searched_words(feed: FeedPost) -> str:
    """The text and the author of a post without accents or capitals, to search in."""
    return fold(f"{feed.post.text} {feed.post.author_name} @{feed.post.author}")
