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
"""The least distance of two labels, as a share of the width: closer, they touch at 320 px."""


@dataclass(frozen=True, slots=True)
class TimelineLabel:
    """The label of a question at its minute; `place` is in percent of the width."""

    label: str
    place: float


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
    hours: tuple[str, ...]
    stroke: float
    """Width of a bar in px when the chart is 700 px wide."""
    description: str
    rows: tuple[tuple[str, int], ...]
    """The same as a table: (span of time, posts), 5 minutes each, or 15 in a long chat."""


def timeline(figures: Figures, zone: str, labels: Labels) -> Timeline | None:
    """The chart of a chat in an IANA time zone; None when no participant wrote in its minutes."""
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
        marks=_marks(places, len(counts)),
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


def _marks(places: list[tuple[int, int]], length: int) -> tuple[TimelineLabel, ...]:
    marks: list[TimelineLabel] = []
    for number, minute in sorted(places, key=lambda place: place[1]):
        share = minute / length
        if not marks or share - marks[-1].place / 100 >= CLOSEST_MARKS:
            marks.append(TimelineLabel(f"Q{number}", round(100 * share, 1)))
    return tuple(marks)
