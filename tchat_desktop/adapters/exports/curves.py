"""Draws the posts minute by minute and the replies to each question as SVG pictures, with tables.

A picture stands alone: it has no script, loads nothing, and says in words what it shows.
"""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path

from tchat_desktop.adapters.exports.report_archive import packed
from tchat_desktop.adapters.exports.stationery import ExportTemplates, Labels, clean, one_line
from tchat_desktop.adapters.exports.timeline import HEIGHT, Timeline, timeline
from tchat_desktop.adapters.whole_file import write_whole
from tchat_desktop.domain.anonymity import NameMask
from tchat_desktop.domain.documented import Dossier
from tchat_desktop.domain.figures import Figures, QuestionFigures
from tchat_desktop.domain.visuals import is_right_to_left

_WIDTH = 1200
_EDGE = 48
_INSIDE = _WIDTH - 2 * _EDGE
_INK, _MUTED, _LINE, _PLUM, _TEAL = "#231a36", "#625b73", "#e3dcea", "#4b2e83", "#0b7a75"
_BAR = 6.2
"""Width of the bar of a minute, of the 10 units that a minute has."""
_CHART = 300
"""The height of the bars of the minutes."""
_ROW = 30
"""The height of a row of labels."""
_CLOSEST = 0.045
"""The least distance of two names of questions in a row, as a share of the width."""
_RIGHT_TO_LEFT = "\u200f"
"""A mark that makes the text that follows go from right to left, though it begins with "Q1"."""
_LINE_LETTERS, _MOST_LINES = 84, 2
"""Letters of a line of a question, and the lines it may have; its table has all of it."""


def write_pictures(
    dossier: Dossier, path: Path, stationery: ExportTemplates, png: Callable[[str], bytes]
) -> Path:
    """Write the pictures as SVG and PNG, and a page with their tables, as one ZIP archive.

    `png` turns an SVG into a PNG. Writes completely or not at all; returns the path. Raises
    OSError.
    """
    labels = stationery.labels(dossier.chat.language)
    files = [(labels("curve_page") + ".html", curves_page(dossier, stationery).encode("utf-8"))]
    for name, drawing in _drawings(dossier, labels):
        files.append((f"{name}.svg", drawing.encode("utf-8")))
        files.append((f"{name}.png", png(drawing)))
    return write_whole(path, packed(files))


def curves_page(dossier: Dossier, stationery: ExportTemplates) -> str:
    """A page with the pictures, and beside each the same as a table for screen readers."""
    from markupsafe import Markup

    chat, figures = dossier.chat, dossier.figures
    labels = stationery.labels(chat.language)
    mask = NameMask.over(chat, dossier.posts, stationery.rules)
    curve = timeline(figures, chat.time_zone, labels)
    return stationery.page(
        "curves.html.j2",
        labels,
        heading=labels.typeset(mask.text(chat.topic)) or labels("figures"),
        simulated=dossier.simulated,
        # Their texts are escaped where they are drawn.
        minutes=Markup(minutes_svg(figures, chat.time_zone, labels)),
        curve=curve,
        bars=Markup(questions_svg(figures, labels)),
        asked=figures.questions,
    )


def minutes_svg(figures: Figures, zone: str, labels: Labels) -> str:
    """The curve of the minutes as SVG; "" when no participant wrote in them."""
    curve = timeline(figures, zone, labels, _CLOSEST)
    busiest = figures.busiest
    if curve is None or busiest is None:
        return ""
    top = 120 + _ROW * curve.mark_rows
    foot = top + _CHART
    across, up = _INSIDE / curve.width, _CHART / HEIGHT
    place = f'transform="translate({_EDGE} {top}) scale({across:.4f} {up:.4f})" fill="none"'
    parts = [
        _line(top, _LINE),
        _text(labels.number(busiest.posts), _EDGE - 8, top + 20, 18, _MUTED, anchor="end"),
        f"<g {place}>",
        _path(curve.questions, _MUTED, 1.2 / across, ' stroke-dasharray="1 2"'),
        _path(curve.bars, _PLUM, _BAR),
        _path(curve.peak, _TEAL, _BAR),
        "</g>",
        _line(foot, _MUTED),
        *_marks(curve, top),
    ]
    for hour, at, anchor in zip(
        curve.hours,
        (_EDGE, _WIDTH / 2, _WIDTH - _EDGE),
        ("start", "middle", "end"),
        strict=True,
    ):
        parts.append(_text(hour, at, foot + 30, 20, _MUTED, anchor=anchor))
    spans = " · ".join(f"{span}{labels('colon')}{posts}" for span, posts in curve.rows)
    described = f"{curve.description}. {spans}"
    return _svg(
        "minutes", labels("per_minute"), curve.description, described, foot + 56, parts, labels
    )


def questions_svg(figures: Figures, labels: Labels) -> str:
    """The replies to each question as bars in SVG; "" when none was asked."""
    if not figures.questions:
        return ""
    most = max(one.replies for one in figures.questions) or 1
    parts: list[str] = []
    y = 138.0
    for one in figures.questions:
        for line in _lines(_called(one)):
            parts.append(_led(line, y, 21, _INK, labels))
            y += 27
        wide = max(4.0, (_INSIDE - 150) * one.replies / most) if one.replies else 4.0
        left = _WIDTH - _EDGE - wide if labels.direction == "rtl" else _EDGE
        colour = _PLUM if one.replies else _LINE
        parts.append(
            f'<rect x="{left:.1f}" y="{y - 14:.0f}" width="{wide:.1f}" height="20"'
            f' rx="4" fill="{colour}"/>'
        )
        after, anchor = (left - 12, "end") if labels.direction == "rtl" else (left + wide + 12, "")
        count = labels.number(one.replies)
        parts.append(_text(count, after, y + 3, 20, _INK, anchor=anchor, bold=True))
        y += 50
    described = " · ".join(
        f"{_called(one)}{labels('colon')}{labels.number(one.replies)}" for one in figures.questions
    )
    said = labels.many("n_replies", figures.replies)
    return _svg("questions", labels("per_question"), said, described, round(y), parts, labels)


def _drawings(dossier: Dossier, labels: Labels) -> Iterable[tuple[str, str]]:
    """The name of each picture there is, and its SVG."""
    figures = dossier.figures
    found = (
        (labels("data_minutes"), minutes_svg(figures, dossier.chat.time_zone, labels)),
        (labels("data_questions"), questions_svg(figures, labels)),
    )
    return (one for one in found if one[1])


def _called(one: QuestionFigures) -> str:
    return one_line(f"Q{one.number} {one.text}" if one.number else one.text)


def _lines(text: str) -> list[str]:
    return textwrap.wrap(
        text, _LINE_LETTERS, max_lines=_MOST_LINES, placeholder="…", break_on_hyphens=False
    )


def _marks(curve: Timeline, top: float) -> Iterable[str]:
    """The names of the questions, above the minutes they were asked in, each on its line."""
    for mark in curve.marks:
        y = top - 12 - _ROW * mark.row
        x = _EDGE + _INSIDE * mark.place / 100
        if mark.row:
            yield (
                f'<path d="M{x:.1f} {top}V{y + 6}" stroke="{_MUTED}" stroke-width="1.2"'
                ' stroke-dasharray="3 6"/>'
            )
        yield _text(mark.label, x, y, 20, _MUTED, anchor="middle", bold=True)


def _path(path: str, colour: str, width: float, more: str = "") -> str:
    return f'<path d="{path}" stroke="{colour}" stroke-width="{width:.2f}"{more}/>' if path else ""


def _line(y: float, colour: str) -> str:
    return f'<path d="M{_EDGE} {y}H{_WIDTH - _EDGE}" stroke="{colour}"/>'


def _led(text: str, y: float, size: int, colour: str, labels: Labels, *, bold: bool = False) -> str:
    """A text from the side at which the language begins."""
    if labels.direction == "rtl":
        # Words of another language go their own way, from the side where the page begins.
        marked = f"{_RIGHT_TO_LEFT}{text}" if is_right_to_left(text) else text
        return _text(marked, _WIDTH - _EDGE, y, size, colour, anchor="end", bold=bold)
    return _text(text, _EDGE, y, size, colour, bold=bold)


def _text(
    text: str,
    x: float,
    y: float,
    size: int,
    colour: str,
    *,
    anchor: str = "",
    bold: bool = False,
) -> str:
    if is_right_to_left(text):
        # Not every program that shows SVG knows its attribute for the direction.
        text = f"\u2067{text}\u2069"
    more = f' text-anchor="{anchor}"' if anchor else ""
    more += ' font-weight="bold"' if bold else ""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{more}>'
        f"{escape(clean(text))}</text>"
    )


def _svg(
    name: str,
    title: str,
    under: str,
    described: str,
    height: int,
    parts: Iterable[str],
    labels: Labels,
) -> str:
    head = (
        _led(title, 56, 30, _INK, labels, bold=True),
        _led(under, 88, 21, _MUTED, labels),
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{height}"'
        f' viewBox="0 0 {_WIDTH} {height}" role="img" direction="ltr"'
        f' aria-labelledby="{name}-t" aria-describedby="{name}-d" xml:lang="{labels.language}"'
        f' font-family="system-ui, Segoe UI, Roboto, Noto Sans, sans-serif">'
        f'<title id="{name}-t">{escape(clean(title))}</title>'
        f'<desc id="{name}-d">{escape(clean(described))}</desc>'
        f'<rect width="{_WIDTH}" height="{height}" fill="#ffffff"/>'
        f"{''.join((*head, *parts))}</svg>\n"
    )
