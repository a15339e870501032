"""What came of a rehearsal, as it is kept with the chat."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Answered(StrEnum):
    """What became of something confided or thrown at the organiser."""

    NOT_SAID = "not_said"
    """The rehearsal ended before."""
    NOT_AT_ALL = "not_at_all"
    IN_PRIVATE = "in_private"
    IN_PRIVATE_WITH_NUMBER = "in_private_with_number"
    """With a help number of the chat."""
    IN_PUBLIC = "in_public"
    IN_PUBLIC_WITH_NUMBER = "in_public_with_number"


class Cut(StrEnum):
    """What became of the cut of the network."""

    NOT_REACHED = "not_reached"
    """The rehearsal ended before."""
    REPAIRED = "repaired"
    """Somebody did something about it."""
    BY_ITSELF = "by_itself"
    """Nobody watched, and the network came back."""
    NOT_REPAIRED = "not_repaired"


@dataclass(frozen=True, slots=True)
class RehearsalReport:
    """A rehearsal in figures; messages are named as the screen called them."""

    by_hand: bool = False
    """Whether the public had to be taken in by its links."""
    planned: int = 0
    """Messages of the run sheet, without the reserve."""
    posted: int = 0
    """How many of them were really posted."""
    on_time: int = 0
    extra: int = 0
    """Messages of the reserve that were really posted."""
    for_guests: int = 0
    """Answers of guests without an account on X that were really posted."""
    reposted: int = 0
    early: tuple[str, ...] = ()
    """What the organiser sent well before its time; counted neither on time nor late."""
    late: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """Planned messages that were not posted."""
    said_only: tuple[str, ...] = ()
    """What the organiser said is published, and never was; replies among them."""
    unconfirmed: int = 0
    """Messages that were posted, and wait for that to be said here."""
    undecided: int = 0
    """Other messages that wait for the organiser's word, replies among them."""
    said: int = 0
    """Messages of the public."""
    taken_in: int = 0
    """How many of them are in the conversation here."""
    questions: int = 0
    """Questions the public asked."""
    answered: int = 0
    """How many of them were really answered."""
    unanswered: tuple[str, ...] = ()
    """Who asked the others, each once."""
    cut: Cut = Cut.NOT_REACHED
    cut_minutes: int = 0
    """How long the network was gone in the time of the chat, in whole minutes, rounded."""
    cut_held: int = 0
    """Messages that were to leave meanwhile and could not at once."""
    stars: int = 0
    disclosure: Answered = Answered.NOT_SAID
    disclosure_spread: bool = False
    """Whether it was reposted or made a highlight."""
    troll: Answered = Answered.NOT_SAID
    named_child: Answered = Answered.NOT_SAID
    """What became of the message that names a child."""
    named_child_spread: bool = False
