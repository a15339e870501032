"""What a run sheet is made of: timed posts, and problems to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from tchat_desktop.domain.chat import Picture
from tchat_desktop.domain.network_rules import NetworkRules
from tchat_desktop.domain.outgoing import PostKind

_QUESTION = "q:"


def question_key(question_id: str) -> str:
    """The key of the item of a question."""
    return _QUESTION + question_id


def question_in(key: str) -> str:
    """The id of the question that a key stands for, "" for another item: the only reader of keys.

    Documents name items by their keys alone (the order of the run sheet, what was edited of it).
    """
    return key[len(_QUESTION) :] if key.startswith(_QUESTION) else ""


class ProblemKind(StrEnum):
    """What to look at on the run sheet."""

    TOO_LONG = "too_long"
    NO_PAGE = "no_page"
    """X takes it, but the address of its pre-filled page cannot hold it: it is pasted by hand."""
    DOES_NOT_FIT = "does_not_fit"
    TOO_CLOSE_TO_GUESTS = "too_close_to_guests"
    """The guests have no time to introduce themselves before the first question."""
    DUPLICATE_TEXT = "duplicate_text"
    """X refuses a post that is the same as another."""
    UNINVITED_MENTION = "uninvited_mention"
    STRANGER = "stranger"
    """An @name that is nobody's of the chat."""
    NO_TAG = "no_tag"
    BLANK = "blank"
    """A word in brackets is still to be filled in."""
    NAMES_CHILD = "names_child"
    """It may name a child: it waits for the organiser's word."""
    EMPTY = "empty"
    WRONG_NUMBER = "wrong_number"
    """A question rewritten by hand carries another number than its own."""


@dataclass(frozen=True, slots=True)
class RunProblem:
    """A problem of the item `key`.

    `value` is: weighted characters over, for TOO_LONG; minutes over, for DOES_NOT_FIT; minutes
    left, for TOO_CLOSE_TO_GUESTS; the other key, for DUPLICATE_TEXT; the bare name, for
    UNINVITED_MENTION and STRANGER; the word, for BLANK; the piece, for NAMES_CHILD; the number
    written, for WRONG_NUMBER.
    `meant` is the bare name a STRANGER resembles. `mark` is what `Chat.meant` keeps when the
    organiser puts a problem aside that is a matter of judgement; "" for any other.
    """

    kind: ProblemKind
    key: str
    value: int | str = 0
    meant: str = ""
    mark: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class RunItem:
    """One post of the hour. `offset` is in minutes from the start, 0 when not included."""

    key: str
    kind: PostKind
    number: int | None
    question_id: str
    text: str
    minutes: int
    offset: int
    edited: bool
    included: bool
    weight: int
    picture: Picture | None = None
    by_page: bool = False
    """Goes by the pre-filled page even when the others go by keys."""

    @property
    def label(self) -> str:
        """ "Q3" for a question, else the value of its kind."""
        return f"Q{self.number}" if self.number is not None else self.kind.value


@dataclass(frozen=True, slots=True)
class RunSheet:
    """The hour. `reserve` holds the spare questions, `removed` the posts taken out."""

    items: tuple[RunItem, ...]
    reserve: tuple[RunItem, ...]
    removed: tuple[RunItem, ...]
    minutes_used: int
    minutes: int
    rules: NetworkRules
    """Those of the network the hour was laid out for."""
    problems: tuple[RunProblem, ...] = ()
    aside: tuple[RunProblem, ...] = ()
    """What the organiser has put aside, because it is meant so."""

    @property
    def overflow(self) -> int:
        """The minutes by which the posts exceed the hour; 0 when they fit."""
        return max(0, self.minutes_used - self.minutes)

    def item(self, key: str) -> RunItem:
        """The item of that key, included or not. Raises KeyError if there is none."""
        for item in (*self.items, *self.reserve, *self.removed):
            if item.key == key:
                return item
        raise KeyError(key)

    def problems_of(self, key: str) -> tuple[RunProblem, ...]:
        """The problems of one item."""
        return tuple(problem for problem in self.problems if problem.key == key)

    def aside_of(self, key: str) -> tuple[RunProblem, ...]:
        """What was put aside of one item."""
        return tuple(problem for problem in self.aside if problem.key == key)
