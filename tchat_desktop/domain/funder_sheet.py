"""What the one page for a funder says: words and numbers, without the place they have on it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

QUOTES_SHOWN = 3
SHARED_SHOWN = 3
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
    post_id: str = ""
    """For the organiser's own screens; never on the page."""


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
class SheetCount:
    """Something that was counted beside the large figures: its name, its value, what it counts."""

    name: str
    value: str
    counts: str


@dataclass(frozen=True, slots=True)
class SheetShared:
    """The posts that were shared most, a line each, below what their numbers count."""

    title: str
    counts: str
    lines: tuple[str, ...]


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
    questions_left: tuple[str, ...]
    """How many questions are not shown, in words: first for one, last for all that were asked."""
    quotes_title: str
    quotes: tuple[SheetQuote, ...]
    also_title: str
    also: tuple[SheetCount, ...]
    shared: SheetShared | None
    comparison: SheetTable | None
    nothing: str
    """That there is nothing to tell; "" where there is."""
    notes: tuple[tuple[str, str], ...]
    """The method, the cost and the contact, each with its heading."""
    quotable: tuple[SheetQuote, ...] = ()
    """All that may be quoted, in reading order, for the organiser to choose from."""


def more_words(sheet: FunderSheet) -> str:
    """How many of the questions that were asked are not shown; "" for none."""
    left = len(sheet.questions_left) - len(sheet.questions)
    return sheet.questions_left[left - 1] if left > 0 else ""


def shorter(sheet: FunderSheet) -> Iterator[FunderSheet]:
    """The page, and the same with less and less on it: what is quoted gives way last.

    A goal, a figure with what it counts and the method are never left out.
    """
    yield sheet
    for shared, questions, rows, quotes in (
        (2, 8, 5, 3), (1, 8, 5, 3), (1, 7, 4, 3), (1, 6, 4, 3), (1, 5, 4, 3), (1, 5, 3, 3),
        (1, 4, 3, 3), (1, 3, 3, 3), (1, 3, 2, 3), (1, 3, 0, 3), (1, 0, 0, 3), (0, 0, 0, 3),
        (0, 0, 0, 2), (0, 0, 0, 1),
    ):  # fmt: skip
        told, table = sheet.shared, sheet.comparison
        yield replace(
            sheet,
            shared=replace(told, lines=told.lines[:shared]) if told and shared else None,
            questions=sheet.questions[:questions],
            comparison=replace(table, rows=table.rows[:rows]) if table and rows else None,
            quotes=sheet.quotes[:quotes],
        )


def sheet_words(sheet: FunderSheet) -> tuple[str, ...]:
    """All texts of the page in reading order, without the empty ones."""
    curve, table, shared = sheet.curve, sheet.comparison, sheet.shared
    said = [sheet.banner, sheet.organisation, sheet.kicker, sheet.funder, sheet.title, sheet.when]
    said += [sheet.tag, sheet.impact]
    said += [" ".join((one.number, one.label, one.goal, one.counts)) for one in sheet.figures]
    said += [curve.title, curve.said] if curve is not None else []
    said += [f"{one.label} {one.text} {one.replies}" for one in sheet.questions]
    said.append(more_words(sheet))
    said += [sheet.also_title] * bool(sheet.also)
    said += [f"{one.name} {one.value} {one.counts}" for one in sheet.also]
    said += [shared.title, shared.counts, *shared.lines] if shared is not None else []
    said += [f"{one.text} {one.who}" for one in sheet.quotes]
    said += [" ".join(row) for row in (table.head, *table.rows)] if table is not None else []
    said.append(sheet.nothing)
    said += [" ".join(note) for note in sheet.notes]
    return tuple(one.strip() for one in said if one.strip())
