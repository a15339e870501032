"""What a series of faults came to."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of figures, and a sentence for every promise that was broken."""

    summary: str
    violations: list[str]
