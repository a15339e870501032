"""The recap as a page that Qt sets for paper: what it understands of HTML, and pictures inside.

Qt knows no grid, no rounded corner and no column from right to left: tables stand for them.
"""

from __future__ import annotations

from dataclasses import dataclass

from tchat_desktop.adapters.exports.recap_page import shown_values
from tchat_desktop.adapters.exports.stationery import ExportTemplates, mark_before, rich
from tchat_desktop.adapters.exports.timeline import HEIGHT, Timeline
from tchat_desktop.domain.logo import Logo, data_address
from tchat_desktop.domain.recap import Recap
from tchat_desktop.domain.visuals import is_right_to_left

_TEMPLATE = "recap_paper.html.j2"
_WIDTH = 620
"""How wide the curve is set, in the points of Qt's pages, which are 96 to an inch."""
_FINER = 3
"""How many dots the curve has for each of them, so that it is sharp when printed."""
_TALL = 110
_ROW = 16
"""The height of a row of labels above the curve."""
_DASHES = 'stroke-dasharray="1,4"'


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A picture inside the page: its address and its size there."""

    address: str
    width: int
    height: int


def recap_paper(recap: Recap, stationery: ExportTemplates, logo: Logo | None = None) -> str:
    """The page as HTML for `ui/visuals/paper.pdf_of`. A hidden person is in it nowhere."""
    labels = stationery.labels(recap.language)
    values = shown_values(recap, labels) | {"rich": rich(not recap.simulated, marked=True)}
    timeline = values["timeline"]
    return stationery.page(
        _TEMPLATE,
        labels,
        **values,
        logo=_logo(logo) if logo is not None else None,
        curve=_curve(timeline) if isinstance(timeline, Timeline) else None,
        direction=_direction,
        tag_mark=mark_before(recap.hashtag),
    )


def _direction(text: str) -> str:
    """The direction a text is written in, for HTML."""
    return "rtl" if is_right_to_left(text) else "ltr"


def _logo(logo: Logo) -> PaperPicture:
    """The logo as high as two lines, or less where it is very wide."""
    return PaperPicture(logo.address, *logo.within(220, 48))


def _curve(timeline: Timeline) -> PaperPicture:
    """The chart of the minutes, drawn as on the page for the screen."""
    above = _ROW * timeline.mark_rows
    high = above + _TALL + 4
    across, down = _WIDTH / timeline.width, _TALL / HEIGHT
    stroke = min(8.0, 6.5 * across)
    marks = "".join(
        f'<text x="{_edged(mark.place):.1f}" y="{_ROW * mark.row + 12}" font-size="12" '
        f'font-family="sans-serif" font-weight="bold" text-anchor="middle" fill="#625b73">'
        f"{mark.label}</text>"
        for mark in timeline.marks
    )

    def lines(path: str, colour: str, width: float, more: str = "") -> str:
        # The strokes are not stretched with the chart: each is drawn where it comes to stand.
        drawn = "".join(
            f"M{int(x) * across:.1f} {int(y) * down + above:.1f}V{int(to) * down + above:.1f}"
            for x, y, to in _strokes(path)
        )
        path = f'<path d="{drawn}" stroke="{colour}" stroke-width="{width:.1f}" {more}/>'
        return path if drawn else ""

    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH * _FINER}" '
        f'height="{high * _FINER}" viewBox="0 0 {_WIDTH} {high}">'
        f'<g fill="none">{lines(timeline.questions, "#8d859c", 0.8, _DASHES)}'
        f"{lines(timeline.bars, '#4b2e83', stroke)}{lines(timeline.peak, '#0b7a75', stroke)}"
        f'<path d="M0 {high - 3.5}H{_WIDTH}" stroke="#c9bfd6" stroke-width="1"/></g>{marks}</svg>'
    )
    return PaperPicture(data_address(drawing.encode(), "image/svg+xml"), _WIDTH, high)


def _strokes(path: str) -> list[tuple[str, str, str]]:
    """The upright strokes of a path of the timeline: (x, from, to)."""
    found = []
    for stroke in path.split("M")[1:]:
        start, _v, end = stroke.partition("V")
        x, _space, y = start.partition(" ")
        found.append((x, y, end))
    return found


def _edged(place: float) -> float:
    """Where the middle of a label stands, so that none goes over an edge; `place` in percent."""
    return min(max(_WIDTH * place / 100, 12), _WIDTH - 12)
