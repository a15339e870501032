"""This edition beside the former ones, measure by measure: a table, and a curve of who came."""

from __future__ import annotations

from collections.abc import Sequence

from tchat_desktop.domain.chat import Chat
from tchat_desktop.domain.editions import Edition, Measure, MeasureSeries
from tchat_desktop.ui.pages.report.report_words import MEASURES, difference_words, known_count
from tchat_desktop.ui.widgets.card import Card
from tchat_desktop.ui.widgets.count_curve import CountCurve
from tchat_desktop.ui.widgets.figure_table import FigureTable
from tchat_desktop.ui.widgets.text import Text
from tchat_desktop.wording.i18n import _, format_date, format_number


class Comparison(Card):
    """What the former editions gave, and this one. No colour judges: fewer is not worse."""

    def __init__(self) -> None:
        super().__init__()
        self.curve = CountCurve(_("Participants, edition by edition"))
        self.table = FigureTable(_("The editions, measure by measure"))
        self.add(
            Text(_("Edition after edition"), "heading"),
            Text(
                _(
                    "All counted in the same way. Fewer is not worse: the topic, the day and the "
                    "hour weigh as much as the work."
                ),
                "small",
            ),
            self.curve,
            self.table,
        )

    def show_editions(
        self, chat: Chat, former: Sequence[Edition], measures: Sequence[MeasureSeries]
    ) -> None:
        """Show the former editions, the oldest first, and this one, whose chat is `chat`."""
        days = [day_of(edition.chat) for edition in former] + [day_of(chat)]
        # The year stands below the day, so that more of them stand side by side.
        heads = (_("Measure"), *("\n".join(day.rsplit(" ", 1)) for day in days), _("Change"))
        rows = [
            (
                _(MEASURES[one.measure]),
                *(known_count(count) for count in one.counts),
                difference_words(one.difference),
            )
            for one in measures
        ]
        self.table.show_rows(heads, rows)
        came = next((one.counts for one in measures if one.measure is Measure.PARTICIPANTS), ())
        counts = [count or 0 for count in came]
        self.curve.show_counts(counts, days, _spoken(counts, days))
        self.curve.setVisible(bool(counts))


def day_of(chat: Chat) -> str:
    """The day of an edition, as short as it can be told."""
    start = chat.starts_local
    return format_date(start) if start is not None else ""


def _spoken(counts: Sequence[int], days: Sequence[str]) -> str:
    told = [
        _("{day}: {count}").format(day=day, count=format_number(count))
        for day, count in zip(days, counts, strict=True)
    ]
    return ", ".join(told) + "."
