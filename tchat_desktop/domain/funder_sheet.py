"""What the one page for a funder says: words and numbers, without the place they have on it."""

from __future__ import annotations

from dataclasses import dataclass

QUOTES_SHOWN = 3
MOST_QUESTIONS = 10
EDITIONS_SHOWN = 3
"""How many former editions have a column."""


@dataclass(frozen=True, slots=True)
class SheetFigure:
    """A figure: its number, what it is, and what it counts."""

    number: str
    label: str
    counts: str
    goal: str = ""
    """What was hoped for, in words; "" where no number was given."""


@dataclass(frozen=True, slots=True)
class SheetQuestion:
    """A question that was asked, with the replies to it."""

    label: str
    """Such as "Q1"; "" where it had no number."""
    text: str
    replies: int


@dataclass(frozen=True, slots=True)
class SheetQuote:
    """What somebody wrote, and who: their name, the hour and the address of the post."""

    text: str
    who: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class SheetCurve:
    """The posts of participants minute by minute."""

    title: str
    said: str
    counts: tuple[int, ...]
    hours: tuple[str, str, str]
    """At the beginning, in the middle and at the end."""
    marks: tuple[tuple[str, float], ...] = ()
    """Each question by its label, and where it was asked, as a share of the width."""


@dataclass(frozen=True, slots=True)
class SheetTable:
    """A comparison: the head of each column, and the rows below."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class FunderSheet:
    """The page. Texts are plain and masked; what is "" or empty has no place on it."""

    language: str
    right_to_left: bool
    kicker: str
    organisation: str
    funder: str
    title: str
    when: str
    tag: str
    impact: str
    banner: str
    """That all of it is a rehearsal."""
    figures: tuple[SheetFigure, ...]
    curve: SheetCurve | None
    questions_title: str
    questions: tuple[SheetQuestion, ...]
    questions_more: str
    """How many questions are not shown; "" for none."""
    quotes_title: str
    quotes: tuple[SheetQuote, ...]
    comparison: SheetTable | None
    nothing: str
    """That there is nothing to tell; "" where there is."""
    notes: tuple[tuple[str, str], ...]
    """The method, the cost and the contact, each with its heading."""


def sheet_words(sheet: FunderSheet) -> tuple[str, ...]:
    """All texts of the page in reading order, without the empty ones."""
    curve, table = sheet.curve, sheet.comparison
    said = [sheet.banner, sheet.organisation, sheet.kicker, sheet.funder, sheet.title, sheet.when]
    said += [sheet.tag, sheet.impact]
    said += [" ".join((one.number, one.label, one.goal, one.counts)) for one in sheet.figures]
    said += [curve.title, curve.said] if curve is not None else []
    said += [f"{one.label} {one.text} {one.replies}" for one in sheet.questions]
    said.append(sheet.questions_more)
    said += [f"{one.text} {one.who}" for one in sheet.quotes]
    said += [" ".join(row) for row in (table.head, *table.rows)] if table is not None else []
    said.append(sheet.nothing)
    said += [" ".join(note) for note in sheet.notes]
    return tuple(one.strip() for one in said if one.strip())
