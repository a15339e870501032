"""Computes the minute-by-minute chart of a chat, as SVG paths and as a table."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tchat_desktop.adapters.exports.stationery import Labels
from tchat_desktop.domain.figures import Figures

UNIT = 10
"""Width of one minute in units of the SVG; its height is `HEIGHT`."""

HEIGHT = 100
LEAST_BAR = 3
"""The least height of a bar, in units of the SVG."""
CLOSEST_MARKS = 0.09
"""The least distance of two labels in a row, as a share of the width: closer, they touch at 320 px.

A label that has no room stands in a row below.
"""


@dataclass(frozen=True, slots=True)
class TimelineLabel:
    """The label of a question at its minute; `place` is in percent of the width, `row` from 0."""

    label: str
    place: float
    row: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """The chart: paths for an SVG that is stretched to its box, and a description in words.

    `peak` is the bar of the busiest minute, `bars` the others; `questions` are vertical lines.
    """

    width: int
    bars: str
    peak: str
    questions: str
    marks: tuple[TimelineLabel, ...]
    absent: str
    """The questions with a number that were asked at another time, or not from here: "Q1, Q6"."""
    hours: tuple[str, ...]
    stroke: float
    """Width of a bar in px when the chart is 700 px wide."""
    description: str
    rows: tuple[tuple[str, int], ...]
    """The same as a table: (span of time, posts), 5 minutes each, or 15 in a long chat."""

    @property
    def mark_rows(self) -> int:
        """How many rows the labels of the questions take."""
        return max((mark.row for mark in self.marks), default=-1) + 1


def timeline(
    figures: Figures, zone: str, labels: Labels, closest: float = CLOSEST_MARKS
) -> Timeline | None:
    """The chart of a chat in an IANA time zone; None when no participant wrote in its minutes.

    `closest` is the least distance of two labels in a row, as a share of the width.
    """
    busiest, begin = figures.busiest, figures.begins_at
    if busiest is None or begin is None:
        return None
    counts = figures.minutes

    def hour(minute: int) -> str:
        return labels.hour(begin + timedelta(minutes=minute), zone)

    def bars(peak: bool) -> str:
        return "".join(
            _bar(minute, count / busiest.posts)
            for minute, count in enumerate(counts)
            if count and (minute == busiest.minute) is peak
        )

    step = 5 if len(counts) <= 120 else 15
    spans = [(start, min(start + step, len(counts))) for start in range(0, len(counts), step)]
    asked = [(one.number, one.asked_minute) for one in figures.questions]
    minutes = [minute for _number, minute in asked if minute is not None]
    places = [(one, minute) for one, minute in asked if one is not None and minute is not None]
    return Timeline(
        width=UNIT * len(counts),
        bars=bars(peak=False),
        peak=bars(peak=True),
        questions="".join(f"M{UNIT * minute} 0V{HEIGHT}" for minute in minutes),
        marks=_marks(places, len(counts), closest),
        absent=", ".join(f"Q{one}" for one, minute in asked if one and minute is None),
        hours=(hour(0), hour(len(counts) // 2), hour(len(counts))),
        stroke=min(7.0, round(0.62 * 700 / len(counts), 1)),
        description=labels("busiest", hour=hour(busiest.minute))
        + labels.many("n_posts", busiest.posts),
        rows=tuple(
            (labels("span", start=hour(start), end=hour(end)), sum(counts[start:end]))
            for start, end in spans
        ),
    )


def _bar(minute: int, share: float) -> str:
    middle = UNIT * minute + UNIT // 2
    return f"M{middle} {HEIGHT}V{HEIGHT - max(LEAST_BAR, round(HEIGHT * share))}"


def _marks(places: list[tuple[int, int]], length: int, closest: float) -> tuple[TimelineLabel, ...]:
    marks: list[TimelineLabel] = []
    ends: list[float] = []
    """Where the last label of each row stands, as a share of the width."""
    for number, minute in sorted(places, key=lambda place: place[1]):
        share = minute / length
        room = (row for row, end in enumerate(ends) if share - end >= closest)
        row = next(room, len(ends))
        ends[row : row + 1] = [share]
        marks.append(TimelineLabel(f"Q{number}", round(100 * share, 1), row))
    return tuple(marks)
