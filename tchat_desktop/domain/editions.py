"""The editions of a chat that comes back, measure by measure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.figures import Figures


class Measure(StrEnum):
    """A figure by which editions are compared; each value is an attribute of `Figures`."""

    PARTICIPANTS = "participants"
    NEWCOMERS = "newcomers"
    GUESTS = "guests"
    POSTS = "public_posts"
    REPOSTS = "reposts"
    QUESTIONS_ASKED = "questions_asked"
    QUESTIONS_ANSWERED = "questions_answered"
    REPLIES = "replies"


def counted(figures: Figures, measure: Measure) -> int | None:
    """The count of a measure; None where it is not known."""
    count: int | None = getattr(figures, measure.value)
    return count


@dataclass(frozen=True, slots=True)
class Edition:
    """A former edition, its figures, and who wrote in it."""

    chat: Chat
    figures: Figures
    authors: frozenset[str] = frozenset()
    """The handles of the participants, as compared."""


@dataclass(frozen=True, slots=True)
class MeasureSeries:
    """One measure over the editions, the oldest first and this one last."""

    measure: Measure
    counts: tuple[int | None, ...]
    """None where the count is not known: reposts without keys, newcomers of a first edition."""

    @property
    def difference(self) -> int | None:
        """How many more now than in the edition before; None where one of both is not known."""
        *_others, before, now = (None, *self.counts)
        return None if before is None or now is None else now - before


def series(former: Sequence[Figures], now: Figures) -> tuple[MeasureSeries, ...]:
    """Each measure over the former editions (the oldest first) and this one, in their order.

    A measure that says nothing anywhere is left out.
    """
    every = (*former, now)
    found = (MeasureSeries(one, tuple(counted(each, one) for each in every)) for one in Measure)
    return tuple(one for one in found if any(one.counts))


def authors_before(editions: Iterable[Edition]) -> frozenset[str] | None:
    """Who wrote in any of these editions, as compared; None without an edition."""
    every = [edition.authors for edition in editions]
    return frozenset().union(*every) if every else None
